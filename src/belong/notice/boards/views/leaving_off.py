"""That a pupil is named on no board: by their wish, their family's, or to keep them safe."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from belong.base.access import allowed
from belong.base.errors import Refused
from belong.notice.boards import setting
from belong.notice.boards.access import access_left
from belong.notice.boards.forms import LeftOffForm
from belong.people.request import SignedIn
from belong.web.messages import noted


@login_required
@require_http_methods(["GET", "POST"])
def left_off(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Leave a pupil off all boards, or let them be named again (`end`); why is shown to few."""
    pupil = access_left(request.user, pupil_id)
    if request.method == "POST" and "end" in request.POST:
        setting.end_leaving_off(request.user, pupil)
        noted(request, f"{pupil.first_name} can be named on boards again.")
        return redirect("notice:left-off", pupil.pk)
    form = LeftOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            setting.leave_off(request.user, pupil, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, f"{pupil.first_name} is named on no board. What stood there is hidden.")
            return redirect("notice:left-off", pupil.pk)
    row = setting.left_row(pupil)
    page = {
        "pupil": pupil,
        "form": form,
        "row": row,
        "may_read": row is not None and allowed(request.user, "notice.read_why_left_off", row),
    }
    return render(request, "notice/boards/left_off.html", page, status=422 if form.errors else 200)
