"""`./run torture [--kills N] [--served N] [--minutes M] [--database sqlite|postgresql] [--seed N] [--no-full-disk]`.

By default 1,000 kills on SQLite (100 on PostgreSQL), the last 20 of them of the whole `belong serve`, and on SQLite a
full disk three times. The last line is `torture key=value …`; the exit code is 1 if anything was lost or doubled,
half-applied, left undone, or not as it was sent.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tools.postgres import throwaway
from tools.torture.broken import Breaker
from tools.torture.full import disk_full
from tools.torture.real import kill_served
from tools.torture.trial import TROUBLES, Trial, kill_forks, report, say

KILLS = {"sqlite": 1000, "postgresql": 100}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run torture", description=__doc__)
    parser.add_argument("--kills", type=int, help="how many in all (default 1000, PostgreSQL 100)")
    parser.add_argument(
        "--served", type=int, default=20, help="how many of them of the real server (default 20)"
    )
    parser.add_argument("--database", choices=list(KILLS), default="sqlite")
    parser.add_argument(
        "--minutes", type=float, default=16, help="longest time for kills of forks (default 16)"
    )
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--no-full-disk", action="store_true")
    args = parser.parse_args()
    random.seed(args.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="belong-torture-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        env = {**os.environ, "BELONG_HOME": str(home), "BELONG_DEMO": "1"}
        env |= {"DJANGO_SETTINGS_MODULE": "belong.site.settings", "BELONG_HOSTS": "127.0.0.1,localhost"}
        env.pop("DATABASE_URL", None)
        kills = args.kills or KILLS[args.database]
        if args.database == "postgresql":
            with throwaway() as url:
                figures = _trial(home, env | {"DATABASE_URL": url}, args, kills, Breaker(url))
        else:
            figures = _trial(home, env, args, kills, None)
            full = None if args.no_full_disk else disk_full(env)
            if full is not None:
                say("with a full disk: " + " ".join(f"{key}={value}" for key, value in full.items()))
                for kind in TROUBLES:
                    figures[kind] += full[kind]
                figures["full_disk_acknowledged"] = full["acknowledged"]
    figures |= {"seconds": round(time.monotonic() - began), "seed": args.seed}
    print(f"torture database={args.database} " + " ".join(f"{key}={value}" for key, value in figures.items()))
    return 1 if any(figures[kind] for kind in (*TROUBLES, "strange")) else 0


def _trial(
    home: Path, env: dict[str, str], args: argparse.Namespace, kills: int, breaker: Breaker | None
) -> dict[str, int]:
    trial = Trial(home.parent, env)
    say(f"a school of 210 pupils in {home}; kills begin")
    served = min(args.served, kills)
    mother = kill_forks(trial, kills - served, args.minutes, **({"between": breaker} if breaker else {}))
    mother.spawn()
    trial.wait_for_jobs()
    mother.end()
    if served:
        say(f"{trial.kills} kills of forks done; now belong serve itself")
        kill_served(trial, served)
    figures = {"kills": trial.kills, **report(trial, trial.verdict())}
    if breaker:
        figures["database_kills"] = breaker.kills
    trial.helper.end()
    return figures


if __name__ == "__main__":
    sys.exit(main())
