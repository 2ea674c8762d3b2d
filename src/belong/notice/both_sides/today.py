"""What this part puts on Today: an adult asked to look out for a pupil, extra care, and what is for one adult alone."""

from datetime import date

from django.urls import reverse

from belong.base.clock import today
from belong.base.today import TodayItem
from belong.notice.both_sides.access import visible_care, visible_namings
from belong.notice.both_sides.queries import waiting_matches
from belong.notice.both_sides.thresholds import NEWS_FOR
from belong.notice.models import CareTask, Match, MatchOffer, NamedByMany
from belong.notice.words import day
from belong.people import roles
from belong.people.models import User

MATCH, CARE, NAMED = "match", "care", "named_by_many"
ORDER = {NAMED: 6, MATCH: 25, CARE: 28}


def own(user: User) -> list[TodayItem]:
    """For every adult, their own only. Four queries."""
    if user.person_id is None or not user.has_role(*roles.STAFF):
        return []
    return [
        *(_naming(row) for row in visible_namings(user).filter(seen_on=None)),
        *(_asked(offer) for offer in waiting_matches(user)),
        *(_turned_down(offer) for offer in _turned_down_lately(user)),
        *(
            _care(task)
            for task in visible_care(user)
            .filter(owner=user.person_id, closed_on=None)
            .select_related("pupil")
        ),
    ]


def _naming(row: NamedByMany) -> TodayItem:
    title = f"You were named by {row.pupils} pupils"
    detail = "They said they could turn to you. Only you are told."
    return TodayItem(
        NAMED, title, reverse("notice:both-sides-mine"), detail, order=ORDER[NAMED], action_label="Read"
    )


def _asked(offer: MatchOffer) -> TodayItem:
    name = offer.pupil.display_name
    return TodayItem(
        MATCH,
        f"Would you look out for {name}?",
        reverse("notice:match", args=[offer.pk]),
        f"{offer.offered_by.display_name} asks, {day(offer.offered_on)}",
        due=offer.offered_on,
        order=ORDER[MATCH],
        action_label="Answer",
    )


def _turned_down_lately(user: User) -> list[MatchOffer]:
    """The user's own offers that got "not this time" lately, where nobody has been asked about the pupil since."""
    mine = MatchOffer.objects.filter(
        offered_by=user.person_id, state=Match.DECLINED, answered_on__gt=today() - NEWS_FOR
    )
    found = list(mine.select_related("pupil"))
    if not found:
        return []
    standing = set(
        MatchOffer.objects.filter(
            pupil__in=[offer.pupil_id for offer in found], state__in=[Match.OFFERED, Match.ACCEPTED]
        ).values_list("pupil_id", flat=True)
    )
    newest = {offer.pupil_id: offer for offer in reversed(found)}
    return [
        offer for offer in newest.values() if offer.pupil_id not in standing and not offer.pupil.is_leaver
    ]


def _turned_down(offer: MatchOffer) -> TodayItem:
    return TodayItem(
        MATCH,
        f"{offer.pupil.display_name}: ask another adult",
        reverse("notice:both-sides-pupil", args=[offer.pupil_id]),
        "Not this time, was the answer. No reason is needed.",
        due=offer.answered_on or date.min,
        order=ORDER[MATCH],
        action_label="Choose",
    )


def _care(task: CareTask) -> TodayItem:
    return TodayItem(
        CARE,
        f"Extra care for {task.pupil.display_name}",
        reverse("notice:care", args=[task.pk]),
        f"Opened {day(task.opened_on)}",
        due=task.opened_on,
        order=ORDER[CARE],
        action_label="Look",
    )
