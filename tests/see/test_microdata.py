"""The join of answers to groups, which lives in memory while a release is built and nowhere else."""

from datetime import date

import pytest

from belong.ask.models import PooledSheet, Wave
from belong.ask.queries import instrument_of
from belong.ask.scramble import scramble
from belong.people.models import CarerLink, Person
from belong.release import ReleaseRefused
from belong.see import actions, queries
from belong.see.groups import cuts_for, group_values, menu_for, year_on
from belong.see.microdata import pooled_tables, unlinked_tables
from belong.see.models import ReleaseRecord
from tests.conftest import make_person
from tests.see import build
from tests.see.conftest import AUTUMN, SPRING

PULSE = {"instrument": "belong-pulse"}


@pytest.fixture
def roll(cast, in_school, built_once):
    return built_once("ninety pupils", lambda: build.admit(cast.school, 90), cast)


@pytest.fixture
def autumn(cast, roll, built_once) -> Wave:
    """A wave that everybody answered, released."""
    return built_once("the ninety's autumn", lambda: _released(cast, roll), cast, roll)


@pytest.fixture
def autumn_pulse(cast, roll, built_once) -> Wave:
    """The same with the short questionnaire."""
    return built_once("the ninety's pulse", lambda: _released(cast, roll, **PULSE), cast, roll)


def _released(cast, roll, **more) -> Wave:
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, share=1.0, **more)
    build.release(wave)
    return wave


def test_every_answer_meets_its_own_person(cast, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, share=1.0)
    data = pooled_tables(wave).data
    sheets = PooledSheet.objects.filter(wave=wave)
    assert data.pupils == sheets.count() == len(roll.pupils)
    girls = {
        item: sorted(codes[data.attributes["sex"] == "F"].tolist()) for item, codes in data.items.items()
    }
    expected = {item: [] for item in girls}
    keys = {bytes(sheet.scramble): sheet.answers for sheet in sheets}
    for pupil in roll.pupils:
        if pupil.sex == "F":
            answers = keys[scramble(wave.pool_key, pupil.pk)]
            for item in instrument_of(wave).scored_items:
                expected[item.id].append(item.oriented(max(answers.get(item.id, 0), 0)))
    assert girls == {item: sorted(codes) for item, codes in expected.items()}


def test_the_roll_counts_everyone_asked(cast, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE, share=0.5)
    data = pooled_tables(wave).data
    # The cast's two classes were on roll and asked, too; nobody of them answered.
    asked = len(roll.pupils) + len(cast.pupils) + len(cast.other_pupils)
    assert data.roll["all"]["all"] == asked
    assert sum(data.roll["year"].values()) == asked
    assert data.pupils < asked


def test_someone_erased_takes_the_answers_along(cast, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE, share=1.0)
    Person.objects.filter(pk=roll.pupils[0].pk).delete()
    assert pooled_tables(wave).data.pupils == len(roll.pupils) - 1


def test_without_the_key_nothing_can_be_joined(cast, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE)
    Wave.objects.filter(pk=wave.pk).update(pool_key=None)
    wave.refresh_from_db()
    with pytest.raises(ReleaseRefused):
        pooled_tables(wave)
    assert build.release(wave).state == ReleaseRecord.REFUSED


def test_two_waves_are_matched_by_one_key(cast, roll):
    first = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE, share=1.0)
    second = build.ask(cast.head, roll, "Spring wave", SPRING, **PULSE, share=1.0, seed=2)
    now, then = pooled_tables(second).data, pooled_tables(first, keyed_by=second).data
    assert set(now.person_keys) == set(then.person_keys)
    assert not set(now.person_keys) & set(pooled_tables(first).data.person_keys)


