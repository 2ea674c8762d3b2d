"""Setting up and removing a school's sign-in with Google or Microsoft."""

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.people.models import User
from belong.people.oidc.models import SignInProvider


@action
def set_up_sign_in(
    actor: User, *, kind: str, home: str, client_id: str, client_secret: str
) -> SignInProvider:
    """Keep what the school registered. An empty secret leaves the one that is held as it is."""
    require(actor, "people.set_up_sign_in")
    facts = {"home": home, "client_id": client_id}
    if client_secret:
        facts["client_secret"] = client_secret
    provider, made = SignInProvider.objects.update_or_create(school=actor.school, kind=kind, defaults=facts)
    audit(
        actor,
        "people.set_up_sign_in",
        provider,
        kind=kind,
        new=made,
        new_secret=bool(client_secret),
    )
    return provider


@action
def remove_sign_in(actor: User, *, provider: SignInProvider) -> None:
    """Nobody signs in this way any more. Linked accounts stay, and work again once it is set up again."""
    require(actor, "people.set_up_sign_in")
    SignInProvider.objects.filter(pk=provider.pk).delete()  # the object keeps its number, for the trail
    audit(actor, "people.remove_sign_in", provider, kind=provider.kind)
