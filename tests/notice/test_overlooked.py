"""Who has not yet been noticed: absence of attention, and nothing else."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from belong.ask.models import PooledSheet, Receipt, SignedSheet, UnlinkedSheet, Wave
from belong.base.clock import today
from belong.notice.queries import Filters, overlooked
from belong.notice.queries.overlooked import counts_by_empty, counts_by_year, with_details
from belong.people.models import Characteristic, Membership, Person, User
from tests.conftest import make_person


def listed(user, **filters) -> list[str]:
    return [row.pupil.first_name for row in overlooked(user, Filters(**filters))]


def wave(school) -> Wave:
    days = {"opens_on": today() - timedelta(days=1), "closes_on": today() + timedelta(days=1)}
    return Wave.objects.create(
        school=school, title="Spring", audience="pupils", instrument_key="belong-core", instrument={}, **days
    )


def test_most_empty_places_first_then_by_name(cast, in_school, noted, knows, join_club):
    amina, ben, _cerys, *rest = cast.pupils
    for pupil in rest:
        Membership.objects.filter(person=pupil).delete()
    knows(cast.tutor, amina)
    join_club(amina)
    noted(cast.tutor, ben)
    found = overlooked(cast.tutor)
    assert [(row.pupil.first_name, row.missing) for row in found] == [
        ("Cerys", ["adult", "noticed", "club", "voice"]),
        ("Ben", ["adult", "club", "voice"]),
        ("Amina", ["noticed", "voice"]),
    ]


def test_a_pupil_with_every_place_filled_is_not_listed(cast, in_school, noted, knows, join_club):
    amina = cast.pupils[0]
    knows(cast.tutor, amina)
    noted(cast.tutor, amina)
    join_club(amina)
    SignedSheet.objects.create(
        school=cast.school, wave=wave(cast.school), person=amina, answers={"a": 1}, named=True
    )
    assert "Amina" not in listed(cast.tutor)
    assert len(listed(cast.tutor)) == len(cast.pupils) - 1


@pytest.mark.parametrize(
    ("days", "weeks", "missing"), [(20, 2, True), (20, 4, False), (40, 4, True), (40, 6, False)]
)
def test_the_weeks_are_chosen(cast, in_school, noted, days, weeks, missing):
    noted(cast.tutor, cast.pupils[0], days=days)
    row = next(row for row in overlooked(cast.tutor, Filters(weeks=weeks)) if row.pupil == cast.pupils[0])
    assert ("noticed" in row.missing) is missing


def test_a_receipt_for_a_pooled_or_unlinked_wave_never_shows(cast, in_school):
    asked = wave(cast.school)
    before = overlooked(cast.tutor)
    for pupil in cast.pupils[:6]:
        Receipt.objects.create(school=cast.school, wave=asked, person=pupil)
        PooledSheet.objects.create(
            school=cast.school, wave=asked, scramble=pupil.pk.to_bytes(16), answers={"a": 3}
        )
        UnlinkedSheet.objects.create(school=cast.school, wave=asked, answers={"b": 1})
    assert Receipt.objects.count() == 6, "there is something that could leak"
    assert overlooked(cast.tutor) == before


def test_a_named_answer_is_a_voice_and_a_confidential_one_is_not(cast, in_school):
    asked = wave(cast.school)
    amina, ben = cast.pupils[:2]
    SignedSheet.objects.create(school=cast.school, wave=asked, person=amina, answers={"a": 1}, named=True)
    SignedSheet.objects.create(school=cast.school, wave=asked, person=ben, texts={"b": "…"}, wrote=True)
    found = {row.pupil.pk: row.missing for row in overlooked(cast.tutor)}
    assert "voice" not in found[amina.pk]
    assert "voice" in found[ben.pk]


def test_no_characteristic_and_no_score_can_change_the_list(cast, in_school, noted, knows, join_club):
    """Shuffle everything a prejudice could hang on; the list must not move by one place."""
    dice = random.Random(7)
    everyone = [*cast.pupils, *cast.other_pupils]
    for pupil in everyone:
        for act in (lambda p: noted(cast.tutor, p), lambda p: knows(cast.tutor, p), join_club):
            if dice.random() < 0.4:
                act(pupil)
    asked = wave(cast.school)

    def seen() -> list[tuple[int, list[str]]]:
        return [(row.pupil.pk, row.missing) for row in overlooked(cast.pastoral)]

    before = seen()
    assert len({len(missing) for _, missing in before}) > 1, "there is an order that could be disturbed"
    kinds = (
        "ethnicity",
        "sen",
        "fsm_eligible",
        "fsm6",
        "pupil_premium",
        "looked_after",
        "eal",
        "joined_this_year",
    )
    for _ in range(5):
        Characteristic.objects.all().delete()
        PooledSheet.objects.all().delete()
        for pupil in everyone:
            Person.objects.filter(pk=pupil.pk).update(
                sex=dice.choice("FMX"),
                home_language=dice.choice(["en", "pl", "ur", "so"]),
                born=today() - timedelta(days=dice.randint(4000, 6000)),
                upn=str(dice.randint(10**8, 10**9)),
                name_at_home=dice.choice(["", "Ali"]),
            )
            for kind in dice.sample(kinds, 3):
                Characteristic.objects.create(
                    school=cast.school, person=pupil, kind=kind, value=dice.choice("YN")
                )
            scores = {f"adults-{n}": dice.randint(1, 5) for n in range(4)}
            PooledSheet.objects.create(
                school=cast.school, wave=asked, scramble=pupil.pk.to_bytes(16), answers=scores
            )
        assert seen() == before


def test_nothing_special_is_even_read(cast, in_school):
    with CaptureQueriesContext(connection) as asked:
        overlooked(cast.pastoral)
    text = " ".join(query["sql"] for query in asked.captured_queries)
    assert "people_person" in text
    for column in (
        '"sex"',
        '"born"',
        '"home_language"',
        '"upn"',
        "people_characteristic",
        "ask_receipt",
        "ask_pooled",
    ):
        assert column not in text


def test_filters_by_year_group_place_and_name(cast, in_school, knows):
    knows(cast.pastoral, cast.pupils[0])
    assert len(listed(cast.pastoral)) == 24
    assert len(listed(cast.pastoral, year="9")) == 12
    assert len(listed(cast.pastoral, group=cast.tutor_group.pk)) == 12
    assert len(listed(cast.pastoral, group=cast.tutor_group.pk, place="adult")) == 11
    assert listed(cast.pastoral, search="nowak ewa") == ["Nowak", "Ewa"]
    assert listed(cast.pastoral, empty=4, search="yusuf amina") == ["Yusuf"]


def test_counts_by_number_of_empty_places_and_by_year(cast, in_school, knows, join_club, noted):
    for act in (lambda p: knows(cast.tutor, p), join_club, lambda p: noted(cast.tutor, p)):
        act(cast.pupils[0])
    found = overlooked(cast.pastoral)
    assert counts_by_empty(found) == {1: 24, 2: 23, 3: 23, 4: 23}
    assert counts_by_year(cast.pastoral, 3) == [("8", 11), ("9", 12)]
    assert counts_by_year(cast.pastoral, 4) == [("8", 11), ("9", 12)]
    assert counts_by_year(cast.tutor, 1) == [("8", 12)]


def test_the_counts_of_years_are_those_of_the_list(cast, in_school, lively):
    for user in (cast.pastoral, cast.tutor, cast.survey_lead):
        for least in (1, 2, 3, 4):
            listed_by_year = Counter(row.pupil.year for row in overlooked(user) if row.empty >= least)
            assert dict(counts_by_year(user, least)) == listed_by_year


def test_a_tutor_sees_own_pupils_and_a_pastoral_lead_the_school(cast, in_school):
    assert len(listed(cast.tutor)) == 12
    assert len(listed(cast.pastoral)) == 24
    assert listed(cast.survey_lead) == []


def test_queries_do_not_grow_with_the_school(cast, in_school, lively):
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            with_details(overlooked(User.objects.get(pk=cast.pastoral.pk)))
        return len(seen)

    few = count()
    for n in range(30):
        make_person(cast.school, Person.PUPIL, f"Pupil{n}", "More", year="10", joined_on=today())
    assert count() == few


def test_the_page_says_which_places_are_empty(cast, in_school, client_as, knows):
    for pupil in cast.pupils[1:]:
        Membership.objects.filter(person=pupil).delete()
    knows(cast.tutor, cast.pupils[0])
    page = client_as(cast.tutor).get("/overlooked/").content.decode()
    assert '<h2 id="found">One pupil</h2>' in page
    assert 'adult<span class="vh">: yes</span>' in page
    assert 'club<span class="vh">: not yet</span>' in page
    assert "none yet" in page


def test_a_value_nobody_offered_shows_the_whole_list(cast, client_as):
    client = client_as(cast.tutor)
    for query in (
        "?weeks=99&empty=7",
        "?year=zzz",
        "?group=999999",
        "?place=sex",
        f"?group={cast.other_group.pk}",
    ):
        assert '<h2 id="found">12 pupils</h2>' in client.get("/overlooked/" + query).content.decode()


def test_tabs_keep_the_filters_and_the_whole_list_prints(cast, in_school, client_as):
    for n in range(40):
        make_person(cast.school, Person.PUPIL, f"Pupil{n}", "More", year="10", joined_on=today())
    client = client_as(cast.pastoral)
    page = client.get("/overlooked/?year=10&weeks=6").content.decode()
    assert "?year=10&amp;weeks=6&amp;empty=4" in page
    assert page.count("<tr>") == 41
    assert client.get("/overlooked/").content.decode().count("<tr>") == 41
    assert client.get("/overlooked/?all=1").content.decode().count("<tr>") == 65


def test_nobody_left_to_notice_is_said_kindly(cast, in_school, client_as):
    Membership.objects.all().delete()
    page = client_as(cast.tutor).get("/overlooked/").content.decode()
    assert "Everybody has been noticed" in page
    assert "Nobody fits this." in client_as(cast.tutor).get("/overlooked/?search=zzz").content.decode()


def test_who_may_open_it(cast, client_as):
    found = {who: client_as(user).get("/overlooked/").status_code for who, user in cast.users.items()}
    assert {who for who, status in found.items() if status == 200} == {
        "tutor",
        "other_tutor",
        "pastoral",
        "senco",
        "dsl",
        "head",
        "stranger",
    }
    assert set(found.values()) == {200, 403}


def test_another_schools_pupils_are_not_there(cast, in_school, client_as):
    assert overlooked(cast.pastoral), "there is something that could leak"
    page = client_as(cast.stranger).get("/overlooked/").content.decode()
    assert "Ben Carter" not in page
