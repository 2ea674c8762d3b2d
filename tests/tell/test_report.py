"""The governors' report: figures from the release and nowhere else, on screen and as a tagged PDF."""

import json
import re
from typing import Any

import pytest

from belong.ask.models import Wave
from belong.base.clock import frozen
from belong.see.queries import read
from belong.tell.report import make_report, report_pdf
from belong.tell.report.pdf import document
from tests.tell.build import AUTUMN, SPRING, at, make_wave, releases
from tests.tell.conftest import respond, words_of


@pytest.fixture
def report(cast, answered, story):
    respond(cast, story.spring, [story.adults])
    return make_report(read(story.spring.release_record))


def numbers_in(words: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", words))


def every_way(value: Any) -> set[str]:
    """A released value as it may be written: with no, one or two decimals; a text with the figures in it."""
    if isinstance(value, dict):
        return set().union(*map(every_way, value.values()))
    if isinstance(value, list):
        return set().union(*map(every_way, value))
    if isinstance(value, str):
        return numbers_in(value)
    if isinstance(value, bool) or value is None:
        return set()
    return {f"{abs(value):.{decimals}f}" for decimals in (0, 1, 2)} | {f"{abs(value):g}"}


def test_every_figure_on_the_page_is_in_a_release(cast, client_as, report):
    page = client_as(cast.governor).get(f"/tell/{SPRING}/report/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    words = words_of(main).replace(report.footer, "")
    released = set().union(*(every_way(release.to_json()) for release in releases()))
    method = numbers_in(" ".join(report.method))
    dates = {"2", "13", "20", "2026", report.published.split()[0], report.published.split()[-1]}
    counts = {"20", "5", "95", "100"}
    assert numbers_in(words) <= released | method | dates | counts


def test_it_says_who_was_asked_what_moved_and_what_is_too_few_to_tell(report):
    assert dict(report.facts)["Who was asked"] == "Pupils, Years 7 to 11"
    assert dict(report.facts)["Questions"] == "20 on 5 parts of belonging"
    assert [row.label for row in report.part_rows] == [
        "Belonging",
        "Adults",
        "Peers",
        "Taking part",
        "A respectful place",
        "Being listened to",
    ]
    assert [one.label for one in report.hidden] == ["English as an additional language and others"]
    adults, clubs = report.measured
    assert "narrowed by" in adults.said.moved
    assert clubs.said.moved.startswith("No change we can tell")
    assert any("chosen because it was low" in words for words in adults.said.caveats)
    assert report.answered[0][1] == "It began in October."


def test_autumn_tells_of_its_plans_but_of_spring_only_once_that_is_answered(cast, answered, story):
    autumn = read(story.autumn.release_record)
    assert [(one.title, one.said) for one in make_report(autumn).under_way] == [
        ("An adult of their own", None),
        ("Four more clubs", None),
    ]
    respond(cast, story.spring)
    assert "narrowed by" in make_report(autumn).under_way[0].said.moved


def test_without_a_published_response_the_report_says_so(cast, story):
    report = make_report(read(story.spring.release_record))
    assert report.answered == ()
    assert "is not published yet" in report.next_steps[-2]


def test_who_answered_is_read_with_the_care_it_needs(cast, answered, story):
    assert make_report(read(story.autumn.release_record)).cautions == ()
    story.autumn.audience, story.autumn.years = Wave.FAMILIES, []
    story.autumn.save()
    [caution] = make_report(read(story.autumn.release_record)).cautions
    assert caution.startswith("Families with time, English and good experience of school answer more often.")


def test_a_review_that_is_due_is_said(cast, answered, story):
    with frozen(at(story.adults.review_on)):
        steps = make_report(read(story.autumn.release_record)).next_steps
    assert steps[0] == "An adult of their own: due to be looked at again since 20 April 2026 (Mx Head)."
    with frozen(at(story.spring.opens_on)):
        steps = make_report(read(story.autumn.release_record)).next_steps
    assert steps[0] == "An adult of their own: Mx Head looks again on 20 April 2026."


def test_the_pdf_is_tagged_titled_and_in_english(cast, client_as, report):
    answer = client_as(cast.governor).get(f"/tell/{SPRING}/governors.pdf")
    made = answer.content
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="governors-spring-wave.pdf"'
    assert made.startswith(b"%PDF-1.7")
    assert b"/MarkInfo<</Marked true" in made
    assert b"/StructTreeRoot" in made
    assert b"/Lang(en-GB)" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"Oak Park School: Spring wave: what we were told" in made
    pages = re.search(rb"<xmpTPg:NPages>(\d+)<", made)
    assert pages is not None
    assert int(pages[1]) <= 3


def test_the_pdf_says_what_the_page_says(report):
    data = document(report)
    assert data["headline"] == " ".join(report.headline)
    assert [row[1] for row in data["part_rows"]] == [row.now for row in report.part_rows]
    assert data["parts"]["alt"] == report.parts.description
    assert data["gaps"]["alt"].startswith(report.gaps.title)
    assert data["measured"][0]["moved"] == report.measured[0].said.moved


def test_words_reach_typst_as_data(cast, answered, story):
    """Hash and brackets are typst's own signs: in a text they are only letters."""
    answered.items.update(heard='#panic("no") $x$ *b* [c] \\ "', did='#image("/etc/passwd") @cite <tag>')
    report = make_report(read(story.autumn.release_record))
    assert json.loads(json.dumps(document(report)))["answered"][0][0] == '#panic("no") $x$ *b* [c] \\ "'
    assert report_pdf(report).startswith(b"%PDF")


def test_a_wave_without_a_release_has_no_report(cast, client_as, in_school):
    make_wave(cast.school, AUTUMN)
    for path in ("report/", "governors.pdf"):
        assert client_as(cast.head).get(f"/tell/{AUTUMN}/{path}").status_code == 404
