"""How fast the engine measures, whole processes from start to end: 12 questions × 5 answers, on two cores.

    ./run bench measure                  our own figures, at 100 k, 1 M and 10 M rows
    ./run bench measure --rows 1000000   smaller, for a first look
    ./run bench measure --peers          and beside them what is installed of R (psych, lavaan, mirt), pingouin, girth

Made-up answers with one factor behind them are written once as Parquet under .cache/bench. R comes with
`apt install r-cran-psych r-cran-lavaan`; peers from PyPI with `pip install pingouin girth` in another environment
whose Python is named with --peer-python.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
STORE = ROOT / ".cache" / "bench"
CUTS = np.array([-1.8, -1.0, -0.2, 0.9])
LOADINGS = np.linspace(0.45, 0.85, 12)


def answers(rows: int) -> Path:
    """A Parquet file of so many people, made once."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = STORE / f"answers-{rows}.parquet"
    if path.exists():
        return path
    STORE.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(20261122)
    waiting = path.with_suffix(".part")
    writer = None
    for begin in range(0, rows, 1_000_000):
        count = min(1_000_000, rows - begin)
        table = pa.table(_columns(rng, count))
        writer = writer or pq.ParquetWriter(waiting, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()
    waiting.rename(path)
    return path


def _columns(rng: np.random.Generator, count: int) -> dict[str, np.ndarray]:
    """Twelve answers; a school, a year, a gender and support (SEND) in all 971,998 or so combinations that occur."""
    theta = rng.standard_normal(count, dtype=np.float32)
    out: dict[str, np.ndarray] = {}
    for n, loading in enumerate(LOADINGS):
        noise = rng.standard_normal(count, dtype=np.float32)
        out[f"q{n + 1}"] = (
            np.searchsorted(CUTS + 0.1 * (n % 5) - 0.2, loading * theta + np.sqrt(1 - loading**2) * noise) + 1
        ).astype(np.int8)
    out["school"] = rng.integers(0, 10_000, count, dtype=np.int32)
    out["year"] = rng.integers(1, 14, count, dtype=np.int8)
    out["gender"] = rng.choice(4, count, p=[0.49, 0.49, 0.015, 0.005]).astype(np.int8)
    out["send"] = rng.choice(3, count, p=[0.82, 0.13, 0.05]).astype(np.int8)
    return out


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
        f"belong  {what:<8} {rows:>11,} rows  {found['seconds']:7.2f} s  {found['peak_gib']:5.2f} GiB",
        flush=True,
    )
    return found


R_ALPHA = """
x <- read.csv(commandArgs(TRUE)[1])[, paste0('q', 1:12)]
t <- proc.time()[3]; a <- psych::alpha(x, warnings = FALSE, check.keys = FALSE)
cat(a$total$raw_alpha, proc.time()[3] - t, '\\n')
"""
R_WLSMV = """
x <- read.csv(commandArgs(TRUE)[1])[, paste0('q', 1:12)]; names <- colnames(x)
t <- proc.time()[3]
f <- lavaan::cfa(paste('f =~', paste(names, collapse = ' + ')), x, ordered = names, std.lv = TRUE, estimator = 'WLSMV')
cat(lavaan::fitMeasures(f, 'chisq.scaled'), proc.time()[3] - t, '\\n')
"""
R_GRM = """
x <- read.csv(commandArgs(TRUE)[1])[, paste0('q', 1:12)]
t <- proc.time()[3]; m <- mirt::mirt(x, 1, 'graded', verbose = FALSE)
cat(mirt::extract.mirt(m, 'logLik'), proc.time()[3] - t, '\\n')
"""
PY_ALPHA = """
import sys, time, pandas as pd, pingouin as pg
x = pd.read_csv(sys.argv[1])[[f'q{n}' for n in range(1, 13)]]
t = time.time(); a = pg.cronbach_alpha(x)[0]; print(a, time.time() - t)
"""
PY_GRM = """
import sys, time, numpy as np, pandas as pd, girth
x = pd.read_csv(sys.argv[1])[[f'q{n}' for n in range(1, 13)]].to_numpy().T
t = time.time(); m = girth.grm_mml(x); print(float(m['Discrimination'].mean()), time.time() - t)
"""


def peer(name: str, program: list[str], code: str, rows: int, ours: float) -> None:
    """One other program on the same answers as CSV: its whole process, its own part of it, and the ratio to ours."""
    path = answers(rows).with_suffix(".csv")
    if not path.exists():
        import pyarrow.csv as pc
        import pyarrow.parquet as pq

        pc.write_csv(pq.read_table(answers(rows), columns=[f"q{n}" for n in range(1, 13)]), path)
    began = time.perf_counter()
    run = subprocess.run([*program, code, str(path)], capture_output=True, text=True)
    seconds = time.perf_counter() - began
    if run.returncode or not run.stdout.strip():
        why = run.stderr.strip().splitlines()
        print(f"{name:<26} not run: {why[-1] if why else 'no output'}")
        return
    value, own = run.stdout.split()[-2:]
    print(
        f"{name:<26} {rows:>11,} rows  {seconds:7.2f} s ({float(own):.2f} s its own part), {value}; "
        f"{seconds / ours:.0f}× ours"
    )


def peers(python: str, seconds: dict[str, float]) -> None:
    """Everything that is installed; what is not is said."""
    if rscript := shutil.which("Rscript"):
        for name, code, rows, ours in (
            ("R psych::alpha", R_ALPHA, 1_000_000, seconds["pairs"]),
            ("R lavaan WLSMV", R_WLSMV, 1_000_000, seconds["scaled"]),
            ("R mirt GRM", R_GRM, 100_000, seconds["grm"]),
        ):
            peer(name, [rscript, "--vanilla", "-e"], code, rows, ours)
    else:
        print("R is not installed: apt install r-base-core r-cran-psych r-cran-lavaan")
    peer("pingouin cronbach_alpha", [python, "-c"], PY_ALPHA, 1_000_000, seconds["pairs"])
    peer("girth grm_mml", [python, "-c"], PY_GRM, 100_000, seconds["grm"])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000_000, help="the largest file (default 10 million)")
    parser.add_argument("--peers", action="store_true", help="measure other programs too")
    parser.add_argument("--peer-python", default=sys.executable, help="the Python that has the peers")
    args = parser.parse_args()
    big, middle, small = args.rows, min(args.rows, 1_000_000), min(args.rows, 100_000)
    pairs = {rows: timed("pairs", rows)["seconds"] for rows in (big // 8, big // 4, big // 2, big)}
    scaled = timed("scaled", big)
    one, one_scaled = timed("pairs", middle), timed("scaled", middle)
    grm, grm_big = timed("grm", small), timed("grm", big)
    groups = timed("groups", big)
    steps = [pairs[rows * 2] / pairs[rows] for rows in (big // 8, big // 4, big // 2)]
    print(f"each doubling of the rows costs {', '.join(f'{step:.2f}' for step in steps)} times as much")
    if args.peers:
        peers(
            args.peer_python,
            {"pairs": one["seconds"], "scaled": one_scaled["seconds"], "grm": grm["seconds"]},
        )
    print(
        f"bench measure pairs_s={pairs[big]:.2f} scaled_s={scaled['seconds']:.2f} peak_gib={scaled['peak_gib']:.2f} "
        f"million_s={one['seconds']:.2f} million_scaled_s={one_scaled['seconds']:.2f} grm_s={grm['seconds']:.2f} "
        f"grm_big_s={grm_big['seconds']:.2f} groups_s={groups['seconds']:.2f} cells={groups['cells']:.0f} rows={big}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
