"""Made-up answers to twelve questions with one factor behind them, written once under `.cache/bench`."""

from pathlib import Path

import numpy as np

STORE = Path(__file__).resolve().parent.parent / ".cache" / "bench"
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


def as_csv(rows: int) -> Path:
    """The twelve answers of the same people as CSV, for programs that read no Parquet."""
    path = answers(rows).with_suffix(".csv")
    if not path.exists():
        import pyarrow.csv as pc
        import pyarrow.parquet as pq

        pc.write_csv(pq.read_table(answers(rows), columns=[f"q{n}" for n in range(1, 13)]), path)
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
