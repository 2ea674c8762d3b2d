"""A disk that is full: a small file system of its own, filled to the last byte while the school is in use."""

import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tools.torture.nursery import Mother
from tools.torture.trial import Trial, kill, report, say

SIZE_MB = 96
HELPFUL = "Nothing of this step was kept"


@contextmanager
def _small_disk() -> Iterator[Path]:
    """A file system in memory that is really full when it is full; mounting needs root."""
    with tempfile.TemporaryDirectory(prefix="belong-full-") as folder:
        disk = Path(folder) / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(disk)], check=True)
        try:
            yield disk
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=True)


def _fill(ballast: Path) -> None:
    with ballast.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)


def disk_full(env: dict[str, str], times: int = 3) -> dict[str, int] | None:
    """Fill the disk so many times under load; None where there is no right to mount one."""
    if os.geteuid() != 0:
        say("a full disk is not tried: it needs root, for a small file system of its own")
        return None
    with _small_disk() as disk:
        home = disk / "home"
        home.mkdir()
        trial = Trial(disk.parent, {**env, "BELONG_HOME": str(home)})
        mother = Mother(trial.env, trial.log)
        said: Counter[str] = Counter()
        with trial.clients(mother.port) as stage:
            stage.tell_trouble = lambda reply: said.update(
                [f"{reply.status} {'helpful' if HELPFUL in reply.text else 'bare'}"]
            )
            living = mother.spawn()
            for _ in range(times):
                time.sleep(4)
                _fill(disk / "ballast")
                time.sleep(4)
                _fill(disk / "ballast")
                before = trial.ledger.acknowledged
                time.sleep(2)
                kept = trial.ledger.acknowledged - before
                say(f"disk full: {dict(said)}, {kept} acknowledged meanwhile")
                # the program can also be started on a full disk
                living = mother.spawn(kill(living["web"]))
                time.sleep(1)
                (disk / "ballast").unlink()
                # what failed is taken up when the next worker starts, or within the hour
                living = mother.spawn(kill(living["worker"]))
            time.sleep(4)
        trial.wait_for_jobs()
        figures: dict[str, Any] = report(trial, trial.verdict())
        mother.end()
        trial.helper.end()
        figures |= {f"said_{key.split()[0]}": number for key, number in said.items()}
        return figures
