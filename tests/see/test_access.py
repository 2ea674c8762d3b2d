"""Who may see results: the same release for every role that may, a plain 404 for every other."""

import pytest
from django.test import Client
from django_scopes import scope

from belong.base.access import allowed
from belong.see import access
from belong.see.models import ReleaseRecord

pytestmark = pytest.mark.alike

STAFF = ("tutor", "pastoral", "senco", "dsl", "head", "survey_lead")
NOBODY = ("outside", "technician", "carer", "pupil")
PAGES = ("", "items/", "method/", "parts/listened/", "groups/sex/", "release.csv")
FILES = ("release.xlsx", "release.json")
GAP = "gap/?measure=part:listened&cut=sex&group=F"


@pytest.fixture
def published(told, monkeypatch):
    """The autumn wave has a published response, the spring wave has none."""
    monkeypatch.setattr(access, "_published", [lambda: [told.autumn.pk]])
    return told


@pytest.mark.parametrize("part", STAFF)
def test_every_member_of_staff_sees_the_same_figures(cast, client_as, told, part):
    client = client_as(getattr(cast, part))
    for where in (*PAGES, GAP):
        assert client.get(f"/see/{told.spring.pk}/{where}").status_code == 200
    mine = client.get(f"/see/{told.spring.pk}/release.csv").content
    assert mine == client_as(cast.head).get(f"/see/{told.spring.pk}/release.csv").content


@pytest.mark.parametrize("part", NOBODY)
def test_others_see_nothing(cast, client_as, told, part):
    client = client_as(getattr(cast, part))
    assert client.get("/see/").status_code == 403
    for where in (*PAGES, *FILES, GAP, "progress/"):
        assert client.get(f"/see/{told.spring.pk}/{where}").status_code == 404
    assert client.post(f"/see/{told.spring.pk}/again/").status_code in (403, 404)


def test_a_stranger_finds_what_a_wave_that_does_not_exist_gives(cast, client_as, told):
    client = client_as(cast.stranger)
    for where in (*PAGES, *FILES, GAP, "progress/"):
        theirs = client.get(f"/see/{told.spring.pk}/{where}")
        none = client.get(f"/see/999999/{where}")
        assert theirs.status_code == none.status_code == 404
        assert theirs.content == none.content
    assert "Spring wave" not in client.get("/see/").content.decode()


def test_nobody_signed_in_is_sent_to_sign_in(told):
    for where in ("/see/", *(f"/see/{told.spring.pk}/{page}" for page in (*PAGES, *FILES))):
        answer = Client().get(where)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


def test_a_governor_sees_nothing_until_a_response_is_published(cast, client_as, told, monkeypatch):
    monkeypatch.setattr(access, "_published", [])
    client = client_as(cast.governor)
    page = client.get("/see/").content.decode()
    assert "No results yet" in page
    assert "when the school has published its answer" in page
    assert "Start by asking" not in page
    assert client.get(f"/see/{told.spring.pk}/").status_code == 404


def test_a_governor_sees_what_was_answered(cast, client_as, published):
    client = client_as(cast.governor)
    page = client.get("/see/").content.decode()
    assert "Autumn wave" in page
    assert "Spring wave" not in page
    assert client.get(f"/see/{published.autumn.pk}/").status_code == 200
    assert client.get(f"/see/{published.spring.pk}/").status_code == 404
    for file in ("release.csv", *FILES):
        assert client.get(f"/see/{published.spring.pk}/{file}").status_code == 404


def test_a_governor_is_offered_no_plans(cast, client_as, published):
    page = client_as(cast.governor).get(f"/see/{published.autumn.pk}/").content.decode()
    assert "Make a plan" not in page
    assert "/act/" not in page
    assert "Make a plan" in client_as(cast.head).get(f"/see/{published.autumn.pk}/").content.decode()


def test_a_tutor_may_read_practices_but_not_make_a_plan(cast, client_as, told):
    page = client_as(cast.tutor).get(f"/see/{told.spring.pk}/").content.decode()
    assert "What has helped elsewhere" in page
    assert "Make a plan" not in page


def test_an_analyst_sees_releases_and_no_unfinished_wave(cast, client_as, told):
    ReleaseRecord.objects.filter(wave=told.autumn).delete()
    ReleaseRecord.objects.create(school=cast.school, wave=told.autumn, requested_at=told.autumn.closed_at)
    client = client_as(cast.analyst)
    assert client.get(f"/see/{told.spring.pk}/").status_code == 200
    assert client.get(f"/see/{told.autumn.pk}/").status_code == 404
    page = client.get("/see/").content.decode()
    assert "Spring wave" in page
    assert "Autumn wave" not in page
    assert client_as(cast.tutor).get(f"/see/{told.autumn.pk}/").status_code == 200


@pytest.mark.parametrize("part", [*STAFF, *NOBODY, "governor", "analyst", "stranger"])
def test_the_list_of_visible_releases_is_the_rule(cast, published, part):
    ReleaseRecord.objects.create(
        school=cast.school,
        wave=_unreleased(published.spring),
        requested_at=published.spring.closed_at,
    )
    user = getattr(cast, part)
    records = list(ReleaseRecord.objects.all())
    with scope(school=user.school):
        seen = {record.pk for record in access.visible_releases(user)}
    assert seen == {record.pk for record in records if allowed(user, "see.view_release", record)}


def _unreleased(wave):
    """A copy of a wave that has no release yet."""
    wave = type(wave).objects.get(pk=wave.pk)
    wave.pk = None
    wave.save(force_insert=True)
    return wave


def test_published_waves_come_from_every_room_that_registered(monkeypatch):
    monkeypatch.setattr(access, "_published", [])
    first = access.register_published(lambda: [1, 2])
    access.register_published(first)
    access.register_published(lambda: {2, 3})
    assert access.published_waves() == {1, 2, 3}
    assert len(access._published) == 2
