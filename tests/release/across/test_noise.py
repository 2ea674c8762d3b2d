"""Cell-key noise: the same people always get the same, and nobody can take it away without the key."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belong.release import SHOWN, Menu, ReleaseRefused, audit
from belong.release.across import AcrossTable, Noise, Perturbation, across, cell_keys, record_keys
from tests.release.across.making import alike, ids_of, members

NOISE = Noise(bytes(range(32)))
IDS = [f"pupil {n}" for n in range(400)]
KEYS = record_keys(IDS, NOISE)


@given(st.lists(st.integers(0, 3), min_size=400, max_size=400))
@settings(deadline=None, max_examples=30)
def test_keys_of_cells_add_up_without_their_whole_part(parts):
    """Of any division: the parts' keys add up to everybody's, mod 1, exactly."""
    cells = np.array(parts) == np.arange(4)[:, None]
    everybody = cell_keys(np.ones((1, 400), dtype=bool), KEYS)[0]
    assert sum(int(key) for key in cell_keys(cells, KEYS)) % 2**64 == int(everybody)
    own = [sum(int(KEYS[place]) for place in np.flatnonzero(cell)) % 2**64 for cell in cells]
    assert cell_keys(cells, KEYS).tolist() == own


def test_record_keys_follow_people_and_the_secret_only():
    turned = record_keys(IDS[::-1], NOISE)
    assert turned.tolist() == KEYS[::-1].tolist()
    assert not set(KEYS.tolist()) & set(record_keys(IDS, Noise(bytes(range(1, 33)))).tolist())
    spread = np.bincount((KEYS >> np.uint64(62)).astype(int), minlength=4)
    assert spread.min() > 60, "evenly over 0 to 1"


def test_the_key_is_nowhere_in_a_table():
    table = noisy(alike(6, 40, sex="FM"), "sex")
    assert NOISE.secret.hex() not in json.dumps(table.to_json())
    assert "secret" not in repr(NOISE)


def noisy(schools, *cuts, noise=NOISE, ids=None, pairs=()):
    return across(schools, Menu.of(*cuts, pairs=pairs), noise=noise, ids=ids or ids_of(schools))


def test_the_same_people_get_the_same_noise_in_every_table():
    schools = alike(6, 60, sex="FM", year="789")
    one, other = noisy(schools, "sex"), noisy(schools, "year", "sex", pairs=[("year", "sex")])
    for cut, group in (("all", "all"), ("sex", "F"), ("sex", "M")):
        for measure in ("score", "item:q1", "item:q3"):
            assert one.count(measure, cut, group) == other.count(measure, cut, group)
            assert one.release.cell(measure, cut, group).mean == other.release.cell(measure, cut, group).mean
    # Found by another way: all of a group that is everybody else's complement, under another name.
    schools = {
        name: type(data)(
            **{**data.__dict__, "attributes": {"house": np.where(data.attributes["sex"] == "F", "red", "")}}
        )
        for name, data in schools.items()
    }
    renamed = noisy(schools, "house")
    assert renamed.count("score", "house", "red").people == one.count("score", "sex", "F").people
    assert renamed.count("score", "house", "unknown").people == one.count("score", "sex", "M").people


def test_counts_stay_near_are_not_small_and_say_no_more_in_twenty_questions():
    schools = alike(7, 50, sex="FM", year="789")
    table = noisy(schools, "sex", "year", pairs=[("sex", "year")])
    for cell in table.release.cells:
        count = table.count(cell.measure, cell.cut, cell.group)
        if cell.symbol not in SHOWN:
            assert count is None
            continue
        true = int(members(schools, cell.cut, cell.group).sum())
        assert abs(count.people - true) <= 5
        assert count.people == table.count("score", cell.cut, cell.group).people, (
            "not a new guess for each question"
        )
    assert any(c.people != members(schools, c.cut, c.group).sum() for c in table.counts)


def test_figures_of_a_cell_agree_and_their_intervals_hold_the_truth():
    """The noise in a mean is what its stated error says: over many keys the mean is right and spreads by that."""
    schools = alike(6, 30, sex="FM")
    off, told, held = [], [], 0
    exact = across(schools, Menu.of("sex")).release.cell("item:q1", "sex", "F")
    for n in range(25):
        table = noisy(schools, "sex", noise=Noise(bytes(range(n, n + 32))))
        cell = table.release.cell("item:q1", "sex", "F")
        off.append(cell.mean - exact.mean)
        told.append(table.count("item:q1", "sex", "F").error)
        held += cell.low <= exact.mean <= cell.high
        shares = np.array(cell.distribution) / 100
        assert abs(shares @ np.arange(5) * 25 - cell.mean) < 3, "shares are in whole steps"
        assert abs(100 * shares[3:].sum() - cell.favourable) < 3
    assert abs(np.mean(off)) < 4 * np.std(off) / np.sqrt(len(off)) + 0.05
    assert np.std(off) == pytest.approx(np.mean(told), rel=0.35)
    assert held == 25


def test_one_late_answer_is_told_by_two_plain_counts_and_not_by_two_noisy_ones():
    """Somebody who counts before and after knows that one came, and what they said. With noise the difference of the
    two counts of “never” says nothing sure: it is right about as often as a guess.
    """
    dice = np.random.default_rng(1)
    right = 0
    for person in range(200):
        before = np.zeros(400, dtype=bool)
        before[dice.choice(np.delete(np.arange(400), person), 60, replace=False)] = True
        after = before.copy()
        after[person] = True
        both = np.stack([before, after])
        true = both.sum(axis=1)
        assert true[1] - true[0] == 1
        seen = true + Perturbation().changes(true, cell_keys(both, KEYS))
        right += seen[1] - seen[0] == 1
    assert right < 60


def test_what_is_read_back_is_what_was_made():
    table = noisy(alike(6, 40, sex="FM"), "sex")
    assert not audit(table.release)
    plain = json.loads(json.dumps(table.to_json()))
    assert AcrossTable.from_json(plain) == table
    plain["across"]["noise"]["variance"] = 3
    assert AcrossTable.from_json(plain) == table, "databases may give 3 for 3.0"
    for change in (
        lambda data: data["across"]["counts"]["rows"][0].__setitem__(3, 1),
        lambda data: data["across"].__setitem__("schools", ["S0"]),
        lambda data: data["across"].__setitem__("noise", None),
    ):
        altered = json.loads(json.dumps(plain))
        change(altered)
        with pytest.raises(ReleaseRefused, match="altered"):
            AcrossTable.from_json(altered)
    with pytest.raises(ReleaseRefused, match="no table across schools"):
        AcrossTable.from_json(table.release.to_json())


@pytest.mark.parametrize("secret", [b"", b"short", bytes(40), b"ab" * 20])
def test_a_poor_secret_is_refused(secret):
    with pytest.raises(ReleaseRefused, match="32 random bytes"):
        Noise(secret)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda ids: ids.pop("S3"), "S3 needs an id for each"),
        (lambda ids: ids["S3"].pop(), "S3 needs an id for each"),
        (lambda ids: ids["S3"].__setitem__(0, ""), "one has none"),
        (lambda ids: ids["S3"].__setitem__(0, "S1/4"), "stands for two people"),
    ],
)
def test_ids_that_do_not_name_everybody_once(change, says):
    schools = alike(6, 40, sex="FM")
    ids = ids_of(schools)
    change(ids)
    with pytest.raises(ReleaseRefused, match=says):
        noisy(schools, "sex", ids=ids)
