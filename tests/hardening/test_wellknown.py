"""The small files that programs look for, and the largest body that is taken."""

from datetime import UTC, datetime, timedelta

from belong.base.clock import now
from belong.site.headers import LARGEST_BODY


def test_robots_are_asked_to_stay_away(client):
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_security_txt_names_the_contact_and_does_not_go_stale(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@school.example"
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:security@school.example"
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    expires = datetime.strptime(lines["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=170) < expires - now() < timedelta(days=366)


def test_without_a_contact_there_is_no_such_file(client, settings, db):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_a_body_larger_than_any_form_is_refused_unread(client):
    answer = client.post(
        "/sign-in/", b"", content_type="text/plain", headers={"Content-Length": str(LARGEST_BODY + 1)}
    )
    assert answer.status_code == 413
    assert b"20 MB" in answer.content


def test_an_unknown_host_is_refused(client, db, settings):
    settings.ALLOWED_HOSTS = ["school.example"]
    answer = client.get("/sign-in/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil" not in answer.content
