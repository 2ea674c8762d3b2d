"""Write a report in the formats asked for: all of them are made first, then put in place, so none is half
there.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from belong.measure.results import Analysis
from belong.tell.analysis.data import report_csv, report_json
from belong.tell.analysis.html import report_html
from belong.tell.analysis.pdf import report_pdf
from belong.tell.analysis.plots import files
from belong.tell.analysis.report import build_report

Make = Callable[[Analysis, date, Sequence[str]], bytes]

FORMATS: dict[str, Make] = {
    ".html": lambda analysis, on, plots: report_html(build_report(analysis, on, plots)).encode("utf-8"),
    ".pdf": lambda analysis, on, plots: report_pdf(build_report(analysis, on, plots)),
    ".json": lambda analysis, on, plots: report_json(analysis, on, plots).encode("utf-8"),
    ".csv": lambda analysis, on, plots: report_csv(analysis, plots).encode("utf-8"),
}


def write_reports(
    analysis: Analysis,
    paths: Sequence[Path],
    on: date,
    step: Callable[[str], None] | None = None,
    *,
    plots: bool = False,
) -> list[Path]:
    """Make every file's content, then put all in place; the paths written. Raises OSError if a folder cannot
    be written.

    With ``plots`` each plot becomes a file beside the first of ``paths``, named after it, and the reports list them.
    """
    drawn = dict(files(analysis)) if plots else {}
    beside = {paths[0].with_name(f"{paths[0].stem}-{name}.svg"): svg for name, svg in drawn.items()}
    names = [path.name for path in beside]
    made = []
    for path in paths:
        if step:
            step(f"Writing {path.name}")
        made.append((path, FORMATS[path.suffix.lower()](analysis, on, names)))
    made += [(path, svg.encode("utf-8")) for path, svg in beside.items()]
    put_in_place(made)
    return [path for path, _ in made]


def put_in_place(contents: Sequence[tuple[Path, bytes]]) -> None:
    """Write each content beside its place under another name, and rename all only when every one is on
    disk.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, content in contents:
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            waiting.append((Path(name), path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        for temporary, path in waiting:
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
    except BaseException:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The process's file mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
