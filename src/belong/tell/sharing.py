"""The public address of a response: the link, the square to scan, the poster."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from belong.ask.qr import qr
from belong.tell.models import Response


@dataclass(frozen=True)
class Share:
    """How a published response reaches people."""

    address: str
    qr: SafeString
    poster: str


def share(request: HttpRequest, response: Response) -> Share:
    """The link as others see it from outside, with its QR code."""
    address = request.build_absolute_uri(reverse("tell:told", args=[response.share_code]))
    return Share(address, qr(address), reverse("tell:poster", args=[response.share_code]))
