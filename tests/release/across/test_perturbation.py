"""The table of probabilities by which counts are changed."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from belong.release import ReleaseRefused
from belong.release.across import Perturbation


@st.composite
def tables(draw):
    most = draw(st.integers(1, 12))
    share = draw(st.floats(0.02, 1.0))
    return Perturbation(most, share * most**2, draw(st.integers(0, most)))


@given(tables(), st.integers(0, 40))
@settings(deadline=None)
def test_every_row_keeps_its_promises(table, count):
    changes, shares = table.row(count)
    left = count + changes
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()
    assert shares @ changes == pytest.approx(0, abs=1e-7)
    assert np.abs(changes).max() <= table.most
    assert not ((left < 0) | ((left >= 1) & (left <= table.gone)))[shares > 0].any()
    if count > table.most + table.gone:
        assert shares @ changes**2 == pytest.approx(table.variance, rel=1e-6)
    if count == 0:
        assert changes.tolist() == [0]


def test_the_table_of_the_r_package_ptable():
    """create_cnt_ptable(D = 2, V = 1) of ptable 1.0.0, as its introduction prints it (CRAN): tMatrix[3, 1] 0.0638,
    p_stay 0.383 for counts from 2 on. Its row for 1 adds a condition of its own (mono) that ours has not.
    """
    changes, shares = Perturbation(2, 1.0, 0).row(2)
    assert changes.tolist() == [-2, -1, 0, 1, 2]
    assert shares[0] == pytest.approx(0.0638, abs=5e-5)
    assert shares[2] == pytest.approx(0.383, abs=5e-4)
    assert shares[1] == pytest.approx((1 - 8 * shares[0]) / 2), "what variance 1 leaves for a change of one"


@pytest.mark.parametrize(
    ("count", "table"), [(1, (2, 1.0, 0)), (4, (5, 3.0, 2)), (7, (5, 3.0, 2)), (30, (5, 3.0, 2))]
)
def test_no_other_distribution_is_more_even(count, table):
    """Against a general solver that maximises entropy itself."""
    changes, shares = Perturbation(*table).row(count)
    facts = [np.ones(len(changes)), changes, changes.astype(float) ** 2]
    found = optimize.minimize(
        lambda p: float(np.sum(p * np.log(p))), np.full(len(changes), 1 / len(changes)), method="SLSQP",
        jac=lambda p: np.log(p) + 1, bounds=[(1e-12, 1)] * len(changes), options={"maxiter": 500, "ftol": 1e-14},
        constraints=[
            {"type": "eq", "fun": lambda p, f=fact, w=want: float(f @ p - w), "jac": lambda p, f=fact: f}
            for fact, want in zip(facts, (1.0, 0.0, table[1]), strict=True)
        ],
    )  # fmt: skip
    assert found.success
    assert shares == pytest.approx(found.x, abs=1e-5)


def test_changes_drawn_by_even_keys_have_the_mean_and_variance_asked_for():
    table, dice = Perturbation(5, 3.0, 2), np.random.default_rng(1)
    keys = dice.integers(0, 2**64, 200_000, dtype=np.uint64)
    for count in (3, 8, 400):
        found = table.changes(np.full(len(keys), count), keys)
        assert abs(found.mean()) < 4 * math.sqrt(3 / len(keys))
        assert found.var() == pytest.approx(3.0, rel=0.03)
        shares = np.bincount(found + 5, minlength=11) / len(keys)
        changes, wanted = table.row(count)
        assert shares[changes + 5] == pytest.approx(wanted, abs=0.005)


def test_the_ends_of_the_keys():
    table = Perturbation()
    ends = table.changes([50, 50], np.array([0, 2**64 - 1], dtype=np.uint64))
    assert ends.tolist() == [-5, 5]


@pytest.mark.parametrize(
    ("numbers", "says"),
    [((0, 1.0, 0), "from 1 to 50"), ((3, 1.0, 4), "cannot all be moved"), ((3, 0.0, 0), "above 0"),
     ((3, 9.1, 0), "at most 9"), ((3, 1.0, -1), "cannot all be moved")],
)  # fmt: skip
def test_numbers_that_no_noise_fits(numbers, says):
    with pytest.raises(ReleaseRefused, match=says):
        Perturbation(*numbers)
