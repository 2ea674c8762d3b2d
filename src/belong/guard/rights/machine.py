"""Files of the machine whose time is up, whatever school they are of."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from belong.base.clock import now
from belong.base.registry import clocks
from belong.guard.backup import prune
from belong.guard.rights import tombstones


def tidy() -> dict[str, int]:
    """Prune backups in BELONG_HOME, forget mails written to files, write down erasures; how many of each."""
    return {
        "backups": len(prune(Path(settings.BELONG_HOME) / "backups")),
        "mails": _forget_mails(),
        "erasures written down": tombstones.write_down(),
    }


def _forget_mails() -> int:
    before = (now() - timedelta(days=clocks()["mail files"].usual)).timestamp()
    old = [file for file in Path(settings.EMAIL_FILE_PATH).glob("*.log") if file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
