"""Who may read, write and publish: staff, governors, those who were asked, and strangers."""

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from belong.ask.models import Wave
from belong.base.access import allowed
from belong.tell.access import visible_responses
from belong.tell.models import Response
from tests.tell.build import AUTUMN, SPRING, make_wave
from tests.tell.conftest import respond

pytestmark = pytest.mark.alike

STAFF = {"head", "survey_lead", "pastoral", "senco", "dsl", "tutor", "other_tutor"}
EVERYONE = {*STAFF, "governor", "technician", "analyst", "outside", "carer", "pupil"}
WRITERS = {"head", "survey_lead"}


def who_gets(client_as, cast, url: str, status: int = 200) -> set[str]:
    return {part for part in EVERYONE if client_as(cast.users[part]).get(url).status_code == status}


def test_the_list_is_for_staff_and_governors(client_as, cast, answered):
    assert who_gets(client_as, cast, "/tell/") == STAFF | {"governor"}
    assert who_gets(client_as, cast, "/tell/", 403) == EVERYONE - STAFF - {"governor"}


def test_only_the_survey_lead_and_leaders_write(client_as, cast, story):
    assert who_gets(client_as, cast, f"/tell/{SPRING}/edit/") == WRITERS
    assert who_gets(client_as, cast, f"/tell/{SPRING}/edit/", 404) == EVERYONE - WRITERS


def test_another_school_and_a_wave_that_is_not_there_are_the_same_404(client_as, cast, answered):
    client = client_as(cast.stranger)
    for path in ("edit/", "preview/", "report/", "governors.pdf"):
        here, nowhere = client.get(f"/tell/{AUTUMN}/{path}"), client.get(f"/tell/1/{path}")
        assert (here.status_code, nowhere.status_code) == (404, 404)
        assert here.content == nowhere.content


def test_an_open_wave_has_no_answer_to_write(client_as, cast, in_school):
    make_wave(cast.school, 90_003, state=Wave.OPEN, closed_at=None)
    assert client_as(cast.head).get("/tell/90003/edit/").status_code == 404


def test_the_survey_lead_writes_and_a_leader_publishes(client_as, cast, story):
    response = respond(cast, story.autumn, publish=False)
    lead, head = client_as(cast.survey_lead), client_as(cast.head)
    page = lead.get(f"/tell/{AUTUMN}/edit/").content.decode()
    assert "A senior leader publishes it: Mx Head." in page
    assert lead.post(f"/tell/{AUTUMN}/publish/").status_code == 404
    assert not Response.objects.get().is_published
    assert head.post(f"/tell/{AUTUMN}/publish/").status_code == 302
    assert Client().get(f"/told/{response.share_code}/").status_code == 200


def test_governors_get_the_report_once_the_response_is_published(client_as, cast, story):
    respond(cast, story.autumn, publish=False)
    for path in (f"/tell/{AUTUMN}/report/", f"/tell/{AUTUMN}/governors.pdf"):
        assert who_gets(client_as, cast, path) == WRITERS
    client_as(cast.head).post(f"/tell/{AUTUMN}/publish/")
    for path in (f"/tell/{AUTUMN}/report/", f"/tell/{AUTUMN}/governors.pdf"):
        assert who_gets(client_as, cast, path) == WRITERS | {"governor"}


def test_governors_see_published_waves_and_no_drafts(client_as, cast, answered, story):
    respond(cast, story.spring, publish=False)
    page = client_as(cast.governor).get("/tell/").content.decode()
    assert "Autumn wave" in page
    assert "Spring wave" not in page
    assert client_as(cast.governor).get(f"/tell/{SPRING}/preview/").status_code == 404
    assert client_as(cast.tutor).get(f"/tell/{SPRING}/preview/").status_code == 200


def test_the_public_page_opens_with_its_code_when_published_and_never_else(cast, client_as, story):
    response = respond(cast, story.autumn, publish=False)
    url, poster = f"/told/{response.share_code}/", f"/told/{response.share_code}/poster/"
    assert [Client().get(path).status_code for path in (url, poster)] == [404, 404]
    client_as(cast.head).post(f"/tell/{AUTUMN}/publish/")
    assert [Client().get(path).status_code for path in (url, poster)] == [200, 200]
    assert client_as(cast.stranger).get(url).status_code == 200
    assert Client().get(f"/told/{AUTUMN}/").status_code == 404
    client_as(cast.head).post(f"/tell/{AUTUMN}/take-back/")
    assert [Client().get(path).status_code for path in (url, poster)] == [404, 404]


def test_a_stranger_reads_it_under_the_name_of_the_school_it_is_about(cast, client_as, answered):
    page = client_as(cast.stranger).get(f"/told/{answered.share_code}/").content.decode()
    assert "Oak Park School" in page
    assert "Elm Road" not in page


def test_share_codes_cannot_be_guessed(cast, story):
    codes = {respond(cast, wave).share_code for wave in (story.autumn, story.spring)}
    assert len(codes) == 2
    assert all(len(code) >= 22 for code in codes)


def test_pupils_and_carers_find_what_was_written_for_them(cast, client_as, answered, story):
    staff_wave = make_wave(cast.school, 90_004, audience=Wave.STAFF, title="Staff wave", years=[])
    families = make_wave(cast.school, 90_005, audience=Wave.FAMILIES, title="Family wave", years=[])
    for wave in (staff_wave, families):
        respond(cast, wave)
    respond(cast, story.spring, publish=False)

    def titles(part: str) -> set[str]:
        page = client_as(cast.users[part]).get("/told/").content.decode()
        return {title for title in ("Autumn", "Spring", "Staff", "Family") if f"{title} wave" in page}

    assert titles("pupil") == {"Autumn"}
    assert titles("carer") == {"Autumn", "Family"}
    assert titles("tutor") == titles("governor") == {"Autumn", "Staff", "Family"}
    assert client_as(cast.technician).get("/told/").status_code == 403


@pytest.mark.parametrize("part", sorted({*EVERYONE, "stranger"}))
def test_what_is_listed_is_what_may_be_viewed(cast, story, answered, part):
    respond(cast, story.spring, publish=False)
    user = cast.users[part]
    with scopes_disabled():
        rows = list(Response.objects.select_related("wave"))
    listed = set(visible_responses(user)) if part != "stranger" else set()
    assert listed == {row for row in rows if allowed(user, "tell.view_response", row)}


def test_signed_out_one_is_asked_to_sign_in(db):
    for path in ("/tell/", "/told/", f"/tell/{AUTUMN}/edit/", f"/tell/{AUTUMN}/governors.pdf"):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer.url.startswith("/sign-in/")
