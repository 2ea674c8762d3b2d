"""The law of access: a row is in `visible_…(user)` exactly when the user is allowed to view it."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from belong.ask.models import SignedSheet
from belong.ask.queries import adults_named
from belong.base.access import allowed
from belong.base.clock import now, today
from belong.notice.access import visible_knowings, visible_moments
from belong.notice.both_sides.access import close_to, visible_care, visible_matches, visible_namings
from belong.notice.models import CareTask, KnownBy, Match, MatchOffer, Moment, NamedByMany
from belong.people import roles
from belong.people.models import Membership, Person, Role, User
from tests.ask.conftest import plan

LAWS = [
    ("notice.view_match", visible_matches, MatchOffer),
    ("notice.view_care", visible_care, CareTask),
    ("notice.own_naming", visible_namings, NamedByMany),
    ("notice.view_moment", visible_moments, Moment),
    ("notice.view_knowing", visible_knowings, KnownBy),
]
WHO = ("tutor", "other_tutor", "pastoral", "senco", "head", "outside", "technician")
ages = st.sampled_from([None, -5, 0, 5])


@pytest.fixture
def rows(cast, in_school):
    """Offers in each state and tasks of both kinds, around three pupils."""
    of = {"school": cast.school}
    pupils = [*cast.pupils[:2], cast.other_pupils[0]]
    wave = plan(cast, "trusted-adults")
    tutor, other = cast.tutor.person, cast.other_tutor.person
    for n, pupil in enumerate(pupils):
        for adult in (tutor, other, cast.senco.person, cast.head.person):
            state = Match.values[(n + adult.pk) % 5]
            MatchOffer.objects.create(
                pupil=pupil, adult=adult, offered_by=other, state=state, offered_on=today(), **of
            )
            KnownBy.objects.create(pupil=pupil, adult=adult, noted_on=today(), **of)
            Moment.objects.create(
                pupil=pupil, adult=adult, kind="praise", on=today(), recorded_at=now(), **of
            )
        CareTask.objects.create(pupil=pupil, seen="answers", owner=tutor, wave=wave, opened_on=today(), **of)
        CareTask.objects.create(
            pupil=pupil, seen="again", adult=other, owner=cast.senco.person, opened_on=today(), **of
        )
    for adult in (tutor, cast.head.person):
        NamedByMany.objects.create(adult=adult, wave=wave, pupils=14, told_on=today(), **of)
    return pupils, {"8H": cast.tutor_group, "9K": cast.other_group}


@settings(
    max_examples=50,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    who=st.sampled_from(WHO),
    held=st.lists(
        st.tuples(st.sampled_from(roles.ALL), st.sampled_from([None, "8H", "9K"]), ages), max_size=3
    ),
    leads=st.lists(
        st.tuples(
            st.sampled_from(["8H", "9K"]), st.sampled_from([Membership.LEAD, Membership.ASSISTANT]), ages
        ),
        max_size=2,
    ),
    keep=st.booleans(),
    stays=st.lists(st.tuples(ages, ages), min_size=3, max_size=3),
)
def test_visible_is_allowed(cast, rows, who, held, leads, keep, stays):
    pupils, groups = rows
    with transaction.atomic():
        person = getattr(cast, who).person
        if not keep:
            Role.objects.filter(person=person).delete()
            Membership.objects.filter(person=person).delete()
        of = {"school": cast.school, "person": person}
        for role, group, until in held:
            Role.objects.create(role=role, group=groups.get(group or ""), until=_day(until), **of)
        for group, part, until in leads:
            Membership.objects.create(group=groups[group], part=part, until=_day(until), **of)
        for pupil, (joined, left) in zip(pupils, stays, strict=True):
            Person.objects.filter(pk=pupil.pk).update(joined_on=_day(joined), left_on=_day(left))
        user = User.objects.get(pk=getattr(cast, who).pk)
        for verb, visible, model in LAWS:
            seen = set(visible(user).values_list("pk", flat=True))
            may = {row.pk for row in model.objects.all() if allowed(user, verb, row)}
            assert seen == may, verb
        close = set(close_to(user).values_list("pk", flat=True))
        assert close == {p.pk for p in Person.objects.pupils() if allowed(user, "notice.offer_match", p)}
        transaction.set_rollback(True)


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    readers=st.lists(st.sampled_from(WHO), max_size=3, unique=True),
    chosen=st.one_of(st.none(), st.lists(st.sampled_from(WHO), max_size=3, unique=True)),
    named=st.booleans(),
)
def test_whom_a_pupil_named_reaches_those_named_and_nobody_else(cast, rows, readers, chosen, named):
    """Whatever the sheet says: nobody gets it who was not named beside the question or may not read it."""
    pupils, _ = rows
    with transaction.atomic():
        wave = plan(cast, "trusted-adults")
        type(wave).objects.filter(pk=wave.pk).update(state="open")
        sheet = SignedSheet.objects.create(
            school=cast.school,
            wave=wave,
            person=pupils[0],
            adults=None if chosen is None else {"turn-to": [getattr(cast, one).person_id for one in chosen]},
            readers=[getattr(cast, one).person_id for one in readers],
            named=named,
        )
        for part in cast.users:
            user = getattr(cast, part)
            got = adults_named(user)
            may = allowed(user, "ask.read_named", sheet) and named and chosen is not None
            assert set(got) == ({pupils[0].pk} if may else set()), part
        transaction.set_rollback(True)


def _day(offset: int | None):
    return None if offset is None else today() + timedelta(days=offset)
