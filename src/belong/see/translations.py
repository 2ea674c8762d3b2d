"""Answers given in translations that no speaker has checked: said beside the figures, in a band, never as a number."""

from belong.ask.models import Wave
from belong.ask.queries.rows import drafts_among
from belong.release import Note, Release

CODE = "translation"
NO_MORE_THAN_A_FEW = "few"
SHARES = ((0.1, "tenth", "Fewer than one in ten"), (0.25, "quarter", "Between one in ten and a quarter of"),
          (0.5, "half", "Between a quarter and half of"), (1.01, "most", "More than half of"))  # fmt: skip
SOME = "Some answers were given in translations that no speaker has checked."


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
    band, words = next((band, words) for under, band, words in SHARES if drafts / sheets < under)
    text = (
        f"{words} the answers were given in translations that no speaker has checked. Their questions may say "
        "something a little different."
    )
    return (Note(CODE, band, text),)


def flag_of(release: Release) -> str:
    """The short line for every page of figures; "" where few or no answers came in a draft."""
    found = any(note.code == CODE and note.about != NO_MORE_THAN_A_FEW for note in release.notes)
    return SOME if found else ""
