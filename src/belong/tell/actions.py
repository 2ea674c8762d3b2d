"""Every write to responses."""

from typing import Any

from belong.act.models import Plan
from belong.ask.models import Wave
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now
from belong.base.errors import Refused
from belong.people.models import User
from belong.tell.models import Response, ResponseItem
from belong.tell.names import without_names


@action
def begin_response(actor: User, *, wave: Wave) -> Response:
    """The response to a closed wave, made if there is none yet."""
    require(actor, "tell.write_response", wave)
    if not wave.is_closed:
        raise Refused("There is nothing to answer yet: this wave has not closed.")
    found, made = Response.objects.get_or_create(school=wave.school, wave=wave)
    if made:
        audit(actor, "tell.begin_response", found)
    return found


@action
def write_thanks(actor: User, *, response: Response, thanks: str) -> Response:
    """The opening words."""
    require(actor, "tell.write_response", response.wave)
    response.thanks = without_names(thanks.strip())[:600]
    response.save(update_fields=["thanks"])
    audit(actor, "tell.write_thanks", response)
    return response


@action
def add_item(
    actor: User, *, response: Response, heard: str, did: str, plan: Plan | None = None
) -> ResponseItem:
    """Add one thing heard and done, at the end."""
    require(actor, "tell.write_response", response.wave)
    heard, did = _words(heard, did)
    last = response.items.order_by("-order").first()
    item = ResponseItem.objects.create(
        school=response.school,
        response=response,
        order=last.order + 1 if last else 1,
        heard=heard,
        did=did,
        plan=plan,
    )
    audit(actor, "tell.add_item", response)
    return item


@action
def change_item(
    actor: User, *, item: ResponseItem, heard: str, did: str, plan: Plan | None = None
) -> ResponseItem:
    """Change the words or the plan of one item."""
    require(actor, "tell.write_response", item.response.wave)
    item.heard, item.did = _words(heard, did)
    item.plan = plan
    item.save(update_fields=["heard", "did", "plan"])
    audit(actor, "tell.change_item", item.response, item=item.pk)
    return item


@action
def move_item(actor: User, *, item: ResponseItem, up: bool) -> None:
    """Let an item change places with the one before it (`up`) or after it; at the end nothing moves."""
    require(actor, "tell.write_response", item.response.wave)
    order = list(item.response.items.all())
    here = order.index(item)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for place, one in enumerate(order, start=1):
        one.order = place
    ResponseItem.objects.bulk_update(order, ["order"])
    audit(actor, "tell.move_item", item.response, item=item.pk)


@action
def remove_item(actor: User, *, item: ResponseItem) -> dict[str, Any]:
    """Take one item away; returns what `restore_item` needs to bring it back."""
    require(actor, "tell.write_response", item.response.wave)
    if item.response.is_published and item.response.items.count() == 1:
        raise Refused(
            "A published response says at least one thing. Take it back first, or change the words."
        )
    kept = {"order": item.order, "heard": item.heard, "did": item.did, "plan_id": item.plan_id}
    removed = item.pk
    item.delete()
    audit(actor, "tell.remove_item", item.response, item=removed)
    return kept


@action
def restore_item(actor: User, *, response: Response, kept: dict[str, Any]) -> ResponseItem:
    """Bring a removed item back to its place."""
    require(actor, "tell.write_response", response.wave)
    item = ResponseItem.objects.create(school=response.school, response=response, **kept)
    audit(actor, "tell.restore_item", response, item=item.pk)
    return item


@action
def publish_response(actor: User, *, response: Response) -> Response:
    """Show the response to those who were asked. Needs at least one item: thanks alone is not an answer."""
    require(actor, "tell.publish_response", response.wave)
    if not response.items.exists():
        raise Refused(
            "Say at least one thing you heard and what you did about it, even if it is “not yet, because…”."
        )
    if not response.is_published:
        response.published_at, response.published_by = now(), actor
        response.save(update_fields=["published_at", "published_by"])
        audit(actor, "tell.publish_response", response)
    return response


@action
def unpublish_response(actor: User, *, response: Response) -> Response:
    """Take a response back to mend it."""
    require(actor, "tell.publish_response", response.wave)
    if not response.is_published:
        raise Refused("This response is not published.")
    response.published_at = response.published_by = None
    response.save(update_fields=["published_at", "published_by"])
    audit(actor, "tell.unpublish_response", response)
    return response


def _words(heard: str, did: str) -> tuple[str, str]:
    heard, did = heard.strip(), did.strip()
    if not heard or not did:
        raise Refused("Fill in both: what you heard, and what you did or why not yet.")
    return without_names(heard)[:400], without_names(did)[:600]
