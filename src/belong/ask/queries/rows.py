"""Answer rows of a closed wave, for building its release and for nothing else."""

from collections.abc import Iterable
from typing import Any

from belong.ask.models import PooledRow, PooledSheet, UnlinkedRow, UnlinkedSheet, Wave
from belong.ask.scramble import scramble
from belong.base.errors import Refused

Codes = dict[str, int]


def pooled_rows(wave: Wave) -> list[tuple[bytes, Codes]]:
    """(scramble, {item id: code}) of everyone who answered, in the order of the scrambles.

    Codes are 1…k as printed (turn them with `Item.oriented`), −1 for "I'd rather not say"; skipped is absent.
    One statement reads both tables, so it does not matter whether the rows have been rewritten yet.
    """
    _only_closed(wave)
    fields = ("scramble", "answers")
    rewritten = PooledRow.objects.filter(wave=wave).order_by().values_list(*fields)
    waiting = PooledSheet.objects.filter(wave=wave).order_by().values_list(*fields)
    rows = [(bytes(key), answers) for key, answers in rewritten.union(waiting, all=True)]
    return sorted(rows, key=lambda row: row[0])


def unlinked_rows(wave: Wave) -> list[tuple[dict[str, str], Codes]]:
    """({attribute: value}, {item id: code}) of every unlinked sheet, sorted by what is in them."""
    _only_closed(wave)
    fields = ("attributes", "answers")
    rewritten = UnlinkedRow.objects.filter(wave=wave).order_by().values_list(*fields)
    waiting = UnlinkedSheet.objects.filter(wave=wave).order_by().values_list(*fields)
    return sorted(
        rewritten.union(waiting, all=True), key=lambda row: (sorted(row[0].items()), sorted(row[1].items()))
    )


def drafts_among(wave: Wave) -> tuple[int, int]:
    """How many pooled sheets were answered in a translation that was a draft when the wave opened, and how many in all.

    For a release to say so in a band (`see.translations`), never to show: the number itself may point at somebody.
    """
    drafts = {code for code, said in wave.languages.items() if said["status"] == "draft"}
    said = [how.get("language", "en") for how in _how(wave)]
    return sum(code in drafts for code in said), len(said)


def helped_among(wave: Wave) -> tuple[int, int]:
    """How many pooled sheets were given with an adult's help, and how many there are in all; for the same use."""
    said = _how(wave)
    return sum(bool(how.get("helper")) for how in said), len(said)


def _how(wave: Wave) -> list[dict[str, Any]]:
    _only_closed(wave)
    rows = PooledRow.objects.filter(wave=wave).order_by().values_list("how", flat=True)
    waiting = PooledSheet.objects.filter(wave=wave).order_by().values_list("how", flat=True)
    return [*rows, *waiting]


def scrambles(wave: Wave, person_ids: Iterable[int]) -> dict[bytes, int]:
    """Scramble → person id for people of the roll, to cut a release by group or match two waves.

    Never keep or show the result: beside `pooled_rows` it says who answered what. Empty once the key has died.
    """
    _only_closed(wave)
    if wave.pool_key is None:
        return {}
    return {scramble(wave.pool_key, person_id): person_id for person_id in person_ids}


def _only_closed(wave: Wave) -> None:
    if not wave.is_closed:
        raise Refused("Answers are counted once the wave has closed, not before.")
