"""A plan as the preview shows it: views with plain rows. No special-category value is ever among them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField

from belong.people.models import Person
from belong.people.queries import year_label
from belong.people.roster import codes, lists
from belong.people.roster.fields import fields
from belong.people.roster.plan import Changed, RosterPlan
from belong.people.roster.problems import Where
from belong.people.roster.shape import MEMBER, PersonRow
from belong.people.roster.tables import Table

KIND_WORDS = {"pupil": "pupil", "staff": "staff", "carer": "carer"}
FIELD_WORDS = {
    "source_id": "Id in the school's system",
    "given_name": "First name",
    "family_name": "Family name",
    "preferred_name": "Wants to be called",
    "title": "Title",
    "said_like": "How to say the name",
    "name_at_home": "Name used at home",
    "email": "E-mail",
    "born": "Date of birth",
    "sex": "Sex",
    "year": "Year group",
    "upn": "UPN",
    "home_language": "Home language",
    "joined_on": "Joined on",
}
FEW = 10
UNSHOWN = ("upn", "sex", "source_id")
GROUP_FIELD_WORDS = {"name": "Name", "kind": "Kind", "year": "Year group", "source_id": "Id"}


@dataclass
class View:
    """One tab of the preview: headings, rows of cells, and a sentence for when there are none."""

    key: str
    label: str
    headings: list[str]
    rows: list[list[Any]] = field(default_factory=list)
    empty: str = ""
    count: int = 0


@dataclass
class Column:
    """One heading of a list with what stands below it and the select that says what it is."""

    heading: str
    samples: list[str]
    select: BoundField
    hidden: bool = False


def figures(plan: RosterPlan) -> list[tuple[str, int]]:
    """The figures at the top of the preview."""
    counts = plan.counts()
    return [
        ("would be added", counts["added"]),
        ("would change", counts["changed"]),
        ("would leave", counts["left"]),
        ("stay as they are", counts["unchanged"]),
        ("lines set aside", counts["set_aside"]),
    ]


def views(plan: RosterPlan) -> list[View]:
    """Every tab, the fullest of what matters first."""
    made = [
        _added(plan),
        _changed(plan),
        _left(plan),
        _groups(plan),
        _aside(plan),
        _notes(plan),
        _unused(plan),
    ]
    for view in made:
        view.count = view.count or len(view.rows)
    return made


def _added(plan: RosterPlan) -> View:
    groups = tutor_groups_of(plan)
    rows = [
        [row.name, _who(row), ", ".join(groups.get(row.ref, [])), _place(plan, row.where)]
        for row in sorted(plan.added, key=lambda row: (row.kind != "pupil", row.facts.get("family_name", "")))
    ]
    view = View("added", "Added", ["Name", "Who", "Tutor group", "Line"], rows, "Nobody new is in the file.")
    return view if groups else _without(view, "Tutor group")


def _without(view: View, heading: str) -> View:
    """A view without one column, where it would stand empty."""
    at = view.headings.index(heading)
    view.headings = view.headings[:at] + view.headings[at + 1 :]
    view.rows = [row[:at] + row[at + 1 :] for row in view.rows]
    return view


def _who(row: PersonRow) -> str:
    if row.kind == "pupil" and (year := row.facts.get("year")):
        return f"pupil, {year_label(year)}"
    return KIND_WORDS[row.kind]


def tutor_groups_of(plan: RosterPlan) -> dict[str, list[str]]:
    """Names of the tutor groups a person of the file is in, by ref."""
    named = {row.ref: row.name for row in plan.roster.groups if row.kind == "tutor_group"}
    found: dict[str, list[str]] = {}
    for row in plan.roster.memberships:
        if row.group in named and not row.gone:
            found.setdefault(row.person, []).append(named[row.group])
    return found


def _changed(plan: RosterPlan) -> View:
    rows = [
        [one.person.display_name, _difference(one), _place(plan, one.row.where)]
        for one in sorted(plan.changed, key=lambda one: (not one.back, one.person.family_name))
    ]
    return View("changed", "Changed", ["Name", "What changes", "Line"], rows, "Nobody's details change.")


def _difference(one: Changed) -> list[str]:
    said = ["Comes back"] if one.back else []
    for name, (before, after) in one.fields.items():
        word = FIELD_WORDS[name]
        if name in UNSHOWN or (before in ("", None) and after in ("", None)):
            said.append(f"{word}: corrected")
        elif before in ("", None):
            said.append(f"{word}: {_value(name, after)}")
        else:
            said.append(f"{word}: {_value(name, before)} → {_value(name, after)}")
    return said


def _value(name: str, value: Any) -> str:
    if name == "year":
        return year_label(value)
    if hasattr(value, "strftime"):
        return f"{value.day} {value:%B %Y}"
    return str(value) or "none"


def _left(plan: RosterPlan) -> View:
    with_sign_in = set(
        Person.objects.filter(pk__in=[one.person.pk for one in plan.left], user__is_active=True).values_list(
            "pk", flat=True
        )
    )
    rows = [
        [
            one.person.display_name,
            _left_who(one.person),
            one.why,
            "closes" if one.person.pk in with_sign_in else "has none",
        ]
        for one in sorted(plan.left, key=lambda one: (one.person.kind != "pupil", one.person.family_name))
    ]
    return View("left", "Left", ["Name", "Who", "Why", "Sign-in"], rows, "Nobody leaves.")


def _left_who(person: Person) -> str:
    if person.kind == Person.PUPIL and person.year:
        return f"pupil, {year_label(person.year)}"
    return KIND_WORDS[person.kind]


def _groups(plan: RosterPlan) -> View:
    starts: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    for place in plan.groups.places:
        (starts if place.part == MEMBER else leads)[place.group] += 1
    ends = Counter(row.group_id for row in plan.groups.ended.values())
    changed = {group.pk: fields for group, fields in plan.groups.changed}
    rows = []
    for row in plan.groups.added:
        rows.append([row.name, "new", starts[row.ref], leads[row.ref], 0])
    for ref, group in plan.groups.refs.items():
        if group and (starts[ref] or leads[ref] or ends[group.pk] or group.pk in changed):
            what = _group_difference(changed.get(group.pk, {}))
            rows.append([group.name, what, starts[ref], leads[ref], ends[group.pk]])
    rows += [[group.name, "closes", 0, 0, ends[group.pk]] for group in plan.groups.closed]
    headings = ["Group", "What happens", "Join", "Lead or assist", "Stop"]
    return View("groups", "Groups", headings, rows, "No group changes.")


def _group_difference(fields: dict[str, tuple[Any, Any]]) -> str:
    said = [
        f"{GROUP_FIELD_WORDS[name]}: {before or 'none'} → {after}"
        for name, (before, after) in fields.items()
        if name != "source_id"
    ]
    return ", ".join(said) or "places change"


def _aside(plan: RosterPlan) -> View:
    rows = [[_place(plan, p.where, p.column), p.what, p.mend] for p in plan.set_aside]
    headings = ["Line", "Why", "To mend it"]
    return View("aside", "Set aside", headings, rows, "Every line could be read.")


def _place(plan: RosterPlan, where: Where, column: str = "") -> str:
    """A line and its column; the file only where there are several."""
    line = f"line {where.line}" if where.line else ""
    file = where.file if len(plan.ledger.files()) > 1 or not line else ""
    return ", ".join(part for part in (file, line, column) if part)


def _notes(plan: RosterPlan) -> View:
    rows = []
    for note in plan.notes:
        more = f" and {note.count - 1} more" if note.count > 1 else ""
        said = f"{note.who}: {note.what}" if note.who else note.what
        rows.append([_place(plan, note.where, note.column) + more, said, note.mend])
    for why, count in plan.ledger.reasons_passed().items():
        rows.append([f"{count} {'line' if count == 1 else 'lines'}", f"Passed over: {why}.", ""])
    return View("notes", "Notes", ["Where", "Note", "To do"], rows, "Nothing to add.")


def _unused(plan: RosterPlan) -> View:
    rows = [[file, column or "the whole file"] for file, column in plan.roster.unused]
    headings = ["File", "Column"]
    return View("unused", "Not read", headings, rows, "Every column was used.")


def sensitive_counts(plan: RosterPlan) -> list[tuple[str, str]]:
    """How many values of each characteristic would be written, and for how many it is so; never for whom.

    With fewer than `FEW` values the people listed below could be told from the count, so only how many are known
    is said; nor is it split where a kind has no "no", as with ethnic background.
    """
    found: dict[str, list[bool | None]] = {}
    for row, _ in plan.characteristics:
        found.setdefault(row.kind, []).append(codes.holds(row.kind, row.value))
    said = []
    for kind, values in found.items():
        known = [value for value in values if value is not None]
        split = codes.has_a_no(kind) and len(known) >= FEW
        said.append(
            (fields()[kind].label, f"{sum(known)} of {len(known)} known" if split else f"{len(known)} known")
        )
    return said


def columns(table: Table, form: Any, see_all: bool) -> list[Column]:
    """The columns of a list; what stands in special-category columns only for those who may see it."""
    guessed = lists.guess(table).columns
    kinds = codes.characteristics()
    made = []
    for at, select in enumerate(form.selects()):
        heading = table.headings[at]
        sensitive = guessed.get(heading) in kinds or select.value() in kinds
        hidden = sensitive and not see_all
        made.append(Column(heading, [] if hidden else lists.samples(table, at), select, hidden))
    return made
