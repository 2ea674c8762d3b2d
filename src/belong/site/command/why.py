"""`belong why`: may somebody do something, and which rule says so?"""

import argparse
import difflib
import sys
from typing import Any

HELP = """\
Say whether somebody may do something, and which rule decides it, condition by condition.

  belong why                                      every verb, in words
  belong why m.ahmed@oak.test notice.view_overlooked
  belong why m.ahmed@oak.test notice.view_pupil person:12
  belong why m.ahmed@oak.test ask.view_wave wave:3

What it is about is written as in the audit trail: the kind of row, a colon, its number. It says no name of a pupil and
nothing of what anybody said. Exit code: 0 yes, 1 no, 2 the words were off.
"""
MARKS = {True: "yes", False: "no ", None: "  ?"}


def add(subparsers: Any) -> None:
    """Add `belong why`."""
    why = subparsers.add_parser(
        "why",
        help="may somebody do something, and why not?",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    why.add_argument("user", nargs="?", help="the name they sign in with")
    why.add_argument("verb", nargs="?", help="what they want to do, e.g. notice.view_pupil")
    why.add_argument("row", nargs="?", help="what it is about, e.g. person:12")
    why.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the verdict and the rule; 2 when the user, the verb or the row is not known."""
    from belong.site.prepare import setup

    setup()
    from django_scopes import scope

    from belong.base.access import verbs
    from belong.guard.why import explained, verb_in_words
    from belong.people.models import User

    if not args.verb:
        for verb in verbs():
            print(f"{verb:<30} {verb_in_words(verb)}")
        return 0 if not args.user else _no("say what they want to do as well")
    if args.verb not in verbs():
        return _no(f"there is no verb {args.verb!r}{_nearest(args.verb, list(verbs()))}")
    user = User.objects.select_related("person", "school").filter(username=args.user.lower()).first()
    if user is None:
        return _no(f"nobody signs in as {args.user!r}")
    with scope(school=user.school):
        try:
            answer = explained(user, args.verb, _row(args.row))
        except ValueError as error:
            return _no(str(error))
        except AttributeError:
            return _no(f"{args.verb} is about one row; add it, e.g. person:12")
    print(answer.verdict)
    for step in answer.steps:
        print(f"  {MARKS[step.holds]} {'  ' * step.depth}{step.text}")
    return 0 if answer.allowed else 1


def _row(written: str | None) -> Any:
    """The row of "person:12" or "people.person:12", of whichever school it is. Raises ValueError with the mend."""
    from django.apps import apps

    if not written:
        return None
    kind, _, number = written.lower().partition(":")
    models = {
        model._meta.model_name: model for model in apps.get_models() if model.__module__.startswith("belong.")
    }
    model = models.get(kind.rpartition(".")[2])
    if model is None or not number.isdecimal():
        raise ValueError(f"{written!r} is not a row; it looks like person:12")
    row = model._base_manager.filter(pk=int(number)).first()
    if row is None:
        raise ValueError(f"there is no {model._meta.verbose_name} {number}")
    return row


def _nearest(typed: str, names: list[str]) -> str:
    close = difflib.get_close_matches(typed, names, n=1)
    return f"; did you mean {close[0]!r}?" if close else "; `belong why` lists them"


def _no(reason: str) -> int:
    sys.stderr.write(f"belong why: {reason}\n")
    return 2
