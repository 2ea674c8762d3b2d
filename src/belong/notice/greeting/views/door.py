"""The greeting page for the door, and the taps on it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap

from belong.base.access import require
from belong.base.errors import Refused
from belong.notice import words
from belong.notice.access import access_addressee, access_group
from belong.notice.greeting import actions
from belong.notice.greeting.access import access_to_greet, visible_talk_ups
from belong.notice.greeting.queries import greetings
from belong.notice.models import TalkUp
from belong.notice.queries import group_pupils
from belong.notice.queries.groups import led_groups
from belong.people.models import Person
from belong.people.request import SignedIn, back_to
from belong.web.messages import noted


@login_required
@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """The adult's own group at the door: the first of those they lead."""
    require(request.user, "notice.view_own_groups")
    led = led_groups(request.user)
    return redirect("notice:door", led[0].group.pk) if led else redirect("notice:my-group")


@login_required
@require_safe
def door(request: SignedIn, group_id: int) -> HttpResponse:
    """Everybody in the group, with how to say the name and what is special today."""
    group = access_group(request.user, group_id)
    cards = greetings(request.user, group_pupils(request.user, group))
    others = [led.group for led in led_groups(request.user) if led.group.pk != group.pk]
    page = {"group": group, "cards": cards, "others": others}
    page["left"] = sum(not card.is_greeted for card in cards)
    return render(request, "notice/greeting/door.html", page)


@login_required
@require_POST
def greet(request: SignedIn, pupil_id: int) -> HttpResponse:
    """One tap: a greeting, with the colleague's line that stood on the card."""
    pupil = access_addressee(request.user, pupil_id)
    try:
        submission = UUID(request.POST.get("submission", ""))
    except ValueError:
        raise Refused("That greeting had no number. Open the page again and greet once more.") from None
    try:
        actions.greet(request.user, pupil=pupil, submission=submission, line=_line(request))
    except Refused as refused:
        if not request.htmx:
            raise
        return reswap(_toast(request, refused.reason), "none")
    return _card(request, pupil, f"Noted: greeting for {pupil.display_name}.", submission)


@login_required
@require_POST
def undo_greet(request: SignedIn, pupil_id: int, submission: UUID) -> HttpResponse:
    """Take a greeting back; a line that was used with it stands on the card again."""
    pupil = access_addressee(request.user, pupil_id)
    try:
        actions.undo_greet(request.user, submission=submission)
    except Refused as refused:
        if not request.htmx:
            raise
        return reswap(_toast(request, refused.reason), "none")
    return _card(request, pupil, "Taken back.", None)


@login_required
@require_POST
def back_today(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Somebody who was away is back today; nothing says why."""
    pupil = access_to_greet(request.user, "notice.mark_back", pupil_id)
    actions.mark_back(request.user, pupil=pupil)
    undo = reverse("notice:undo-back-today", args=[pupil.pk])
    noted(request, f"{pupil.display_name} is back today.", undo_url=undo)
    return redirect(back_to(request, reverse("notice:pupil", args=[pupil.pk])))


@login_required
@require_POST
def undo_back_today(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Take back that a pupil is back today."""
    pupil = access_to_greet(request.user, "notice.mark_back", pupil_id)
    actions.unmark_back(request.user, pupil=pupil)
    noted(request, "Taken back.")
    return redirect(back_to(request, reverse("notice:pupil", args=[pupil.pk])))


def _line(request: SignedIn) -> TalkUp | None:
    asked = request.POST.get("line", "")
    return (
        visible_talk_ups(request.user).filter(pk=asked).first()
        if asked.isdigit() and len(asked) < 19
        else None
    )


def _toast(request: SignedIn, text: str) -> HttpResponse:
    return render(request, "web/_toast.html", {"text": text, "oob": True})


def _card(request: SignedIn, pupil: Person, text: str, submission: UUID | None) -> HttpResponse:
    """The card anew; without scripts back to the page, at the card."""
    if not request.htmx:
        undo = reverse("notice:undo-greet", args=[pupil.pk, submission]) if submission else ""
        noted(request, text, undo_url=undo)
        return redirect(f"{back_to(request, reverse('notice:my-group'))}#greet-{pupil.pk}")
    card = greetings(request.user, [pupil])[0]
    page = {"card": card, "text": words.upper_first(text)}
    return render(request, "notice/greeting/_answer.html", page)
