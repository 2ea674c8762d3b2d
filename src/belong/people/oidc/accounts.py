"""Whose account it is: recognising, linking and unlinking."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.people.models import Person, School, User
from belong.people.oidc.kinds import NAMES
from belong.people.oidc.models import LinkedAccount, SignInProvider
from belong.people.oidc.tokens import Proof
from belong.people.signing_in import factors
from belong.people.signing_in.letters import tell_owner


def providers_of(school: School) -> QuerySet[SignInProvider]:
    """A school's providers, without their secrets: a lost key must not close the sign-in page."""
    found = SignInProvider.objects.filter(school=school).select_related("school").order_by("kind")
    return found.defer("client_secret")


def linked_to(user: User) -> QuerySet[LinkedAccount]:
    """The accounts by which a person signs in."""
    return LinkedAccount.objects.filter(user=user).order_by("kind")


def recognise(proof: Proof) -> User | None:
    """Whoever signs in by this account at the school in scope; None for strangers and leavers alike.

    An attempt by somebody we know and may not let in is noted in the trail.
    """
    held = LinkedAccount.objects.filter(issuer=proof.issuer, subject=proof.subject)
    account = held.select_related("user__person", "user__school").first()
    if account is None:
        return None
    why = _why_not(account.user)
    if why:
        audit(None, "people.refuse_sign_in", account.user.person, kind=account.kind, reason=why)
        return None
    return account.user


def may_sign_in(user: User) -> bool:
    """An open sign-in of a member of staff who is at the school."""
    return not _why_not(user)


def _why_not(user: User) -> str:
    if user.person is None or user.person.kind != Person.STAFF:
        return "not staff"
    if user.person.is_leaver:
        return "left"
    return "" if user.is_active else "closed"


@action
def link_account(actor: User, *, kind: str, proof: Proof) -> LinkedAccount:
    """Let `actor` sign in by this account from now on, in place of another of the same kind."""
    if not may_sign_in(actor):
        raise Refused("Only staff who are at the school can link an account.")
    name = NAMES[kind]
    held = LinkedAccount.objects.filter(issuer=proof.issuer, subject=proof.subject).first()
    if held and held.user_id != actor.pk:
        raise Refused(
            f"That {name} account is linked to another person here already. Choose your own account; if it is "
            "yours, ask a senior leader or the technician to unlink it."
        )
    facts = {"issuer": proof.issuer, "subject": proof.subject, "label": proof.label, "linked_at": now()}
    try:
        with transaction.atomic():
            account, _ = LinkedAccount.objects.update_or_create(
                school=actor.school, user=actor, kind=kind, defaults=facts
            )
    except IntegrityError:  # two people, one account, the same moment
        raise Refused(f"That {name} account was just linked. Look at your account page.") from None
    tell_owner(actor, "linked", factor=f"A {name} account")
    audit(actor, "people.link_account", actor.person, kind=kind)
    return account


@action
def unlink_account(actor: User, *, account: LinkedAccount) -> None:
    """Let an account no longer sign in: one's own, or anybody's by whoever looks after sign-ins."""
    person = account.user.person
    if account.user_id != actor.pk:
        require(actor, "people.unlink_account", person)
    elif not _has_another_way(actor):
        raise Refused(
            "You have no password yet, so without this account you could not come in again. Ask a senior leader or "
            "the technician for a link to set one."
        )
    account.delete()
    tell_owner(account.user, "unlinked", factor=f"Your {account} account")
    audit(actor, "people.unlink_account", person, kind=account.kind)


def _has_another_way(user: User) -> bool:
    """A password, a passkey or a second linked account."""
    is_passkey = any(factor.type == factors.PASSKEY for factor in factors.factors_of(user))
    return user.has_usable_password() or is_passkey or linked_to(user).count() > 1
