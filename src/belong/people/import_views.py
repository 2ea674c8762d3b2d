"""Importing a roster in the browser: upload, columns, school, look, go ahead."""

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from belong.base.access import allowed, fetch, require
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.base.spreadsheet import harmless
from belong.people import importing
from belong.people.forms import MappingForm, UploadForm, initial_of
from belong.people.importing import VERB
from belong.people.models_import import RosterImport, RosterImportRow
from belong.people.request import SignedIn
from belong.people.roster import keeping, lists, shown
from belong.people.roster.lists import Mapping
from belong.people.roster.plan import RosterPlan

PAGE = 50


def _import(request: SignedIn, import_id: int) -> RosterImport:
    return fetch(
        request.user, VERB, RosterImport.objects.select_related("school", "by__person"), pk=import_id
    )


@login_required
def start(request: SignedIn) -> HttpResponse:
    """Choose a file; below it, what was imported before."""
    require(request.user, VERB)
    importing.forget_old_imports()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            record = importing.begin_import(request.user, file_name=file.name, data=file.read())
        except Refused as refused:
            form.add_error("file", refused.reason)
        else:
            return redirect("people:import", record.pk)
    history = RosterImport.objects.select_related("by__person")[:30]
    status = 422 if form.errors else 200
    return render(request, "people/import.html", {"form": form, "history": history}, status=status)


@login_required
@require_GET
def show(request: SignedIn, import_id: int) -> HttpResponse:
    """The next step of a waiting import, or what an import did."""
    record = _import(request, import_id)
    if record.state == RosterImport.APPLIED:
        return _result(request, record)
    if record.state == RosterImport.CANCELLED:
        return render(request, "people/import_cancelled.html", {"record": record})
    if record.is_list and record.complete is None:
        return redirect("people:import-columns", record.pk)
    try:
        plan = importing.preview(record, request.user)
    except Refused as refused:
        return render(request, "people/import_refused.html", {"record": record, "reason": refused.reason})
    if plan is None:
        return redirect("people:import-school", record.pk)
    return _preview(request, record, plan)


def _preview(request: SignedIn, record: RosterImport, plan: RosterPlan) -> HttpResponse:
    views = shown.views(plan)
    wanted = request.GET.get("view") or ("left" if plan.stop else "added")
    chosen = next((view for view in views if view.key == wanted), views[0])
    page = Paginator(chosen.rows, PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"label": view.label, "url": f"?view={view.key}", "count": view.count, "current": view is chosen}
        for view in views
    ]
    context = {
        "record": record,
        "plan": plan,
        "figures": shown.figures(plan),
        "sensitive": shown.sensitive_counts(plan),
        "tabs": tabs,
        "view": chosen,
        "page": page,
        "table": [list(zip(chosen.headings, row, strict=True)) for row in page],
        "digest": plan.digest(),
    }
    return render(request, "people/import_preview.html", context)


def _result(request: SignedIn, record: RosterImport) -> HttpResponse:
    rows = record.rows.select_related("person")
    page = Paginator(rows.filter(kind=RosterImportRow.LEFT), PAGE).get_page(request.GET.get("page"))
    aside = rows.filter(kind=RosterImportRow.ASIDE).order_by("file", "line")
    back = rows.filter(kind=RosterImportRow.BACK)
    context = {"record": record, "left": page, "back": back, "aside": aside[:PAGE], "asides": aside.count()}
    return render(request, "people/import_result.html", context)


@login_required
def columns(request: SignedIn, import_id: int) -> HttpResponse:
    """Say what each column of a list is."""
    record = _import(request, import_id)
    if record.state != RosterImport.WAITING or not record.is_list:
        return redirect("people:import", record.pk)
    table = keeping.tables(record.stored)[0]
    mapping = Mapping(record.who, record.columns)
    form = MappingForm(table.headings, initial=initial_of(table.headings, mapping, record.complete))
    if request.method == "POST":
        form = MappingForm(table.headings, request.POST)
        if "again" in request.POST:
            form = MappingForm(table.headings, initial=_guess_again(request, table))
        elif form.is_valid():
            importing.map_columns(request.user, record=record, mapping=form.mapping())
            return redirect("people:import", record.pk)
    see_all = allowed(request.user, "people.map_sensitive")
    context = {
        "record": record,
        "form": form,
        "table": table,
        "rows": shown.columns(table, form, see_all),
        "any_guessed": any(record.columns.values()),
    }
    return render(request, "people/import_columns.html", context, status=422 if form.errors else 200)


def _guess_again(request: SignedIn, table: Any) -> dict[str, str]:
    """A fresh guess for the kind of list the person has just chosen."""
    who = request.POST.get("who", "")
    guessed = lists.guess(table, who if who in lists.LISTS else "")
    said = request.POST.get("complete", "")
    return initial_of(table.headings, guessed, None) | ({"complete": said} if said else {})


@login_required
def school(request: SignedIn, import_id: int) -> HttpResponse:
    """Say which of several schools in the files this is."""
    record = _import(request, import_id)
    if record.state != RosterImport.WAITING:
        return redirect("people:import", record.pk)
    if request.method == "POST":
        importing.choose_school(request.user, record=record, org=request.POST.get("org", ""))
        return redirect("people:import", record.pk)
    context = {"record": record, "choices": importing.choices(record)}
    return render(request, "people/import_school.html", context)


@login_required
@require_POST
def complete(request: SignedIn, import_id: int) -> HttpResponse:
    """Say whether the files hold everyone."""
    record = _import(request, import_id)
    importing.say_complete(request.user, record=record, complete=request.POST.get("holds") == "everyone")
    return redirect("people:import", record.pk)


@login_required
@require_POST
def apply(request: SignedIn, import_id: int) -> HttpResponse:
    """Go ahead with what was shown."""
    record = _import(request, import_id)
    said = request.POST.get("leaving", "").strip()
    confirmed = int(said) if said.isdigit() and len(said) < 7 else None
    importing.apply_import(
        request.user, record=record, seen=request.POST.get("seen", ""), confirmed=confirmed
    )
    messages.success(request, "The roster is imported.")
    return redirect("people:import", record.pk)


@login_required
@require_POST
def cancel(request: SignedIn, import_id: int) -> HttpResponse:
    """Forget the upload."""
    importing.cancel_import(request.user, record=_import(request, import_id))
    messages.success(request, "Cancelled. Nothing was imported and the file is gone.")
    return redirect("people:imports")


@login_required
@require_GET
def set_aside(request: SignedIn, import_id: int) -> HttpResponse:
    """The lines set aside, as a spreadsheet for whoever mends them at the source."""
    record = _import(request, import_id)
    if record.state == RosterImport.WAITING:
        plan = importing.preview(record, request.user)
        problems = plan.set_aside if plan else []
        rows = [(p.where.file, p.where.line, p.column, p.what, p.mend) for p in problems]
    else:
        found = record.rows.filter(kind=RosterImportRow.ASIDE).order_by("file", "line")
        rows = list(found.values_list("file", "line", "column", "what", "mend"))
    audit(request.user, "people.export_set_aside", record, lines=len(rows))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="set-aside-{record.pk}.csv"'
    answer["Cache-Control"] = "no-store"
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(["File", "Line", "Column", "Why it was set aside", "How to mend it"])
    writer.writerows([[harmless(cell) for cell in row] for row in rows])
    return answer
