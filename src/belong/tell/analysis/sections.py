"""The report's sections for a head teacher: who answered, the score, the questions, the groups."""

from __future__ import annotations

from belong.measure.cuts import TOGETHER
from belong.measure.results import Analysis, Consistency, GapResult
from belong.tell.analysis.blocks import Block, Bullets, Fact, Figure, Grid, Note, Para, Section
from belong.tell.analysis.figures import GAP_HEAD, gap_cells, gap_chart, group_chart, item_charts, part_chart
from belong.tell.analysis.words import (
    decimal3,
    gap_sentence,
    interval,
    people,
    percent,
    span,
    thousands,
    titled,
)  # fmt: skip


def who_answered(analysis: Analysis) -> Section:
    """How many answered, overall and question by question."""
    score, who = analysis.measure(), people(analysis)
    share = percent(100 * score.people / analysis.rows)
    some = f"{thousands(score.people)} of {thousands(analysis.rows)} {who} in the file ({share})"
    text = (
        f"{some if score.unscored else f'All {thousands(score.people)} {who} in the file'} answered at least "
        f"{score.needed} of the {score.items} questions, enough for a score. "
        f"{thousands(analysis.complete)} answered every question."
    )
    more = "How many were asked but did not answer is not in the file."
    rows = tuple(
        (i.name, thousands(i.answered), thousands(i.missing), percent(100 * i.missing / analysis.rows))
        for i in analysis.items
    )
    grid = Grid("Answers to each question", ("Question", "Answered", "No answer", "Share"), rows, folded=True)
    return Section("answered", "Who answered", (Para(text, strong=True), Para(more), grid), half=True)


def the_score(analysis: Analysis) -> Section:
    """The score with its interval and what the design does to it; the parts, if there are any."""
    score = analysis.measure()
    words = f"points of 100; 95 % interval {interval(score.mean)}"
    blocks: list[Block] = [
        Fact(f"{score.mean.value:.1f}", words),
        Para(
            "0 would mean that everybody gave the least belonging answer to every question, 100 the "
            "most. The interval says where the score would lie, 19 times in 20, had other people of the "
            "same kind answered."
        ),
    ]
    if score.favourable is not None:
        blocks.append(
            Para(
                f"Of all answers, {percent(score.favourable.value)} were favourable "
                f"({interval(score.favourable)} %){_favourable_words(analysis)}."
            )
        )
    blocks.append(Para(design_words(analysis)))
    if analysis.parts:
        blocks.append(Figure(part_chart(analysis)))
    return Section("score", "The score", tuple(blocks), half=True)


def _favourable_words(analysis: Analysis) -> str:
    """What counts as favourable, where it is the same top answers for every question."""
    tops = {len(i.favourable_codes) for i in analysis.items}
    if len(tops) > 1 or any(max(i.favourable_codes) != len(i.answers) for i in analysis.items):
        return ""
    words = {1: "the most belonging answer", 2: "one of the two most belonging answers"}
    return f": {words.get(tops.pop(), 'one of the most belonging answers')}"


def design_words(analysis: Analysis) -> str:
    """The design effect in a sentence."""
    score = analysis.measure()
    effect, who = score.mean.effect, people(analysis)
    if not effect > 0:
        return (
            "Scores differ too little, or people sit in too few clusters, for a design effect or an interval."
        )
    if analysis.errors == "people":
        weighted = f" and unequal weights ({analysis.weight})" if analysis.weight else ""
        return (
            f"No classes or schools were named, so the interval takes {people(analysis)} as "
            f"unrelated{weighted}: the design effect is {effect:.2f}. If they share classes, it is too "
            "narrow; name the column with --cluster."
        )
    alike = "people were drawn in clusters"
    if analysis.cluster:
        alike = f"{who} of one school or class ({analysis.cluster}) are alike"
    weighted = " and count with unequal weights" if analysis.weight else ""
    return (
        f"The design effect is {effect:.2f}: {alike}{weighted}, so these {thousands(score.people)} "
        f"answers tell as much as about {thousands(round(score.people / effect))} from unrelated people. "
        "The interval allows for it."
    )


