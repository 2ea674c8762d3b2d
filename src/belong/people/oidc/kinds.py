"""The two providers we know: what they are called, where they answer, and what a school says about itself.

Addresses are constants: no school and no reply of a provider can make the server ask another host. Tests put their own
provider into the setting `OIDC_ENDPOINTS`, which nothing reads from the environment.

Sources: developers.google.com/identity/openid-connect/openid-connect and
learn.microsoft.com/entra/identity-platform/v2-protocols-oidc.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

GOOGLE, MICROSOFT = "google", "microsoft"
CHOICES = [(GOOGLE, "Google"), (MICROSOFT, "Microsoft")]
NAMES = dict(CHOICES)
SCOPES = "openid email profile"
DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z")
PRIVATE_DOMAINS = {"gmail.com", "googlemail.com", "google.com"}
SHARED_TENANTS = {"common", "organizations", "consumers"}
PRIVATE_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad"  # every private Microsoft account lives in this one


@dataclass(frozen=True)
class Endpoints:
    """Where a provider answers; `{home}` stands for the school's tenant."""

    issuer: str
    authorize: str
    token: str
    keys: str

    def of(self, home: str) -> "Endpoints":
        """The addresses for one school."""
        return Endpoints(
            *(address.format(home=home) for address in (self.issuer, self.authorize, self.token, self.keys))
        )


MICROSOFT_HOST = "https://login.microsoftonline.com/{home}"
ENDPOINTS = {
    GOOGLE: Endpoints(
        "https://accounts.google.com",
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
        "https://www.googleapis.com/oauth2/v3/certs",
    ),
    MICROSOFT: Endpoints(
        f"{MICROSOFT_HOST}/v2.0",
        f"{MICROSOFT_HOST}/oauth2/v2.0/authorize",
        f"{MICROSOFT_HOST}/oauth2/v2.0/token",
        f"{MICROSOFT_HOST}/discovery/v2.0/keys",
    ),
}


def endpoints(kind: str, home: str) -> Endpoints:
    """Where `kind` answers for the school with this domain or tenant."""
    known: dict[str, Endpoints] = getattr(settings, "OIDC_ENDPOINTS", ENDPOINTS)
    return known[kind].of(home)


def home_of(kind: str, text: str) -> str:
    """The school's domain (Google) or tenant id (Microsoft) as it stands in tokens.

    Raises ValueError with a sentence for whoever fills in the form.
    """
    word = text.strip().lower()
    return _domain(word) if kind == GOOGLE else _tenant(word)


def _domain(word: str) -> str:
    word = word.removeprefix("@")
    if word in PRIVATE_DOMAINS:
        raise ValueError(
            f"{word} is for private accounts: anybody can make one. Write the school’s own domain, the part "
            "after the @ in staff addresses."
        )
    if not DOMAIN.match(word):
        raise ValueError(
            "Write the domain alone, such as oakpark.sch.uk: the part after the @ in staff addresses."
        )
    return word


def _tenant(word: str) -> str:
    if word in SHARED_TENANTS:
        raise ValueError(
            f"“{word}” lets accounts of any organisation in the world knock. Write the school’s own tenant id: "
            "Entra admin centre, Overview, Tenant ID."
        )
    try:
        tenant = str(UUID(word))
    except ValueError:
        raise ValueError(
            "A tenant id looks like 72f988bf-86f1-41af-91ab-2d7cd011db47. It stands in the Entra admin centre "
            "under Overview, Tenant ID."
        ) from None
    if tenant == PRIVATE_TENANT:
        raise ValueError(
            "This is the id that all private Microsoft accounts share. Write the school’s own tenant id."
        )
    return tenant
