"""Keeping a look from the page itself, while somebody answers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from belong.ask.looks.actions import keep_look
from belong.ask.looks.choices import chosen_in
from belong.ask.passes import read_sheet_pass
from belong.ask.views.child import answering, in_scope_of, kindly, quiet


@quiet
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """204: kept for whose page it is, on this device or any other."""
    mine = read_sheet_pass(request.POST.get("pass", ""))
    if mine is None:
        raise kindly("begin-again", 403, "the pass of the page is too old or altered")
    found = answering(mine.wave_id, mine.person_id, mine.turn)
    with in_scope_of(found.wave):
        keep_look(found.person, chosen_in(request.POST))
    return HttpResponse(status=204)
