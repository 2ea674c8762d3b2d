"""Leaving for Google or Microsoft and coming back, and the pages around it. Nobody needs to be signed in here."""

import logging

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe
from django_scopes import scope

from belong.base.access import require
from belong.base.audit import audit
from belong.people.confirming import is_confirmed
from belong.people.models import School, User
from belong.people.oidc import stops
from belong.people.oidc.accounts import linked_to, providers_of
from belong.people.oidc.arriving import ENDS
from belong.people.oidc.flow import AGAIN, INVITED, LINK, SIGN_IN, TRY, come_back, leave, proof_of
from belong.people.oidc.invited import invited_here
from belong.people.oidc.models import SignInProvider
from belong.people.oidc.tokens import NotOurs
from belong.people.request import SignedIn
from belong.people.signing_in import tries
from belong.people.signing_in.views import address_of

log = logging.getLogger(__name__)


@never_cache
@require_safe
def choose_school(request: HttpRequest) -> HttpResponse:
    """Where many schools share one machine: which one?"""
    slug = request.GET.get("school", "").replace("\x00", "").strip().lower()
    if slug and School.objects.filter(slug=slug).exists():
        return redirect("sign-in-with", slug=slug)
    return render(request, "people/oidc/choose.html", {"slug": slug}, status=404 if slug else 200)


@never_cache
@require_safe
def school(request: HttpRequest, slug: str) -> HttpResponse:
    """A button for each way this school has; staff keep this address as a bookmark."""
    found = get_object_or_404(School, slug=slug)
    with scope(school=found):
        context = {"at": found, "providers": list(providers_of(found)), "next": request.GET.get("next", "")}
    return render(request, "people/oidc/school.html", context)


@never_cache
@require_safe
def leave_for(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """To the provider, to sign in."""
    provider = _provider(slug, kind)
    if request.user.is_authenticated:
        return redirect("home")
    return redirect(leave(request, provider, SIGN_IN, going=request.GET.get("next", "")))


@never_cache
@login_required
@require_safe
def leave_again(request: SignedIn, kind: str) -> HttpResponse:
    """To the provider, to show once more who is sitting here."""
    if not linked_to(request.user).filter(kind=kind).exists():
        raise Http404
    provider = _provider(request.user.school.slug, kind)
    return redirect(leave(request, provider, AGAIN, going=request.GET.get("next", ""), user=request.user.pk))


@never_cache
@login_required
@require_safe
def leave_to_link(request: SignedIn, kind: str) -> HttpResponse:
    """To the provider, to link the account chosen there. Who has not just shown who they are does that first."""
    require(request.user, "people.link_account")
    provider = _provider(request.user.school.slug, kind)
    if not is_confirmed(request):
        return redirect("sign-in-accounts")
    return redirect(leave(request, provider, LINK, user=request.user.pk))


@never_cache
@login_required
@require_safe
def leave_to_try(request: SignedIn, kind: str) -> HttpResponse:
    """To the provider, to see whether what was set up works."""
    require(request.user, "people.set_up_sign_in")
    provider = _provider(request.user.school.slug, kind)
    return redirect(leave(request, provider, TRY, user=request.user.pk))


@never_cache
@require_safe
def leave_invited(request: HttpRequest, uidb64: str, kind: str) -> HttpResponse:
    """To the provider, from the one-time link of somebody who was invited."""
    found = invited_here(request, uidb64)
    if found is None:
        raise Http404
    user, token = found
    provider = _provider(user.school.slug, kind)
    return redirect(leave(request, provider, INVITED, user=user.pk, invitation=token))


@never_cache
@require_GET
def back(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """From the provider: proved, and then whatever they went for; or a page that says what to do now."""
    provider = _provider(slug, kind)
    with scope(school=provider.school):
        journey = None
        try:
            journey = come_back(request, provider)
            # Each of these keeps the server busy with the provider; what comes of it is not counted.
            if tries.take(tries.ADDRESS, address_of(request)):
                raise stops.Stopped(stops.TOO_MANY, "too many from one address", journey)
            proof = proof_of(request, provider, journey)
            tries.give_back(tries.ADDRESS, address_of(request))
            return ENDS[journey.purpose](request, provider, journey, proof)
        except NotOurs as error:
            known = journey is not None and journey.purpose != SIGN_IN
            stop = stops.OTHER_ACCOUNT if known else stops.UNKNOWN
            return _stopped(request, provider, stops.Stopped(stop, error.reason, journey))
        except stops.Stopped as stopped:
            return _stopped(request, provider, stopped)


@require_safe
def trouble(request: HttpRequest) -> HttpResponse:
    """What the errors mean that Google and Microsoft show on pages of their own, and what mends them."""
    return render(request, "people/oidc/trouble.html")


def _provider(slug: str, kind: str) -> SignInProvider:
    found = get_object_or_404(School, slug=slug)
    with scope(school=found):
        return get_object_or_404(providers_of(found), kind=kind)


def _stopped(request: HttpRequest, provider: SignInProvider, stopped: stops.Stopped) -> HttpResponse:
    """The page for what happened. Which check failed goes into the log, and to nobody but whoever sets this up."""
    log.warning(
        "Sign-in with %s at %s: %s (%s)", provider.kind, provider.school.slug, stopped.stop, stopped.reason
    )
    journey = stopped.journey
    purpose = journey.purpose if journey else SIGN_IN
    if journey and journey.user and stopped.stop in (stops.NOT_PROVEN, stops.OTHER_ACCOUNT):
        user = User.objects.filter(pk=journey.user).select_related("person").first()
        audit(
            user,
            "people.refuse_sign_in",
            user.person if user else provider,
            kind=provider.kind,
            reason=stopped.stop,
        )
    context = {
        "provider": provider,
        "at": provider.school,
        "stop": stopped.stop,
        "again": _once_more(provider, purpose),
        "detail": stopped.reason if purpose == TRY else "",
    }
    name = "unknown" if stopped.stop == stops.UNKNOWN else "stopped"
    return render(request, f"people/oidc/{name}.html", context, status=stops.STATUS[stopped.stop])


def _once_more(provider: SignInProvider, purpose: str) -> str:
    """Where whoever was stopped begins again."""
    if purpose == TRY:
        return reverse("people:sign-in-with")
    if purpose in (LINK, AGAIN):
        return reverse("sign-in-accounts")
    return reverse("sign-in-with", kwargs={"slug": provider.school.slug})
