"""What happens when somebody has come back and is proved: one function for each reason to have gone."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from belong.people.confirming import confirm
from belong.people.models import User
from belong.people.oidc.accounts import link_account, linked_to, recognise
from belong.people.oidc.flow import AGAIN, INVITED, LINK, SIGN_IN, TRY, Journey
from belong.people.oidc.invited import still_invited
from belong.people.oidc.models import SignInProvider
from belong.people.oidc.stops import LOST, OTHER_ACCOUNT, UNKNOWN, Stopped
from belong.people.oidc.tokens import Proof
from belong.people.signing_in import sessions
from belong.people.signing_in.entering import SCHOOL_ACCOUNT, finish, safe
from belong.people.signing_in.trail import note_own

End = Callable[[HttpRequest, SignInProvider, Journey, Proof], HttpResponse]


def _signed_in(
    request: HttpRequest, provider: SignInProvider, journey: Journey, proof: Proof
) -> HttpResponse:
    """In: the school's account counts as both steps, so no second one of ours is asked."""
    user = recognise(proof)
    if user is None:
        raise Stopped(UNKNOWN, "nobody here", journey)
    return finish(request, user, SCHOOL_ACCOUNT, journey.going)


def _invited(request: HttpRequest, provider: SignInProvider, journey: Journey, proof: Proof) -> HttpResponse:
    """The one-time link still holds: the account is linked, and signing in uses the link up."""
    user = still_invited(journey.user, journey.invitation)
    if user is None or user.school_id != provider.school_id:
        raise Stopped(LOST, "invitation", journey)
    link_account(user, kind=provider.kind, proof=proof)
    request.session.pop(INTERNAL_RESET_SESSION_TOKEN, None)
    sessions.end_all([user])
    answer = finish(request, user, SCHOOL_ACCOUNT)
    messages.success(request, f"Welcome. From now on you sign in with {provider}.")
    return answer


def _linked(request: HttpRequest, provider: SignInProvider, journey: Journey, proof: Proof) -> HttpResponse:
    user = _who_left(request, journey)
    account = link_account(user, kind=provider.kind, proof=proof)
    shown = f" ({account.label})" if account.label else ""
    messages.success(request, f"Linked. You can now sign in with {provider}{shown}.")
    return redirect("sign-in-accounts")


def _shown_again(
    request: HttpRequest, provider: SignInProvider, journey: Journey, proof: Proof
) -> HttpResponse:
    user = _who_left(request, journey)
    if not linked_to(user).filter(issuer=proof.issuer, subject=proof.subject).exists():
        raise Stopped(OTHER_ACCOUNT, "another account", journey)
    confirm(request)
    note_own("confirm", user, by=SCHOOL_ACCOUNT)
    return redirect(safe(request, journey.going))


def _tried(request: HttpRequest, provider: SignInProvider, journey: Journey, proof: Proof) -> HttpResponse:
    """Nothing is linked and nobody signed in: the school's settings work."""
    _who_left(request, journey)
    return render(request, "people/oidc/tried.html", {"provider": provider, "label": proof.label})


def _who_left(request: HttpRequest, journey: Journey) -> User:
    """The person who is signed in, if it is still the one who went."""
    user = request.user
    if not isinstance(user, User) or user.pk != journey.user:
        raise Stopped(LOST, "another person", journey)
    return user


ENDS: dict[str, End] = {
    SIGN_IN: _signed_in,
    INVITED: _invited,
    LINK: _linked,
    AGAIN: _shown_again,
    TRY: _tried,
}
