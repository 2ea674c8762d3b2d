"""A `mother` process from outside: give it orders, wait for its answer."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class Mother:
    """One mother with her own port. Orders of several threads wait for each other."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.torture.mother"],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self._turn = threading.Lock()
        self.port = int(json.loads(self._line())["port"])

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"the serving process ended:\n{Path(self._log.name).read_text()[-3000:]}")
        return line

    def order(self, do: str, **more: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        with self._turn:
            self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
            self._process.stdin.flush()
            return json.loads(self._line())

    def spawn(self, killed: Sequence[int] = ()) -> dict[str, list[int]]:
        """Whatever is dead lives again; the pids by kind. `killed` are those that are about to be dead."""
        return self.order("spawn", killed=list(killed))

    def helped(self, what: str, **arguments: Any) -> Any:
        """What a function answers in a fresh process beside the servers."""
        return self.order("help", what=what, **{"with": arguments})["said"]

    def end(self) -> None:
        """Let her go, and all her children with her."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._log.close()
