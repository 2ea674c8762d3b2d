"""Sentences follow from the figures by fixed rules, and say so when nothing can be said."""

from dataclasses import replace
from datetime import date

import pytest

from belong.ask.models import Wave
from belong.release import Cell, Change, FollowUp, Gap, MeasureInfo, Release, Response
from belong.see import findings
from belong.see.caveats import then_and_now
from belong.see.words import (
    gap_label,
    group_in_words,
    lower,
    other_in_words,
    season,
    share_in_words,
    since,
    years_in_words,
)


def cell(measure: str, mean: float, share: int | None = None, reach: float = 2.0, **more) -> Cell:
    return Cell(
        "all", "all", "Everyone", measure, "", mean, mean - reach, mean + reach, favourable=share, **more
    )


def made(*cells: Cell, audience: str = "pupils", **more) -> Release:
    kinds = {"item": "item", "part": "part", "score": "score"}
    measures = []
    for key in dict.fromkeys(one.measure for one in cells):
        kind, _, name = key.partition(":")
        measures.append(MeasureInfo(key, name.capitalize() or "Belonging", kinds[kind], name))
    return Release("1", audience, 10, "2026-10-16", tuple(measures), cells, **more)


def gap(
    difference: float | None,
    reach: float = 3.0,
    *,
    cut="sex",
    group="F",
    against="M",
    label="Girls",
    symbol="",
):
    ends = (None, None) if difference is None else (difference - reach, difference + reach)
    return Gap(cut, group, against, label, "part:listened", symbol, difference, *ends)


SIDES = (
    Cell("sex", "M", "Boys", "part:listened", "", 60.0, 58.0, 62.0),
    Cell("sex", "F", "Girls", "part:listened", "", 54.0, 52.0, 56.0),
)
LISTENED = made(cell("part:listened", 52.0), *SIDES)


def test_most_and_fewer():
    release = made(
        cell("item:adults-2", 80, 76), cell("item:listened-4", 50, 44), cell("item:peers-1", 70, 60)
    )
    assert findings.headline(release) == (
        "Most pupils know an adult they can go to with a worry.",
        "Fewer see that what pupils say makes a difference.",
    )


def test_fewer_though_still_most():
    release = made(cell("item:adults-2", 90, 91), cell("item:listened-4", 75, 70))
    assert findings.headline(release) == (
        "Nearly all pupils know an adult they can go to with a worry.",
        "Fewer, though still most, see that what pupils say makes a difference.",
    )


def test_fewer_still():
    release = made(cell("item:adults-2", 50, 40), cell("item:listened-4", 30, 20))
    assert findings.headline(release) == (
        "Fewer than half the pupils know an adult they can go to with a worry.",
        "Fewer still see that what pupils say makes a difference.",
    )


def test_fewer_is_not_said_when_the_intervals_touch():
    release = made(cell("item:adults-2", 72, 70, reach=3), cell("item:listened-4", 69, 60, reach=3))
    assert findings.headline(release) == (
        "Pupils answered every question much alike.",
        "No difference we can tell between the questions.",
    )


def test_kept_back_and_too_uncertain_are_answers():
    hidden = Cell("all", "all", "Everyone", "item:adults-2", "c")
    assert findings.headline(made(hidden)) == ("The figures of everyone together are kept back.",)
    assert findings.parts_title(made(Cell("all", "all", "Everyone", "part:adults", "c"))) == (
        "The parts are kept back"
    )
    unsure = Cell("all", "all", "Everyone", "item:adults-2", "u", 50.0, 30.0, 70.0, favourable=50)
    assert findings.headline(made(unsure)) == ("The figures of everyone together are too uncertain.",)


def test_a_question_without_a_phrase_is_named():
    release = made(cell("item:own", 80, 76), cell("item:other", 50, 30))
    assert findings.headline(release)[0] == "Most pupils chose one of the best answers to “Own”."


def test_staff_and_families_are_called_so():
    staff = made(cell("item:staff-place-2", 80, 76), cell("item:staff-peers-1", 50, 30), audience="staff")
    assert findings.headline(staff)[0] == "Most staff feel safe at work."
    families = made(cell("item:family-place-3", 80, 34), audience="families")
    assert findings.headline(families) == ("About a third of the families find school easy to reach.",)


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (99, "nearly all pupils"),
        (75, "most pupils"),
        (57, "more than half the pupils"),
        (50, "about half the pupils"),
        (40, "fewer than half the pupils"),
        (33, "about a third of the pupils"),
        (25, "about a quarter of the pupils"),
        (16, "about one in six pupils"),
        (4, "few pupils"),
    ],
)
def test_shares_in_words(percent, words):
    assert share_in_words(percent, "pupils") == words


