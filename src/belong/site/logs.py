"""How a line of the log is written."""

import logging
from types import TracebackType

Found = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
TELLS = ("DETAIL:", "CONTEXT:")


class Plain(logging.Formatter):
    """One line a record, and tracebacks without what the database quotes.

    PostgreSQL explains a refused row by the row itself ("Failing row contains (12, Ben, …)"): what somebody answered or
    is called has no place in a log that whoever looks after the machine reads.
    """

    def formatException(self, ei: Found) -> str:  # noqa: N802  (the name is the library's)
        kept = [line for line in super().formatException(ei).splitlines() if not line.startswith(TELLS)]
        return "\n".join(kept)
