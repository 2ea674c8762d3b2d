"""A small OpenID Connect provider that runs as a process of its own and can be told to misbehave.

It plays Google under /google and Microsoft under /microsoft: it checks client, secret, redirect address, PKCE and
that a code is used once; signs id_tokens with a real key; and publishes its keys. `POST /switches` sets who is at the
keyboard and what goes wrong; `GET /seen` tells what it was asked.

    python provider.py      prints its port and serves until it is killed
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT, SECRET = "belong-at-school", "a secret: with + and &"
TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"
DOMAIN = "oakpark.sch.uk"
RULES = {
    "account": {},  # claims of whoever is at the keyboard, over those of `_claims`
    "drop": [],  # claims to leave out
    "token": "",  # see `_signed`
    "key": "rsa",  # which key signs
    "published": ["rsa"],  # which keys are published
    "error": {},  # sent back instead of a code
    "reply": "",  # see `Handler.do_POST` and `_keys`
    "state": None,  # sent back instead of the state that came
    "secret": SECRET,
}


class Provider:
    """Keys, codes that wait to be used, and the rules of the moment."""

    def __init__(self) -> None:
        self.keys = {
            "rsa": rsa.generate_private_key(65537, 2048),
            "new": ec.generate_private_key(ec.SECP256R1()),
            "thief": rsa.generate_private_key(65537, 2048),
        }
        self.reset()

    def reset(self) -> None:
        self.rules = json.loads(json.dumps(RULES))
        self.codes: dict[str, dict[str, str]] = {}
        self.seen: list[dict[str, object]] = []

    def public(self, name: str) -> dict[str, str]:
        key = self.keys[name]
        kind = jwt.algorithms.ECAlgorithm if name == "new" else jwt.algorithms.RSAAlgorithm
        return kind.to_jwk(key.public_key(), as_dict=True) | {"kid": name, "use": "sig"}

    def issuer(self, kind: str, base: str) -> str:
        return f"{base}/{kind}" if kind == "google" else f"{base}/{kind}/{TENANT}/v2.0"

    def id_token(self, kind: str, asked: dict[str, str], base: str) -> str:
        claims = self._claims(kind, asked, base) | self.rules["account"]
        return self._signed({name: claims[name] for name in claims if name not in self.rules["drop"]})

    def _claims(self, kind: str, asked: dict[str, str], base: str) -> dict[str, object]:
        now = int(time.time())
        both = {
            "iss": self.issuer(kind, base),
            "aud": asked["client_id"],
            "sub": "1047",
            "iat": now,
            "exp": now + 3600,
            "nonce": asked.get("nonce", ""),
            "email": "tutor@oak.test",
        }
        if kind == "google":
            return both | {"hd": DOMAIN, "email_verified": True, "azp": asked["client_id"]}
        oid = "6c9e2f5a-0000-4000-8000-000000001047"
        return both | {"tid": TENANT, "oid": oid, "preferred_username": both["email"], "ver": "2.0"}

    def _signed(self, claims: dict[str, object]) -> str:
        how, name = self.rules["token"], self.rules["key"]
        key = self.keys[name]
        head = {"kid": name}
        if how == "none":
            return _joined({"alg": "none", "typ": "JWT", **head}, claims, b"")
        if how == "public key as secret":
            pem = key.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            return _joined({"alg": "HS256", "typ": "JWT", **head}, claims, pem)
        if how == "thief with our kid":
            return jwt.encode(claims, self.keys["thief"], "RS256", headers=head)
        if how == "new with our kid":
            return jwt.encode(claims, self.keys["new"], "ES256", headers=head)
        if how == "no kid":
            return jwt.encode(claims, key, "RS256")
        good = jwt.encode(claims, key, "ES256" if name == "new" else "RS256", headers=head)
        if how == "changed":
            top, _, mark = good.split(".")
            return f"{top}.{_part(claims | {'sub': 'somebody-else'})}.{mark}"
        return {"nonsense": "ey.ey.ey", "huge": "a" * 20_000}.get(how, good)


def _part(data: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


def _joined(head: dict[str, object], claims: dict[str, object], secret: bytes) -> str:
    """A token signed with HMAC by whoever holds a secret, or not at all."""
    body = f"{_part(head)}.{_part(claims)}"
    mark = hmac.new(secret, body.encode(), "sha256").digest() if secret else b""
    return f"{body}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        kind, _, what = parts.path.strip("/").partition("/")
        if parts.path == "/seen":
            return self._say({"seen": self.provider.seen})
        self._note(what or kind, asked)
        return {"authorize": lambda: self._authorize(asked), "keys": self._keys}.get(
            what, lambda: self._say({}, 404)
        )()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/switches":
            self.provider.reset()
            self.provider.rules |= json.loads(body)
            return self._say({})
        kind = self.path.strip("/").partition("/")[0]
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._note("token", form)
        reply = self.provider.rules["reply"]
        if reply == "slow":
            time.sleep(1.5)
        if reply == "huge":
            return self._say({"id_token": "a" * 400_000})
        if reply == "elsewhere":
            return self._send(302, b"", {"Location": f"{self.base}/{kind}/keys"})
        if reply == "drip":
            return self._drip()
        if reply == "page":
            return self._send(200, b"<h1>Back soon</h1>", {"Content-Type": "text/html"})
        if reply == "broken":
            return self._say({}, 500)
        return self._token(kind, form)

    def _drip(self) -> None:
        """A letter every tenth of a second, without end in sight."""
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        for _ in range(20):
            try:
                self.wfile.write(b" ")
            except OSError:
                return
            time.sleep(0.1)

    def _authorize(self, asked: dict[str, str]) -> None:
        """Whoever is at the keyboard agrees at once."""
        rules = self.provider.rules
        back = {"state": asked["state"] if rules["state"] is None else rules["state"]}
        if rules["error"]:
            back |= rules["error"]
        else:
            back["code"] = secrets.token_urlsafe(16)
            self.provider.codes[back["code"]] = asked
        words = urlencode({name: value for name, value in back.items() if value})
        self._send(302, b"", {"Location": f"{asked['redirect_uri']}?{words}"})

    def _token(self, kind: str, form: dict[str, str]) -> None:
        asked = self.provider.codes.pop(form.get("code", ""), None)
        if form.get("client_secret") != self.provider.rules["secret"] or form.get("client_id") != CLIENT:
            return self._say({"error": "invalid_client"}, 401)
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri") or not _fits(asked, form):
            return self._say({"error": "invalid_grant"}, 400)
        token = self.provider.id_token(kind, asked, self.base)
        return self._say({"access_token": "unused", "token_type": "Bearer", "id_token": token})

    def _keys(self) -> None:
        if self.provider.rules["reply"] == "no keys":
            return self._say({}, 503)
        return self._say({"keys": [self.provider.public(name) for name in self.provider.rules["published"]]})

    def _note(self, what: str, asked: dict[str, str]) -> None:
        self.provider.seen.append({"what": what, **asked})

    def _say(self, data: dict[str, object], status: int = 200) -> None:
        self._send(status, json.dumps(data).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        try:
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # whoever asked did not want to wait

    def log_message(self, *words: object) -> None:
        """Quiet."""


def _fits(asked: dict[str, str], form: dict[str, str]) -> bool:
    """PKCE: the verifier hashes to the challenge; S256 only."""
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    made = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return asked.get("code_challenge_method") == "S256" and asked.get("code_challenge") == made


def main() -> None:
    Handler.provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
