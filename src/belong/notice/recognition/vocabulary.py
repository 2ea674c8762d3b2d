"""The school's own values and traits: a leader adds, words, orders and retires them. Timelines keep theirs."""

from typing import Any

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.content import read
from belong.measure.instrument import say
from belong.notice.models import Trait
from belong.notice.recognition.showing import SETTING
from belong.people.models import School, User

MOST = 30


def offered() -> list[dict[str, str]]:
    """What a school may begin with: key, kind, name, about; without those it has, by name."""
    have = {name.casefold() for name in Trait.objects.values_list("name", flat=True)}
    found = [
        {"key": key, "kind": kind, "name": say(words["name"]), "about": say(words["about"])}
        for kind, group in read("texts/recognition")["offered"].items()
        for key, words in group.items()
    ]
    return [one for one in found if one["name"].casefold() not in have]


@action
def add_trait(user: User, *, name: str, about: str = "", kind: str = Trait.VALUE) -> Trait:
    """Add a value or trait at the end of the list."""
    require(user, "notice.manage_traits")
    name, about = _checked(name, about, kind)
    rows = Trait.objects.filter(retired_on__isnull=True)
    if rows.count() >= MOST:
        raise Refused(f"{MOST} are as many as anybody can keep in mind. Retire one first.")
    last = rows.order_by("-order").first()
    fields = {"name": name, "about": about, "kind": kind, "order": last.order + 1 if last else 0}
    trait = Trait.objects.create(school=user.school, **fields)
    audit(user, "notice.change_traits", trait, did="added")
    return trait


@action
def add_offered(user: User, keys: list[str]) -> list[Trait]:
    """Add some of those that are offered, by key; what the school has already is left alone."""
    require(user, "notice.manage_traits")
    chosen = [one for one in offered() if one["key"] in keys]
    if not chosen:
        raise Refused("Tick at least one. Nothing was added.")
    return [add_trait(user, name=one["name"], about=one["about"], kind=one["kind"]) for one in chosen]


@action
def change_trait(user: User, trait: Trait, *, name: str, about: str, kind: str) -> Trait:
    """Word it differently; what was recognised under it is then called the same."""
    require(user, "notice.manage_traits")
    trait.name, trait.about = _checked(name, about, kind, besides=trait)
    trait.kind = kind
    trait.save()
    audit(user, "notice.change_traits", trait, did="worded")
    return trait


@action
def move_trait(user: User, trait: Trait, *, up: bool) -> None:
    """One place up or down; at the end of the list nothing moves."""
    require(user, "notice.manage_traits")
    rows = list(Trait.objects.filter(retired_on__isnull=True))
    at = next((i for i, row in enumerate(rows) if row.pk == trait.pk), None)
    if at is None:
        raise Refused(f"“{trait.name}” is retired. Bring it back first.")
    to = min(max(at + (-1 if up else 1), 0), len(rows) - 1)
    rows.insert(to, rows.pop(at))
    for order, row in enumerate(rows):
        row.order = order
    Trait.objects.bulk_update(rows, ["order"])
    audit(user, "notice.change_traits", trait, did="moved")


@action
def retire_trait(user: User, trait: Trait, *, back: bool = False) -> Trait:
    """Nobody can choose it from now on, and timelines keep it; `back` brings it back to the end of the list."""
    require(user, "notice.manage_traits")
    if back and (same := _same_name(trait.name, trait)):
        raise Refused(f"There is “{same.name}” already. Nothing was changed.")
    trait.retired_on = None if back else trait.retired_on or today()
    if back:
        last = Trait.objects.filter(retired_on__isnull=True).order_by("-order").first()
        trait.order = last.order + 1 if last else 0
    trait.save()
    audit(user, "notice.change_traits", trait, did="brought back" if back else "retired")
    return trait


@action
def set_families_see_young(user: User, yes: bool) -> None:
    """Whether families see what was approved about under-thirteens who have not chosen themselves."""
    require(user, "notice.manage_traits")
    change_setting(user.school, families_see_young=bool(yes))
    audit(user, "notice.set_families_see_young", yes=bool(yes))


def change_setting(school: School, **values: Any) -> None:
    """Write some of this part's settings, on the row as it is now, and leave the others alone."""
    row = School.objects.select_for_update().get(pk=school.pk)
    row.settings = row.settings | {SETTING: row.settings.get(SETTING, {}) | values}
    row.save(update_fields=["settings"])
    school.settings = row.settings


def _checked(name: str, about: str, kind: str, besides: Trait | None = None) -> tuple[str, str]:
    name, about = " ".join(name.split()), " ".join(about.split())
    if not name:
        raise Refused("Give it a name. Nothing was changed.")
    if len(name) > 60 or len(about) > 200:
        raise Refused("A name has up to 60 characters, the line about it up to 200. Nothing was changed.")
    if kind not in dict(Trait.KINDS):
        raise Refused("Choose whether it is a value or a trait. Nothing was changed.")
    if same := _same_name(name, besides):
        raise Refused(f"There is “{same.name}” already. Nothing was changed.")
    return name, about


def _same_name(name: str, besides: Trait | None) -> Trait | None:
    """One in use by the same name, whatever the capitals."""
    rows = Trait.objects.filter(retired_on__isnull=True, name__iexact=name)
    return rows.exclude(pk=besides.pk if besides else None).first()
