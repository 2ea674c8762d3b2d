"""Leaving for Google or Microsoft and coming back: authorization code flow with PKCE (RFC 7636), state and nonce.

What we need to know on the way back waits in the session under the `state`: it can be used by this browser only, once,
for ten minutes. The code is then changed for an id_token at the provider's own address, and the token is proved.
"""

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from belong.base.clock import now
from belong.people.oidc.asking import NoAnswer, post_form
from belong.people.oidc.kinds import GOOGLE, SCOPES
from belong.people.oidc.models import SignInProvider
from belong.people.oidc.stops import LOST, NO_ANSWER, NOT_PROVEN, SET_UP, Stopped, stop_of
from belong.people.oidc.tokens import NotOurs, NotProven, Proof, prove

SESSION_KEY = "oidc"
LASTS = 10 * 60  # seconds
AT_ONCE = 4  # windows in which one browser may be on its way
SIGN_IN, INVITED, LINK, AGAIN, TRY = "sign in", "invited", "link", "again", "try"


@dataclass(frozen=True)
class Journey:
    """Why somebody went to the provider, and what must come back with them."""

    purpose: str
    provider: int
    nonce: str
    verifier: str
    begun: float
    going: str = ""
    user: int | None = None
    invitation: str = ""


def leave(
    request: HttpRequest,
    provider: SignInProvider,
    purpose: str,
    *,
    going: str = "",
    user: int | None = None,
    invitation: str = "",
) -> str:
    """The provider's address to send the browser to. `going` is where to go in the end, checked there."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    journey = Journey(purpose, provider.pk, nonce, verifier, now().timestamp(), going[:500], user, invitation)
    waiting = request.session.get(SESSION_KEY, {})
    kept = sorted(waiting.items(), key=lambda pair: pair[1]["begun"])[-(AT_ONCE - 1) :]
    request.session[SESSION_KEY] = dict(kept) | {state: asdict(journey)}
    words = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": way_back(request, provider),
        "scope": SCOPES,
        "state": state,
        "nonce": nonce,
        "code_challenge": _challenge(verifier),
        "code_challenge_method": "S256",
        # School computers are shared: never slip in by whoever used the browser before.
        "prompt": "login" if purpose == AGAIN and provider.kind != GOOGLE else "select_account",
    }
    if provider.kind == GOOGLE:
        words["hd"] = provider.home
    return f"{provider.endpoints.authorize}?{urlencode(words)}"


def way_back(request: HttpRequest, provider: SignInProvider) -> str:
    """The redirect address that is registered with the provider: one for each school and kind."""
    words = {"slug": provider.school.slug, "kind": provider.kind}
    return request.build_absolute_uri(reverse("sign-in-with-back", kwargs=words))


def come_back(request: HttpRequest, provider: SignInProvider) -> Journey:
    """The journey that ends here, taken from the session so that nothing can end twice.

    Raises Stopped: LOST when this browser did not begin it, began it too long ago or has ended it already; or what the
    provider says went wrong.
    """
    state = request.GET.get("state", "")
    waiting = dict(request.session.get(SESSION_KEY, {}))
    held = waiting.pop(state, None)
    if held is None:
        raise Stopped(LOST, "state")
    request.session[SESSION_KEY] = waiting
    # Two answers at the same moment find the same session: the cache, shared by all processes, lets one through.
    if not cache.add(f"oidc-used:{state}", True, LASTS):
        raise Stopped(LOST, "state twice")
    journey = Journey(**held)
    if journey.provider != provider.pk or not 0 <= now().timestamp() - journey.begun < LASTS:
        raise Stopped(LOST, "too late", journey)
    if request.GET.get("iss", provider.endpoints.issuer) != provider.endpoints.issuer:  # RFC 9207
        raise Stopped(NOT_PROVEN, "iss of the reply", journey)
    if "error" in request.GET:
        raise Stopped(stop_of(request.GET), "the provider said no", journey)
    return journey


@sensitive_variables("fields", "reply")
def proof_of(request: HttpRequest, provider: SignInProvider, journey: Journey) -> Proof:
    """Who came back: the code changed for an id_token, and the token proved.

    Raises NotOurs for an account from outside the school, Stopped for everything else.
    """
    fields = {
        "grant_type": "authorization_code",
        "code": request.GET.get("code", ""),
        "redirect_uri": way_back(request, provider),
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "code_verifier": journey.verifier,
    }
    try:
        status, reply = post_form(provider.endpoints.token, fields)
        if status != 200:
            raise Stopped(LOST if reply.get("error") == "invalid_grant" else SET_UP, "code refused", journey)
        return prove(
            reply.get("id_token"),
            kind=provider.kind,
            home=provider.home,
            client_id=provider.client_id,
            nonce=journey.nonce,
            at=provider.endpoints,
        )
    except NoAnswer as error:
        raise Stopped(NO_ANSWER, str(error), journey) from None
    except NotOurs:
        raise
    except NotProven as error:
        raise Stopped(NOT_PROVEN, error.reason, journey) from None


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
