"""Screens of the act room: the practice library and plans."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from belong.act import actions, queries
from belong.act.access import access_plan
from belong.act.forms import EndForm, PlanForm, PracticeFilter, StepForm
from belong.act.gaps import ReleasedGap, released_gap
from belong.act.models import Plan, PlanStep
from belong.act.practices import practice as find_practice
from belong.act.practices import practices_for
from belong.ask.models import Wave
from belong.base.access import allowed, require
from belong.content import read
from belong.web.messages import noted

PAGE = 24


def _tabs(current: str) -> list[dict[str, object]]:
    places = [("Practices", "act:practices"), ("Plans", "act:plans")]
    return [{"label": label, "url": reverse(name), "current": name == current} for label, name in places]


@login_required
def practices(request: HttpRequest) -> HttpResponse:
    """The library, filtered; a part chosen puts the best evidence first."""
    require(request.user, "act.view_practices")
    form = PracticeFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = practices_for(
        part=wanted.get("part", ""),
        phase=wanted.get("phase", ""),
        cost=wanted.get("cost", ""),
        words=wanted.get("q", ""),
    )
    context = {
        "tabs": _tabs("act:practices"),
        "form": form,
        "found": found,
        "parts": read("texts/parts")["parts"],
        "gap": _gap(request),
        "carry": _carry(request),
    }
    return render(request, "act/practices.html", context)


@login_required
def practice(request: HttpRequest, key: str) -> HttpResponse:
    """One practice: steps, what to say, evidence with its limits."""
    require(request.user, "act.view_practices")
    found = find_practice(key)
    if found is None:
        raise Http404
    related = [other for key in found.data.get("related", []) if (other := find_practice(key))]
    context = {
        "practice": found,
        "related": related,
        "parts": read("texts/parts")["parts"],
        "plans": queries.plans().filter(practice_key=found.key),
        "may_plan": allowed(request.user, "act.make_plan"),
        "carry": _carry(request),
    }
    return render(request, "act/practice.html", context)


@login_required
def plans(request: HttpRequest) -> HttpResponse:
    """Plans, mine first where I have some."""
    require(request.user, "act.view_practices")
    show = request.GET.get("show", "all")
    rows = queries.plans()
    if show == "mine":
        rows = rows.filter(owner=request.user.person_id)
    elif show in (Plan.ACTIVE, "ended"):
        rows = rows.filter(state=Plan.ACTIVE) if show == Plan.ACTIVE else rows.exclude(state=Plan.ACTIVE)
    words = request.GET.get("q", "").strip()
    if words:
        rows = rows.filter(title__icontains=words)
    context = {
        "tabs": _tabs("act:plans"),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "show": show,
        "q": words,
        "may_plan": allowed(request.user, "act.make_plan"),
    }
    return render(request, "act/plans.html", context)


@login_required
def new_plan(request: HttpRequest) -> HttpResponse:
    """Make a plan, for a gap or for none."""
    require(request.user, "act.make_plan")
    gap = _gap(request)
    chosen = find_practice(request.POST.get("practice") or request.GET.get("practice", ""))
    form = PlanForm(request.POST or None, practice=chosen)
    if gap and not form.is_bound:
        form.fields["aim"].initial = f"Narrow the gap in “{gap.measure_label.lower()}”: {gap.label}."
    if form.is_valid():
        words = form.cleaned_data
        plan = actions.make_plan(
            request.user,
            title=words["title"],
            owner=words["owner"],
            starts_on=words["starts_on"],
            review_on=words["review_on"],
            practice_key=words["practice"],
            aim=words["aim"],
            steps=form.step_lines(),
            gap=gap.facts() if gap else None,
            wave=Wave.objects.get(pk=gap.wave_id) if gap else None,
        )
        noted(request, f"Plan made: {plan.title}")
        return redirect("act:plan", plan.pk)
    suggestions = practices_for(part=gap.part, phase=_phase(request))[:4] if gap else []
    context = {"form": form, "gap": gap, "suggestions": suggestions, "carry": _carry(request), "chosen": chosen}
    return render(request, "act/new_plan.html", context)


@login_required
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """One plan: its gap, its steps, how it ended."""
    found = access_plan(request.user, plan_id)
    context = {
        "plan": found,
        "steps": found.steps.select_related("done_by"),
        "practice": find_practice(found.practice_key),
        "may_change": allowed(request.user, "act.change_plan", found),
        "step_form": StepForm(),
        "end_form": EndForm(),
    }
    return render(request, "act/plan.html", context)


@login_required
def edit_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Change words, owner and dates."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    fields = ("title", "aim", "owner", "starts_on", "review_on")
    initial = {name: getattr(found, name) for name in fields}
    form = PlanForm(request.POST or None, initial=initial, new=False)
    if form.is_valid():
        actions.change_plan(request.user, plan=found, **{name: form.cleaned_data[name] for name in fields})
        noted(request, "Plan changed")
        return redirect("act:plan", found.pk)
    return render(request, "act/edit_plan.html", {"form": form, "plan": found})


@login_required
@require_POST
def add_step(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Add a step."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    form = StepForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    due_on = form.cleaned_data["due_on"] if form.is_valid() else None
    actions.add_step(request.user, plan=found, text=text, due_on=due_on)
    return redirect("act:plan", found.pk)


@login_required
@require_POST
def mark_step(request: HttpRequest, plan_id: int, step_id: int) -> HttpResponse:
    """Tick a step, or take the tick back."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    step = PlanStep.objects.filter(plan=found, pk=step_id).select_related("plan").first()
    if step is None:
        raise Http404
    actions.mark_step(request.user, step=step, done=request.POST.get("done") == "yes")
    return redirect("act:plan", found.pk)


@login_required
@require_POST
def end_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Finish or stop a plan."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    state, learned = request.POST.get("state", ""), request.POST.get("learned", "")
    actions.end_plan(request.user, plan=found, state=state, learned=learned)
    undo = reverse("act:reopen-plan", args=[found.pk])
    noted(request, f"{found.title}: {found.get_state_display()}", undo_url=undo)
    return redirect("act:plan", found.pk)


@login_required
@require_POST
def reopen_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take an ending back."""
    found = access_plan(request.user, plan_id, "act.change_plan")
    actions.reopen_plan(request.user, plan=found)
    return redirect("act:plan", found.pk)


def _gap(request: HttpRequest) -> ReleasedGap | None:
    wave, words = request.GET.get("wave", ""), request.GET
    if not wave.isdigit():
        return None
    asked = (words.get("measure", ""), words.get("cut", ""), words.get("group", ""))
    return released_gap(request.user, int(wave), *asked)


def _carry(request: HttpRequest) -> str:
    """The gap's part of the address, to keep it while choosing a practice."""
    kept = request.GET.copy()
    for name in list(kept):
        if name not in ("wave", "measure", "cut", "group"):
            del kept[name]
    return kept.urlencode()


def _phase(request: HttpRequest) -> str:
    phase = request.user.school.phase
    return phase if phase in ("primary", "secondary") else ""
