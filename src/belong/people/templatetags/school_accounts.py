"""The buttons for Google and Microsoft on pages of others: `{% load school_accounts %}`."""

from typing import Any

from django import template
from django_scopes import scope, scopes_disabled

from belong.people.models import School, User
from belong.people.oidc.accounts import linked_to, providers_of
from belong.people.oidc.models import SignInProvider

register = template.Library()


@register.inclusion_tag("people/oidc/_sign_in.html")
def school_accounts(next: str = "") -> dict[str, Any]:
    """For the sign-in page: the only school's buttons, or the way to a school's own page, or nothing."""
    schools = list(School.objects.all()[:2])
    if len(schools) == 1:
        with scope(school=schools[0]):
            return {"at": schools[0], "providers": list(providers_of(schools[0])), "next": next}
    with scopes_disabled():
        return {"choose": SignInProvider.objects.exists()}


@register.inclusion_tag("people/oidc/_invited.html")
def invited_accounts(user: User, uidb64: str) -> dict[str, Any]:
    """For the page of a one-time link: Google or Microsoft instead of a password."""
    with scope(school=user.school):
        return {"providers": list(providers_of(user.school)), "uidb64": uidb64}


@register.simple_tag
def providers_that_show(user: User) -> list[SignInProvider]:
    """For the page that asks once more who it is: the providers by which the viewer signs in."""
    with scope(school=user.school):
        return list(providers_of(user.school).filter(kind__in=linked_to(user).values("kind")))
