"""Tasks where it is not well between a pupil and an adult."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from belong.base.access import allowed, require
from belong.base.errors import Refused
from belong.notice.both_sides import care, words
from belong.notice.both_sides.access import access_care, visible_care
from belong.notice.models import CareTask, Step
from belong.people.request import SignedIn
from belong.web.messages import noted


@never_cache
@login_required
@require_GET
def list_(request: SignedIn) -> HttpResponse:
    """Open tasks, oldest first, and those closed lately; what opens one is printed here."""
    user = request.user
    require(user, "notice.view_both_sides")
    tasks = visible_care(user).select_related("pupil", "adult", "owner").prefetch_related("steps")
    facts = {
        "open": [(task, {row.step for row in task.steps.all()}) for task in tasks.filter(closed_on=None)],
        "closed": tasks.exclude(closed_on=None).order_by("-closed_on", "-pk")[:20],
        "steps": Step,
        "thresholds": words.THRESHOLDS,
        "never": words.NEVER,
    }
    return render(request, "notice/both_sides/care_list.html", facts)


@never_cache
@login_required
@require_GET
def one(request: SignedIn, task_id: int) -> HttpResponse:
    """One task: what was seen, the three steps, handing it on, closing it."""
    return _page(request, access_care(request.user, task_id))


def _page(
    request: SignedIn, task: CareTask, *, problem: str = "", at: str = "", text: str = ""
) -> HttpResponse:
    done = {row.step: row for row in task.steps.select_related("done_by")}
    may_keep = task.is_open and allowed(request.user, "notice.keep_care", task)
    facts = {
        "task": task,
        "seen": words.seen(task),
        "steps": [(step, words.STEP_HELP[step], done.get(step)) for step in Step],
        "may_keep": may_keep,
        "others": care.may_take_on(task) if may_keep else [],
        "from_answers": task.adult_id is None and task.owner_id == request.user.person_id,
        "problem": problem,
        "at": at,
        "text": text,
        "never": words.NEVER,
    }
    return render(request, "notice/both_sides/care.html", facts, status=422 if problem else 200)


@login_required
@require_POST
def step(request: SignedIn, task_id: int) -> HttpResponse:
    """Tick one of the three with a line, or take it back."""
    task = access_care(request.user, task_id)
    which, text = request.POST.get("step", ""), request.POST.get("line", "")
    try:
        if "undo" in request.POST:
            care.untick_step(request.user, task, step=which)
            noted(request, "Taken back.")
        else:
            care.tick_step(request.user, task, step=which, line=text)
            task.refresh_from_db(fields=["closed_on"])
            noted(
                request,
                "Kept." if task.is_open else "Kept. All three are done, so the task is closed. Thank you.",
            )
    except Refused as no:
        return _page(request, access_care(request.user, task_id), problem=no.reason, at=which, text=text)
    return redirect("notice:care", task.pk)


@login_required
@require_POST
def close(request: SignedIn, task_id: int) -> HttpResponse:
    """Close a task before its time, with a reason."""
    task = access_care(request.user, task_id)
    reason = request.POST.get("reason", "")
    try:
        care.close_care(request.user, task, reason=reason)
    except Refused as no:
        return _page(request, access_care(request.user, task_id), problem=no.reason, at="close", text=reason)
    noted(request, "Closed.")
    return redirect("notice:care-list")


@login_required
@require_POST
def hand_on(request: SignedIn, task_id: int) -> HttpResponse:
    """Give a task to another adult."""
    task = access_care(request.user, task_id)
    to = request.POST.get("to", "")
    try:
        task = care.hand_on_care(request.user, task, to=int(to) if to.isascii() and to.isdigit() else 0)
    except Refused as no:
        return _page(request, access_care(request.user, task_id), problem=no.reason, at="hand-on")
    noted(request, f"{task.owner.display_name} has it now.")
    return redirect("notice:care-list")
