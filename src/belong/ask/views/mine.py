"""Starting from one's own account: one tap from the own page (pupils, families) or from Today (staff)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from belong.ask.access import access_wave_to_answer
from belong.ask.languages.choosing import in_own_language
from belong.ask.passes import let_begin
from belong.ask.views.child import turn_of
from belong.people.request import SignedIn


@never_cache
@login_required
@in_own_language
@require_http_methods(["GET", "POST"])
def begin(request: SignedIn, wave_id: int) -> HttpResponse:
    """To the hello page of a wave that asks whoever is signed in. Answering itself knows no sign-in.

    A link from Today or a button on the own page: nothing is kept but the pass in this browser.
    """
    wave = access_wave_to_answer(request.user, wave_id)
    person = request.user.person
    assert person is not None  # the rule says so
    response = redirect("ask:start")
    let_begin(response, wave.pk, person.pk, own=True, turn=turn_of(wave, person))
    return response
