"""Asking a provider over HTTPS: few seconds, no redirects, a small reply, JSON or nothing."""

import json
import time
from typing import Any

import requests
from urllib3.exceptions import HTTPError

CONNECT, READ, WHOLE = 2.0, 4.0, 5.0  # seconds: to be reached, between two pieces, all together
LARGEST = 256 * 1024  # bytes; Microsoft's keys, the largest reply, take about 15,000


class NoAnswer(Exception):
    """The provider could not be reached, was too slow, or said something that is no answer."""


def get_json(url: str) -> dict[str, Any]:
    """What stands at `url`. Raises NoAnswer."""
    status, reply = _ask("GET", url, None)
    if status != 200:
        raise NoAnswer(f"answered {status}")
    return reply


def post_form(url: str, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Status and reply to a form sent to `url`; refusals (400, 401) are answers too. Raises NoAnswer."""
    status, reply = _ask("POST", url, fields)
    if status not in (200, 400, 401, 403):
        raise NoAnswer(f"answered {status}")
    return status, reply


def _ask(method: str, url: str, fields: dict[str, str] | None) -> tuple[int, dict[str, Any]]:
    by = time.monotonic() + WHOLE
    try:
        with (
            requests.Session() as session,
            session.request(
                method,
                url,
                data=fields,
                headers={"Accept": "application/json", "Accept-Encoding": "identity"},
                timeout=(CONNECT, READ),
                allow_redirects=False,
                stream=True,
            ) as answer,
        ):
            whole = b""
            # read1 gives what has come, so that a reply that drips does not hold us past the limit.
            while piece := answer.raw.read1(16 * 1024):
                whole += piece
                if len(whole) > LARGEST:
                    raise NoAnswer("reply too large")
                if time.monotonic() > by:
                    raise NoAnswer("too slow")
        reply = json.loads(whole)
    except (requests.RequestException, HTTPError, OSError, ValueError, RecursionError) as error:
        raise NoAnswer(type(error).__name__) from None
    if not isinstance(reply, dict):
        raise NoAnswer("not an object")
    return answer.status_code, reply
