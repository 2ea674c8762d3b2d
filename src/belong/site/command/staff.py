"""`belong staff`: let the first person in, and take away the lost second step of the only senior leader."""

import argparse
import sys
from typing import Any

HELP = """\
Make a member of staff with a role, and print the link by which they set a password.

  belong staff add --name "Mary Hughes" --role "senior leader"
  belong staff add --email m.hughes@oakpark.example --role "senior leader"    somebody the roster brought in
  belong staff add --school oak-park-school --name "Dev Patel" --role technician

Roles: {roles}.
The link works once, for three days. Everyone else is let in on the page People → Staff.
"""


def add(subparsers: Any) -> None:
    """Add `belong staff add`."""
    from belong.people import roles

    staff = subparsers.add_parser("staff", help="let the first people in")
    sub = staff.add_subparsers(metavar="add|reset-second-step", required=True)
    new = sub.add_parser(
        "add",
        help="a member of staff with a role",
        description=HELP.format(roles=", ".join(roles.ALL)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    new.add_argument("--school", help="the school's short name, where there are several")
    new.add_argument("--name", help="given and family name")
    new.add_argument("--email", help="finds somebody the roster brought in, else is kept")
    new.add_argument("--role", required=True)
    new.add_argument("--address", default="http://localhost:8000", help="where belong is served")
    new.set_defaults(run=run)
    _add_reset(sub)


def _add_reset(sub: Any) -> None:
    reset = sub.add_parser(
        "reset-second-step",
        help="take a lost second step away",
        description="For the senior leader whom no colleague can help: the next sign-in sets up a new second step.",
    )
    reset.add_argument("--username", required=True, help="the name or e-mail they sign in with")
    reset.set_defaults(run=run_reset)


def run_reset(args: argparse.Namespace) -> int:
    """Find the sign-in and take its second steps away; it stands in the trail, and the owner is told by mail."""
    from belong.site.prepare import prepare

    prepare()
    from django_scopes import scope

    from belong.base.errors import Refused
    from belong.people.signing_in.backend import find_user
    from belong.people.signing_in.helping import reset_second_factor

    user = find_user(args.username)
    if user is None or user.person is None:
        return _no(f"nobody signs in as {args.username}", "reset-second-step")
    with scope(school=user.school):
        try:
            reset_second_factor(None, person=user.person)
        except Refused as refused:
            return _no(refused.reason, "reset-second-step")
    print(f"{user.person.display_name} has no second step now, and sets up a new one at the next sign-in.")
    return 0


def run(args: argparse.Namespace) -> int:
    """Find or make the person, give the role, print the link."""
    from belong.people import roles

    if args.role not in roles.ALL:
        return _no(f"there is no role {args.role!r}; the roles are {', '.join(roles.ALL)}")
    if not args.name and not args.email:
        return _no("say who: --name, or --email of somebody on the roster")
    from belong.site.prepare import prepare

    prepare()
    from django_scopes import scope

    from belong.people.models import School

    schools = School.objects.filter(slug=args.school) if args.school else School.objects.all()
    if len(schools) != 1:
        known = ", ".join(School.objects.values_list("slug", flat=True)) or "none yet; import a roster first"
        return _no(f"say which school with --school; there are: {known}")
    with scope(school=schools[0]):
        return _add(schools[0], args)


def _add(school: Any, args: argparse.Namespace) -> int:
    from belong.base.errors import Refused
    from belong.people.models import Person, Role
    from belong.people.queries import staff_in_post
    from belong.people.staffing import make_sign_in

    person = staff_in_post().filter(email__iexact=args.email).first() if args.email else None
    if person is None:
        if not args.name:
            return _no(f"nobody on the roster has the e-mail {args.email}; give --name to add them")
        given, _, family = args.name.strip().partition(" ")
        fields = {"given_name": given, "family_name": family, "email": args.email or ""}
        person = Person.objects.create(school=school, kind=Person.STAFF, **fields)
    Role.objects.get_or_create(school=school, person=person, role=args.role, group=None, until=None)
    try:
        path = make_sign_in(None, person=person)
    except Refused as refused:
        return _no(refused.reason)
    print(f"{person.display_name} is {args.role} at {school.name} and signs in as {person.user.username}.")
    print(f"To set a password, once and within three days, open:\n{args.address}{path}")
    return 0


def _no(reason: str, what: str = "add") -> int:
    sys.stderr.write(f"belong staff {what}: {reason}\n")
    return 2
