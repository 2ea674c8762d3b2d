"""Every write of the local pages: each keeps the words as they were before, so that it can be undone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import IO, Any

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.files import clean_photo
from belong.notice.models import LocalDay, LocalKind, LocalPage
from belong.people.models import User

Span = tuple[date, date]
WORDS = ("kind", "title", "about", "where", "who_to_meet", "lesson_hook")
LENGTH = {  # most characters of each
    "title": 80,
    "about": 1200,
    "where": 160,
    "who_to_meet": 200,
    "lesson_hook": 400,
    "caption": 160,
}
MOST_DAYS = 6
LONGEST_DAYS = 60


@action
def write_page(
    actor: User,
    *,
    page: LocalPage | None = None,
    words: Mapping[str, str],
    days: Sequence[Span] = (),
    photo: IO[bytes] | None = None,
    caption: str = "",
) -> LocalPage:
    """Write a new page, or change one; `words` are the fields of `WORDS`, `days` first and last day of what happens.

    A photo is made anew without anything but the picture and needs a caption, which stands in for it where it cannot
    be seen. Raises Refused.
    """
    require(actor, "notice.write_local", page)
    kept = page or LocalPage(school_id=actor.school_id, by_id=actor.person_id, made_on=today())
    values = _checked(words)
    spans = _checked_days(days)
    if page is not None:
        kept.before = _words_of(page)
    for name, value in values.items():
        setattr(kept, name, value)
    _check_length("caption", caption.strip())
    kept.caption = caption.strip() or kept.caption
    if photo is not None:
        if not caption.strip():
            raise Refused(
                "Say in a few words what the photo shows, for those who cannot see it. Nothing was kept."
            )
        kept.photo, kept.has_photo = clean_photo(photo), True
    kept.changed_by_id, kept.changed_on = actor.person_id, today()
    kept.save()
    _keep_days(kept, spans)
    audit(actor, "notice.write_local", kept, photo=photo is not None)
    return kept


@action
def undo_change(actor: User, *, page: LocalPage) -> LocalPage:
    """The words and days as they were before the last change; once. A photo stays as it is. Raises Refused."""
    require(actor, "notice.write_local", page)
    before: dict[str, Any] | None = page.before
    if not before:
        raise Refused("There is no change to undo.")
    for name in WORDS:
        setattr(page, name, before[name])
    page.before = None
    page.changed_by_id, page.changed_on = actor.person_id, today()
    page.save(update_fields=[*WORDS, "before", "changed_by", "changed_on"])
    _keep_days(page, [(date.fromisoformat(on), date.fromisoformat(until)) for on, until in before["days"]])
    audit(actor, "notice.undo_local", page)
    return page


@action
def remove_photo(actor: User, *, page: LocalPage) -> None:
    """Take the photo off a page, for good."""
    require(actor, "notice.write_local", page)
    if not page.has_photo:
        raise Refused("That photo has already been taken away.")
    LocalPage.objects.filter(pk=page.pk).update(photo=None, has_photo=False, caption="")
    audit(actor, "notice.remove_local_photo", page)


@action
def retire(actor: User, *, page: LocalPage, back: bool = False) -> None:
    """Take a page out of the lists, because it is no longer so; or bring it back."""
    require(actor, "notice.write_local", page)
    page.retired_on = None if back else page.retired_on or today()
    page.save(update_fields=["retired_on"])
    audit(actor, "notice.bring_back_local" if back else "notice.retire_local", page)


def _checked(words: Mapping[str, str]) -> dict[str, str]:
    values = {name: words.get(name, "").strip() for name in WORDS}
    values["title"] = " ".join(values["title"].split())
    if values["kind"] not in LocalKind.values:
        raise Refused("Choose what it is about. Nothing was kept.")
    for name, what in (("title", "a name"), ("about", "what a new colleague would want to know")):
        if not values[name]:
            raise Refused(f"Write {what}. Nothing was kept.")
    for name in WORDS[1:]:
        _check_length(name, values[name])
    return values


def _check_length(name: str, text: str) -> None:
    if len(text) > LENGTH[name]:
        raise Refused(f"That is {len(text)} characters; the most is {LENGTH[name]}. Nothing was kept.")


def _checked_days(days: Sequence[Span]) -> list[Span]:
    if len(days) > MOST_DAYS:
        raise Refused(f"Keep at most {MOST_DAYS} dates; take out those that have gone. Nothing was kept.")
    if len({on for on, _ in days}) < len(days):
        raise Refused("The same day stands there twice. Nothing was kept.")
    for on, until in days:
        if until < on:
            raise Refused("The last day is before the first. Nothing was kept.")
        if (until - on).days > LONGEST_DAYS:
            raise Refused("That is longer than two months. Give the days that matter. Nothing was kept.")
    return sorted(days)


def _words_of(page: LocalPage) -> dict[str, Any]:
    """What a change may change, as it is kept for undoing."""
    stored = LocalPage.objects.defer("photo").get(pk=page.pk)
    days = [[day.on.isoformat(), day.until.isoformat()] for day in stored.days.all()]
    return {name: getattr(stored, name) for name in WORDS} | {"days": days}


def _keep_days(page: LocalPage, spans: Sequence[Span]) -> None:
    page.days.all().delete()
    LocalDay.objects.bulk_create(
        LocalDay(school_id=page.school_id, page=page, on=on, until=until) for on, until in spans
    )