def test_change_rests_on_the_same_questions_only(cast, roll, autumn):
    pulse = build.ask(cast.head, roll, "Spring pulse", SPRING, share=1.0, seed=2, instrument="belong-pulse")
    reading = queries.read(build.release(pulse))
    release = reading.release
    assert {info.key for info in release.measures if info.kind == "item"} == {
        f"item:{item.id}" for item in reading.instrument.scored_items
    }
    assert release.change("item:adults-2").symbol == ""
    assert release.change("item:adults-2").basis == "1 of 1"
    # The part was made of four questions then and of one now: the two figures are not set side by side.
    assert reading.was("part:adults") is None
    assert reading.was("item:adults-2") is not None


def test_a_question_with_other_words_is_not_compared(cast, roll, autumn):
    wave = build.ask(cast.head, roll, "Spring wave", SPRING, share=1.0, seed=2)
    changed = [dict(item) for item in wave.instrument["items"]]
    changed[0]["text"] = {"en": "Adults at school greeted me."}
    instrument = {**wave.instrument, "items": changed}
    Wave.objects.filter(pk=wave.pk).update(instrument=instrument, instrument_hash="another")
    wave.refresh_from_db()
    reading = queries.read(build.release(wave))
    assert reading.release.change("item:adults-1").symbol == "x"
    assert reading.was("item:adults-1") is None
    assert reading.release.change("item:peers-1").symbol == ""


def test_groups_that_changed_since_are_not_compared(cast, roll, autumn_pulse):
    Person.objects.filter(pk__in=[pupil.pk for pupil in roll.pupils if pupil.year == "8"]).update(year="9")
    second = build.ask(cast.head, roll, "Spring wave", SPRING, **PULSE, share=1.0, seed=2)
    after = queries.parsed(build.release(second))
    assert after.changes == ()
    assert "not_matched" in {note.code for note in after.notes}
    assert after.cell("score").symbol == ""


def test_an_earlier_wave_whose_key_has_died_is_not_matched(cast, roll, autumn_pulse):
    Wave.objects.filter(pk=autumn_pulse.pk).update(pool_key=None)
    after = queries.parsed(
        build.release(build.ask(cast.head, roll, "Spring wave", SPRING, **PULSE, share=1.0, seed=2))
    )
    assert after.changes == ()
    assert "not_matched" in {note.code for note in after.notes}


def test_a_wave_after_one_with_unlinked_questions_is_compared_on_the_others(cast, roll):
    unlinked = {"visibility": {"listened-4": "unlinked"}, "attributes": ("sex",)}
    build.release(build.ask(cast.head, roll, "Autumn wave", AUTUMN, share=1.0, **unlinked))
    wave = build.ask(cast.head, roll, "Spring wave", SPRING, share=1.0, seed=2, **unlinked)
    record = build.release(wave)
    assert record.state == ReleaseRecord.READY
    release = queries.parsed(record)
    assert release.change("item:listened-3").symbol == ""
    assert release.change("item:listened-4").symbol == "x"


def test_unlinked_questions_are_released_beside_the_pooled_ones(cast, roll):
    unlinked = {"listened-4": "unlinked", "place-2": "unlinked"}
    wave = build.ask(
        cast.head, roll, "Autumn wave", AUTUMN, share=1.0, visibility=unlinked, attributes=("sex",)
    )
    assert set(pooled_tables(wave).data.items).isdisjoint(unlinked)
    assert set(unlinked_tables(wave, alone=False).data.items) == set(unlinked)
    release = queries.parsed(build.release(wave))
    assert release.cell("item:listened-4").symbol == ""
    assert release.cell("item:listened-4", "sex", "F").symbol == ""
    assert release.cell("item:listened-4", "sen", "sen").symbol == "x"
    assert release.cell("item:listened-3", "sen", "sen").symbol != "x"
    assert release.cell("item:listened-3", "sex", "F").mean is not None
    assert release.response().rate is not None


def test_a_wave_of_unlinked_questions_alone_has_scores_of_its_own(cast, roll):
    instrument = "belong-pulse"
    kinds = {"peers-1": "unlinked", "adults-2": "unlinked", "place-1": "unlinked", "listened-3": "unlinked"}
    kinds["taking-part-4"] = "unlinked"
    wave = build.ask(
        cast.head,
        roll,
        "Pulse",
        AUTUMN,
        share=1.0,
        instrument=instrument,
        visibility=kinds,
        attributes=("sex",),
    )
    release = queries.parsed(build.release(wave))
    assert release.cell("score").symbol == ""
    assert release.cuts == ("all", "sex")


