"""One set of adults stands beside the pupils, for good; nobody can be told by taking one mix from another."""

from collections import Counter
from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belong.base.clock import frozen
from belong.notice.both_sides.mix import NAMED as SAID
from belong.notice.both_sides.mix import STAFF, MixRow
from belong.notice.both_sides.mix import Mixes as Rows
from belong.people.models import Characteristic, Person
from belong.people.queries import staff_in_post
from belong.release import ReleaseRefused
from belong.see.models import NoticingRelease
from belong.see.noticing import adult_set
from belong.see.noticing.actions import make
from belong.see.noticing.adult_set import IN_POST, NAMED, Adults, set_of
from belong.see.noticing.mixes import classes_of, is_new_enough, mixes_of
from belong.see.noticing.queries import parsed
from tests.see.noticing.conftest import DECEMBER, OCTOBER, noon

pytestmark = pytest.mark.alike

ENOUGH = 10


@pytest.fixture
def named(monkeypatch):
    """`named(on, people)`: whom pupils had named by a day, as the rows for releases say it."""
    said: dict = {}

    def rows(on):
        ids = {day: ids for day, ids in said.items() if day <= on}
        here = set(staff_in_post(on).values_list("pk", flat=True))
        chosen = (ids[max(ids)] if ids else set()) & here
        sides = [MixRow(STAFF, pk, "", "") for pk in here] + [MixRow(SAID, pk, "", "") for pk in chosen]
        return Rows(on, tuple(sides), (), frozenset())

    monkeypatch.setattr(adult_set, "mixes", rows)
    return lambda on, people: said.__setitem__(on, {person.pk for person in people})


@pytest.fixture
def adults(noticed) -> list[Person]:
    """Eighty adults in post, half of them women, a third of another background in either half."""
    of = {"school": noticed.school}
    more = [
        Person.objects.create(
            kind=Person.STAFF, title="Mx", family_name=f"More {n}", given_name="M", sex="FM"[n % 2], **of
        )
        for n in range(40)
    ]
    Characteristic.objects.bulk_create(
        Characteristic(person=one, kind="ethnicity", value="WBRI" if n % 3 else "APKN", **of)
        for n, one in enumerate(more)
    )
    known = {one.pk for one in [*noticed.tutors, *more]}
    return list(staff_in_post().filter(pk__in=known).order_by("pk"))


def mix_of(rows) -> NoticingRelease:
    return next(row for row in rows if row.kind == NoticingRelease.ADULTS)


