"""Who has not yet been noticed: absence of attention, and nothing else."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belong.ask.models import PooledSheet, Receipt, SignedSheet, UnlinkedSheet, Wave
from belong.base.clock import now, today
from belong.guard.concerns.acting import acknowledge
from belong.guard.concerns.raising import raise_ask
from belong.notice.models import Ambassador, Kind, Moment, Recognition, Relationship, State
from belong.notice.queries import Filters, overlooked
from belong.notice.queries.overlooked import SORTS, counts_by_empty, counts_by_year, with_details
from belong.people.models import Characteristic, Group, Membership, Person, User
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
        ("Cerys", ["adult", "noticed", "club", "recognised", "voice", "profile"]),
        ("Ben", ["adult", "club", "recognised", "voice", "profile"]),
        ("Amina", ["noticed", "recognised", "voice", "profile"]),
    ]


def test_a_pupil_with_every_place_filled_is_not_listed(
    cast, in_school, noted, knows, join_club, recognise, share_profile
):
    amina = cast.pupils[0]
    knows(cast.tutor, amina)
    noted(cast.tutor, amina)
    join_club(amina)
    recognise(amina)
    SignedSheet.objects.create(
        school=cast.school, wave=wave(cast.school), person=amina, answers={"a": 1}, named=True
    )
    assert "Amina" in listed(cast.tutor), "the profile is empty still"
    share_profile(amina)
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


KINDS = (
    "ethnicity",
    "sen",
    "fsm_eligible",
    "fsm6",
    "pupil_premium",
    "looked_after",
    "eal",
    "joined_this_year",
)
ANYTHING = st.fixed_dictionaries(
    {
        "sex": st.sampled_from("FMX"),
        "home_language": st.sampled_from(["en", "pl", "ur", "so", "cy"]),
        "age": st.integers(4000, 7000),
        "name_at_home": st.sampled_from(["", "Ali", "Zosia"]),
        "characteristics": st.dictionaries(
            st.sampled_from(KINDS), st.sampled_from(["Y", "N", "E", "K", "WBRI", "BAFR", "APKN"])
        ),
        "pooled": st.integers(1, 5),
        "confidential": st.integers(1, 5),
        "feels": st.sampled_from([*State.values, ""]),
        "watched": st.booleans(),
    }
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_that_a_prejudice_could_hang_on_changes_who_is_listed(
    cast, in_school, noted, knows, join_club, recognise, share_profile, data
):
    """Whatever sex, origin, need, answer, score, state or observation: the list does not move by one place."""
    everyone = [*cast.pupils, *cast.other_pupils]
    fill = [
        lambda p: noted(cast.tutor, p),
        lambda p: knows(cast.tutor, p),
        join_club,
        recognise,
        share_profile,
    ]
    with rolled_back():
        dice = random.Random(7)
        for pupil in everyone:
            for act in fill:
                if dice.random() < 0.4:
                    act(pupil)
        asked = wave(cast.school)
        named = {"school": cast.school, "wave": asked, "named": True, "answers": {"a": 1}}
        SignedSheet.objects.create(person=everyone[3], **named)

        def seen() -> list[list[tuple[int, list[str]]]]:
            lists = [overlooked(cast.pastoral, Filters(sort=sort)) for sort in SORTS]
            return [[(row.pupil.pk, row.missing) for row in found] for found in lists]

        before = seen()
        assert len({len(missing) for _, missing in before[0]}) > 2, (
            "there is an order that could be disturbed"
        )
        for pupil in everyone:
            become(cast, asked, pupil, data.draw(ANYTHING), taken=everyone[3])
        assert seen() == before


@contextmanager
def rolled_back() -> Iterator[None]:
    """Everything inside is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def become(cast, asked: Wave, pupil: Person, facts: dict, *, taken: Person) -> None:
    """Give a pupil everything the list must not care about."""
    Person.objects.filter(pk=pupil.pk).update(
        **{key: facts[key] for key in ("sex", "home_language", "name_at_home")},
        born=today() - timedelta(days=facts["age"]),
        upn=str(facts["age"]),
    )
    rows = {"school": cast.school, "person": pupil}
    Characteristic.objects.bulk_create(
        Characteristic(kind=kind, value=value, **rows) for kind, value in facts["characteristics"].items()
    )
    scores = {f"adults-{n}": facts["pooled"] for n in range(4)}
    of = {"school": cast.school, "wave": asked}
    PooledSheet.objects.create(scramble=pupil.pk.to_bytes(16), answers=scores, **of)
    if pupil != taken:
        SignedSheet.objects.create(person=pupil, answers={"worried": facts["confidential"]}, **of)
    how = {"school": cast.school, "adult": cast.tutor.person, "pupil": pupil}
    if facts["feels"]:
        Relationship.objects.create(state=facts["feels"], set_on=today(), review_on=today(), **how)
    if facts["watched"]:
        Moment.objects.create(
            kind=Kind.OBSERVATION, note="Quieter than usual.", on=today(), recorded_at=now(), **how
        )


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
        "notice_relationship",
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
    assert listed(cast.pastoral, empty=6, search="yusuf amina") == ["Yusuf"]


