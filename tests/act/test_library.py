"""The practice library: filters, order, the gap carried along, and pages that show the whole file."""

import re

import pytest

from belong.act.practices import BY_COST, BY_EVIDENCE, BY_TIME, COSTS, RATINGS, practices, practices_for
from tests.tell.build import SPRING
from tests.tell.conftest import words_of

pytestmark = pytest.mark.alike

GAP = f"wave={SPRING}&measure=part:adults&cut=sen&group=sen"


def titles(page: str) -> list[str]:
    return re.findall(r'<h2><a href="/act/practices/[^"]+">([^<]+)</a>', page)


def test_staff_read_the_library_and_nobody_else(client_as, cast):
    staff = {"head", "survey_lead", "pastoral", "senco", "dsl", "tutor", "other_tutor"}
    for path in ("/act/", "/act/practices/circles/", "/act/plans/"):
        found = {part for part, user in cast.users.items() if client_as(user).get(path).status_code == 200}
        assert found == staff | {"stranger"}
        assert client_as(cast.pupil).get(path).status_code == 403


def test_the_whole_library_is_in_alphabetical_order(client_as, cast):
    page = client_as(cast.tutor).get("/act/").content.decode()
    assert f"{len(practices())} practices" in page
    assert len(titles(page)) == len(practices()) >= 15
    assert titles(page) == sorted(titles(page))


def test_filters_narrow_and_an_empty_answer_says_so(client_as, cast):
    client = client_as(cast.tutor)
    page = client.get("/act/?part=peers&phase=secondary&cost=none").content.decode()
    assert 0 < len(titles(page)) < len(practices())
    assert "Nothing fits all of that" in client.get("/act/?q=zeppelin").content.decode()
    assert len(titles(client.get("/act/?part=nonsense").content.decode())) == len(practices())


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        (BY_TIME, lambda p: p.weekly_minutes),
        (BY_COST, lambda p: COSTS.index(p.cost)),
        (BY_EVIDENCE, lambda p: RATINGS.index(p.rating)),
    ],
)
def test_order(sort, key):
    found = [key(practice) for practice in practices_for(sort=sort)]
    assert found == sorted(found)


def test_for_a_part_what_serves_it_most_comes_first():
    found = [(p.parts.index("adults"), RATINGS.index(p.rating)) for p in practices_for(part="adults")]
    assert found == sorted(found)
    assert found


def test_a_gap_is_carried_to_the_practice_and_to_the_plan(client_as, cast, story):
    client = client_as(cast.head)
    page = client.get(f"/act/?part=adults&{GAP}").content.decode()
    assert "For the gap <strong>SEN support and others: adults</strong>" in page
    link = re.search(r'href="(/act/practices/trusted-adult/\?[^"]+)"', page)
    assert link is not None
    page = client.get(link[1].replace("&amp;", "&")).content.decode()
    plan = re.search(r'href="(/act/plans/new/\?practice=trusted-adult[^"]+)"', page)
    assert plan is not None
    assert "SEN support and others" in client.get(plan[1].replace("&amp;", "&")).content.decode()


def test_a_gap_that_is_not_released_is_not_carried(client_as, cast, story):
    page = (
        client_as(cast.head)
        .get(f"/act/?wave={SPRING}&measure=part:adults&cut=class&group=8H")
        .content.decode()
    )
    assert "For the gap" not in page
    assert "cut=class" not in page


def test_a_practice_that_is_not_there_is_a_404(client_as, cast):
    assert client_as(cast.tutor).get("/act/practices/no-such-thing/").status_code == 404


def test_every_practice_page_shows_its_whole_file(client_as, cast):
    client = client_as(cast.tutor)
    for one in practices():
        words, data = words_of(client.get(f"/act/practices/{one.key}/").content.decode()), one.data
        wanted = [one.title, one.summary, *one.steps, *data["say"]["en"], *data["watch_out"]["en"]]
        wanted += [
            *one.part_titles,
            *one.questions,
            *data["who"],
            data["cost"]["about"]["en"],
            data["measure"]["how"]["en"],
        ]
        wanted += [data["adapt"][kind]["en"] for kind in ("send", "eal", "primary")]
        wanted += [entry["claim"]["en"] for entry in data["evidence"]] + [
            entry["limits"]["en"] for entry in data["evidence"]
        ]
        wanted += [entry["citation"] for entry in data["evidence"] if entry.get("citation")]
        wanted += [f"{data['time'][part]} " for part in ("setup_minutes", "weekly_minutes", "weeks")]
        missing = [text for text in wanted if " ".join(text.split()) not in words]
        assert missing == [], one.key
