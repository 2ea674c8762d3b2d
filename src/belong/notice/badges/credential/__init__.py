"""Open Badges 3.0 without a database and without a network: make, sign, bake, read, verify, withdraw.

Plain modules that know no web framework. Signing and the JSON-LD canonicalisation are `openbadgeslib`'s, with its
pinned contexts from disk. Who may have signed, what a file may hold, what a badge must say and whether it was withdrawn
are decided here (docs/badges.md says where the library alone would not do).
"""

from belong.notice.badges.credential.issuers import Issuer, IssuerFileError, read_issuer
from belong.notice.badges.credential.making import Given, credential_of, sign_jwt, sign_ldp
from belong.notice.badges.credential.pictures import bake, extract
from belong.notice.badges.credential.reading import NotABadge
from belong.notice.badges.credential.status import StatusFile, StatusFileError, make_status_list, read_status
from belong.notice.badges.credential.verifying import Outcome, Verdict, verify

__all__ = [
    "Given",
    "Issuer",
    "IssuerFileError",
    "NotABadge",
    "Outcome",
    "StatusFile",
    "StatusFileError",
    "Verdict",
    "bake",
    "credential_of",
    "extract",
    "make_status_list",
    "read_issuer",
    "read_status",
    "sign_jwt",
    "sign_ldp",
    "verify",
]
