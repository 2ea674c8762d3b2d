"""Handing over at the end of a year: for the adult who goes, and for the one who comes."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from belong.base.audit import audit
from belong.base.errors import Refused
from belong.notice.models import NOTE_LENGTH, HandOver
from belong.notice.profiles.queries import readings
from belong.notice.queries import group_pupils
from belong.notice.queries.cards import by_name
from belong.notice.register import actions
from belong.notice.register.access import access_group_handed_over, access_group_to_hand_over
from belong.notice.register.queries import earlier_line, handed_over, to_hand_over
from belong.people.models import Group, Person
from belong.people.request import SignedIn
from belong.web.messages import noted

AREA = {"rows": 3, "maxlength": NOTE_LENGTH}


class HandOverForm(forms.Form):
    """What the next adult reads about one pupil."""

    what_helps = forms.CharField(
        label="What helps",
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text="Written as if the child will read it. What you would want to be told.",
    )
    line = forms.CharField(
        label="A line to the next adult",
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text="What you enjoy in them, what you began together.",
    )
    with_states = forms.BooleanField(
        label="Show how it stood between us, with dates and without reasons",
        required=False,
        help_text="Left off, the next adult begins without it. A pupil’s tutor and pastoral lead can look it up.",
    )


@login_required
@require_safe
def to_next(request: SignedIn, group_id: int) -> HttpResponse:
    """The group's pupils, each with what is written for the next adult or nothing yet."""
    group = access_group_to_hand_over(request.user, group_id)
    rows = to_hand_over(request.user, group, _pupils(request, group))
    page = {"group": group, "rows": rows, "written": sum(row.written is not None for row in rows)}
    page["first"] = next((row.pupil for row in rows if row.written is None), None)
    return render(request, "notice/register/to_next.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def to_next_one(request: SignedIn, group_id: int, pupil_id: int) -> HttpResponse:
    """Write about one pupil; what is kept leads on to the next one without."""
    group = access_group_to_hand_over(request.user, group_id)
    pupils = _pupils(request, group)
    at = next((index for index, pupil in enumerate(pupils) if pupil.pk == pupil_id), None)
    if at is None:
        raise Http404
    pupil, following = pupils[at], pupils[at + 1 :][:1]
    kept = HandOver.objects.filter(adult=request.user.person_id, pupil=pupil, group=group).first()
    form = HandOverForm(request.POST or None, initial=_begun(request, pupil, kept))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_hand_over(request.user, group=group, pupil_id=pupil.pk, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, f"Kept for {pupil.first_name}.")
            return redirect(_onward(request, group, following))
    page = {"group": group, "pupil": pupil, "form": form, "kept": kept, "place": at + 1, "total": len(pupils)}
    page |= {"following": following[0] if following else None, "reading": readings(request.user, [pupil])[0]}
    return render(request, "notice/register/to_next_one.html", page, status=422 if form.errors else 200)


@login_required
@require_safe
def from_before(request: SignedIn, group_id: int) -> HttpResponse:
    """What earlier adults left for the pupils of this group, with what the pupils share with the viewer themselves."""
    group = access_group_handed_over(request.user, group_id)
    found = handed_over(request.user, _pupils(request, group))
    answer = render(request, "notice/register/from_before.html", {"group": group, "rows": found})
    audit(request.user, "notice.read_hand_overs", group, pupils=[row.pupil.pk for row in found])
    return answer


def _pupils(request: SignedIn, group: Group) -> list[Person]:
    return sorted(group_pupils(request.user, group), key=by_name)


def _begun(request: SignedIn, pupil: Person, kept: HandOver | None) -> dict[str, object]:
    """What stands in the form: what was written, else what this adult said about knowing the pupil."""
    if kept is None:
        return {"what_helps": earlier_line(request.user, pupil)}
    return {"what_helps": kept.what_helps, "line": kept.line, "with_states": kept.with_states}


def _onward(request: SignedIn, group: Group, following: list[Person]) -> str:
    if "next" in request.POST and following:
        return reverse("notice:hand-over-pupil", args=[group.pk, following[0].pk])
    return reverse("notice:hand-over", args=[group.pk])
