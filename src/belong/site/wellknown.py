"""Two small files that programs look for: robots.txt and security.txt (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from belong.base.clock import now

RENEWED = timedelta(days=180)


def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in this installation: BELONG_SECURITY_CONTACT; nothing where that is not set."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    expires = (now() + RENEWED).astimezone(timezone.get_fixed_timezone(0)).replace(microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri(reverse('security-txt'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
