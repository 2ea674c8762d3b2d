"""Other programs on the same answers: R's psych, lavaan and mirt; pingouin, girth, factor-analyzer and mirt of PyPI.

R and its packages come from Debian where they are missing and that is possible (`apt install r-base-core r-cran-psych
r-cran-lavaan`; mirt is in CRAN only). Each program of PyPI is brought into an environment of its own under
`.cache/peers`.
What can't be had or doesn't run is named with the reason, never left out in silence.
"""

import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.answers import STORE, as_csv

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "peers"
PATIENCE = 1800
"""Seconds after which a program is given up, and that is said."""

R_HEAD = "x <- read.csv(commandArgs(TRUE)[1])[, paste0('q', 1:12)]; t <- proc.time()[3]; "
R_TAIL = "; cat('\n', value, proc.time()[3] - t, '\n')"
PY_HEAD = """
import sys, time, numpy as np, pandas as pd
x = pd.read_csv(sys.argv[1])[[f"q{n}" for n in range(1, 13)]]
t = time.time()
"""
PY_TAIL = "\nprint(); print(float(value), time.time() - t)"


@dataclass(frozen=True)
class Peer:
    """``code`` puts what is to be compared into ``value``; ``ours`` names our own work on as many ``rows``.

    ``rows`` is the most it is given: psych's alpha of ten million would take fourteen gigabytes.
    """

    name: str
    code: str
    rows: int
    ours: str
    packages: tuple[str, ...] = ()
    r: str = ""


PEERS = (
    Peer("R psych alpha", "value <- psych::alpha(x, warnings = FALSE, check.keys = FALSE)$total$raw_alpha",
         1_000_000, "pairs", r="psych"),
    Peer("R psych polychoric", "value <- psych::polychoric(x, smooth = FALSE, progress = FALSE)$rho[2, 1]",
         1_000_000, "pairs", r="psych"),
    Peer("R lavaan WLSMV", "f <- lavaan::cfa(paste('f =~', paste(colnames(x), collapse = ' + ')), x, std.lv = TRUE, "
         "ordered = colnames(x), estimator = 'WLSMV'); value <- lavaan::fitMeasures(f, 'chisq.scaled')",
         1_000_000, "scaled", r="lavaan"),
    Peer("R mirt GRM", "value <- mirt::extract.mirt(mirt::mirt(x, 1, 'graded', verbose = FALSE), 'logLik')",
         100_000, "grm", r="mirt"),
    Peer("pingouin cronbach_alpha", "import pingouin; value = pingouin.cronbach_alpha(x)[0]",
         1_000_000, "pairs", ("pingouin",)),
    Peer("factor-analyzer minres", "from factor_analyzer import FactorAnalyzer\n"
         "f = FactorAnalyzer(1, rotation=None, method='minres').fit(x); value = abs(f.loadings_).mean()",
         1_000_000, "pairs", ("factor-analyzer", "scikit-learn<1.6", "pandas")),
    Peer("girth grm_mml", "import girth; value = girth.grm_mml(x.to_numpy().T)['Discrimination'].mean()",
         100_000, "grm", ("girth", "pandas")),
    Peer("mirt (PyPI) GRM", "import mirt\n"
         "f = mirt.fit_mirt(x.to_numpy() - 1, model='GRM', n_quadpts=61, compute_standard_errors=False)\n"
         "value = f.log_likelihood",
         100_000, "grm", ("mirt", "pandas")),
)  # fmt: skip


def compare(rows: int, seconds: Mapping[tuple[str, int], float]) -> None:
    """Run each on as many rows as it bears, ``rows`` at most; ``seconds`` are ours by work and rows."""
    print("\nother programs, whole processes on the same answers as CSV, and how often ours fits into theirs")
    for peer in PEERS:
        many = min(rows, peer.rows)
        try:
            program = _r(peer.r) if peer.r else _python(peer)
            took, own, value = _run(program, peer, many)
        except (OSError, subprocess.SubprocessError, ValueError, IndexError) as error:
            print(f"{peer.name:<24} {many:>10,} rows  not measured: {_why(error)}", flush=True)
            continue
        ratio = took / seconds[peer.ours, many]
        print(
            f"{peer.name:<24} {many:>10,} rows  {took:7.2f} s ({own:.2f} s without reading)  {value:.4f}  "
            f"{ratio:.1f}× ours ({peer.ours})",
            flush=True,
        )


def _run(program: list[str], peer: Peer, rows: int) -> tuple[float, float, float]:
    """Seconds of the whole process and of its own part, and what came out."""
    head, tail = (R_HEAD, R_TAIL) if peer.r else (PY_HEAD, PY_TAIL)
    began = time.perf_counter()
    said = subprocess.run(
        [*program, head + peer.code + tail, str(as_csv(rows))], capture_output=True, text=True, timeout=PATIENCE
    )  # fmt: skip
    took = time.perf_counter() - began
    if said.returncode:
        raise ValueError((said.stderr.strip().splitlines() or ["it ended without a word"])[-1])
    value, own = said.stdout.split()[-2:]
    return took, float(own), float(value)


def _r(package: str) -> list[str]:
    """R with this package, brought from Debian if need be."""

    def there() -> bool:
        command = ["Rscript", "--vanilla", "-e", f"library({package})"]
        return bool(shutil.which("Rscript")) and subprocess.run(command, capture_output=True).returncode == 0

    if not there():
        if os.geteuid() == 0 and shutil.which("apt-get"):
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            names = ["r-base-core", f"r-cran-{package}"]
            subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names], **quiet)
        if not there():
            raise ValueError(f"R's {package} is not installed and Debian has none (r-cran-{package})")
    return ["Rscript", "--vanilla", "-e"]


def _python(peer: Peer) -> list[str]:
    """The Python of this peer's own environment, brought once."""
    folder = FOLDER / peer.packages[0]
    python = folder / "bin" / "python"
    if not (folder / ".brought").exists():
        print(f"bringing {peer.packages[0]} (once)", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True, clear=True)
        command = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            *peer.packages,
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode:
            raise ValueError((done.stderr.strip().splitlines() or ["pip could not install it"])[-1])
        (folder / ".brought").touch()
    return [str(python), "-c"]


def _why(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"it was given up after {PATIENCE} s"
    return str(error)[:200] or type(error).__name__


if __name__ == "__main__":
    sys.exit(f"./run bench measure --peers (answers are kept under {STORE})")
