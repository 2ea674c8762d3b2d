"""When something breaks: whose fault it is, and what to do, without asking the database for anything."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

CANNOT_KEEP = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG, errno.EROFS}
TRY_AFTER = "20"  # seconds


def broken(request: HttpRequest) -> HttpResponse:
    """The page for any error: 503 where the machine cannot keep or fetch anything just now, else 500.

    With 503 the page for answering tries again by itself, and other programs know that they may.
    """
    if is_passing(sys.exc_info()[1]):
        answer = HttpResponse(get_template("503.html").render(), status=503)
        answer["Retry-After"] = TRY_AFTER
        return answer
    return HttpResponse(get_template("500.html").render(), status=500)


def is_passing(error: BaseException | None) -> bool:
    """Whether an error is the disk's or the database's (full, locked, gone) rather than the program's."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, OSError) and error.errno in CANNOT_KEEP
