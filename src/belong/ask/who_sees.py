"""Who will see an answer, in the words of those who answer. Never "anonymous" where somebody could look it up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from belong.ask.bands import band_of, text, voice
from belong.ask.models import Wave
from belong.ask.models.wave import CONFIDENTIAL, NAMED, POOLED, UNLINKED
from belong.ask.questionnaire import instrument_of
from belong.ask.readers import Posts, confidants_in, groups_of, names, posts_in, readers_in
from belong.ask.safeguarding import asks_for_an_adult
from belong.base.briefly import briefly
from belong.people import roles
from belong.people.models import Person
from belong.web.languages import active

# The same for whoever plans the wave: a name and a sentence for each kind.
KINDS = {
    kind: (text("labels", f"visibility-{kind}"), text("labels", f"visibility-{kind}-about"))
    for kind in (POOLED, NAMED, CONFIDENTIAL, UNLINKED)
}


@dataclass(frozen=True)
class Seers:
    """The lines for one person in one wave, and the ids of those who read the named answers.

    `also` says who sees that a pupil asked for an adult, besides those who read the answer. Where an adult helps, each
    line goes on to say so by name.
    """

    lines: dict[str, str]
    reader_ids: tuple[int, ...] = ()
    also: str = ""


def seers_for(wave: Wave, person: Person, helper: str = "") -> Seers:
    """Who sees what of this person's answers, and the adult who helps; queries only for kinds that the wave has."""
    kinds, tone = tuple(sorted(set(wave.visibility.values()))), voice(band_of(wave, person))
    by_post = wave.is_for_pupils and (NAMED in kinds or CONFIDENTIAL in kinds)
    groups = groups_of(person) if by_post else ()
    seers = _seers(wave, kinds, tuple(wave.readers), groups, tone, active())
    if not helper:
        return seers
    lines = {kind: f"{line} {_helped(helper, kind, tone)}" for kind, line in seers.lines.items()}
    return replace(seers, lines=lines)


@briefly
def _seers(
    wave: Wave, kinds: Sequence[str], _readers: object, groups: tuple[int, ...], tone: str, _language: str
) -> Seers:
    """The same for everybody of these groups whom the wave speaks to in this tone and language."""
    posts = posts_in(wave.school_id, groups) if wave.is_for_pupils else Posts()
    readers = readers_in(wave, posts) if NAMED in kinds else []
    trusted = confidants_in(wave, posts) if CONFIDENTIAL in kinds else []
    said_to = {NAMED: readers, CONFIDENTIAL: trusted}
    lines = {kind: text("visibility", f"{kind}-{tone}", names=names(said_to.get(kind, []))) for kind in kinds}
    return Seers(lines, tuple(reader.pk for reader in readers), _also(wave, tone, posts, readers))


def _helped(helper: str, kind: str, tone: str) -> str:
    """That the adult who helps will know this answer too."""
    which = POOLED if kind == POOLED else NAMED
    return text("visibility", f"helper-{which}-{'young' if tone == 'young' else 'older'}", helper=helper)


def _also(wave: Wave, tone: str, posts: Posts, readers: list[Person]) -> str:
    """The safeguarding lead sees every request for an adult; said where a wave has that question."""
    if not any(asks_for_an_adult(item) for item in instrument_of(wave).items):
        return ""
    leads = [person for person in posts.get(roles.DSL, ()) if person not in readers]
    return text("talk", f"check-in-{tone}", names=names(leads)) if leads else ""


def planned(wave: Wave) -> Seers:
    """The same lines before anyone in particular answers: posts stand where names will."""
    tone = "adult" if not wave.is_for_pupils else "older"
    posts = {
        NAMED: "The people chosen for this wave",
        CONFIDENTIAL: "the pastoral lead and the safeguarding lead",
    }
    lines = {
        kind: text("visibility", f"{kind}-{tone}", names=posts.get(kind, ""))
        for kind in sorted(set(wave.visibility.values()))
    }
    return Seers(lines)
