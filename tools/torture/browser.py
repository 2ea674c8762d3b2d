"""A browser without a screen, on one address of this machine: cookies, forms, and no patience for redirects."""

import http.client
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlsplit
from uuid import uuid4

PATIENCE = 20.0  # seconds, as long as the answering script waits


class Lost(Exception):
    """The connection broke, or nothing came back: nobody knows what the server did."""


@dataclass
class Reply:
    """What came back; `place` is where a redirect leads (path and query)."""

    status: int
    text: str
    place: str = ""

    @property
    def is_trouble(self) -> bool:
        """Whether a browser's script would try again."""
        return self.status >= 500 or self.status == 429

    def form(self, field: str) -> "Form":
        """The form that holds a field; AssertionError where the page has none."""
        for one in forms(self.text):
            if field in one.values or field in one.choices:
                return one
        raise AssertionError(f"no form with {field!r} on a page that said {self.status}")


@dataclass
class Form:
    """A form as it stands on the page: its values, and the choices of its radio buttons and boxes."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


@dataclass
class Browser:
    """One browser. Each request is a connection of its own."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Reply:
        return self._send("GET", path, None, {})

    def post(self, path: str, values: dict[str, str | list[str]], *, json: bool = False) -> Reply:
        """Send a form; `json` asks for the reply that the answering script reads."""
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        if json:
            head["Accept"] = "application/json"
        return self._send("POST", path, urllib.parse.urlencode(values, doseq=True).encode(), head)

    def upload(self, path: str, values: dict[str, str], name: str, file_name: str, data: bytes) -> Reply:
        """Send a form with a file."""
        edge = uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in values.items()
        ]
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n')
        body = (
            "".join(parts).encode()
            + b"Content-Type: text/csv\r\n\r\n"
            + data
            + f"\r\n--{edge}--\r\n".encode()
        )
        return self._send("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def _send(self, method: str, path: str, body: bytes | None, head: dict[str, str]) -> Reply:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        if self.cookies:
            head = {**head, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            line.request(method, path, body, {**head, "Connection": "close"})
            answer = line.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Lost(str(error)) from error
        finally:
            line.close()
        if (
            "Content-Length" not in answer.headers
        ):  # every page of ours has one: this one was cut off in its head
            raise Lost("cut off in the head")
        self._remember(answer.headers.get_all("Set-Cookie") or [])
        return Reply(answer.status, text.decode(errors="replace"), _local(answer.headers.get("Location", "")))

    def _remember(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)


def _local(place: str) -> str:
    parts = urlsplit(place)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def forms(page: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._open = Form(has.get("action", ""))
            self.found.append(self._open)
        elif self._open is None:
            return
        elif tag == "input" and "name" in has:
            self._input(self._open, has)
        elif tag == "textarea":
            self._open.texts.append(has["name"])
            self._open.values[has["name"]] = ""
        elif tag == "select":
            self._select = has.get("name", "")
        elif (
            tag == "option" and self._select and ("selected" in has or self._select not in self._open.values)
        ):
            self._open.values[self._select] = has.get("value", "")

    def _input(self, form: Form, has: dict[str, str]) -> None:
        if has.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(has["name"], []).append(has.get("value", "on"))
            if "checked" not in has:
                return
        if has.get("type") not in ("submit", "file", "button"):
            form.values[has["name"]] = has.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