def half(adults: list[Person], skip: int = 0) -> list[Person]:
    """Every second woman and every second man, of either background."""
    return [one for n, one in enumerate(adults) if (n // 2 + skip) % 2 == 0]


def test_adults_whom_pupils_named_are_shown_where_enough_are_and_enough_are_not(build_on, named, adults):
    named(OCTOBER, half(adults))
    row = mix_of(build_on(OCTOBER))
    assert row.is_ready, row.reason
    release = parsed([row])[row.pk]
    assert set_of(release) == NAMED
    assert {info.key for info in release.measures} == {"item:sex", "item:ethnicity"}


@pytest.mark.parametrize("left_over", [0, 1, 9])
def test_where_too_few_were_not_named_it_is_everyone_in_post(build_on, named, adults, left_over):
    men = [one for one in adults if one.sex == "M"]
    named(OCTOBER, [one for one in adults if one not in men[:left_over]])
    row = mix_of(build_on(OCTOBER))
    assert row.is_ready, row.reason
    assert set_of(parsed([row])[row.pk]) == IN_POST


def test_few_named_of_one_sex_or_nobody_asked_is_everyone_in_post(build_on, named, adults):
    men = [one for one in half(adults) if one.sex == "M"]
    named(OCTOBER, [one for one in half(adults) if one not in men[9:]])
    row = mix_of(build_on(OCTOBER))
    assert set_of(parsed([row])[row.pk]) == IN_POST


@pytest.mark.parametrize("first", [NAMED, IN_POST])
def test_the_first_mix_decides_for_good(build_on, named, adults, first):
    """Whatever pupils say later: the mix of the other set is never released."""
    named(OCTOBER, half(adults) if first == NAMED else adults)
    named(DECEMBER, adults[:4] if first == NAMED else half(adults))
    october, december = mix_of(build_on(OCTOBER)), mix_of(build_on(DECEMBER))
    assert set_of(parsed([october])[october.pk]) == first
    if first == NAMED:
        assert not december.is_ready
        assert december.reason == adult_set.TOO_FEW
    else:
        assert set_of(parsed([december])[december.pk]) == IN_POST


def test_a_mix_from_before_there_were_two_was_of_everyone_in_post(noticed, build_on, named, adults):
    build_on(OCTOBER)
    row = NoticingRelease.objects.get(kind=NoticingRelease.ADULTS)
    release = parsed([row])[row.pk]
    assert set_of(release) == IN_POST
    notes = tuple(note for note in release.notes if note.code != adult_set.SET)
    assert set_of(SimpleNamespace(notes=notes)) == IN_POST


def test_one_who_left_or_came_does_not_change_a_mix(noticed, build_on, named, adults):
    """Of those named, the last mix stands until enough came in or fell out; so nobody is told by the difference."""
    named(OCTOBER, half(adults))
    build_on(OCTOBER)
    leaver = half(adults)[0]
    Person.objects.filter(pk=leaver.pk).update(left_on=OCTOBER + timedelta(days=9))
    december = mix_of(build_on(DECEMBER))
    assert not december.is_ready
    assert "Fri 23 October 2026" in december.reason
    spring = DECEMBER + timedelta(weeks=8)
    named(spring, half(adults, skip=1))  # asked anew, and other adults were named
    with frozen(noon(spring)):
        assert set_of(make(noticed.school, NoticingRelease.ADULTS, DECEMBER, spring)) == NAMED


def test_one_who_left_does_not_change_the_mix_of_everyone_in_post(noticed, build_on, adults):
    build_on(OCTOBER)
    left = {"left_on": OCTOBER + timedelta(days=9)}
    Person.objects.filter(pk=adults[0].pk).update(**left)
    with frozen(noon(DECEMBER)), pytest.raises(ReleaseRefused, match="Too few adults have come"):
        make(noticed.school, NoticingRelease.ADULTS, OCTOBER, DECEMBER)
    Person.objects.filter(pk__in=[one.pk for one in adults[:ENOUGH]]).update(**left)
    with frozen(noon(DECEMBER)):
        assert make(noticed.school, NoticingRelease.ADULTS, OCTOBER, DECEMBER).cells


def test_the_page_says_which_adults_and_shows_the_mix_that_stands(
    cast, noticed, build_on, named, adults, client_as
):
    named(OCTOBER, half(adults))
    build_on(OCTOBER)
    head = client_as(cast.head)
    page = head.get(f"/see/noticing/{OCTOBER}/").content.decode()
    assert "those whom at least one pupil named" in page
    assert "Adults pupils named" in page
    assert "always this one set" in page
    build_on(DECEMBER)
    page = head.get(f"/see/noticing/{DECEMBER}/").content.decode()
    assert "The adults are those of Fri 23 October 2026." in page
    assert "Adults pupils named" in page
    assert "It stands as it was then." in page
    rows = head.get(f"/see/noticing/{DECEMBER}/figures.csv").content.decode()
    assert "mix of adults" not in rows, "a table for a day holds that day's figures"
    first = head.get(f"/see/noticing/{OCTOBER}/figures.csv").content.decode()
    assert "share,mix of adults pupils named" in first


def one(pk: int, sex: str) -> Person:
    return Person(pk=pk, kind=Person.STAFF, sex=sex, given_name="A", family_name=str(pk))


@st.composite
def days(draw):
    """Adults with whom pupils named on a first and on a later day, when some had left and some had come."""
    sexes = draw(st.lists(st.sampled_from("FM"), min_size=20, max_size=90))
    people = [one(pk, sex) for pk, sex in enumerate(sexes, start=1)]
    share = draw(st.sampled_from([0.15, 0.3, 0.5, 0.7, 1.0]))
    dice = draw(st.randoms(use_true_random=False))
    chosen = [{person.pk for person in people if dice.random() < share} for _ in range(2)]
    away = [{person.pk for person in people if dice.random() < 0.05} for _ in range(2)]
    return [
        Adults(
            NAMED,
            tuple(person for person in people if person.pk in said - gone),
            tuple(person for person in people if person.pk not in said | gone),
        )
        for said, gone in zip(chosen, away, strict=True)
    ]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=days())
def test_whoever_knows_every_adult_cannot_tell_who_was_named(in_school, made):
    """The reader of the attack knows all adults, with their sex, and who came and left; not who was named.

    From a mix of those named they can work out how many of a class were, at best. Then in each class there are as
    many as the threshold who were and who were not, so it says of nobody which; and what moved between two dates
    moved as many of a class who were there both times, so it is not the one who came or left.
    """
    first, later = made
    shown = mixes_of(first.people, first.others, OCTOBER, ENOUGH, of_part=True)
    for mix in shown.values():
        sides = [Counter(mix.of[person.pk] for person in side) for side in (first.people, first.others)]
        for code in range(1, len(mix.words) + 1):
            assert all(side[code] >= ENOUGH for side in sides)
    again = mixes_of(later.people, later.others, DECEMBER, ENOUGH, of_part=True)
    if not (shown and again and is_new_enough(first, later, DECEMBER, ENOUGH)):
        return
    both = {p.pk for p in (*first.people, *first.others)} & {p.pk for p in (*later.people, *later.others)}
    moved = {p.pk for p in first.people} ^ {p.pk for p in later.people}
    for mix in again.values():
        stayed = Counter(mix.of[pk] for pk in moved & both)
        assert all(stayed[code] >= ENOUGH for code in range(1, len(mix.words) + 1))


def test_small_backgrounds_stand_together_on_both_sides(noticed, adults):
    """Of those named and of those not, no class that is shown has fewer than the threshold."""
    few = adults[::13]
    Characteristic.objects.filter(person__in=few).update(value="BCRB")
    people = half(adults)
    others = [person for person in adults if person not in people]
    mix = mixes_of(people, others, OCTOBER, ENOUGH, of_part=True)["ethnicity"]
    for side in (people, others):
        counts = mix.counts(person.pk for person in side)
        assert min(counts[code] for code in range(1, len(mix.words) + 1)) >= ENOUGH
    assert len(mix.words) == 2, "the few of a third background stand with others"


def test_the_note_of_the_set_is_no_class(build_on, named, adults):
    named(OCTOBER, half(adults))
    row = mix_of(build_on(OCTOBER))
    assert len(classes_of(parsed([row])[row.pk], "sex")) == 2
