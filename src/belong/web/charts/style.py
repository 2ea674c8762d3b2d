"""The stylesheet of a chart as text, for a report that must stand in one file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static" / "web"


@cache
def chart_css() -> str:
    """Tokens and chart rules to put into a `<style>` element; the report needs no font file."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "charts.css"))
