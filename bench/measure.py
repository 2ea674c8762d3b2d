"""How fast the engine measures, whole processes from start to end: 12 questions × 5 answers, on two cores.

    ./run bench measure                  our own figures, at 100 k, 1 M and 10 M rows
    ./run bench measure --rows 1000000   smaller, for a first look
    ./run bench measure --peers          and beside them R (psych, lavaan, mirt), pingouin, factor-analyzer, girth, mirt

The peers are brought as `bench/peers.py` says. With ten million rows they take about ten minutes on a quiet machine.
"""

import argparse
import json
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

from bench.answers import answers
from bench.figures import line
from bench.peers import PEERS, compare

ROOT = Path(__file__).resolve().parent.parent
LINEAR = 2.0
"""Twice the rows may cost at most so many times as much."""


def timed(what: str, rows: int) -> dict[str, float]:
    """One piece of work as a whole process: seconds from start to end, peak memory, and what came out."""
    path = answers(rows)
    began = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "bench.measuring", what, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout.splitlines()[-1])
    found["seconds"] = time.perf_counter() - began
    print(
        f"belong  {what:<8} {rows:>11,} rows  {found['seconds']:7.2f} s (cpu {found['cpu_s']:.2f} s)  "
        f"{found['peak_gib']:5.2f} GiB",
        flush=True,
    )
    return found


def doubling(what: str, rows: int) -> list[float]:
    """What each of three doublings up to ``rows`` costs; printed with whether it is linear or better."""
    sizes = (rows // 8, rows // 4, rows // 2, rows)
    took = [timed(what, size)["seconds"] for size in sizes]
    steps = [later / sooner for sooner, later in pairwise(took)]
    verdict = "linear or better" if max(steps) <= LINEAR else "WORSE THAN LINEAR"
    print(f"{what}: each doubling up to {rows:,} rows costs {', '.join(f'{step:.2f}' for step in steps)} times "
          f"as much: {verdict}")  # fmt: skip
    return [*steps, took[-1]]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000_000, help="the largest file (default 10 million)")
    parser.add_argument("--peers", action="store_true", help="measure other programs too")
    args = parser.parse_args()
    big, middle, small = args.rows, min(args.rows, 1_000_000), min(args.rows, 100_000)
    *steps, pairs = doubling("pairs", big)
    *more, scaled = doubling("scaled", big)
    groups = timed("groups", big)
    one, one_scaled = timed("pairs", middle), timed("scaled", middle)
    grm, grm_big = timed("grm", small), timed("grm", big)
    peak = max(found["peak_gib"] for found in (groups, one_scaled, grm_big))
    if args.peers:
        ours = {("pairs", middle): one["seconds"], ("scaled", middle): one_scaled["seconds"],
                ("grm", small): grm["seconds"]}  # fmt: skip
        compare(big, ours)
    figures = {
        "pairs_s": pairs, "scaled_s": scaled, "peak_gib": peak, "million_s": one["seconds"],
        "million_scaled_s": one_scaled["seconds"], "grm_s": grm["seconds"], "grm_big_s": grm_big["seconds"],
        "groups_s": groups["seconds"], "doubling": max(*steps, *more),
    }  # fmt: skip
    shown = {name: f"{value:.2f}" for name, value in figures.items()}
    print(
        line("measure", **shown, cells=int(groups["cells"]), peers=len(PEERS) if args.peers else 0, rows=big)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
