"""Keep answering out of the log: no address (it may hold a card's token), no wave, no person.

What is left for the technician is the kind of reply and, where somebody could not get in, a few fixed words why.
"""

import logging

from django.http import HttpRequest

from belong.ask.passes import PATH

REASON = "_belong_reason"


def note_reason(request: HttpRequest, reason: str) -> None:
    """Say why in fixed words; never anything that was typed, scanned or looked up."""
    setattr(request, REASON, reason)


class QuietAnswering(logging.Filter):
    """Turns Django's line about a page under /a/ into one that only says what kind of reply it was, and why."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None or not request.path.startswith(PATH):
            return True
        reason = getattr(request, REASON, "")
        status = getattr(record, "status_code", "?")
        record.msg = "A page for answering replied %s: %s." if reason else "A page for answering replied %s."
        record.args = (status, reason) if reason else (status,)
        record.request = None
        return True


def keep_answering_quiet() -> None:
    """Attach the filter to Django's request logger, once."""
    logger = logging.getLogger("django.request")
    if not any(isinstance(one, QuietAnswering) for one in logger.filters):
        logger.addFilter(QuietAnswering())
