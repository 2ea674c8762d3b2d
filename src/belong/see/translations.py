"""How answers were given, said beside the figures in a band and never as a number.

In translations that no speaker has checked; with an adult's help. There are no figures with and without either: who
answered in which language, and beside whom an adult sat, is seen in the room, so that the difference of two figures
would tell what those few said.
"""

from belong.ask.models import Wave
from belong.ask.queries.rows import drafts_among, helped_among
from belong.release import Note, Release

CODE, HELP = "translation", "help"
NO_MORE_THAN_A_FEW = "few"
SHARES = ((0.1, "tenth", "Fewer than one in ten of"), (0.25, "quarter", "Between one in ten and a quarter of"),
          (0.5, "half", "Between a quarter and half of"), (1.01, "most", "More than half of"))  # fmt: skip
SOME = "Some answers were given in translations that no speaker has checked."
SOME_HELP = "Some answers were given with an adult’s help."


def note_for(wave: Wave, threshold: int) -> tuple[Note, ...]:
    """What a release says about its languages; nothing where every language of the wave had been checked.

    Fewer sheets than the threshold are said to be "few or none", so that nobody learns that somebody in particular
    has answered.
    """
    if not any(said["status"] == "draft" for said in wave.languages.values()):
        return ()
    drafts, sheets = drafts_among(wave)
    if drafts < threshold:
        few = "Few answers or none were given in translations that no speaker has checked."
        return (Note(CODE, NO_MORE_THAN_A_FEW, few),)
    band, words = _band(drafts, sheets)
    text = (
        f"{words} the answers were given in translations that no speaker has checked. Their questions may say "
        "something a little different."
    )
    return (Note(CODE, band, text),)


def helped_note_for(wave: Wave, threshold: int) -> tuple[Note, ...]:
    """What a release says about answers with a helper beside them; nothing where they are fewer than the threshold,
    so that nobody learns that somebody in particular was helped."""
    helped, sheets = helped_among(wave)
    if helped < threshold:
        return ()
    band, words = _band(helped, sheets)
    text = (
        f"{words} the answers were given with an adult’s help: read out, or typed in. An answer may be another with an "
        "adult beside it. They count like all others."
    )
    return (Note(HELP, band, text),)


def _band(some: int, of: int) -> tuple[str, str]:
    return next((band, words) for under, band, words in SHARES if some / of < under)


def flags_of(release: Release) -> list[str]:
    """The short lines for every page of figures; none where few or no answers were given so."""
    told = {note.code for note in release.notes if note.about != NO_MORE_THAN_A_FEW}
    return [line for code, line in ((CODE, SOME), (HELP, SOME_HELP)) if code in told]
