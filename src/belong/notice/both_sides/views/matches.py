"""The adult's side: asked to look out for a pupil, whom they look out for, how many named them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belong.base.access import allowed, require
from belong.base.errors import Refused
from belong.notice.both_sides import actions, words
from belong.notice.both_sides.access import access_match, access_naming, visible_matches
from belong.notice.both_sides.naming import own_naming
from belong.notice.both_sides.queries import waiting_matches
from belong.notice.models import Match, MatchOffer, Relationship
from belong.people.models import User
from belong.people.request import SignedIn
from belong.web.messages import noted


@never_cache
@login_required
@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """Pupils and me: what I was asked, whom I look out for, and how many said they could turn to me."""
    user = request.user
    require(user, "notice.view_own_groups")
    kept = visible_matches(user).filter(adult=user.person_id, state=Match.ACCEPTED).select_related("pupil")
    states = {row.pupil_id: row for row in Relationship.objects.filter(adult=user.person_id).defer("reason")}
    naming = own_naming(user)
    facts = {
        "offers": waiting_matches(user),
        "kept": [(offer, states.get(offer.pupil_id)) for offer in kept],
        "naming": naming,
        "named_words": words.named_by(naming.pupils) if naming else "",
        "many": words.MANY,
    }
    return render(request, "notice/both_sides/mine.html", facts)


@login_required
@require_POST
def named_read(request: SignedIn, naming_id: int) -> HttpResponse:
    """Thank you: it leaves Today and stays on this page."""
    actions.note_naming_read(request.user, access_naming(request.user, naming_id))
    return redirect("notice:both-sides-mine")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def match(request: SignedIn, offer_id: int) -> HttpResponse:
    """One offer. The adult who was asked answers it here; whoever may see it sees how it stands."""
    user = request.user
    offer = access_match(user, offer_id)
    problem = ""
    if request.method == "POST":
        require(user, "notice.answer_match", offer)
        try:
            return _answer(request, offer)
        except Refused as no:
            problem = no.reason
            offer = access_match(user, offer_id)
    facts = {
        "offer": offer,
        "is_mine": offer.adult_id == user.person_id,
        "may_end": allowed(user, "notice.end_match", offer) and _has_an_end(user, offer),
        "problem": problem,
    }
    return render(request, "notice/both_sides/match.html", facts, status=409 if problem else 200)


def _answer(request: SignedIn, offer: MatchOffer) -> HttpResponse:
    answer = request.POST.get("answer", "")
    if answer == "yes":
        kept = actions.accept_match(request.user, offer)
        noted(request, f"Thank you. You look out for {kept.pupil.display_name} from today.")
        return redirect("notice:pupil", kept.pupil_id)
    if answer == "no":
        kept = actions.decline_match(request.user, offer)
        noted(request, "That is fine. Another adult will be asked.")
        return redirect("notice:both-sides-mine")
    raise Refused("Choose yes or not this time. Nothing was answered.")


def _has_an_end(user: User, offer: MatchOffer) -> bool:
    """Whether there is something for this user to take back or end."""
    if offer.is_accepted:
        return True
    return offer.is_offered and offer.adult_id != user.person_id


@login_required
@require_POST
def end_match(request: SignedIn, offer_id: int) -> HttpResponse:
    """Take an offer back, or end a match."""
    offer = access_match(request.user, offer_id)
    ended = actions.end_match(request.user, offer)
    name = offer.pupil.display_name
    noted(request, "Taken back." if ended.state == Match.WITHDRAWN else f"Ended. Thank you for {name}.")
    if allowed(request.user, "notice.offer_match", offer.pupil):
        return redirect("notice:both-sides-pupil", offer.pupil_id)
    return redirect("notice:both-sides-mine")
