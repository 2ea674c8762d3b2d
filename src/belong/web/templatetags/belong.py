"""`{% load belong %}`: faces, icons, shapes of a relationship's state, dates and figures as we write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from belong.web.charts.words import number, why_not_shown
from belong.web.icons import ICONS
from belong.web.messages import Said, sorted_messages

register = template.Library()

# Mouths of the five faces on a grid of 72, from never to always.
MOUTHS = {
    1: "M23 52 Q36 39 49 52",
    2: "M24 50 Q36 44 48 50",
    3: "M24 48 H48",
    4: "M24 45 Q36 53 48 45",
    5: "M22 43 Q36 60 50 43",
}
STATES = {
    "establish": '<circle cx="6" cy="6" r="4.5" stroke-width="1.8" stroke-dasharray="2.5 2"/>',
    "maintain": '<circle cx="6" cy="6" r="4.6" fill="currentColor" stroke-width="0.8"/>',
    "restore": '<path d="M6 1a5 5 0 1 1-4.3 2.5M1.5 1v3h3" stroke-width="1.7"/>',
}


@register.filter
def not_shown(symbol: str) -> str:
    """What stands in place of a figure, by its symbol: "kept back"."""
    return why_not_shown(symbol)


@register.simple_tag
def face(level: int) -> SafeString:
    """A face from 1 (never, very sad) to 5 (always, very happy). Words always stand beside it."""
    level = int(level)
    return format_html(
        '<svg class="mood" viewBox="0 0 72 72" aria-hidden="true" focusable="false">'
        '<circle class="skin{}" cx="36" cy="36" r="31"/><circle class="eye" cx="26" cy="30" r="3.6"/>'
        '<circle class="eye" cx="46" cy="30" r="3.6"/><path class="mouth" d="{}"/></svg>',
        " warmed" if level > 3 else "",
        MOUTHS[level],
    )


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One of `belong.web.icons.ICONS`, as wide as the text it stands in; an unknown name raises KeyError."""
    return format_html(
        '<svg class="icon icon-{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        name,
        mark_safe(ICONS[name]),  # noqa: S308  (our own constant)
    )


@register.simple_tag
@cache
def emr_shape(state: str) -> SafeString:
    """The shape of establish (open ring), maintain (full disc), restore (returning arrow)."""
    return format_html(
        '<svg viewBox="0 0 12 12" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" '
        'stroke-linecap="round" stroke-linejoin="round">{}</svg>',
        mark_safe(STATES[state]),  # noqa: S308  (our own constant)
    )


@register.simple_tag(takes_context=True)
def said(context: Context) -> Said:
    """The messages waiting for this reader: plain ones for the page, undoable ones for the corner."""
    return sorted_messages(context.get("messages") or ())


@register.simple_tag(takes_context=True)
def page_query(context: Context, page: int) -> str:
    """The current address's query with another page number: `?year=8&page=3`."""
    query = context["request"].GET.copy()
    query["page"] = str(page)
    return "?" + query.urlencode()


@register.filter
def sheets(names: str) -> list[str]:
    """Addresses of our stylesheets, in cascade order."""
    return [static(f"web/{name}.css") for name in names.split()]


@register.filter
def scripts(names: str) -> list[str]:
    return [static(f"web/{name}.js") for name in names.split()]


@register.filter
def near_pages(page: Page) -> list[int | None]:
    """Page numbers to show around this one; None stands for a gap."""
    last = page.paginator.num_pages
    wanted = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    out: list[int | None] = []
    for number_ in wanted:
        if out and out[-1] is not None and number_ - out[-1] > 1:
            out.append(None)
        out.append(number_)
    return out


@register.filter
def day(value: date | datetime | None) -> str:
    """Tue 3 March, in the page's language; with the year when it is not this one; "" for None."""
    if value is None or value == "":
        return ""
    when = _as_date(value)
    form = "D j E" if when.year == timezone.localdate().year else "D j E Y"
    return date_format(when, form, use_l10n=False)


@register.filter
def weeks_ago(value: date | datetime | None) -> str:
    """How long ago in days under a fortnight, in weeks after: today, yesterday, 5 days ago, 3 weeks ago."""
    if value is None or value == "":
        return ""
    days = (timezone.localdate() - _as_date(value)).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    weeks = days // 7
    return ngettext("%(n)s week ago", "%(n)s weeks ago", weeks) % {"n": weeks}


@register.filter
def percent(value: float | None, kind: str = "share") -> str:
    """0.62 → 62 %; with `percent:"whole"` 62 → 62 %."""
    if value is None or value == "":
        return ""
    return f"{number(value if kind == 'whole' else value * 100)}\u00a0%"


@register.filter
def points(value: float | None, decimals: int = 0) -> str:
    """A difference in points: −6, +3, 0."""
    return "" if value is None or value == "" else number(value, decimals, signed=True)


@register.filter
def initials(name: str) -> str:
    """Amina Yusuf → AY; Ana Maria da Silva → AS; the first letter of a single name."""
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def whole_words(text: str) -> str:
    """`text` with hyphens that no line breaks after ("grown-up" stays whole); for large headings."""
    return str(text).replace("-", "\u2060-\u2060")


@register.filter
def field_kind(field: Any) -> str:
    """How `web/_field.html` lays a bound field out: hidden, box, group or line."""
    if field.is_hidden:
        return "hidden"
    if field.widget_type == "checkbox":
        return "box"
    return "group" if field.use_fieldset else "line"


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    """`mapping[key]`, or None: templates cannot look up a key held in a variable."""
    return mapping.get(key)


def _as_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
