"""What see puts on the Today page: a release that came out or was refused, for those who run the waves."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from belong.base.access import allowed
from belong.base.clock import now
from belong.base.today import TodayItem
from belong.see.access import published_waves
from belong.see.models import ReleaseRecord

NEWS = timedelta(days=14)


def release_items(user: Any) -> list[TodayItem]:
    """Releases of the last fortnight that nobody has answered yet with a published response."""
    if not allowed(user, "see.build_again"):
        return []
    records = ReleaseRecord.objects.filter(built_at__gte=now() - NEWS).select_related("wave").defer("payload")
    answered = published_waves() if records else set()
    return [_item(record) for record in records if record.wave_id not in answered]


def _item(record: ReleaseRecord) -> TodayItem:
    url = reverse("see:overview", args=[record.wave_id])
    if record.is_ready:
        title, detail, label = (
            f"{record.wave.title}: the results are ready",
            "Read them, then say what you will do.",
            "Read",
        )
        return TodayItem("release", title, url, detail, order=30, action_label=label)
    title = f"{record.wave.title}: no results could be made"
    return TodayItem(
        "release", title, url, "The page says why, and what to do.", order=25, action_label="Look"
    )
