"""Keep answering out of the log: no address (it may hold a card's token), no wave, no person."""

import logging

from belong.ask.passes import PATH


class QuietAnswering(logging.Filter):
    """Turns Django's line about a page under /a/ into one that only says what kind of reply it was."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None or not request.path.startswith(PATH):
            return True
        record.msg, record.args = "A page for answering replied %s.", (getattr(record, "status_code", "?"),)
        record.request = None
        return True


def keep_answering_quiet() -> None:
    """Attach the filter to Django's request logger, once."""
    logger = logging.getLogger("django.request")
    if not any(isinstance(one, QuietAnswering) for one in logger.filters):
        logger.addFilter(QuietAnswering())
