"""One way to divide people: every group on one measure, and all measures in one table."""

from typing import Any

from django.http import Http404

from belong.release import Cell
from belong.release.model import ALL
from belong.see import differences, figures, findings, links
from belong.see.pages.frame import choices, cut_links, frame, measures
from belong.see.queries import Reading
from belong.see.words import cut_slug, cut_title, lower, text


def groups(reading: Reading, slug: str, wanted: str = "") -> dict[str, Any]:
    """The page of a cut; `wanted` is the measure, the score unless it is one of the release's."""
    release = reading.release
    cut = next((cut for cut in release.cuts if cut != ALL and cut_slug(cut) == slug), None)
    if cut is None:
        raise Http404
    infos = measures(reading, "score", "part") or list(release.measures)
    measure = wanted if wanted in {info.key for info in infos} else infos[0].key
    drawn = [cell for cell in release.cells_of(cut, measure) if cell.shrunk is not None]
    return {
        **frame(reading, "groups"),
        "title": f"{cut_title(release.audience, cut)}: {lower(release.measure(measure).label)}",
        "cuts": cut_links(reading, measure, cut),
        "choices": choices(reading, "groups", infos, measure, slug),
        "chart": figures.groups_now(reading, measure, cut),
        "gaps": differences.gaps_of_cut(reading, measure, cut),
        "changes": differences.changes_by_group(reading, measure, cut),
        "change_why": next(
            (links.why_url(reading, "change", change) for change in release.changes_of(measure, cut)), ""
        ),
        "moves": findings.group_moves(release, measure, cut, reading.since),
        "measures": infos,
        "table": [
            (cell.label, [_explained(reading, release.cell(info.key, cut, cell.group)) for info in infos])
            for cell in release.cells_of(cut, measure)
        ],
        "drawn": drawn,
        "all_one": len(drawn) > 1 and len({cell.shrunk for cell in drawn}) == 1,
        "shrunk_words": text("method", "shrunk"),
    }


def _explained(reading: Reading, cell: Cell) -> tuple[Cell, str]:
    """A cell, and where it is explained why it holds no figure."""
    return cell, "" if cell.mean is not None else links.why_url(reading, "score", cell)