def test_questions_for_named_readers_are_not_in_a_release(cast, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, share=1.0, visibility={"listened-4": "named"})
    release = queries.parsed(build.release(wave))
    assert release.cell("item:listened-4").symbol == "x"
    assert release.cell("item:listened-3").symbol == ""


def test_a_wave_with_nothing_to_count_asks_for_no_release_and_would_be_refused_one(cast, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, close=False)
    Wave.objects.filter(pk=wave.pk).update(visibility=dict.fromkeys(wave.visibility, "named"))
    wave.refresh_from_db()
    closed = build.shut(cast.head, wave)
    assert not ReleaseRecord.objects.filter(wave=closed).exists()
    actions.request_release(closed)
    record = build.release(closed)
    assert record.state == ReleaseRecord.REFUSED
    assert record.reason == actions.NOTHING


def test_the_menu_leaves_out_what_the_school_does_not_hold_or_want(cast, in_school):
    pupils = list(Person.objects.pupils())
    wave = Wave(school=cast.school, audience=Wave.PUPILS)
    values = group_values(wave, pupils, AUTUMN)
    assert [attribute.key for attribute in menu_for(wave, values).attributes] == ["sex", "year"]
    cast.school.settings = {"cuts": ["year"]}
    assert [attribute.key for attribute in menu_for(wave, values).attributes] == ["year"]
    assert menu_for(wave, values).pairs == ()


def test_staff_are_cut_by_one_attribute_and_families_by_year(cast, in_school):
    assert [cut.key for cut in cuts_for(Wave.STAFF)] == ["post"]
    assert [cut.key for cut in cuts_for(Wave.FAMILIES)] == ["year"]
    staff = list(Person.objects.staff())
    posts = group_values(Wave(audience=Wave.STAFF), staff, AUTUMN)["post"]
    assert posts[cast.tutor.person_id] == "teaching"
    assert posts[cast.technician.person_id] == "other"
    carer = cast.carer.person
    older = make_person(cast.school, Person.PUPIL, "Older", "Yusuf", year="11")
    CarerLink.objects.create(school=cast.school, carer=carer, pupil=older)
    assert group_values(Wave(audience=Wave.FAMILIES), [carer], AUTUMN)["year"] == {carer.pk: "8"}


def test_joined_this_year_leaves_out_a_whole_new_year_group(cast, in_school):
    school = cast.school
    september = date(2026, 9, 3)
    intake = [
        make_person(school, Person.PUPIL, f"New {n}", "Seven", year="7", joined_on=september)
        for n in range(5)
    ]
    late = make_person(school, Person.PUPIL, "Late", "Comer", year="8", joined_on=september)
    values = group_values(Wave(audience=Wave.PUPILS), [*intake, late, *cast.pupils], AUTUMN)[
        "joined_this_year"
    ]
    assert values[late.pk] == "Y"
    assert {values[pupil.pk] for pupil in (*intake, *cast.pupils)} == {"N"}


@pytest.mark.parametrize(
    ("year", "left_on", "on", "then"),
    [
        ("9", None, date(2026, 10, 5), "9"),
        ("9", None, date(2026, 6, 5), "8"),
        ("R", None, date(2025, 10, 5), "N2"),
        ("7", None, date(2025, 6, 1), "5"),
        ("11", date(2026, 9, 1), date(2026, 6, 5), "11"),
        ("11", date(2026, 9, 8), date(2025, 10, 5), "11"),
        ("10", date(2026, 12, 18), date(2026, 6, 5), "9"),
        ("", None, date(2025, 10, 5), ""),
    ],
)
def test_the_year_group_of_a_past_wave(year, left_on, on, then):
    assert year_on(Person(year=year, left_on=left_on), on) == then
