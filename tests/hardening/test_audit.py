"""The audit of parts: what fails, what is accepted, and what happens where nobody could look."""

from datetime import date

import pytest

from tools import audit

HOLE = {"id": "PYSEC-1", "aliases": ["CVE-2026-1"], "fix_versions": ["2.0"]}
PART = {"name": "thing", "version": "1.0", "vulns": [HOLE]}
TODAY = date(2026, 11, 22)


def test_a_known_hole_fails():
    assert audit.judge([PART], {}, TODAY) == (["thing 1.0: PYSEC-1 (mended in: 2.0)"], [])


def test_one_that_is_accepted_with_a_reason_and_a_day_does_not():
    accepted = {"CVE-2026-1": {"why": "we never call it", "until": "2026-12-31"}}
    found, excused = audit.judge([PART], accepted, TODAY)
    assert found == []
    assert excused == ["thing 1.0: PYSEC-1 (mended in: 2.0): we never call it (until 2026-12-31)"]


def test_an_acceptance_runs_out():
    accepted = {"PYSEC-1": {"why": "we never call it", "until": "2026-11-21"}}
    assert audit.judge([PART], accepted, TODAY)[0] == [
        "thing 1.0: PYSEC-1 (mended in: 2.0); its acceptance has run out"
    ]


SKIPPED = {"name": "thing", "skip_reason": "not found where the advisories are"}
CLEAN = {"name": "thing", "version": "1.0", "vulns": []}


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (None, "not audited: no network"),
        ([SKIPPED], "not audited: 1 of 1 parts"),
        ([CLEAN], "1 parts, no hole known"),
    ],
)
def test_nobody_is_told_that_all_is_well_where_nobody_looked(monkeypatch, capsys, report, said):
    monkeypatch.setattr(audit, "audit", lambda: (report, "no network"))
    assert audit.main() == 0
    out = capsys.readouterr().out
    assert said in out
    assert ("no hole known" in out) == (report == [CLEAN])
