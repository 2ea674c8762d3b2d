"""Figures about noticing are worked out once on a fixed date, protected like a wave, and frozen."""

import json

import pytest

from belong.base.clock import frozen
from belong.people.models import Membership, Person
from belong.release import audit, audit_against
from belong.see.models import FrozenReleaseError, NoticingRelease
from belong.see.noticing.microdata import noticed_tables, traits_for
from belong.see.noticing.queries import parsed
from belong.site.chores import enqueue_chores
from tests.see.noticing.conftest import DECEMBER, OCTOBER, noon


def release_of(rows, kind="noticed"):
    row = next(row for row in rows if row.kind == kind)
    assert row.is_ready, row.reason
    return parsed([row])[row.pk]


def test_the_days_job_releases_on_the_date_and_not_before_or_again(noticed):
    with frozen(noon(OCTOBER.replace(day=22))):
        enqueue_chores()
        assert not NoticingRelease.objects.exists()
    with frozen(noon(OCTOBER)):
        enqueue_chores()
        first = {row.kind: row.hash for row in NoticingRelease.objects.all()}
        assert set(first) == {"noticed", "pupils", "adults"}
    with frozen(noon(OCTOBER.replace(day=26))):
        enqueue_chores()
    assert {row.kind: row.hash for row in NoticingRelease.objects.all()} == first


def test_a_date_missed_by_weeks_is_left_out(noticed):
    with frozen(noon(OCTOBER.replace(month=11, day=20))):
        enqueue_chores()
    assert not NoticingRelease.objects.exists()


def test_it_never_changes(released):
    row = NoticingRelease.objects.first()
    with pytest.raises(FrozenReleaseError):
        row.save()


def test_what_is_counted(noticed, build_on):
    release = release_of(build_on(OCTOBER))
    girls, boys = (release.cell("item:noticed", "sex", group).mean for group in "FM")
    assert girls > boys
    assert 20 <= release.cell("item:maintain").mean <= 50
    assert sum(release.cell("item:tutor").distribution) == pytest.approx(100, abs=3)
    assert release.cell("item:kind-greeting").mean <= release.cell("item:noticed").mean
    assert "item:kind-observation" not in {info.key for info in release.measures}


def test_shares_are_whole_and_classes_have_no_mean(released):
    release = release_of(released)
    two = {"item:noticed", "item:maintain", "item:recognised"}
    for cell in release.cells:
        assert cell.shrunk is None
        if cell.mean is not None:
            assert cell.mean == cell.favourable == round(cell.mean)
        if cell.measure == "item:tutor":
            assert cell.mean is None
    assert two <= {cell.measure for cell in release.cells if cell.mean is not None}
    assert not [gap for gap in release.gaps if gap.measure == "item:tutor"]
    for row in (*release.gaps, *release.changes):
        assert row.difference is None or row.difference == round(row.difference)


def test_no_score_is_made_of_facts(released):
    assert {info.kind for info in release_of(released).measures} == {"item"}


def test_the_release_passes_the_audit_against_what_it_was_made_of(noticed, build_on):
    build_on(OCTOBER)
    release = release_of(build_on(DECEMBER))
    with frozen(noon(DECEMBER)):
        tables = noticed_tables(noticed.school, OCTOBER, DECEMBER, traits_for(OCTOBER, DECEMBER))
    assert audit(release) == ()
    assert audit_against(release, tables.data) == ()


def test_change_is_of_the_same_pupils_between_two_dates(noticed, build_on):
    first = release_of(build_on(OCTOBER))
    joined = [
        Person(
            school=noticed.school, kind="pupil", given_name=f"New {n}", year="7", sex="F", joined_on=DECEMBER
        )
        for n in range(30)
    ]
    Person.objects.bulk_create(joined)
    release = release_of(build_on(DECEMBER))
    change = release.change("item:maintain")
    assert first.changes == ()
    assert change.symbol in ("", "u")
    assert change.difference > 0
    assert change.from_wave == first.wave


def test_a_small_school_gets_a_reason_and_no_figures(cast, in_school, build_few):
    rows = build_few(8)
    assert {row.state for row in rows} == {"refused"}
    assert all(row.reason and row.payload is None for row in rows)


@pytest.fixture
def build_few(cast, in_school):
    def make(pupils: int):
        from belong.see.noticing.actions import release_noticing

        Membership.objects.all().delete()
        Person.objects.pupils().exclude(pk__in=[p.pk for p in cast.pupils[:pupils]]).update(left_on=OCTOBER)
        with frozen(noon(OCTOBER)):
            return release_noticing(cast.school, OCTOBER)

    return make


def test_a_group_under_the_threshold_is_hidden_everywhere(noticed, build_on):
    pupils = noticed.roll.pupils
    ids = [p.pk for p in pupils if p.year == "11"][8:]
    Person.objects.filter(pk__in=ids).update(left_on=OCTOBER)
    row = next(row for row in build_on(OCTOBER) if row.kind == "noticed")
    release = parsed([row])[row.pk]
    years = {cell.group for cell in release.cells_of("year", "item:noticed") if cell.mean is not None}
    assert "11" not in years, "merged with its neighbour or hidden"


def test_no_adult_no_class_and_no_word_is_in_it(noticed, released):
    text = json.dumps([row.payload for row in released])
    for group in range(10):
        assert f'"T{group}"' not in text
    assert "Tutor" not in text.replace("The tutor", "")
    release = release_of(released)
    assert not {cut for cut in release.cuts if "group" in cut or "tutor" in cut or "adult" in cut}


def test_the_mix_of_adults_is_not_cut_and_small_backgrounds_stand_together(noticed, build_on):
    release = release_of(build_on(OCTOBER), "adults")
    assert release.audience == "staff"
    assert release.cuts == ("all",)
    assert release.changes == release.gaps == ()
    assert release.cell("item:ethnicity").distribution is not None


def test_few_adults_of_one_sex_show_no_sexes_at_all(noticed, build_on):
    men = Person.objects.staff().filter(sex="M")
    Person.objects.filter(pk__in=list(men.values_list("pk", flat=True))[4:]).update(sex="F")
    release = release_of(build_on(OCTOBER), "adults")
    assert "item:sex" not in {info.key for info in release.measures}
