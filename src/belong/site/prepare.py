"""What must be true before the program serves: tables, the shared cache, static files."""

import io
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

import belong


def setup() -> None:
    """Load the settings and the apps; harmless when done already."""
    django.setup()


def prepare() -> None:
    """Bring the database and the static files up to this version; quick when nothing changed."""
    tables()
    _collect_static()


def tables() -> None:
    """Bring the tables up to this version, and make the one of the shared cache."""
    setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _collect_static() -> None:
    """Gather static files when the newest source is newer than the last gathering."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    root = Path(belong.__file__).parent
    newest = max(file.stat().st_mtime for folder in root.glob("*/static") for file in folder.rglob("*"))
    wanted = f"{belong.__version__} {newest}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=io.StringIO())
    stamp.write_text(wanted)