def test_the_lowest_part_is_named_only_if_it_surely_is():
    parts = [cell("part:adults", 71), cell("part:peers", 66), cell("part:listened", 52)]
    assert findings.parts_title(made(*parts)) == "Listened is lowest"
    close = [cell("part:adults", 71), cell("part:peers", 53), cell("part:listened", 52)]
    assert findings.parts_title(made(*close)) == "The scores for listened and peers are lowest"
    alike = [cell("part:adults", 54), cell("part:peers", 53), cell("part:listened", 52)]
    assert findings.parts_title(made(*alike)) == "The parts lie close together"


def change(measure: str, difference: float | None, reach: float = 1.0, symbol: str = "") -> Change:
    ends = (None, None) if difference is None else (difference - reach, difference + reach)
    return Change("all", "all", "Everyone", measure, symbol, "0", difference, *ends)


def test_what_moved_since_the_earlier_wave():
    parts = [cell("part:adults", 71), cell("part:peers", 66), cell("part:listened", 52)]
    moved = (change("part:adults", 3.0), change("part:peers", 0.5), change("part:listened", -2.0))
    title = findings.parts_title(made(*parts, changes=moved), "autumn")
    assert title == "Listened is lowest, and has fallen since autumn; the score for adults has risen"
    still = tuple(change(part.measure, 0.5) for part in parts)
    assert findings.parts_title(made(*parts, changes=still), "autumn") == (
        "Listened is lowest; no change we can tell since autumn"
    )
    hidden = tuple(change(part.measure, None, symbol="c") for part in parts)
    assert findings.parts_title(made(*parts, changes=hidden), "autumn") == (
        "Listened is lowest; the change since autumn is kept back"
    )
    other = tuple(change(part.measure, None, symbol="x") for part in parts)
    assert findings.parts_title(made(*parts, changes=other), "autumn") == "Listened is lowest"


def test_when_questions_lie_close_together_what_moved_is_said():
    items = [cell("item:adults-2", 72, 70, reach=3), cell("item:listened-4", 69, 60, reach=3)]
    parts = [cell("part:adults", 71), cell("part:listened", 70)]
    moved = (change("part:adults", 3.0), change("part:listened", 0.5))
    closed = follow(-24, -3, 21)
    assert findings.headline(made(*items, *parts, changes=moved), "spring") == (
        "The score for adults has risen since spring.",
    )
    assert findings.headline(made(*items, *parts, changes=moved, followups=(closed,))) == (
        "The score for adults has risen since the wave before.",
        "The gap between girls and boys narrowed by 21 points: listened.",
    )
    by_itself = follow(-24, -3, 21, caveats=("may_close_by_itself",))
    perhaps = follow(-24, -22, 2)
    assert findings.headline(made(*items, *parts, followups=(by_itself, perhaps)))[0] == (
        "Pupils answered every question much alike."
    )


def test_groups_have_scores_that_move():
    sides = tuple(
        replace(change("part:listened", 4.0), cut="sex", group=g, label=g) for g in ("Girls", "Boys")
    )
    release = made(cell("part:listened", 52.0), *SIDES, changes=sides)
    assert findings.group_moves(release, "part:listened", "sex", "spring") == (
        "the scores of girls and boys have risen since spring"
    )


def test_gaps_are_said_only_when_sure():
    assert findings.gap_sentence(gap(-6), LISTENED) == "Girls feel listened to less than boys."
    assert findings.gap_sentence(gap(6), LISTENED) == "Boys feel listened to less than girls."
    assert findings.gap_sentence(gap(-2), LISTENED) == "No difference we can tell between girls and boys."
    assert (
        findings.gap_sentence(gap(None, symbol="c"), LISTENED)
        == "How far girls and boys stand apart is kept back."
    )
    assert findings.gap_sentence(gap(-20, symbol="u"), LISTENED).startswith("No difference we can tell")
    year = gap(5, cut="year", group="8", against="rest", label="Year 8")
    assert (
        findings.gap_sentence(year, LISTENED) == "Pupils in Year 8 feel listened to more than everyone else."
    )


def test_the_title_of_gaps_names_who_stands_lower():
    sen = gap(-9, cut="sen", group="sen", against="none", label="SEN support")
    title = findings.gaps_title(LISTENED, "part:listened", [gap(-6), sen])
    assert title == "Pupils with SEN support and girls feel listened to less"
    assert findings.gaps_title(LISTENED, "part:listened", [gap(6)]) == "Boys feel listened to less"
    unsure, hidden = gap(-2), gap(None, symbol="c")
    assert findings.gaps_title(LISTENED, "part:listened", [unsure]).startswith("No difference we can tell")
    assert findings.gaps_title(LISTENED, "part:listened", [hidden]).startswith(
        "How far groups stand apart is kept back"
    )