def test_counts_by_number_of_empty_places_and_by_year(cast, in_school, knows, join_club, noted):
    for act in (lambda p: knows(cast.tutor, p), join_club, lambda p: noted(cast.tutor, p)):
        act(cast.pupils[0])
    found = overlooked(cast.pastoral)
    assert counts_by_empty(found) == {1: 24, 2: 24, 3: 24, 4: 23, 5: 23, 6: 23}
    assert counts_by_year(cast.pastoral, 4) == [("8", 11), ("9", 12)]
    assert counts_by_year(cast.pastoral, 6) == [("8", 11), ("9", 12)]
    assert counts_by_year(cast.tutor, 1) == [("8", 12)]


def test_the_counts_of_years_are_those_of_the_list(cast, in_school, lively):
    for user in (cast.pastoral, cast.tutor, cast.survey_lead):
        for least in range(1, 7):
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
    assert 'club or role<span class="vh">: not yet</span>' in page
    assert "none yet" in page


def test_a_value_nobody_offered_shows_the_whole_list(cast, client_as):
    client = client_as(cast.tutor)
    for query in (
        "?weeks=99&empty=7&sort=ethnicity",
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


def missing(cast, pupil: Person) -> list[str]:
    return next((row.missing for row in overlooked(cast.pastoral) if row.pupil == pupil), [])


@pytest.mark.parametrize(
    ("kind", "part", "filled"),
    [
        (Group.CLUB, Membership.MEMBER, True),
        (Group.HOUSE, Membership.LEAD, True),
        (Group.CUSTOM, Membership.ASSISTANT, True),
        (Group.CUSTOM, Membership.MEMBER, False),
        (Group.CLASS, Membership.MEMBER, False),
    ],
)
def test_a_club_or_a_role_fills_a_place_and_a_group_of_any_other_kind_does_not(
    cast, in_school, kind, part, filled
):
    Membership.objects.filter(person=cast.pupils[0], group__kind=Group.CLUB).delete()
    group = Group.objects.create(school=cast.school, kind=kind, name="Reading helpers")
    Membership.objects.create(school=cast.school, group=group, person=cast.pupils[0], part=part)
    assert ("club" not in missing(cast, cast.pupils[0])) is filled


def test_an_ambassador_holds_a_role(cast, in_school):
    Ambassador.objects.create(school=cast.school, pupil=cast.pupils[0], since=today())
    assert "club" not in missing(cast, cast.pupils[0])
    assert "club" in missing(cast, cast.pupils[1])


def test_recognition_counts_once_approved_and_since_half_term(cast, in_school, recognise):
    amina, ben, cerys = cast.pupils[:3]
    recognise(amina, days=20)
    recognise(ben, state=Recognition.WAITING)
    recognise(cerys, days=120)
    assert "recognised" not in missing(cast, amina)
    assert "recognised" in missing(cast, ben)
    assert "recognised" in missing(cast, cerys)


def test_asking_for_an_adult_is_a_voice_once_one_has_taken_it_on(cast, in_school):
    amina, ben, cerys = cast.pupils[:3]
    asked = [raise_ask(amina), raise_ask(ben), raise_ask(cerys, about={cast.tutor.person.pk})]
    before = [missing(cast, pupil) for pupil in (amina, ben, cerys)]
    assert all("voice" in empty for empty in before), "nobody learns of it before the safeguarding lead has"
    acknowledge(cast.dsl, asked[0])
    acknowledge(cast.head, asked[2])
    assert "voice" not in missing(cast, amina)
    assert "voice" in missing(cast, ben)
    assert "voice" in missing(cast, cerys), "an ask about an adult here never shows"


def test_sorts(cast, in_school, noted):
    for days, pupil in ((9, cast.pupils[0]), (2, cast.pupils[1])):
        noted(cast.tutor, pupil, days=days)
    quiet = [row.pupil for row in overlooked(cast.tutor, Filters(sort="quiet"))]
    assert quiet[-2:] == [cast.pupils[0], cast.pupils[1]]
    names = [row.pupil.family_name for row in overlooked(cast.pastoral, Filters(sort="name"))]
    assert names == sorted(names)
    years = [row.pupil.year for row in overlooked(cast.pastoral, Filters(sort="group"))]
    assert years == ["8"] * 12 + ["9"] * 12


def test_the_page_asks_the_database_as_often_for_many_as_for_few(cast, in_school, lively, client_as):
    client = client_as(cast.pastoral)

    def count(where: str) -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as seen:
            client.get(where)
        return len(seen)

    few = {where: count(where) for where in ("/overlooked/", "/overlooked/?sort=quiet", "/")}
    for n in range(30):
        pupil = make_person(cast.school, Person.PUPIL, f"Pupil{n}", "More", year="10", joined_on=today())
        client.post(f"/overlooked/{pupil.pk}/")
    more = {where: count(where) for where in few}
    assert more == few
