"""The safeguarding rota: posts, hours, limits, readers, holidays, and the test of the way."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from belong.base.access import allowed, require
from belong.guard.concerns import setting
from belong.guard.concerns.forms import DAYS, PLAIN, POSTS, HolidayForm, RotaForm, ShiftForm
from belong.guard.concerns.going_live import tested, what_is_missing
from belong.guard.concerns.raising import send_test
from belong.guard.concerns.rota import next_reading, posts_of, rota_of
from belong.guard.concerns.ticking import running_since
from belong.guard.models import Holiday, Shift
from belong.people import roles
from belong.people.queries import holders
from belong.people.request import SignedIn
from belong.web.messages import noted


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def rota(request: SignedIn) -> HttpResponse:
    """Who reads what and when."""
    require(request.user, "guard.manage_rota")
    form = _rota_form(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = {f"{name}_id": given[name] for name in POSTS} | {name: given[name] for name in PLAIN}
        setting.set_rota(request.user, deputies=given["deputies"], hours=form.hours, **chosen)
        noted(request, "The rota is saved.")
        return redirect("guard:rota")
    return _page(request, rota_form=form, status=422 if form.errors else 200)


def _rota_form(request: SignedIn, data: Any) -> RotaForm:
    names_head = allowed(request.user, "guard.name_head_and_chair")
    return RotaForm(data, rota=rota_of(request.user.school), names_head=names_head)


def _page(
    request: SignedIn,
    *,
    rota_form: RotaForm | None = None,
    shift_form: ShiftForm | None = None,
    holiday_form: HolidayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    school = request.user.school
    kept = rota_of(school)
    facts = {
        "form": rota_form or _rota_form(request, None),
        "shift_form": shift_form or ShiftForm(),
        "holiday_form": holiday_form or HolidayForm(),
        "shifts": [(DAYS[shift.weekday], shift) for shift in Shift.objects.select_related("person")],
        "holidays": Holiday.objects.all(),
        "can_read": allowed(request.user, "guard.view_queue"),
        "dsls": list(holders(roles.DSL)),
        "posts": posts_of(kept),
        "reading": next_reading(school),
        "missing": what_is_missing(school),
        "tested": tested(school),
        "beat": running_since(school),
        "chair_signs_in": kept.chair is None or hasattr(kept.chair, "user"),
    }
    return render(request, "guard/rota.html", facts, status=status)


@never_cache
@login_required
@require_POST
def change(request: SignedIn) -> HttpResponse:
    """Add or take away a reader's shift or a holiday, named by `do`."""
    require(request.user, "guard.manage_rota")
    do, row = request.POST.get("do", ""), _number(request.POST.get("row", ""))
    if do == "add-shift":
        return _add_shift(request)
    if do == "add-holiday":
        return _add_holiday(request)
    if do == "remove-shift":
        setting.remove_shift(request.user, row)
        noted(request, "Taken off the rota.")
    if do == "remove-holiday":
        setting.remove_holiday(request.user, row)
        noted(request, "Taken out.")
    return redirect("guard:rota")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _add_shift(request: SignedIn) -> HttpResponse:
    form = ShiftForm(request.POST)
    if not form.is_valid():
        return _page(request, shift_form=form, status=422)
    setting.add_shifts(request.user, form.shifts(request.user.school))
    noted(request, "On the rota.")
    return redirect("guard:rota")


def _add_holiday(request: SignedIn) -> HttpResponse:
    form = HolidayForm(request.POST)
    if not form.is_valid():
        return _page(request, holiday_form=form, status=422)
    setting.add_holiday(request.user, form.save(commit=False))
    noted(request, "The school is shut then.")
    return redirect("guard:rota")


@never_cache
@login_required
@require_POST
def test(request: SignedIn) -> HttpResponse:
    """Send a test alert to the safeguarding lead."""
    send_test(request.user)
    noted(
        request, "The test is on its way. The safeguarding lead has a mail within a minute, and takes it on."
    )
    return redirect("guard:rota")