def test_response_rates_as_exactly_as_may_be_said():
    def told(*rows):
        return made(cell("part:listened", 50), responses=rows)

    whole = Response("all", "all", "Everyone", "", 86, "300–399")
    assert findings.response_in_words(told(whole)) == "About 86\u00a0% of pupils answered"
    top = Response("all", "all", "Everyone", "", 97, "", "top")
    assert findings.response_in_words(told(top)) == "97\u00a0% or more of pupils answered"
    assert findings.response_in_words(told()) == "How many pupils answered is not known"
    year = Response("year", "11", "Year 11", "", 62, "50–59")
    assert findings.response_title(told(whole, year)) == "Pupils in Year 11 answered less often than others"
    coded = Response("year", "11", "Year 11", "", 66, "", "top")
    assert findings.who_is_missing(told(whole, coded)) == []
    near = Response("year", "11", "Year 11", "", 80, "50–59")
    assert findings.response_title(told(whole, near)) == "Every group answered about as often"
    kept = Response("year", "10", "Year 10", "c")
    assert findings.response_title(told(whole, near, kept)) == "No group we can show answered much less often"
    assert findings.response_title(told(whole, kept)) == "Who did not answer is kept back"


def follow(
    then: float | None, now: float | None, moved: float | None, reach: float = 3.0, **more
) -> FollowUp:
    ends = (None, None) if moved is None else (moved - reach, moved + reach)
    values = {"basis": "matched", "caveats": ("chosen_because_low",)} | more
    return FollowUp(
        "part:listened",
        "sex",
        "F",
        "M",
        "Girls",
        "1",
        values.pop("symbol", ""),
        gap(then),
        gap(now),
        moved,
        *ends,
        **values,
    )


def test_then_and_now_in_words():
    said = then_and_now(follow(-11, -5, 6, expected=1.5), "Being listened to")
    assert (
        said.sentence
        == "Girls stood 11 points lower than boys, and now 5 points lower (95\u00a0% interval −8 to −2)."
    )
    assert (
        said.moved
        == "For those who answered both times the gap narrowed by 6 points (95\u00a0% interval 3 to 9)."
    )
    assert said.caveats[0] == "This group was chosen because it was low; some rise is expected anyway."
    assert said.caveats[-1] == "Up to 1.5 points of it were to be expected in any case."
    assert said.is_clear


def test_no_change_we_can_tell_is_said_so():
    said = then_and_now(follow(-6, -5, 1, caveats=("chosen_because_low", "may_be_chance")))
    assert said.moved == "No change we can tell (95\u00a0% interval −2 to +4)."
    assert not said.is_clear
    assert "It may be chance" in " ".join(said.caveats)


def test_a_gap_can_widen_turn_round_or_stay_untold():
    assert "widened by" in then_and_now(follow(-5, -11, -6)).moved
    assert "turned round by" in then_and_now(follow(-2, 8, 10)).moved
    assert then_and_now(follow(-5, None, None)).moved == "How far that moved is kept back."
    assert "can't be said" in then_and_now(follow(-5, -4, None, symbol="x")).moved
    joined = then_and_now(follow(-9, -2, 7, joined="10–24 %", caveats=("people_joined",)))
    assert joined.caveats == ("Of the group now, 10–24 % did not answer last time.",)


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (["7", "8", "9", "10", "11"], "Years 7 to 11"),
        (["10", "8", "9"], "Years 8 to 10"),
        (["8"], "Year 8"),
        (["7", "9"], "Years 7 and 9"),
        (["R", "1", "2"], "Reception to Year 2"),
        (["R"], "Reception"),
        ([], ""),
    ],
)
def test_years_in_words(years, words):
    assert years_in_words(years) == words


def test_waves_are_called_by_their_season():
    def wave(day: date) -> Wave:
        return Wave(opens_on=day)

    assert season(date(2026, 10, 5)) == "autumn"
    assert season(date(2027, 2, 1)) == "spring"
    assert season(date(2027, 6, 1)) == "summer"
    assert since(wave(date(2027, 2, 1)), wave(date(2026, 10, 5))) == "autumn"
    assert since(wave(date(2027, 10, 4)), wave(date(2026, 10, 5))) == "autumn 2026"
    assert since(wave(date(2027, 3, 8)), wave(date(2027, 2, 1))) == "1 February"
    first, second = wave(date(2027, 2, 1)), wave(date(2027, 3, 8))
    first.title, second.title = "Before the play", "After the play"
    assert since(second, first) == "“Before the play”"


def test_groups_inside_a_sentence():
    assert group_in_words("sex", "Girls") == "girls"
    assert group_in_words("year", "Year 8") == "pupils in Year 8"
    assert group_in_words("sen", "SEN support") == "pupils with SEN support"
    assert group_in_words("sex*year", "Girls, Year 8") == "girls in Year 8"
    assert group_in_words("eal", "English as an additional language") == (
        "pupils with English as an additional language"
    )
    assert group_in_words("joined_this_year", "Joined this year") == "pupils who joined this year"
    assert group_in_words("post", "Teachers", "staff") == "teachers"
    assert group_in_words("year", "Year 8", "families") == "families of Year 8"
    assert other_in_words("sex", "M") == "boys"
    assert other_in_words("sex", "M+smaller") == "boys"
    assert other_in_words("year", "rest") == "everyone else"
    assert lower("Year 8") == "Year 8"
    assert gap_label(gap(-6), LISTENED) == "Girls and boys"
