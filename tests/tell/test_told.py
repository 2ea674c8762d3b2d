"""The public page: what was heard and done, and an honest sentence where a later wave found something."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from belong.act.actions import end_plan
from belong.release import FollowUp, Gap
from belong.see.caveats import then_and_now
from belong.tell.words import in_plain_words
from tests.tell.build import ADULTS, AUTUMN, TAKING_PART, releases
from tests.tell.conftest import respond, words_of


def text(url: str) -> str:
    return words_of(Client().get(url).content.decode())


def gap(difference: float | None, low: float | None = None, high: float | None = None) -> Gap:
    return Gap(
        "sen", "sen", "none", "SEN support", "part:adults", "" if difference else "c", difference, low, high
    )


def follow(then, now, moved=None, low=None, high=None, **more) -> FollowUp:
    fields = {
        "before": gap(then),
        "after": gap(now),
        "difference": moved,
        "low": low,
        "high": high,
        "basis": "matched",
    }
    return FollowUp("part:adults", "sen", "sen", "none", "SEN support", "1", "", **(fields | more))


def test_heard_and_done_are_there_with_a_word_on_what_came_of_it(cast, answered, story):
    respond(cast, story.spring)
    first = releases()[1].followup(*ADULTS)
    second = releases()[1].followup(*TAKING_PART)
    assert first.low > 0 > second.low
    page = text(f"/told/{answered.share_code}/")
    then, now = round(abs(first.before.difference)), round(abs(first.after.difference))
    assert f"We asked again. The gap went from {then} points to {now}. Part of that is expected" in page
    assert "We asked again. No difference we can tell yet." in page
    assert "Lunch is loud. We did Not yet: the hall is full until January." in page
    assert "In September 2025 we asked pupils in Years 7 to 11" in page


def test_every_number_is_a_released_one(cast, answered, story):
    respond(cast, story.spring)
    release, again = releases()
    follows = [again.followup(*ADULTS)]
    allowed = {release.response().rate, release.threshold, 0, 100, 7, 11, 2025, *answered_on(answered)}
    allowed |= {round(abs(g.difference)) for found in follows for g in (found.before, found.after)}
    page = text(f"/told/{answered.share_code}/").replace("0800 1111", "")
    assert {int(number) for number in re.findall(r"\d+", page)} <= allowed


def answered_on(response) -> tuple[int, int]:
    return response.published_at.day, response.published_at.year


def test_it_does_not_run_ahead_of_the_answer_to_the_later_wave(cast, answered, story):
    assert "The gap went from" not in text(f"/told/{answered.share_code}/")
    assert "We will look again in April 2026 and tell you." in text(f"/told/{answered.share_code}/")
    respond(cast, story.spring)
    assert "The gap went from" in text(f"/told/{answered.share_code}/")


def test_a_plan_that_ended_promises_nothing_more(cast, answered, story):
    for plan in (story.adults, story.clubs):
        end_plan(cast.head, plan=plan, state="done", learned="Start earlier.")
    assert "We will look again" not in text(f"/told/{answered.share_code}/")


def test_words_are_shown_as_words(cast, story):
    response = respond(cast, story.autumn, publish=False)
    response.items.update(heard="<script>alert(1)</script>", did="<b>bold</b>")
    response.published_at = story.autumn.closed_at
    response.save()
    page = Client().get(f"/told/{response.share_code}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>bold" not in page


def test_search_engines_keep_away(answered):
    for path in ("", "poster/"):
        answer = Client().get(f"/told/{answered.share_code}/{path}")
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()


@pytest.mark.parametrize(("asked", "given"), [("", "a4"), ("?paper=a3", "a3"), ("?paper=a0", "a4")])
def test_the_poster_is_for_a4_or_a3_with_a_square_to_scan(answered, asked, given):
    page = Client().get(f"/told/{answered.share_code}/poster/{asked}").content.decode()
    assert f"poster on-{given}" in page
    assert 'class="qr"' in page
    assert "Lunch is loud." in page


def test_the_preview_says_that_it_is_one(cast, client_as, story):
    respond(cast, story.autumn, publish=False)
    assert "Only staff can see this" in client_as(cast.tutor).get(f"/tell/{AUTUMN}/preview/").content.decode()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            follow(-11, -5, 6.0, 2.0, 10.0, caveats=("chosen_because_low",)),
            "The gap went from 11 points to 5. Part of that is expected",
        ),
        (follow(-11, -5, 6.0, 2.0, 10.0, caveats=("may_close_by_itself",)), "That much can happen by itself"),
        (follow(-5, -11, -6.0, -10.0, -2.0), "The gap grew from 5 points to 11. This has not helped yet."),
        (follow(-11, -8, 3.0, -1.0, 7.0), "No difference we can tell yet."),
        (follow(-11, -12, 3.0, 1.0, 5.0), "No difference we can tell yet."),
        (follow(-11.2, -10.9, 3.0, 1.0, 5.0), "No difference we can tell yet."),
        (follow(-11, None), "The number is kept back, to protect people."),
        (replace(follow(-11, -5), symbol="x"), "The questions had changed, so we can’t compare."),
    ],
)
def test_the_sentence_never_claims_more_than_the_interval(found, said):
    words = in_plain_words(then_and_now(found))
    assert words.startswith("We asked again. ")
    assert said in words


@pytest.mark.parametrize("code", ["pl", "ar"])
def test_everybody_can_read_it_in_their_language(cast, client_as, answered, code):
    """By the menu at the top, without a sign-in; what the school wrote is marked as English."""
    here = f"/told/{answered.share_code}/"
    there = f"/told/{code}/{answered.share_code}/"
    assert f'href="{there}" hreflang="{code}"' in Client().get(here).content.decode()
    page = Client().get(there).content.decode()
    assert f'<html lang="{code}"' in page
    with translation.override(code):
        assert gettext("You asked. We heard. We did.") in page
        assert gettext("We heard") in page
    assert '<p lang="en-GB" dir="auto">It began in October.</p>' in page
    assert Client().get(f"{there}poster/").status_code == 200
    pupil = client_as(cast.users["pupil"])
    pupil.post("/my-language/", {"language": code, "next": "/told/"})
    assert there in pupil.get("/told/").content.decode()
