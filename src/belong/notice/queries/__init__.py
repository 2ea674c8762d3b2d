"""Reading relationships, moments and absences of attention. Every function runs inside a school scope."""

from belong.notice.queries.cards import SORTS, Card, cards, group_cards, group_pupils
from belong.notice.queries.overlooked import Filters, Overlooked, overlooked
from belong.notice.queries.places import Place, Places, places
from belong.notice.queries.pupil import PupilPage, pupil_page

__all__ = [
    "SORTS",
    "Card",
    "Filters",
    "Overlooked",
    "Place",
    "Places",
    "PupilPage",
    "cards",
    "group_cards",
    "group_pupils",
    "overlooked",
    "places",
    "pupil_page",
]
