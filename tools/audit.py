"""Does any part we lock have a known hole? `pip-audit` over requirements/main.txt, whose advisories are on the network.

Exit code 0: nothing found but what requirements/accepted.json accepts with a reason and a day. 1: something found.
Where the advisories cannot be reached nothing was audited, and that is said: the code is 0, the words are not "clean".
"""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKED = ROOT / "requirements" / "main.txt"
ACCEPTED = ROOT / "requirements" / "accepted.json"
PATIENCE = 120


def main() -> int:
    """Audit and say what was found."""
    report, trouble = audit()
    if report is None:
        print(f"audit: not audited: {trouble}")
        print(
            "audit: run `./run check` again where the advisories can be reached, before a release in any case."
        )
        return 0
    skipped = {one["name"]: one["skip_reason"] for one in report if one.get("skip_reason")}
    found, excused = judge(report, json.loads(ACCEPTED.read_text()), date.today())
    for line in excused:
        print(f"audit: accepted: {line}")
    for line in found:
        print(f"audit: {line}")
    if skipped:
        print(
            f"audit: not audited: {len(skipped)} of {len(report)} parts ({next(iter(skipped.values()))[:150]})"
        )
    if not found and len(report) > len(skipped):
        print(f"audit: {len(report) - len(skipped)} parts, no hole known that is not accepted")
    return 1 if found else 0


def audit() -> tuple[list[dict[str, Any]] | None, str]:
    """What pip-audit says of each part; None and the reason where it could not look."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        str(LOCKED),
        "--require-hashes",
        "--disable-pip",
    ]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return None, f"the advisories did not answer within {PATIENCE} seconds"
    try:
        report = json.loads(said.stdout)["dependencies"]
    except (ValueError, KeyError):
        words = [line for line in said.stderr.splitlines() if line.strip()]
        return None, words[-1][:300] if words else f"pip-audit ended with {said.returncode} and said nothing"
    return report, ""


def judge(
    report: list[dict[str, Any]], accepted: dict[str, dict[str, str]], today: date
) -> tuple[list[str], list[str]]:
    """What fails, and what is accepted: an acceptance names the advisory, says why, and ends on a day."""
    found, excused = [], []
    for part in report:
        for hole in part.get("vulns", []):
            names = {hole["id"], *hole.get("aliases", [])}
            mend = ", ".join(hole.get("fix_versions", [])) or "no version mends it yet"
            line = f"{part['name']} {part['version']}: {hole['id']} (mended in: {mend})"
            excuse = next((accepted[name] for name in sorted(names) if name in accepted), None)
            if excuse and date.fromisoformat(excuse["until"]) >= today:
                excused.append(f"{line}: {excuse['why']} (until {excuse['until']})")
            else:
                found.append(f"{line}{'; its acceptance has run out' if excuse else ''}")
    return found, excused


if __name__ == "__main__":
    sys.exit(main())
