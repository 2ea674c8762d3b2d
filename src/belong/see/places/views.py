"""The released picture of an asking about places: a plan with heat, a table, a file."""

import csv
import io

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from belong.base.access import require
from belong.base.spreadsheet import harmless
from belong.people.request import SignedIn
from belong.see.access import access_places, visible_places
from belong.see.models import PlaceRelease
from belong.see.places.building import BELONGS
from belong.see.places.picture import FEELINGS, STEPS, UNTOLD, WHEN, picture, rows
from belong.see.places.protect import ANY
from belong.see.places.workbook import book_of
from belong.see.xlsx import answer_with


@login_required
@require_safe
def places(request: SignedIn) -> HttpResponse:
    """Every picture there is, newest first."""
    require(request.user, "see.list_places")
    found = visible_places(request.user).order_by("-asking_id")
    return render(request, "see/places/list.html", {"found": found})


@login_required
@require_safe
def places_of(request: SignedIn, asking_id: int) -> HttpResponse:
    """One picture: a feeling at a time of day; after a refusal its reason."""
    row = access_places(request.user, asking_id)
    if not row.is_ready:
        return render(request, "see/places/refused.html", {"row": row, "asking": row.asking})
    feeling = _one_of(request, "feeling", FEELINGS, BELONGS)
    time = _one_of(request, "time", WHEN, ANY)
    facts = {
        "row": row,
        "asking": row.asking,
        "picture": picture(row.asking, row, feeling, time),
        "feeling": FEELINGS[feeling],
        "time": WHEN[time],
        "times": WHEN.values(),
        "steps": list(enumerate(words for _, words in STEPS)),
        "untold": UNTOLD,
        "feelings": [_tab(words, key, time, key == feeling) for key, words in FEELINGS.items()],
        "when": [_tab(words, feeling, key, key == time) for key, words in WHEN.items()],
    }
    return render(request, "see/places/places.html", facts)


@login_required
@require_safe
def table(request: SignedIn, asking_id: int) -> HttpResponse:
    """The same as one flat table."""
    row = _ready(request, asking_id)
    out = io.StringIO()
    found = list(rows(row.asking, row))
    writer = csv.DictWriter(out, list(found[0]))
    writer.writeheader()
    for line in found:
        writer.writerow({column: harmless(cell) for column, cell in line.items()})
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="places-{row.asking_id}.csv"'
    return answer


@login_required
@require_safe
def workbook(request: SignedIn, asking_id: int) -> HttpResponse:
    """The same as an Excel workbook, with words to read first."""
    row = _ready(request, asking_id)
    return answer_with(book_of(row), f"places-{row.asking_id}.xlsx")


def _ready(request: SignedIn, asking_id: int) -> PlaceRelease:
    """One that has figures."""
    row = access_places(request.user, asking_id)
    if not row.is_ready:
        raise Http404
    return row


def _one_of(request: HttpRequest, name: str, known: object, usual: str) -> str:
    given = request.GET.get(name, "")
    return given if given in known else usual  # type: ignore[operator]


def _tab(label: str, feeling: str, time: str, current: bool) -> dict[str, object]:
    return {"label": label, "url": f"?feeling={feeling}&time={time}", "current": current}