def the_questions(analysis: Analysis) -> Section:
    """Answers to each question, part by part where there are parts."""
    blocks: list[Block] = []
    if all(item.percent is None for item in analysis.items):
        blocks.append(Note("Fewer than thirty people answered, so how their answers spread is not shown."))
        return Section("questions", "The questions", tuple(blocks))
    keys = [m.key.removeprefix("part:") for m in analysis.parts] or [""]
    for key in keys:
        items = [item for item in analysis.items if not key or item.part == key]
        title = next((m.title for m in analysis.parts if m.key == f"part:{key}"), "")
        blocks += [Figure(chart) for chart in item_charts(items, title)]
    weighted = f" weighted with {analysis.weight}," if analysis.weight else ""
    blocks.append(
        Para(
            f"Whole percentages of those who answered,{weighted} the rarest and commonest shown as at "
            "least 1 % and at most 99 %."
        )
    )
    return Section("questions", "The questions", tuple(blocks))


def groups(analysis: Analysis) -> Section:
    """Differences first, then each cut, then the parts' differences in a table."""
    if not analysis.cuts:
        text = "No groups were asked for. Name columns with --by, for example --by sex."
        return Section("groups", "Groups", (Para(text),))
    gaps = [gap for cut in analysis.cuts for gap in cut.gaps_of("score")]
    blocks: list[Block] = [Figure(gap_chart(analysis))]
    if any(gap.difference is not None for gap in gaps):
        blocks.append(Bullets(tuple(gap_sentence(gap) for gap in gaps if gap.difference is not None)))
    whole = analysis.measure().mean.value
    blocks += [Figure(group_chart(cut, whole)) for cut in analysis.cuts]
    if analysis.parts:
        rows = [
            (part.title, *_texts(gap))
            for part in analysis.parts
            for cut in analysis.cuts
            for gap in cut.gaps_of(part.key)
        ]
        head = ("Part", *GAP_HEAD)
        blocks.append(Grid("Differences by part", head, tuple(rows), folded=True, texts=2))
    blocks.append(Note(_drawn_words(analysis)))
    return Section("groups", "Groups", tuple(blocks))


def _texts(gap: GapResult) -> tuple[str, ...]:
    return tuple(cell.text for cell in gap_cells(gap))


def _drawn_words(analysis: Analysis) -> str:
    """What shrinkage does here, and the caution that goes with many comparisons."""
    shown = [g for cut in analysis.cuts for g in cut.groups_of("score") if g.shrunk is not None]
    text = "Groups stand in the order of the file, not in order of score. "
    if shown:
        text += (
            "“Drawn together” moves each group's score towards the others as far as it is uncertain; the "
            "share of trust says how much its own figure counts. "
        )
        if all((g.trust or 0) < 0.05 for g in shown):
            text += (
                "Here the groups differ no more than chance would make them, so they are drawn to one score. "
            )
        if any(len(cut.groups_of("score")) == 2 for cut in analysis.cuts):
            text += "With two groups this rests on a single difference: take it as a rough guide. "
    count = sum(gap.difference is not None for cut in analysis.cuts for gap in cut.gaps_of("score"))
    if count > 1:
        text += f"There are {count} comparisons; about one in twenty would look different by chance alone."
    return text.strip()


ALONE = "Groups under ten people are never shown"
AWAY = "where its figures would give a small group away"


def not_shown(analysis: Analysis) -> Section:
    """What is too small or too uncertain to say, in so many words."""
    items: list[str] = []
    for cut in analysis.cuts:
        hidden = [g.label for g in cut.groups_of("score") if g.symbol == "c"]
        few = [g.label for g in cut.groups_of("score") if g.symbol == "u"]
        unsure = [gap.label for gap in cut.gaps_of("score") if gap.verdict == "unsure"]
        joint = [g.label for g in cut.groups_of("score") if g.value.startswith(TOGETHER)]
        if joint:
            text = f"{', '.join(joint)}. {ALONE} by themselves, nor one more {AWAY}."
            items.append(titled(cut, text))
        if hidden:
            items.append(titled(cut, f"{', '.join(hidden)} not shown. {ALONE}, nor one more {AWAY}."))
        if few:
            items.append(titled(cut, f"{', '.join(few)} shown, but on fewer than thirty people."))
        if unsure:
            text = f"{', '.join(unsure)} too uncertain to tell. The difference could be over five points or none."
            items.append(titled(cut, text))
        if cut.unknown:
            items.append(
                titled(cut, f"{cut.unknown} people have no value in {cut.column} and are in no group.")
            )
    if not items:
        items.append(
            "Every group asked for has enough people, and every difference is known to within five points."
        )
    return Section("not-shown", "Too small or too uncertain to say", (Bullets(tuple(items)),))


