"""The first words of a plan's aim: what should be true for pupils, said of the group that stands lower."""

from belong.act.gaps import ReleasedGap
from belong.ask.models import Wave
from belong.ask.queries import waves
from belong.content import read
from belong.measure import say

SEXES = {"F": "Girls", "M": "Boys"}
OTHER_SEX = {"F": "M", "M": "F"}


def aim_for(gap: ReleasedGap) -> str:
    """One sentence to begin with; whoever makes the plan may say it better.

    "Pupils with pupil premium feel as noticed and helped by adults as everyone else." For staff and families, and
    for a single question, there is no such phrase: the sentence then names the measure.
    """
    phrases = read("texts/findings")["parts"].get(gap.measure.removeprefix("part:"))
    wave = waves().filter(pk=gap.wave_id).first()
    if phrases is None or wave is None or wave.audience != Wave.PUPILS:
        return f"Everyone answers as well on “{gap.measure_label}”, whichever group they are in."
    who = _who(gap)
    if not who:
        return f"Pupils of every group {say(phrases['alike'])} as one another."
    return f"{who} {say(phrases['alike'])} as everyone else."


def _who(gap: ReleasedGap) -> str:
    """The group that stands lower, to begin a sentence; "" where it has no plain name of its own."""
    is_higher = (gap.difference or 0) > 0
    if gap.cut == "sex" and gap.group in SEXES:
        return SEXES[OTHER_SEX[gap.group] if is_higher else gap.group]
    if gap.cut == "year" and not is_higher:
        return f"Pupils in {gap.label.partition(' and ')[0]}"
    kind = next((one for one in read("codes/characteristics")["kinds"] if one["code"] == gap.cut), None)
    if kind is None or gap.group not in ("Y", "sen"):
        return ""
    return say(kind["without" if is_higher else "with"])
