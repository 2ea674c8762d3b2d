"""After how many weeks adults look again: one small page for leaders."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from belong.base.access import require
from belong.base.errors import Refused
from belong.notice.models import State
from belong.notice.register import actions
from belong.notice.register.weeks import DEFAULT, LEAST, MOST, weeks_of
from belong.notice.words import STATE_HELP
from belong.people.request import SignedIn
from belong.web.messages import noted


class WeeksForm(forms.Form):
    """Whole weeks by state."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for state, usual in DEFAULT.items():
            field = forms.IntegerField(
                label=state.label,
                min_value=LEAST,
                max_value=MOST,
                help_text=f"{STATE_HELP[state]} Usually {usual}.",
                error_messages={"required": "Write a number of weeks."},
            )
            field.widget.attrs["class"] = "short"
            self.fields[state.value] = field


@login_required
@require_http_methods(["GET", "POST"])
def weeks(request: SignedIn) -> HttpResponse:
    """Show and set the weeks of the school."""
    require(request.user, "notice.set_weeks")
    kept = {state.value: number for state, number in weeks_of(request.user.school).items()}
    form = WeeksForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_weeks(request.user, weeks={state: form.cleaned_data[state.value] for state in State})
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, "Kept. It counts for states set from now on.")
            return redirect("notice:weeks")
    page = {"form": form, "differs": kept != {state.value: usual for state, usual in DEFAULT.items()}}
    return render(request, "notice/register/weeks.html", page, status=422 if form.errors else 200)
