"""Where a senior leader or the technician sets up signing in with Google or Microsoft."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from belong.base.access import fetch, require
from belong.people.confirming import password_again
from belong.people.oidc.accounts import providers_of, unlink_account
from belong.people.oidc.flow import way_back
from belong.people.oidc.forms import ProviderForm
from belong.people.oidc.kinds import CHOICES, NAMES
from belong.people.oidc.models import LinkedAccount, SignInProvider
from belong.people.oidc.providers import remove_sign_in, set_up_sign_in
from belong.people.request import SignedIn
from belong.people.signing_in import sessions


@never_cache
@login_required
@password_again
def overview(request: SignedIn) -> HttpResponse:
    """Both providers, whether they are set up, and who signs in by them."""
    require(request.user, "people.set_up_sign_in")
    ready = {provider.kind: provider for provider in providers_of(request.user.school)}
    linked = LinkedAccount.objects.select_related("user__person").order_by(
        "kind", "user__person__family_name", "user__person__given_name"
    )
    context = {"kinds": [(kind, name, ready.get(kind)) for kind, name in CHOICES], "linked": linked}
    return render(request, "people/oidc/overview.html", context)


@never_cache
@sensitive_post_parameters("client_secret")
@login_required
@password_again
def set_up(request: SignedIn, kind: str) -> HttpResponse:
    """What the school registered with one provider; the secret is written and never read back."""
    require(request.user, "people.set_up_sign_in")
    if kind not in NAMES:
        raise Http404
    held = providers_of(request.user.school).filter(kind=kind).first()
    form = ProviderForm(request.POST or None, kind=kind, held=held)
    if request.method == "POST" and form.is_valid():
        provider = set_up_sign_in(request.user, kind=kind, **form.cleaned_data)
        messages.success(request, f"Kept. Now try it: {provider} should send you back here.")
        return redirect("people:sign-in-with")
    here = SignInProvider(school=request.user.school, kind=kind)
    context = {
        "form": form,
        "kind": kind,
        "name": NAMES[kind],
        "held": held,
        "address": way_back(request, here),
    }
    return render(request, "people/oidc/set_up.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@password_again
def remove(request: SignedIn, kind: str) -> HttpResponse:
    """Nobody signs in this way any more."""
    require(request.user, "people.set_up_sign_in")
    provider = get_object_or_404(providers_of(request.user.school), kind=kind)
    remove_sign_in(request.user, provider=provider)
    messages.success(request, f"Removed. Nobody signs in with {provider} any more; passwords still work.")
    return redirect("people:sign-in-with")


@login_required
@require_POST
@password_again
def unlink(request: SignedIn, account_id: int) -> HttpResponse:
    """Somebody's account no longer opens their sign-in: they lost it, or it was linked by mistake."""
    found = LinkedAccount.objects.select_related("user__person")
    account = fetch(request.user, "people.unlink_account", found, pk=account_id)
    unlink_account(request.user, account=account)
    sessions.end_all([account.user], but=request.session.session_key)
    messages.success(request, f"Unlinked: {account.user.person.full_name} no longer signs in with {account}.")
    return redirect("people:sign-in-with")
