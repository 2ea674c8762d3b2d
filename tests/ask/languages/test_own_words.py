"""A school's own words: a file for a speaker, every problem named by its line, and nothing half used."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import ngettext
from hypothesis import given, settings
from hypothesis import strategies as st

from belong.ask.bands import text
from belong.ask.languages import actions
from belong.ask.languages.editing import places_in, shipped, status_of, words_now
from belong.ask.languages.exchange import file_for, read_file
from belong.ask.models import OwnWording
from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.content.translations import english
from belong.web.languages import speaking
from tests.people.files import xlsx

PLACE = "texts/endings/end-12-18-title"


def rows_of(words: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(words.removeprefix("\ufeff"))))


def file_with(changes: dict[str, str], code: str, school, delimiter: str = ",") -> bytes:
    """The downloaded file with some texts changed, as a spreadsheet saves it."""
    rows = rows_of(file_for(code, school))
    made = io.StringIO(newline="")
    write = csv.writer(made, delimiter=delimiter)
    for row in rows:
        write.writerow([*row[:2], changes.get(row[0], row[2]), *row[3:]])
    return made.getvalue().encode("utf-8-sig")


@pytest.fixture
def lead(client_as, cast, in_school) -> Client:
    return client_as(cast.survey_lead)


def test_the_file_has_every_text_and_says_nothing_that_a_spreadsheet_would_run(lead, school):
    reply = lead.get("/ask/languages/pl/file.csv")
    assert reply["Content-Type"] == "text/csv; charset=utf-8"
    assert "belong-words-pl.csv" in reply["Content-Disposition"]
    words = reply.content.decode()
    assert words.startswith("\ufeff")
    rows = rows_of(words)[1:]
    assert [row[0] for row in rows] == list(places_in("pl"))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert read_file("a.csv", reply.content, "pl", school).changes == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_uploading_shows_every_change_and_uses_nothing_until_it_is_confirmed(lead, school, delimiter):
    body = file_with({PLACE: "Wielkie dzięki"}, "pl", school, delimiter)
    shown = lead.post("/ask/languages/pl/", {"file": io.BytesIO(body)})
    assert shown.status_code == 200
    assert "Wielkie dzięki" in shown.content.decode()
    assert "Dziękujemy" in shown.content.decode()
    assert not OwnWording.objects.exists()
    used = lead.post("/ask/languages/pl/use/", {"words": shown.context["words"]}, follow=True)
    assert "your words are in use" in used.content.decode()
    assert OwnWording.objects.get(in_use=True).words == {PLACE: "Wielkie dzięki"}
    with translation.override("pl"):
        assert text("endings", "end-12-18-title") == "Wielkie dzięki"
    entry = AuditEntry.objects.get(verb="ask.change_words")
    assert "dzięki" not in str(entry.facts)


def test_a_workbook_is_read_as_well(lead, school):
    rows = rows_of(file_with({PLACE: "Wielkie dzięki"}, "pl", school).decode("utf-8-sig"))
    reading = read_file("words.xlsx", xlsx(rows), "pl", school)
    assert not reading.problems
    assert [change.after for change in reading.changes] == ["Wielkie dzięki"]


def test_every_line_that_cant_be_used_is_named_with_its_mend(lead, school):
    changes = {
        "texts/visibility/named-young": "Zobaczą to inni.",
        "texts/visibility/named-older": "{imiona} widzą {names}",
        "texts/endings/end-staff": "a { b",
        "instruments/belong-core/scales/often5/2": "Nigdy",
        "instruments/belong-core/scales/often5/1": "Nigdy",
        "texts/notices/notice-12-18": "{school}, {contact}, {threshold}: bez kresek.",
        "texts/endings/end-4-7": "ukryty\u202eznak",
    }
    body = file_with(changes, "pl", school) + b"texts/nothing/here,x,y\r\n"
    page = lead.post("/ask/languages/pl/", {"file": io.BytesIO(body)})
    assert page.status_code == 422
    said = page.content.decode()
    lines = {row[0]: number for number, row in enumerate(rows_of(body.decode("utf-8-sig")), 1)}
    found = [problem.text for problem in page.context["reading"].problems]
    assert len(found) == 7, found
    assert any("{names} is missing" in one for one in found)
    assert any("{imiona} is not in the English" in one for one in found)
    assert any("a brace" in one for one in found)
    assert any("said for two answers" in one for one in found)
    assert any("three dashes" in one for one in found)
    assert any("hidden character" in one for one in found)
    assert any("no place of a text" in one for one in found)
    assert "Nothing has changed yet" in said
    assert "words" not in page.context
    assert lines["texts/endings/end-staff"] > 1
    assert not OwnWording.objects.exists()


MINUTES = "counted/It takes about %(n)s minute./"


def test_a_text_with_a_number_has_a_line_for_each_form_and_is_said_in_the_schools_words(
    cast, school, in_school
):
    said = {
        MINUTES + "for 1": "To potrwa minutę.",
        MINUTES + "for 2, 3, 4, 22": "To potrwa %(n)s minuty.",
        MINUTES + "for 5, 6, 7, 8": "To potrwa %(n)s minut.",
    }
    reading = read_file("a.csv", file_with(said, "pl", school), "pl", school)
    assert not reading.problems
    assert dict(reading.words) == said
    actions.keep_words(cast.survey_lead, "pl", reading.words)
    with speaking("pl"):
        words = [
            ngettext("It takes about %(n)s minute.", "It takes about %(n)s minutes.", n) for n in (1, 3, 25)
        ]
    assert words == list(said.values())


@pytest.mark.parametrize(
    ("code", "form", "words", "mend"),
    [
        ("pl", "for 2, 3, 4, 22", "To potrwa minuty.", "%(n)s is missing"),
        ("pl", "for 1", "To potrwa %(ile)s.", "%(ile)s is not in the English"),
        ("cy", "for 8, 11", "Rhyw munud.", "%(n)s is missing"),
        ("ar", "for 2", "{ دقيقتان", "a brace"),
    ],
)
def test_a_counted_line_that_cant_be_used_is_named_with_its_mend(school, in_school, code, form, words, mend):
    body = file_with({MINUTES + form: words}, code, school)
    reading = read_file("a.csv", body, code, school)
    lines = [row[0] for row in rows_of(body.decode("utf-8-sig"))]
    (problem,) = reading.problems
    assert mend in problem.text
    assert problem.line == lines.index(MINUTES + form) + 1


def test_a_counted_text_is_whole_or_is_left_out(school, in_school, monkeypatch):
    """Of a text that ships in no words yet, one form alone would leave other numbers in English."""
    ships = {place: said for place, said in shipped("pl").items() if not place.startswith(MINUTES)}
    monkeypatch.setattr("belong.ask.languages.exchange.words_now", lambda code, school: ships)
    monkeypatch.setattr("belong.ask.languages.exchange.shipped", lambda code: ships)
    only = {
        MINUTES + "for 1": "To potrwa minutę.",
        MINUTES + "for 2, 3, 4, 22": "",
        MINUTES + "for 5, 6, 7, 8": "",
    }
    (problem,) = read_file("a.csv", file_with(only, "pl", school), "pl", school).problems
    assert "for 2, 3, 4, 22; for 5, 6, 7, 8" in problem.text


@pytest.mark.parametrize(
    ("name", "body", "mend"),
    [
        ("words.csv", b"\xff\xfe\x00garbage\xff", "CSV UTF-8"),
        ("words.xlsx", b"PK\x03\x04 not a workbook", "once more as .xlsx"),
        ("words.csv", b"", ""),
        ("words.csv", b"hello,world\n", "no place of a text"),
        ("words.csv", b"x" * 2_100_000, "larger than 2 MB"),
    ],
)
def test_a_file_that_is_none_of_ours_gets_a_kind_answer(lead, school, name, body, mend):
    reading = read_file(name, body, "pl", school)
    assert reading.problems
    assert not reading.changes
    assert mend in " ".join(problem.text for problem in reading.problems)


def test_what_was_put_in_can_be_taken_back_step_by_step(cast, school, in_school):
    before = words_now("pl", school)[PLACE]
    for words in ("Raz", "Dwa"):
        now = OwnWording.objects.filter(in_use=True).first()
        actions.keep_words(cast.survey_lead, "pl", {PLACE: words}, after=now.pk if now else 0)
    assert words_now("pl", school)[PLACE] == "Dwa"
    actions.take_back(cast.survey_lead, "pl")
    assert words_now("pl", school)[PLACE] == "Raz"
    actions.take_back(cast.survey_lead, "pl")
    assert words_now("pl", school)[PLACE] == before
    with pytest.raises(Refused, match="nothing to take back"):
        actions.take_back(cast.survey_lead, "pl")


def test_two_people_at_once_do_not_undo_each_other(cast, school, in_school):
    actions.keep_words(cast.survey_lead, "pl", {PLACE: "Raz"}, after=0)
    with pytest.raises(Refused, match="Somebody else changed"):
        actions.keep_words(cast.head, "pl", {PLACE: "Dwa"}, after=0)


def test_a_speakers_check_holds_for_these_words_and_no_others(cast, school, in_school):
    assert status_of("pl", school) == "draft"
    actions.note_check(cast.survey_lead, "pl", checked_by="Ewa Nowak, parent", checked_on=today())
    assert status_of("pl", school) == "checked"
    assert status_of("uk", school) == "draft"
    now = OwnWording.objects.get(in_use=True)
    actions.keep_words(cast.survey_lead, "pl", {PLACE: "Inaczej"}, after=now.pk)
    assert status_of("pl", school) == "draft"
    actions.take_back(cast.survey_lead, "pl")
    assert status_of("pl", school) == "checked"
    with pytest.raises(Refused, match="still to come"):
        actions.note_check(cast.survey_lead, "pl", checked_by="Ewa", checked_on=today() + timedelta(days=1))


def test_own_words_of_the_interface_are_said_first_and_only_at_this_school(cast, school, in_school):
    actions.keep_words(cast.survey_lead, "pl", {"words/Skip": "Omiń to"})
    with speaking("pl"):
        assert translation.gettext("Skip") == "Omiń to"
        assert translation.gettext("Next") != "Next"
    with speaking("uk"):
        assert translation.gettext("Skip") != "Omiń to"
    assert translation.gettext("Skip") == "Skip"


def test_only_survey_leads_and_leaders_may(client_as, cast, in_school):
    for user in (cast.tutor, cast.pastoral, cast.dsl):
        assert client_as(user).get("/ask/languages/").status_code == 403
        assert client_as(user).get("/ask/languages/pl/file.csv").status_code == 403
    assert client_as(cast.head).get("/ask/languages/").status_code == 200
    assert client_as(cast.head).get("/ask/languages/en/").status_code == 404
    assert client_as(cast.head).get("/ask/languages/xx/").status_code == 404


def test_a_promise_for_one_language_cant_be_used_for_another(lead, school):
    shown = lead.post("/ask/languages/pl/", {"file": io.BytesIO(file_with({PLACE: "Dzięki"}, "pl", school))})
    lead.post("/ask/languages/uk/use/", {"words": shown.context["words"]})
    lead.post("/ask/languages/pl/use/", {"words": shown.context["words"] + "x"})
    assert not OwnWording.objects.exists()


words_of_a_speaker = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}%\u202a\u202b\u202c\u202d\u202e"),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(words_of_a_speaker)
def test_whatever_a_speaker_writes_comes_back_as_it_was_written(words):
    """Through the file and back: formulas are made harmless in between and whole again after."""
    from belong.ask.languages.exchange import _plain
    from belong.base.spreadsheet import harmless

    meant = _plain(words)
    assert _plain(str(harmless(meant))) == meant


def test_the_pages_say_how_each_language_stands(lead, cast, school):
    page = lead.get("/ask/languages/").content.decode()
    assert page.count("Draft") >= 10
    assert "Cymraeg" in page
    assert "العربية" in page
    actions.note_check(cast.survey_lead, "cy", checked_by="Ffion Rees, teacher", checked_on=today())
    assert "Ffion Rees, teacher" in lead.get("/ask/languages/").content.decode()
    one = lead.get("/ask/languages/cy/").content.decode()
    assert "Ffion Rees, teacher" in one
    assert "Download the file" in one
    assert len(english("endings")) > 5
    assert shipped("pl")
