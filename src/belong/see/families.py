"""Who counts as asked where one answer per family is taken, and the line that says so beside the rate."""

from belong.ask.families import families
from belong.ask.models import Wave
from belong.release import Note, Release

CODE, ONE_ANSWER = "families", "one-answer"
DEFINITION = (
    "Families are counted, not people: carers of exactly the same children on roll are one family, and one answer is "
    "taken of each."
)


def counted_as_asked(wave: Wave, asked: set[int], answered: set[int]) -> set[int]:
    """Ids of those of whom an answer could have come: everybody asked, or one of each family where one answers for all.

    One family are the carers of exactly the same children (`ask.families`). Of a family that answered it is whoever
    did, of another the first by number: whoever stands for it, it counts in the year of the same youngest child.
    """
    everyone = asked | answered
    if not wave.one_per_family:
        return everyone
    family = families(everyone)
    heard = {family.get(pk, pk) for pk in answered}
    silent: dict[int, int] = {}
    for pk in sorted(everyone):
        if family.get(pk, pk) not in heard:
            silent.setdefault(family.get(pk, pk), pk)
    return answered | set(silent.values())


def note_for(wave: Wave) -> tuple[Note, ...]:
    """What a release of such a wave says about its response rate."""
    return (Note(CODE, ONE_ANSWER, DEFINITION),) if wave.one_per_family else ()


def definition_in(release: Release) -> str:
    """The definition where a release counts families; "" for others, and for those built before they did."""
    return next((note.text for note in release.notes if note.code == CODE), "")
