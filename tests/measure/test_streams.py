"""Counts from files larger than memory are those of memory; bundles add; odd files are said."""

import csv
import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belong.measure import PairCounts, Responses, load, pair_counts, pattern_counts, score
from belong.measure.blocks import blocks_of
from belong.measure.bundle import UnreadableBundle, add_up, from_bytes, save, to_bytes
from belong.measure.streams import (
    UnreadableSource,
    count_pairs,
    count_patterns,
    group_table,
    open_files,
    source,
    unknown_codes,
)
from tests.measure.conftest import DATA
from tests.measure.making import instrument


@pytest.fixture(scope="module")
def pisa_source(pisa):
    return source(open_files(DATA / "pisa2003_nld.csv.gz"), pisa.key)


@pytest.mark.parametrize("cases", ["complete", "pairwise"])
def test_pairs_of_a_file_are_those_of_memory(pisa, pisa_source, cases):
    streamed, held = count_pairs(pisa_source, cases), pair_counts(pisa.responses, cases)
    assert streamed.items == held.items
    assert (streamed.tables == held.tables).all()
    assert (streamed.people == held.people).all()


def test_groups_and_weights_of_a_file_are_those_of_memory(pisa, pisa_source):
    sex = pisa.texts("ST03Q01")
    streamed = count_pairs(pisa_source, "complete", group="ST03Q01", weight="W_FSTUWT")
    held = pair_counts(pisa.responses, "complete", groups=sex, weights=pisa.weights)
    for group in ("1", "2"):
        assert streamed.of(group).tables == pytest.approx(held.of(group).tables)
        assert streamed.of(group).people.tolist() == held.of(group).people.tolist()


def test_patterns_of_a_file_are_those_of_memory(pisa, pisa_source):
    streamed, held = count_patterns(pisa_source), pattern_counts(pisa.responses)
    order = np.lexsort(streamed.patterns.T[::-1])
    assert (streamed.patterns[order] == held.patterns).all()
    assert (streamed.counts[:, order] == held.counts).all()
    grouped = count_patterns(pisa_source, group="ST03Q01")
    assert grouped.counts.sum() == held.counts.sum()


def _write(path, rows, names):
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([names, *rows])
    return path


@given(st.integers(2, 9), st.integers(2, 6), st.integers(0, 2**32 - 1))
@settings(max_examples=8, deadline=None)
def test_any_shape_is_counted_as_in_memory(tmp_path_factory, items, categories, seed):
    codes = np.random.default_rng(seed).integers(0, categories + 1, (60, items)).astype(np.int8)
    made = instrument(items, categories)
    path = _write(
        tmp_path_factory.mktemp("shape") / "a.csv", codes.tolist(), [item.id for item in made.items]
    )
    found = source(open_files(path), made)
    held = Responses(made.scored_items, codes)
    assert (count_pairs(found, "pairwise").tables == pair_counts(held, "pairwise").tables).all()
    assert count_patterns(found).people() == 60


def test_more_questions_are_counted_though_no_number_holds_them(tmp_path):
    codes = np.random.default_rng(3).integers(0, 7, (50, 24)).astype(np.int8)
    made = instrument(24, 6)
    path = _write(tmp_path / "wide.csv", [[*row, "ab"[n % 2]] for n, row in enumerate(codes.tolist())],
                  [*(item.id for item in made.items), "form"])  # fmt: skip
    found, held = source(open_files(path), made), Responses(made.scored_items, codes)
    assert (count_patterns(found).patterns == pattern_counts(held).patterns).all()
    assert count_patterns(found, group="form").counts.sum(axis=1).tolist() == [25, 25]


def test_pieces_add_to_the_whole(pisa, tmp_path):
    codes, paths = pisa.responses, []
    for place, rows in enumerate(np.array_split(np.arange(len(codes)), 5)):
        paths.append(tmp_path / f"{place}.counts")
        save(pair_counts(codes.where(rows), "pairwise"), paths[-1])
    whole = add_up(paths)
    assert isinstance(whole, PairCounts)
    assert (whole.tables == pair_counts(codes, "pairwise").tables).all()


