"""Why a sign-in with Google or Microsoft stopped, as one word per page that we show."""

import re
from collections.abc import Mapping
from typing import Any

CANCELLED = "cancelled"  # the person turned round at the provider
LOST = "lost"  # not begun in this browser, too long ago, or used already
NOT_ALLOWED = "not-allowed"  # the school's own administrator has to allow belong first
NO_ANSWER = "no-answer"  # the provider is down, slow or babbling
TOO_MANY = "too-many"  # hundreds of tries that came to nothing, from one address
NOT_PROVEN = "not-proven"  # something about the proof is wrong; which thing is for the log
SET_UP = "set-up"  # the school's registration with the provider is wrong or has run out
OTHER_ACCOUNT = "other-account"  # said only to somebody whom we know already
UNKNOWN = "unknown"  # nobody here has this account; the same page for leavers and strangers

STATUS = {
    CANCELLED: 200,
    LOST: 400,
    NOT_ALLOWED: 403,
    NO_ANSWER: 503,
    TOO_MANY: 429,
    NOT_PROVEN: 403,
    SET_UP: 503,
    OTHER_ACCOUNT: 403,
    UNKNOWN: 403,
}
ADMINISTRATOR = {
    "access_not_configured",
    "admin_policy_enforced",
    "consent_required",
    "interaction_required",
    "org_internal",
    "unauthorized_client",
}
# Microsoft says it by number: not assigned to the application; the administrator has not agreed to it yet.
ADMINISTRATOR_NUMBERS = re.compile(r"\bAADSTS(50105|65001|90094|90095)\b")


class Stopped(Exception):
    """A sign-in that ends here. `stop` picks the page; `reason` is for the log and never shown."""

    def __init__(self, stop: str, reason: str, journey: Any = None) -> None:
        super().__init__(stop)
        self.stop, self.reason, self.journey = stop, reason, journey


def stop_of(said: Mapping[str, str]) -> str:
    """What a provider's refusal in the address means. Nothing of it is ever repeated on a page."""
    words = {said.get("error", ""), said.get("error_subtype", "")}
    if words & ADMINISTRATOR or ADMINISTRATOR_NUMBERS.search(said.get("error_description", "")):
        return NOT_ALLOWED
    if "access_denied" in words:
        return CANCELLED
    if words & {"server_error", "temporarily_unavailable"}:
        return NO_ANSWER
    return SET_UP
