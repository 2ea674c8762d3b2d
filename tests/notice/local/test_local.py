"""Local pages: written by colleagues, searched, dated, printed, undone; a photo loses where and when it was taken."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.base.today import items_for
from belong.notice.local import actions
from belong.notice.local.queries import find, spoken_here
from belong.notice.models import LocalPage
from belong.people.models import Person
from tests.base.files.making import SECRET, photo

pytestmark = pytest.mark.usefixtures("in_school")
CHIPPY = {
    "kind": "shop",
    "title": "Kaya’s bakery",
    "about": "Everybody meets here after school. The flatbread is free on Fridays after three.",
    "where": "Mill Lane, by the weir",
    "who_to_meet": "Mr Kaya, who knows every family",
    "lesson_hook": "Year 5 rivers: the weir shows all three stages.",
}


def at(name: str, *arguments) -> str:
    return reverse(f"notice:{name}", args=arguments)


@pytest.fixture
def bakery(cast) -> LocalPage:
    return actions.write_page(cast.tutor, words=CHIPPY)


def festival(cast, days: int = 3, length: int = 0, title: str = "Eid al-Fitr") -> LocalPage:
    first = today() + timedelta(days=days)
    words = CHIPPY | {"kind": "festival", "title": title, "lesson_hook": "Ask who bakes what."}
    return actions.write_page(cast.head, words=words, days=[(first, first + timedelta(days=length))])


def coming_up(user) -> list[tuple[str, str]]:
    return [(item.title, item.detail) for item in items_for(user) if item.kind == "local"]


def test_a_page_is_written_read_found_and_printed(cast, client_as):
    browser = client_as(cast.tutor)
    form = CHIPPY | {"on-0": str(today()), "until-0": ""}
    here = browser.post(at("local-new"), form, follow=True).content.decode()
    for words in ("Kaya’s bakery", "Mr Kaya", "three stages", "by the weir"):
        assert words in here
    reader = client_as(cast.other_tutor)
    assert "Kaya’s bakery" in reader.get(at("local"), {"q": "WEIR flatbread"}).content.decode()
    assert "Nothing found" in reader.get(at("local"), {"q": "weir cinema"}).content.decode()
    assert "Nothing found" in reader.get(at("local"), {"kind": "people"}).content.decode()
    assert "Kaya’s bakery" in reader.get(at("local-welcome")).content.decode()


def test_a_change_can_be_undone_once_and_both_are_on_the_trail(cast, bakery, client_as):
    browser = client_as(cast.other_tutor)
    day = today() + timedelta(days=2)
    browser.post(at("local-edit", bakery.pk), CHIPPY | {"title": "The bakery", "on-0": str(day)})
    bakery.refresh_from_db()
    assert (bakery.title, bakery.changed_by, bakery.days.count()) == (
        "The bakery",
        cast.other_tutor.person,
        1,
    )
    browser.post(at("local-undo", bakery.pk))
    bakery.refresh_from_db()
    assert (bakery.title, bakery.days.count()) == ("Kaya’s bakery", 0)
    assert "no change to undo" in browser.post(at("local-undo", bakery.pk)).content.decode()
    verbs = list(AuditEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[-2:] == ["notice.write_local", "notice.undo_local"]


def test_what_is_no_longer_so_leaves_the_lists_and_comes_back(cast, bakery, client_as):
    browser = client_as(cast.tutor)
    browser.post(at("local-retire", bakery.pk))
    assert "Kaya’s bakery" not in client_as(cast.head).get(at("local-welcome")).content.decode()
    assert find(cast.tutor) == []
    assert find(cast.tutor, retired=True) == [bakery]
    browser.post(at("local-back", bakery.pk))
    assert find(cast.tutor) == [bakery]


def test_a_photo_is_made_anew_without_place_and_name(cast, bakery, client_as):
    browser, upload = (
        client_as(cast.tutor),
        SimpleUploadedFile("IMG_1.jpg", photo(size=(3000, 900), turned=6)),
    )
    browser.post(at("local-edit", bakery.pk), CHIPPY | {"photo": upload, "caption": "The shop front"})
    answer = client_as(cast.other_tutor).get(at("local-photo", bakery.pk))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "no-store, private"
    assert SECRET not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (480, 1600)
    assert 'alt="The shop front"' in browser.get(at("local-page", bakery.pk)).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT photo FROM notice_localpage")
        assert cursor.fetchone()[0].startswith("e1:")
    browser.post(at("local-edit", bakery.pk), CHIPPY | {"title": "The bakery"})
    assert browser.get(at("local-photo", bakery.pk)).status_code == 200
    browser.post(at("local-remove-photo", bakery.pk))
    assert browser.get(at("local-photo", bakery.pk)).status_code == 404


@pytest.mark.parametrize(
    ("data", "caption", "words"),
    [
        (b"GIF89a, not a photo", "A shop", "not a photo belong can read"),
        (photo(), "", "Say in a few words what the photo shows"),
    ],
)
def test_a_photo_that_is_none_or_has_no_words_is_refused_and_nothing_is_kept(
    cast, bakery, client_as, data, caption, words
):
    form = CHIPPY | {"title": "Changed", "photo": SimpleUploadedFile("x.jpg", data), "caption": caption}
    answer = client_as(cast.tutor).post(at("local-edit", bakery.pk), form)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    bakery.refresh_from_db()
    assert (bakery.title, bakery.has_photo) == ("Kaya’s bakery", False)


def test_impossible_dates_and_empty_words_are_refused(cast):
    day = today()
    for days, words in (
        ([(day, day - timedelta(days=1))], "before the first"),
        ([(day, day), (day, day)], "twice"),
        ([(day, day + timedelta(days=90))], "two months"),
        ([(day + timedelta(days=n), day + timedelta(days=n)) for n in range(7)], "at most 6"),
    ):
        with pytest.raises(Refused, match=words):
            actions.write_page(cast.tutor, words=CHIPPY, days=days)
    for gap, words in (
        ({"title": " "}, "a name"),
        ({"about": ""}, "new colleague"),
        ({"kind": "pub"}, "Choose what"),
    ):
        with pytest.raises(Refused, match=words):
            actions.write_page(cast.tutor, words=CHIPPY | gap)
    assert not LocalPage.objects.exists()


def test_a_festival_is_on_today_in_the_week_before_and_while_it_lasts(cast):
    festival(cast, days=8)
    assert coming_up(cast.tutor) == []
    festival(cast, days=3, title="Diwali")
    festival(cast, days=-1, length=2, title="Hanukkah")
    found = coming_up(cast.tutor)
    assert [title for title, _ in found] == ["Hanukkah", "Diwali"]
    assert found[0][1] == "Today. Ask who bakes what."
    assert coming_up(cast.governor) == coming_up(cast.pupil) == []


def test_a_page_asks_the_database_as_often_for_many_as_for_few(cast, client_as):
    browser, counts = client_as(cast.tutor), []
    for more in (1, 5):
        for n in range(more):
            festival(cast, days=n, title=f"Festival {more} {n}")
        with CaptureQueriesContext(connection) as asked:
            browser.get(at("local"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_hello_is_shown_for_languages_that_several_pupils_speak(cast):
    Person.objects.filter(pk__in=[pupil.pk for pupil in cast.pupils[:5]]).update(home_language="pl")
    Person.objects.filter(pk__in=[pupil.pk for pupil in cast.pupils[5:9]]).update(home_language="so")
    assert [one.language for one in spoken_here()] == ["Polish"]


def test_who_reads_and_writes_local_pages(cast, bakery, client_as):
    for who, sees in (
        ("tutor", True),
        ("survey_lead", True),
        ("pupil", False),
        ("carer", False),
        ("governor", False),
    ):
        browser = client_as(getattr(cast, who))
        for name in ("local", "local-welcome", "local-new"):
            assert browser.get(at(name)).status_code == (200 if sees else 403), (who, name)
        assert browser.get(at("local-page", bakery.pk)).status_code == (200 if sees else 404), who
    assert client_as(cast.stranger).get(at("local-page", bakery.pk)).status_code == 404