def test_bundles_keep_everything_and_are_small(pisa):
    for counts in (
        pair_counts(pisa.responses, "complete", weights=pisa.weights),
        pattern_counts(pisa.responses),
    ):
        again = from_bytes(to_bytes(counts))
        assert type(again) is type(counts)
        assert again.items == counts.items
        assert to_bytes(again) == to_bytes(counts)
    assert len(to_bytes(pair_counts(pisa.responses, "complete"))) < 4_000


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + b"\0" * 18, b"not a bundle at all"])
def test_what_is_no_bundle_is_said(data):
    with pytest.raises(UnreadableBundle, match="not a bundle"):
        from_bytes(data)


def test_bundles_of_two_kinds_do_not_add(pisa, tmp_path):
    save(pair_counts(pisa.responses, "complete"), tmp_path / "a.counts")
    save(pattern_counts(pisa.responses), tmp_path / "b.counts")
    with pytest.raises(UnreadableBundle, match="can't be added"):
        add_up([tmp_path / "a.counts", tmp_path / "b.counts"])


def test_codes_outside_the_scale_are_counted_and_left_out(tmp_path):
    made = instrument(2, 4)
    rows = [[1, 2], [9, 4], ["", 3], ["seldom", 2], [4, 4]]
    found = source(open_files(_write(tmp_path / "odd.csv", rows, ["q0", "Q1"])), made)
    assert unknown_codes(found) == {"q0": 2}
    assert count_pairs(found, "complete").people.tolist() == [2]
    assert count_pairs(found, "pairwise").frequencies()["q1"].tolist() == [0, 2, 1, 2]


def test_blocks_hold_every_item_once_and_stay_small():
    found = blocks_of([5] * 12)
    assert [item for block in found for item in block.items] == list(range(12))
    assert max(block.count for block in found) <= 1_400
    assert [len(block.items) for block in blocks_of([3, 20, 3], 10)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("name", "words"),
    [("missing.parquet", "There is no file"), ("table.xlsx", "must be Parquet or CSV")],
)
def test_files_that_cannot_be_read_are_said(tmp_path, name, words):
    if "xlsx" in name:
        (tmp_path / name).write_bytes(b"PK")
    with pytest.raises(UnreadableSource, match=words):
        open_files(tmp_path / name)


def test_a_table_without_the_questions_is_said(tmp_path):
    path = _write(tmp_path / "other.csv", [[1, 2]], ["a", "b"])
    with pytest.raises(UnreadableSource, match="0 of the 6 questions of pisa-belong"):
        source(open_files(path), load("pisa-belong"))


def test_weights_must_be_above_nought_and_columns_must_be_there(tmp_path):
    made = instrument(2, 3)
    found = source(open_files(_write(tmp_path / "w.csv", [[1, 2, 1.0], [2, 3, -1]], ["q0", "q1", "w"])), made)
    with pytest.raises(UnreadableSource, match="1 rows have no weight above 0 in w"):
        count_pairs(found, weight="w")
    with pytest.raises(UnreadableSource, match="no column house"):
        count_pairs(found, group="house")


def test_a_table_of_groups_is_the_mean_score_of_each(pisa, pisa_source):
    scores = score(pisa.responses, pisa.key)
    found = group_table(pisa_source, ["ST03Q01", "IMMIG"], needed=pisa.key.needed(6))
    sex, origin = pisa.texts("ST03Q01"), pisa.texts("IMMIG")
    assert len(found) == len(set(zip(sex, origin, strict=True)))
    for row in range(len(found)):
        mine = (sex == (found.columns["ST03Q01"][row] or "")) & (
            origin == (found.columns["IMMIG"][row] or "")
        )
        known = scores[mine & ~np.isnan(scores)]
        assert found.people[row] == len(known)
        assert found.mean[row] == pytest.approx(known.mean())
        assert found.square[row] == pytest.approx(((known - known.mean()) ** 2).sum(), rel=1e-6)


def test_questions_with_other_scales_weigh_the_same(tmp_path):
    path = _write(tmp_path / "mixed.csv", [[1, 3, "a"], [4, 5, "a"], [2, "", "b"]], ["q0", "q1", "g"])
    made = instrument(2, 4)
    five = dataclasses.replace(made.items[1], scale=instrument(1, 5).items[0].scale)
    found = group_table(
        source(open_files(path), dataclasses.replace(made, items=(made.items[0], five))), ["g"], needed=1
    )
    order = np.argsort(found.columns["g"])
    assert found.mean[order] == pytest.approx([(25 + 100) / 2, 100 / 3])
