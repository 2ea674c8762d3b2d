"""Writing, publishing and taking back a response."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from belong.ask.models import Wave
from belong.base.access import allowed, require
from belong.base.errors import Refused
from belong.people.request import SignedIn
from belong.tell import actions, queries
from belong.tell.access import access_wave_to_answer
from belong.tell.forms import PLAIN, ItemForm, ThanksForm
from belong.tell.helping import help_with
from belong.tell.models import Response, ResponseItem
from belong.tell.plain import hints
from belong.tell.sharing import share
from belong.web.messages import noted

REMOVED = "tell.removed_item"


@login_required
@require_safe
def responses(request: SignedIn) -> HttpResponse:
    """Every closed wave with the state of its response."""
    require(request.user, "tell.view_responses")
    context = {
        "entries": queries.entries(request.user),
        "may_write": allowed(request.user, "tell.write_response"),
        "may_report": allowed(request.user, "tell.view_governors_report"),
    }
    return render(request, "tell/responses.html", context)


@login_required
@require_safe
def edit(request: SignedIn, wave_id: int) -> HttpResponse:
    """The writing screen: what is said so far, and beside it what helps to say more."""
    return _edit_page(request, access_wave_to_answer(request.user, wave_id))


@login_required
@require_POST
def thanks(request: SignedIn, wave_id: int) -> HttpResponse:
    """Keep the opening words."""
    wave = access_wave_to_answer(request.user, wave_id)
    form = ThanksForm(request.POST)
    if form.is_valid():
        try:
            response = actions.begin_response(request.user, wave=wave)
            actions.write_thanks(request.user, response=response, thanks=form.cleaned_data["thanks"])
        except Refused as refusal:
            form.add_error("thanks", refusal.reason)
        else:
            noted(request, "Opening words kept")
            return redirect("tell:edit", wave.pk)
    return _edit_page(request, wave, thanks_form=form)


@login_required
@require_POST
def add_item(request: SignedIn, wave_id: int) -> HttpResponse:
    """Add one thing heard and done."""
    wave = access_wave_to_answer(request.user, wave_id)
    form = ItemForm(request.POST, wave=wave)
    if form.is_valid():
        try:
            response = actions.begin_response(request.user, wave=wave)
            actions.add_item(request.user, response=response, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            noted(request, "Added")
            return _to_items(wave)
    return _edit_page(request, wave, item_form=form)


@login_required
def item(request: SignedIn, wave_id: int, item_id: int) -> HttpResponse:
    """Change the words or the plan of one item."""
    wave = access_wave_to_answer(request.user, wave_id)
    found = _item(wave, item_id)
    initial = {"heard": found.heard, "did": found.did, "plan": found.plan_id}
    form = ItemForm(request.POST or None, wave=wave, initial=initial)
    if form.is_valid():
        try:
            actions.change_item(request.user, item=found, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            noted(request, "Changed")
            return _to_items(wave)
    return render(request, "tell/item.html", {"wave": wave, "form": form, "item": found, "plain": PLAIN})


@login_required
@require_POST
def move_item(request: SignedIn, wave_id: int, item_id: int) -> HttpResponse:
    """One place up or down."""
    wave = access_wave_to_answer(request.user, wave_id)
    actions.move_item(request.user, item=_item(wave, item_id), up=request.POST.get("to") == "up")
    return _to_items(wave)


@login_required
@require_POST
def remove_item(request: SignedIn, wave_id: int, item_id: int) -> HttpResponse:
    """Take an item away. Its words stay in the session until the next one goes, for Undo."""
    wave = access_wave_to_answer(request.user, wave_id)
    kept = actions.remove_item(request.user, item=_item(wave, item_id))
    request.session[REMOVED] = {"wave": wave.pk, "item": kept}
    noted(request, "Removed", undo_url=reverse("tell:restore-item", args=[wave.pk]))
    return _to_items(wave)


@login_required
@require_POST
def restore_item(request: SignedIn, wave_id: int) -> HttpResponse:
    """Bring back the item that was removed last."""
    wave = access_wave_to_answer(request.user, wave_id)
    kept = request.session.get(REMOVED)
    if not kept or kept["wave"] != wave.pk:
        raise Refused("There is nothing removed to bring back. Add it again below.")
    response = actions.begin_response(request.user, wave=wave)
    actions.restore_item(request.user, response=response, kept=kept["item"])
    del request.session[REMOVED]
    return _to_items(wave)


@login_required
@require_POST
def publish(request: SignedIn, wave_id: int) -> HttpResponse:
    """Show the response to those who were asked."""
    wave = access_wave_to_answer(request.user, wave_id, "tell.publish_response")
    response = actions.begin_response(request.user, wave=wave)
    actions.publish_response(request.user, response=response)
    noted(request, "Published. Now show it: the link, the poster and the square to scan are here.")
    return redirect(f"{reverse('tell:edit', args=[wave.pk])}#share")


@login_required
@require_POST
def take_back(request: SignedIn, wave_id: int) -> HttpResponse:
    """Hide a published response again, to mend it."""
    wave = access_wave_to_answer(request.user, wave_id, "tell.publish_response")
    response = Response.objects.filter(wave=wave).first()
    if response is None:
        raise Http404
    actions.unpublish_response(request.user, response=response)
    noted(request, "Taken back. Nobody outside the staff can read it now.")
    return redirect("tell:edit", wave.pk)


def _edit_page(request: SignedIn, wave: Wave, **forms: Any) -> HttpResponse:
    response = Response.objects.filter(wave=wave).select_related("published_by__person").first()
    told = queries.told(response) if response else []
    context = {
        "wave": wave,
        "response": response,
        "items": [(one, hints(f"{one.item.heard} {one.item.did}")) for one in told],
        "thanks_form": ThanksForm(initial={"thanks": response.thanks if response else ""}),
        "thanks_hints": hints(response.thanks) if response else [],
        "item_form": ItemForm(wave=wave),
        "plain": PLAIN,
        "may_publish": allowed(request.user, "tell.publish_response", wave),
        "share": share(request, response) if response and response.is_published else None,
    }
    return render(request, "tell/edit.html", context | help_with(wave, request.user) | forms)


def _item(wave: Wave, item_id: int) -> ResponseItem:
    found = (
        ResponseItem.objects.filter(response__wave=wave, pk=item_id).select_related("response__wave").first()
    )
    if found is None:
        raise Http404
    return found


def _to_items(wave: Wave) -> HttpResponse:
    return redirect(f"{reverse('tell:edit', args=[wave.pk])}#items")
