"""What a form was sent with."""

from typing import Any

from django.http import HttpRequest


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """Fields and files of a POST, empty ones included; nothing where a page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
