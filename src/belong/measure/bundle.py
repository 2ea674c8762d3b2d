"""Counts as one small file: to keep, to send, to add to those of other places.

A zip of plain numpy arrays and a JSON head with a version; nothing in it is ever executed when it is read. Counts
of a small place can point at people: send only what a release has protected.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import numpy as np

from belong.measure.counts import PairCounts, PatternCounts
from belong.measure.responses import Floats

VERSION = 1
KINDS = {"pairs": PairCounts, "patterns": PatternCounts}
_LARGEST = 2 * 1024**3


class UnreadableBundle(ValueError):
    """A bundle that is damaged, of a later version, or not a bundle; the message says which."""


def to_bytes(counts: PairCounts | PatternCounts) -> bytes:
    """Counts as bytes; the same counts give the same bytes."""
    head: dict[str, object] = {
        "belong": "counts",
        "version": VERSION,
        "kind": "pairs" if isinstance(counts, PairCounts) else "patterns",
        "items": list(counts.items),
        "categories": list(counts.categories),
        "groups": list(counts.groups),
    }
    if isinstance(counts, PairCounts):
        upper = np.triu_indices(counts.tables.shape[1])
        head["cases"] = counts.cases
        arrays = {"tables": _small(counts.tables[:, *upper]), "people": counts.people}
    else:
        arrays = {"patterns": counts.patterns, "counts": _small(counts.counts)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "head.json", json.dumps(head, ensure_ascii=False, sort_keys=True).encode())
        for name, array in arrays.items():
            plain = io.BytesIO()
            np.lib.format.write_array(plain, np.ascontiguousarray(array), allow_pickle=False)
            _add(archive, f"{name}.npy", plain.getvalue())
    return out.getvalue()


def from_bytes(data: bytes) -> PairCounts | PatternCounts:
    """The counts in a bundle; UnreadableBundle where it is not one that this version can read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise UnreadableBundle("This bundle would unpack to more than two gigabytes.")
            head = json.loads(archive.read("head.json"))
            arrays = {
                name.removesuffix(".npy"): np.lib.format.read_array(
                    io.BytesIO(archive.read(name)), allow_pickle=False
                )
                for name in archive.namelist()
                if name.endswith(".npy")
            }
        return _counts(head, arrays)
    except UnreadableBundle:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise UnreadableBundle("This is not a bundle of counts, or it is damaged.") from error


def save(counts: PairCounts | PatternCounts, path: str | Path) -> None:
    """Write counts to a file (``.counts``)."""
    Path(path).write_bytes(to_bytes(counts))


def add_up(paths: Iterable[str | Path]) -> PairCounts | PatternCounts:
    """The sum of several bundles of the same kind and items, as if all had been counted together."""
    found = [from_bytes(Path(path).read_bytes()) for path in paths]
    if not found:
        raise UnreadableBundle("No bundle was given.")
    try:
        return reduce(add, found)
    except (TypeError, AttributeError) as error:
        raise UnreadableBundle("Bundles of pairs and bundles of patterns can't be added.") from error


def _counts(head: dict[str, object], arrays: dict[str, np.ndarray]) -> PairCounts | PatternCounts:
    if head.get("belong") != "counts" or head.get("kind") not in KINDS:
        raise UnreadableBundle("This is not a bundle of counts.")
    if head["version"] != VERSION:
        raise UnreadableBundle(
            f"This bundle is of version {head['version']}; this belong reads version {VERSION}. Update belong."
        )
    items, groups = tuple(map(str, _list(head["items"]))), tuple(map(str, _list(head["groups"])))
    categories = tuple(int(size) for size in _list(head["categories"]))
    width = sum(categories)
    if head["kind"] == "patterns":
        patterns, counts = arrays["patterns"], arrays["counts"].astype(float)
        if patterns.shape[1:] != (len(items),) or counts.shape != (len(groups), len(patterns)):
            raise UnreadableBundle("This bundle is damaged: its parts do not fit together.")
        if (patterns < 0).any() or (patterns > np.array(categories)).any():
            raise UnreadableBundle("This bundle is damaged: it holds answers the items do not have.")
        _checked(counts)
        return PatternCounts(items, categories, groups, patterns.astype(np.int8), counts)
    upper = np.triu_indices(width)
    flat = _checked(arrays["tables"].astype(float))
    if head["cases"] not in ("complete", "pairwise"):
        raise UnreadableBundle("This bundle is damaged: it does not say which cases were counted.")
    if flat.shape != (len(groups), len(upper[0])) or arrays["people"].shape != (len(groups),):
        raise UnreadableBundle("This bundle is damaged: its parts do not fit together.")
    tables = np.zeros((len(groups), width, width))
    tables[:, *upper] = flat
    tables[:, upper[1], upper[0]] = flat
    return PairCounts(items, categories, groups, head["cases"], tables, arrays["people"].astype(np.int64))


def _checked(counts: np.ndarray) -> np.ndarray:
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise UnreadableBundle("This bundle is damaged: it holds counts below nought, or none.")
    return counts


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise UnreadableBundle("This bundle is damaged: its head is not as it should be.")
    return value


def _small(values: Floats) -> np.ndarray:
    """Whole numbers as integers of the least size that holds them."""
    whole = np.rint(values)
    if not (whole == values).all() or (values < 0).any():
        return values
    return whole.astype(np.min_scalar_type(int(whole.max(initial=0))))


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
