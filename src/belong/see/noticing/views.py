"""Screens of figures about noticing: thin; what they hold is put together in `pages` from frozen releases."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.ask.terms import half_term_dates, school_year_of
from belong.base.access import require
from belong.base.clock import today
from belong.base.errors import Refused
from belong.people.request import SignedIn
from belong.see.access import access_noticing
from belong.see.models import NoticingRelease
from belong.see.noticing import actions, pages, table
from belong.see.noticing.forms import HalfTermsForm
from belong.see.noticing.workbook import book_of
from belong.see.xlsx import answer_with
from belong.web.messages import noted


@login_required
@require_safe
def noticing(request: SignedIn) -> HttpResponse:
    """Every half-term date with figures, and when the next ones come."""
    require(request.user, "see.list_noticing")
    return render(request, "see/noticing/dates.html", pages.listing(request.user))


@login_required
@require_safe
def one_date(request: SignedIn, day: str) -> HttpResponse:
    """All tables of one date; after a refusal its reason."""
    row = _row(request, day)
    name = "date" if row.is_ready else "refused"
    return render(request, f"see/noticing/{name}.html", pages.one_date(request.user, row))


@login_required
@require_safe
def one_table(request: SignedIn, day: str, table: str) -> HttpResponse:
    """One table by groups."""
    asked = request.GET.get("by", ""), request.GET.get("fact", "")
    return render(
        request, "see/noticing/table.html", pages.one_table(request.user, _row(request, day), table, *asked)
    )


@login_required
@require_safe
def csv(request: SignedIn, day: str) -> HttpResponse:
    """The figures of a date as one flat table."""
    row = _ready(request, day)
    answer = HttpResponse(table.as_csv(row, request.user), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="noticing-{row.on.isoformat()}.csv"'
    return answer


@login_required
@require_safe
def xlsx(request: SignedIn, day: str) -> HttpResponse:
    """The same as an Excel workbook, with words to read first."""
    row = _ready(request, day)
    return answer_with(book_of(row, request.user), f"noticing-{row.on.isoformat()}.xlsx")


@login_required
@require_POST
def share(request: SignedIn, day: str) -> HttpResponse:
    """Let governors see a date."""
    row = _row(request, day)
    actions.share_noticing(request.user, row)
    noted(request, "Governors can read these figures now.")
    return redirect(pages.date_url(row))


@login_required
@require_http_methods(["GET", "POST"])
def half_terms(request: SignedIn) -> HttpResponse:
    """The fixed dates of a school year."""
    require(request.user, "see.set_half_terms")
    asked, this = request.GET.get("year", ""), school_year_of(today())
    year = int(asked) if asked in (str(this), str(this + 1)) else actions.year_to_set()
    days = half_term_dates(request.user.school, year)
    fixed = {day for day in days if day < today() + actions.AHEAD}
    form = HalfTermsForm(request.POST or None, days=days, fixed=fixed)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_half_terms(request.user, year, form.days())
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, "The half-term dates are set.")
            return redirect("see:noticing")
    page = {
        "form": form,
        "year": year,
        "fixed": bool(fixed),
        "tabs": [
            {"label": f"{one} to {one + 1}", "url": f"?year={one}", "current": one == year}
            for one in (this, this + 1)
        ],
    }
    return render(request, "see/noticing/half_terms.html", page, status=422 if form.errors else 200)


def _ready(request: SignedIn, day: str) -> NoticingRelease:
    """One that has figures."""
    row = _row(request, day)
    if not row.is_ready:
        raise Http404
    return row


def _row(request: SignedIn, day: str) -> NoticingRelease:
    try:
        return access_noticing(request.user, date.fromisoformat(day))
    except ValueError:
        raise Http404 from None
