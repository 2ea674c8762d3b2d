"""`belong badge`: verify a badge file, read and bake one; the school's keys and its list of withdrawn badges."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from belong.notice.badges.credential import Issuer, StatusFile, Verdict
    from belong.people.models import School

HELP = """\
Open Badges 3.0: is a badge file what it says it is? Nothing is fetched: everything needed is in the files you give.

  belong badge verify badge.png --issuer school.json --status list.json
      FILE…       a badge: a PNG or SVG picture with a badge in it, a JSON credential, or a token
      --issuer    the key file of whoever issues (their file, a PEM, a JWK or JWKS, a Multikey, a did:key)
      --status    their list of withdrawn badges; without it the answer is never "valid"
  belong badge extract badge.png                       print the credential or token in a picture
  belong badge bake credential.json picture.svg --out badge.svg
  belong badge keys --school oak-park --out school.json     the key file to give to verifiers
  belong badge status --school oak-park --out FOLDER        the lists of withdrawn badges, to publish
  belong badge rotate --school oak-park                     a new key; badges signed before stay good
  belong badge rotate --school oak-park --compromised       a new key; badges signed before no longer verify

Exit code of `verify`: 0 valid, or genuine where the badge names no list; 1 not valid; 2 a file or a word was off;
3 nothing is wrong with it, but something could not be verified with what was given.
Badges are issued by pupils and families themselves, from their own pages.
"""
CODES = {"valid": 0, "genuine": 0, "not valid": 1, "unsure": 3}
HEADS = {"valid": "Valid", "genuine": "Genuine", "unsure": "Cannot say", "not valid": "NOT valid"}
WORST = (1, 3, 0)
NOT_CHECKED = "revocation not checked"


class Off(Exception):
    """A file or a word that cannot be used; exit code 2."""


def add(subparsers: Any) -> None:
    """Add `belong badge`."""
    form = argparse.RawDescriptionHelpFormatter
    badge = subparsers.add_parser(
        "badge", help="verify a badge file; keys of badges", description=HELP, formatter_class=form
    )
    badge.set_defaults(run=lambda args: badge.print_help() or 2)
    sub = badge.add_subparsers(metavar="verify|extract|bake|keys|status|rotate")
    one = sub.add_parser("verify", help="is a badge valid?", description=HELP, formatter_class=form)
    one.add_argument("files", metavar="FILE", type=Path, nargs="+")
    one.add_argument("--issuer", metavar="KEYFILE", type=Path, help="the issuer's key file")
    one.add_argument("--status", metavar="FILE", type=Path, help="the issuer's list of withdrawn badges")
    one.add_argument("--json", action="store_true", help="answer as JSON, one line a file")
    one.set_defaults(run=_guarded(verify))
    one = sub.add_parser("extract", help="print the credential in a picture")
    one.add_argument("file", type=Path)
    one.set_defaults(run=_guarded(extract))
    one = sub.add_parser("bake", help="put a signed credential into a picture")
    one.add_argument("credential", type=Path)
    one.add_argument("picture", type=Path)
    one.add_argument("--out", type=Path, required=True)
    one.set_defaults(run=_guarded(bake))
    for name, run, about in (
        ("keys", keys, "the key file for verifiers"),
        ("status", status, "the lists of withdrawn badges"),
        ("rotate", rotate, "a new key to sign badges with"),
    ):
        one = sub.add_parser(name, help=about)
        one.add_argument(
            "--school", metavar="NAME", help="the school's short name; not needed where there is one"
        )
        if name == "rotate":
            one.add_argument("--compromised", action="store_true", help="somebody may have the old key")
        else:
            one.add_argument("--out", type=Path, help="a file, or for lists a folder")
        one.set_defaults(run=_guarded(_in_school(run)))


def verify(args: argparse.Namespace) -> int:
    """Verify each file; the exit code is that of the worst."""
    from belong.notice.badges.credential import verify as verdict_on

    issuer, listed = _issuer(args.issuer), _status(args.status)
    codes = set()
    for path in args.files:
        verdict = verdict_on(_bytes(path, 8_000_001), issuer=issuer, status=listed)
        codes.add(CODES[verdict.outcome.value])
        if args.json:
            print(json.dumps(_as_json(path, verdict), ensure_ascii=False))
        else:
            print("\n".join(_words(path, verdict)))
    return next(code for code in WORST if code in codes)


def extract(args: argparse.Namespace) -> int:
    """Print what is baked into a picture, as it stands; nothing is verified."""
    from belong.notice.badges.credential import NotABadge
    from belong.notice.badges.credential.reading import badge_text

    try:
        print(badge_text(_bytes(args.file, 8_000_001)).strip())
    except NotABadge as no:
        raise Off(f"{args.file}: {no}") from None
    return 0


def bake(args: argparse.Namespace) -> int:
    """Bake a signed credential into a picture."""
    from belong.notice.badges.credential import NotABadge
    from belong.notice.badges.credential import bake as baked
    from belong.notice.badges.credential.pictures import PictureError
    from belong.notice.badges.credential.reading import read_badge

    try:
        words = read_badge(_bytes(args.credential, 1_000_000)).text
        picture = baked(_bytes(args.picture, 8_000_000), words)
    except (NotABadge, PictureError) as no:
        raise Off(str(no)) from None
    _write(args.out, picture)
    return 0


def keys(args: argparse.Namespace, school: "School") -> int:
    """Write the issuer file: every public key the school ever signed with."""
    from belong.notice.badges import keyring

    keyring.signer(school)
    _write(args.out, json.dumps(keyring.issuer_file(school), indent=2, ensure_ascii=False) + "\n")
    return 0


def status(args: argparse.Namespace, school: "School") -> int:
    """Write each list of withdrawn badges into a folder, under the name its badges look for."""
    from belong.notice.badges.queries import status_lists
    from belong.notice.badges.taking import status_document

    lists = status_lists(school)
    if not lists:
        print("No badge has left the school yet, so there is no list.")
    if args.out and lists:
        args.out.mkdir(parents=True, exist_ok=True)
    for listed in lists:
        _write(args.out / f"{listed.uid}.json" if args.out else None, status_document(listed) + "\n")
    return 0


def rotate(args: argparse.Namespace, school: "School") -> int:
    """A new signing key."""
    from belong.notice.badges import keyring

    row = keyring.rotate(school, compromised=args.compromised)
    print(f"{school.name} signs badges with {row.multibase} from now on.")
    if args.compromised:
        print("Badges signed with the key before it no longer verify; pupils can take theirs along anew.")
    print(
        "Give verifiers the new key file: `belong badge keys --out FILE`. Publish the list anew: `belong badge status`."
    )
    return 0


def _words(path: Path, verdict: "Verdict") -> Iterator[str]:
    """What a stranger reads about one file."""
    said = " ".join((*verdict.open, *verdict.good)).lower()
    is_open = NOT_CHECKED in said and verdict.outcome.value != "not valid"
    yield f"{path}: {HEADS[verdict.outcome.value]}" + (f"; {NOT_CHECKED}." if is_open else ".")
    for reason in verdict.wrong:
        yield f"  - {reason[0].upper()}{reason[1:]}."
    for reason in verdict.open:
        yield f"  ? {reason[0].upper()}{reason[1:]}."
    for reason in verdict.good if verdict.outcome.value != "not valid" else ():
        yield f"  + {reason}"
    if verdict.says:
        yield "  It says of itself: " + "; ".join(f"{name}: {value}" for name, value in verdict.says.items())


def _as_json(path: Path, verdict: "Verdict") -> dict[str, Any]:
    return {
        "file": str(path),
        "outcome": verdict.outcome.value,
        "wrong": verdict.wrong,
        "not_verified": verdict.open,
        "verified": verdict.good,
        "says": verdict.says,
    }


def _guarded(run: Any) -> Any:
    """Turn what is off into a line and exit code 2."""

    def guarded(args: argparse.Namespace) -> int:
        try:
            return int(run(args))
        except Off as off:
            sys.stderr.write(f"belong badge: {off}\n")
            return 2

    return guarded


def _issuer(path: Path | None) -> "Issuer | None":
    from belong.notice.badges.credential import IssuerFileError, read_issuer

    if path is None:
        return None
    try:
        return read_issuer(_bytes(path, 1_000_001).decode("utf-8-sig"))
    except (IssuerFileError, UnicodeDecodeError) as no:
        raise Off(f"{path} cannot be used as a key file: {no}") from None


def _status(path: Path | None) -> "StatusFile | None":
    from belong.notice.badges.credential import StatusFileError, read_status

    if path is None:
        return None
    try:
        return read_status(_bytes(path, 8_000_001))
    except StatusFileError as no:
        raise Off(f"{path} cannot be used as a list of withdrawn badges: {no}") from None


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise Off(f"{path} cannot be read ({error.strerror})") from None


def _write(path: Path | None, words: str | bytes) -> None:
    if path is None:
        print(words if isinstance(words, str) else "", end="")
        return
    try:
        path.write_bytes(words.encode() if isinstance(words, str) else words)
    except OSError as error:
        raise Off(f"{path} cannot be written ({error.strerror})") from None
    print(f"Written: {path}")


def _in_school(run: Callable[[argparse.Namespace, "School"], int]) -> Callable[[argparse.Namespace], int]:
    """Run in the scope of the school that was named, or of the only one there is."""

    def scoped(args: argparse.Namespace) -> int:
        from belong.site.prepare import setup

        setup()
        from django_scopes import scope

        from belong.base.errors import Refused
        from belong.people.models import School

        found = list(
            School.objects.filter(slug=args.school) if args.school else School.objects.order_by("slug")
        )
        if len(found) != 1:
            known = ", ".join(School.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            raise Off(f"name the school with --school; there are: {known}")
        try:
            with scope(school=found[0]):
                return run(args, found[0])
        except Refused as refused:
            raise Off(refused.reason) from None

    return scoped
