"""What the pages of figures about noticing hold, put together from frozen releases."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from belong.ask.models import Wave
from belong.ask.terms import last_half_term, next_half_term
from belong.base.access import allowed
from belong.base.clock import today
from belong.people.models import User
from belong.release.model import ALL
from belong.see.models import NoticingRelease
from belong.see.noticing import figures, words
from belong.see.noticing.queries import Date, dates, parsed, read_date, read_mixes
from belong.see.noticing.tables import HalfTermTable
from belong.see.words import cut_slug, cut_title


def listing(user: User) -> dict[str, Any]:
    """Every date there is, newest first, with a sentence or two of each; and the next."""
    rows = dates(user)
    found = parsed(rows[:6])
    entries = []
    for row in rows:
        read = Date(row.on, row.since, row, found.get(row.pk), ())
        said = [words.headline(read, table) for table in read.tables[:2]]
        entries.append({"row": row, "url": date_url(row), "said": said})
    return {
        "entries": entries,
        "next": next_half_term(user.school, today()),
        "is_today": last_half_term(user.school, today()) == today(),
        "never": words.NEVER,
        "may_set": allowed(user, "see.set_half_terms"),
    }


def one_date(user: User, row: NoticingRelease) -> dict[str, Any]:
    """All tables of one date, everybody together."""
    read = read_date(row, user)
    mixes = read_mixes(row.on, user)
    return {
        **_frame(user, read),
        "sections": [_section(read, table) for table in read.tables],
        "mixes": [
            chart
            for fact, title in (
                ("sex", "Girls and boys beside the women and men they can turn to"),
                ("ethnicity", "Ethnic background of pupils and of adults"),
            )
            if (chart := figures.mix(mixes, fact, title)) is not None
        ],
        "mix_reasons": mixes.reasons,
        "whose_mix": words.whose_mix(mixes, row.on),
    }


def one_table(user: User, row: NoticingRelease, key: str, cut: str, fact: str) -> dict[str, Any]:
    """One table group by group of one cut; 404 for a table there is not, the first cut and fact for unknown ones."""
    read = read_date(row, user)
    table = read.table(key)
    if table is None or read.release is None:
        raise Http404
    cuts = [one for one in read.release.cuts if one != ALL]
    chosen = next((one for one in cuts if cut_slug(one) == cut), cuts[0] if cuts else "")
    measure = fact if fact in table.shares else table.main
    where = reverse("see:noticing-table", args=[row.on.isoformat(), key])
    charts = [] if not chosen else _by_group(read, table, measure, chosen)
    return {
        **_frame(user, read),
        "table": table,
        "said": words.headline(read, table),
        "cuts": [
            {
                "label": cut_title(Wave.PUPILS, one),
                "url": _query(where, by=cut_slug(one), fact=measure),
                "current": one == chosen,
            }
            for one in cuts
        ],
        "choices": [
            {
                "label": read.label(one),
                "url": _query(where, by=cut_slug(chosen), fact=one),
                "current": one == measure,
            }
            for one in table.shares
        ],
        "charts": charts,
    }


def _by_group(read: Date, table: HalfTermTable, fact: str, cut: str) -> list[Any]:
    found = [
        figures.share_by_group(read, fact, cut),
        figures.gaps_of(read, fact, cut),
        figures.changes_of(read, fact, cut),
        figures.by_group(read, table, cut) if table.bars and fact == table.main else None,
    ]
    return [chart for chart in found if chart is not None]


def _section(read: Date, table: HalfTermTable) -> dict[str, Any]:
    charts = [figures.over_time(read, table)] if table.bars else []
    if len(table.facts) > 1:
        charts.append(figures.shares(read, table.facts, TITLES[table.key]))
    if table.more:
        charts.append(figures.shares(read, table.more, "Who recognised them"))
    return {
        "table": table,
        "charts": charts,
        "not_yet": words.not_yet(read) if table.key == "recognition" else "",
        "url": reverse("see:noticing-table", args=[read.on.isoformat(), table.key]),
    }


TITLES = {
    "places": "Which of the six places are filled",
    "moments": "What kind of moment",
    "recognition": "What was recognised",
}


def _frame(user: User, read: Date) -> dict[str, Any]:
    return {
        "read": read,
        "row": read.row,
        "day": read.on,
        "back": date_url(read.row),
        "named_since": words.named(read.since),
        "compared": words.named(read.earlier[0][0]) if read.earlier else "",
        "never": words.NEVER,
        "how": words.HOW.format(threshold=read.release.threshold if read.release else ""),
        "may_share": allowed(user, "see.share_noticing") and read.row.is_ready and not read.row.shared_on,
        "csv_url": reverse("see:noticing-csv", args=[read.on.isoformat()]),
        "xlsx_url": reverse("see:noticing-xlsx", args=[read.on.isoformat()]),
        "share_url": reverse("see:noticing-share", args=[read.on.isoformat()]),
    }


def date_url(row: NoticingRelease) -> str:
    return reverse("see:noticing-date", args=[row.on.isoformat()])


def _query(where: str, **asked: str) -> str:
    return f"{where}?{urlencode(asked)}"
