"""A member of staff's own Google and Microsoft accounts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from belong.base.access import require
from belong.people.confirming import password_again
from belong.people.oidc.accounts import linked_to, providers_of, unlink_account
from belong.people.request import SignedIn
from belong.people.signing_in import sessions


@never_cache
@login_required
@require_safe
@password_again
def accounts(request: SignedIn) -> HttpResponse:
    """Which account opens my sign-in; link one, unlink one."""
    require(request.user, "people.link_account")
    held = {account.kind: account for account in linked_to(request.user)}
    ways = [(provider, held.pop(provider.kind, None)) for provider in providers_of(request.user.school)]
    context = {
        "ways": ways,
        "unused": list(held.values()),
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "people/oidc/accounts.html", context)


@login_required
@require_POST
@password_again
def unlink(request: SignedIn, kind: str) -> HttpResponse:
    """My account no longer opens my sign-in."""
    require(request.user, "people.link_account")
    account = get_object_or_404(linked_to(request.user), kind=kind)
    unlink_account(request.user, account=account)
    sessions.end_all([request.user], but=request.session.session_key)
    messages.success(
        request, f"Unlinked. {account} no longer signs you in; everywhere else you are signed out."
    )
    return redirect("sign-in-accounts")