def clusters(analysis: Analysis) -> Section | None:
    """How alike people of one class or school are; no class or school is named."""
    found = analysis.clustering
    if found is None:
        return None
    share, who = percent(100 * found.icc), people(analysis)
    text = (
        f"Of all differences between {who}, {share} lie between the {found.clusters} schools or classes "
        f"({found.column}) and the rest within them (intraclass correlation {decimal3(found.icc)}). "
        f"A mean of {found.typical} {who}, the usual number in one, has a reliability of "
        f"{found.mean_reliability:.2f}: "
    )
    if found.mean_reliability >= 0.7:
        text += "enough to compare them with care. Even so, none is shown or ranked here."
    else:
        text += "too little to compare them, so none is shown or ranked here."
    return Section("clusters", f"How alike {who} of one school or class are", (Para(text),), half=True)


def sincerity(analysis: Analysis) -> Section | None:
    """Answers that were probably not meant, and what they change."""
    if not analysis.insincere:
        return None
    who = people(analysis)
    if analysis.insincere == "none":
        text = f"No {who} gave the same answer throughout against the sense of the questions."
    else:
        text = (
            f"{analysis.insincere[:1].upper() + analysis.insincere[1:]} {who} gave the same answer "
            "throughout although some questions are turned round, or said that they did not answer "
            "honestly. "
        )
        if analysis.sincere_mean is None:
            text += "They are too few to show what leaving them out would change."
        else:
            text += (
                f"Without them the score is {analysis.sincere_mean:.1f} instead of "
                f"{analysis.measure().mean.value:.1f}. Differences without them stand under “Sincere "
                "only” in the table of differences, where none or ten and more are left out."
            )
    text += (
        " Nothing is held against anyone: it shows whether a finding rests on answers that were not meant."
    )
    return Section("sincerity", "Answers that were probably not meant", (Para(text),), half=True)


def item_table(analysis: Analysis) -> Grid | None:
    """Item statistics for the researcher."""
    if all(item.mean is None for item in analysis.items):
        return None
    head = ("Question", "Column", "Turned", "Mean", "SD", "Item–rest r", "Alpha without it", "Loading")
    rows = tuple(
        (
            item.name,
            item.column or item.id,
            "yes" if item.reverse else "no",
            f"{item.mean:.2f}" if item.mean is not None else "–",
            f"{item.sd:.2f}" if item.sd is not None else "–",
            decimal3(item.item_rest),
            decimal3(item.alpha_if_dropped),
            decimal3(item.loading),
        )
        for item in analysis.items
    )
    caption = f"Item statistics, unweighted complete cases n = {thousands(analysis.complete)}"
    return Grid(caption, head, rows)


def reliability_table(analysis: Analysis) -> Grid | None:
    """Alpha and omega, each named in full with its cases; one line a score where there are parts."""
    found = [(measure.title, c) for measure in analysis.measures for c in measure.consistency]
    if not found:
        return None
    rows: list[tuple[str, ...]] = []
    for title, c in found:
        cases = f"{_cases(analysis, c)}{' (a residual at its floor: read with care)' if c.heywood else ''}"
        limits = span(c.alpha.low, c.alpha.high, 3).replace("0.", ".")
        if analysis.parts:
            rows.append((f"{title}, {cases}", decimal3(c.alpha.value), limits, decimal3(c.omega)))
            continue
        rows.append((f"Cronbach's alpha, {cases}", decimal3(c.alpha.value), limits))
        if c.omega is not None:
            rows.append((f"{OMEGA}, {cases}", decimal3(c.omega), "–"))
    if analysis.parts:
        head = ("Score and cases", "Cronbach's alpha", "95 % interval", "One-factor omega")
        return Grid(f"Reliability: Cronbach's alpha and {OMEGA[0].lower()}{OMEGA[1:]}", head, tuple(rows))
    return Grid("Reliability", ("Coefficient and cases", "Value", "95 % interval"), tuple(rows))


OMEGA = "One-factor omega (maximum likelihood, raw covariances)"


def _cases(analysis: Analysis, found: Consistency) -> str:
    cases = (
        f"weighted with {analysis.weight}, complete cases" if found.weighted else "unweighted complete cases"
    )
    return f"{cases} n = {thousands(found.people)}"
