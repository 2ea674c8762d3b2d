"""The law of access: a row is in `visible_…(user)` exactly when the user is allowed to; and recognition only adds."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import belong.notice
from belong.base.access import allowed
from belong.base.clock import now, today
from belong.notice.models import Recognition, Shown
from belong.notice.recognition.access import fellows, to_look_through, visible_recognitions
from belong.people import roles
from belong.people.models import CarerLink, Group, Membership, Person, Role, User

USERS = ("tutor", "other_tutor", "pastoral", "head", "survey_lead", "outside", "governor", "carer", "pupil")
ages = st.sampled_from([None, -5, 0, 5])
a_membership = st.tuples(
    st.sampled_from(["tutor_group", "other_group", "class"]),
    st.integers(0, 3),
    st.sampled_from([Membership.MEMBER, Membership.LEAD, Membership.ASSISTANT]),
    ages,
)
a_role = st.tuples(st.sampled_from(roles.ALL), st.sampled_from([None, "tutor_group", "class"]), ages)


def day(offset: int | None):
    return None if offset is None else today() + timedelta(days=offset)


@pytest.fixture
def rows(cast, in_school, kindness):
    """Every source and state about three pupils, by the people of the cast; some chosen for the family."""
    pupils = [*cast.pupils[:2], cast.other_pupils[0]]
    givers = [getattr(cast, who).person for who in ("tutor", "carer", "pupil")]
    of = {"school": cast.school, "trait": kindness, "on": today(), "recorded_at": now()}
    for pupil in pupils:
        for number, state in enumerate(("waiting", "approved", "declined", "approved")):
            row = Recognition.objects.create(
                pupil=pupil, by=givers[number % 3], source="pupil", state=state, words="-", **of
            )
            if number % 2:
                Shown.objects.create(
                    school=cast.school,
                    pupil=pupil,
                    entry="recognition",
                    number=row.pk,
                    to_family=number == 1,
                    chosen_on=today(),
                )
        Recognition.objects.create(pupil=pupil, by=givers[0], source="staff", state="approved", **of)
    groups = {"tutor_group": cast.tutor_group, "other_group": cast.other_group}
    groups["class"] = Group.objects.create(kind=Group.CLASS, name="8Ma2", school=cast.school)
    return pupils, groups


@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    who=st.sampled_from(USERS),
    memberships=st.lists(a_membership, max_size=4),
    held=st.lists(a_role, max_size=3),
    keep_roles=st.booleans(),
    stays=st.lists(st.tuples(ages, ages), min_size=3, max_size=3),
    linked=st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=2, unique_by=lambda link: link[0]),
    years=st.lists(st.sampled_from(["R", "7", "8", ""]), min_size=3, max_size=3),
    families_see_young=st.booleans(),
)
def test_visible_is_allowed(
    cast, rows, who, memberships, held, keep_roles, stays, linked, years, families_see_young
):
    pupils, groups = rows
    with transaction.atomic():
        person = getattr(cast, who).person
        if not keep_roles:
            Role.objects.filter(person=person).delete()
        for role, group, until in held:
            at = groups[group] if group else None
            Role.objects.create(school=cast.school, person=person, role=role, group=at, until=day(until))
        for group, whom, part, until in memberships:
            member = [person, *pupils][whom]
            Membership.objects.create(
                school=cast.school, group=groups[group], person=member, part=part, until=day(until)
            )
        for pupil, (joined, left), year in zip(pupils, stays, years, strict=True):
            Person.objects.filter(pk=pupil.pk).update(joined_on=day(joined), left_on=day(left), year=year)
        CarerLink.objects.all().delete()
        for number, may_see in linked:
            CarerLink.objects.create(school=cast.school, carer=person, pupil=pupils[number], may_see=may_see)
        user = User.objects.select_related("school").get(pk=getattr(cast, who).pk)
        user.school.settings = {"recognition": {"families_see_young": families_see_young}}
        for verb, visible in (
            ("notice.view_recognition", visible_recognitions),
            ("notice.look_through", to_look_through),
        ):
            seen = set(visible(user).values_list("pk", flat=True))
            every = Recognition.objects.select_related("pupil")
            assert seen == {row.pk for row in every if allowed(user, verb, row)}, verb
        transaction.set_rollback(True)


def test_fellows_are_those_one_may_recognise(cast, in_school):
    named = set(fellows(cast.pupils[0]).values_list("pk", flat=True))
    every = Person.objects.pupils()
    assert named == {one.pk for one in every if allowed(cast.pupil, "notice.recognise", one)}


MINE = ("Trait", "Recognition", "RecognitionPhoto", "Ambassador", "Shown", "HouseEvent", "HouseThanks")
NEVER = re.compile(r"point|score|rank|streak|total|count|level|tally|demerit|negative|place\b|minus", re.I)
BY_HOW_MANY = re.compile(
    r"order_by\([^)]*(count|total|number_of|how_many)|most_common|sorted\([^\n]*(count|total)|\bannotate\([^\n]*count",
    re.I,
)
ON_A_PAGE = re.compile(
    r"\b(points?|league|leader ?board|streaks?|rank(ed|ing)?|top \d|most recognised)\b", re.I
)
HERE = Path(belong.notice.__file__).parent


def test_no_table_of_recognition_has_room_for_a_figure_about_a_pupil():
    for name in MINE:
        fields = apps.get_model("notice", name)._meta.get_fields()
        assert not [field.name for field in fields if NEVER.search(field.name)], name
        counting = (models.IntegerField, models.FloatField, models.DecimalField)
        figures = {f.name for f in fields if isinstance(f, counting) and not isinstance(f, models.AutoField)}
        assert figures <= {"order", "number"}, name  # the school's order of its words; the id of an entry


def test_nothing_is_ordered_by_how_many_and_no_page_speaks_of_ranks():
    code = [*HERE.glob("recognition/**/*.py"), *HERE.glob("own_page/*.py")]
    pages = [
        *HERE.glob("templates/notice/recognition/*.html"),
        *HERE.glob("templates/notice/own_page/*.html"),
    ]
    assert len(code) > 15
    assert len(pages) > 15
    for file in code:
        assert not BY_HOW_MANY.search(file.read_text()), file.name
    for file in pages:
        assert not ON_A_PAGE.search(file.read_text()), file.name
    used = {file.name for file in code if "Counter(" in file.read_text()}
    assert used == {"houses.py"}, "only totals of houses are counted"
