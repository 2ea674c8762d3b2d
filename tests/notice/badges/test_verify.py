"""The verifier on badges that are sound, and on badges that are not though their signatures are good."""

import json
import socket
from datetime import UTC, datetime

import jwt
import pytest

from belong.notice.badges import drawing
from belong.notice.badges.credential import (
    Outcome,
    bake,
    extract,
    read_status,
    sign_jwt,
    sign_ldp,
    verify,
)
from belong.notice.badges.credential.making import public_of
from tests.notice.badges import made

pytestmark = pytest.mark.alike

VALID, GENUINE, UNSURE, WRONG = Outcome.VALID, Outcome.GENUINE, Outcome.UNSURE, Outcome.NOT_VALID
PNG, SVG = drawing.png("circle", "star", "teal"), drawing.svg("circle", "star", "teal", "Star")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Nothing here may so much as look an address up."""

    def refuse(*args, **kwargs):
        raise AssertionError("the network was asked for")

    for name in ("getaddrinfo", "create_connection", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def look(data, *, issuer="ours", withdrawn=(), status="ours", at=made.AT):
    """The verdict with our key file and our list, unless told otherwise."""
    known = made.issuer() if issuer == "ours" else issuer
    listed = read_status(made.status_list(*withdrawn)) if status == "ours" else status
    return verify(data, issuer=known, status=listed, at=at)


def file_of(kind, change=None, **more):
    return made.token(change, **more) if kind == "token" else made.as_file(made.document(change, **more))


KINDS = ("document", "token")


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_badge_is_valid_in_every_wrapping(kind):
    data = file_of(kind)
    wrappings = [data, b"\xef\xbb\xbf" + data + b"\n", bake(PNG, data.decode()), bake(SVG, data.decode())]
    for wrapped in wrappings:
        verdict = look(wrapped)
        assert verdict.outcome is VALID, verdict
        assert verdict.says["badge"] == "Steadfast friend"
    assert extract(wrappings[2]) == extract(wrappings[3]) == data.decode()


def test_what_we_sign_is_what_the_standards_ask_for():
    signer = made.signer()
    credential = made.credential(until=datetime(2097, 3, 3, tzinfo=UTC))
    assert credential["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert credential["type"] == ["VerifiableCredential", "AchievementCredential"]
    assert credential["credentialSubject"]["id"].startswith("urn:uuid:")
    payload = jwt.decode(sign_jwt(credential, signer), options={"verify_signature": False})
    assert payload["sub"] == credential["credentialSubject"]["id"]
    assert payload["iss"] == credential["issuer"]["id"] == public_of(made.SEED).did
    assert payload["jti"] == credential["id"]
    assert payload["nbf"] == datetime(2024, 3, 3, tzinfo=UTC).timestamp()
    assert payload["exp"] == datetime(2097, 3, 3, tzinfo=UTC).timestamp()
    proof = sign_ldp(credential, signer, made.AT)["proof"]
    assert (proof["type"], proof["cryptosuite"]) == ("DataIntegrityProof", "eddsa-rdfc-2022")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"until": datetime(2024, 6, 1, tzinfo=UTC)}, "expired on 1 June 2024"),
        ({"since": datetime(2096, 6, 1, tzinfo=UTC)}, "not valid before 1 June 2096"),
    ],
)
def test_out_of_date_though_well_signed(kind, more, words):
    verdict = look(file_of(kind, **more))
    assert verdict.outcome is WRONG
    assert len(verdict.wrong) == 1
    assert words in verdict.wrong[0]


@pytest.mark.parametrize("kind", KINDS)
def test_another_issuer_though_well_signed(kind):
    stranger = made.signer(made.OTHER_SEED)
    assert look(file_of(kind, by=stranger)).outcome is WRONG
    # somebody else's key, our school's identifier
    ours = public_of(made.SEED).did
    forged = made.Signer(made.OTHER_SEED, ours, "Oak Park School", f"{ours}#{public_of(made.SEED).multibase}")
    assert look(file_of(kind, by=forged)).outcome is WRONG
    # our key, somebody else's identifier
    borrowed = made.Signer(
        made.SEED, "https://other.example", "Other", f"https://other.example#{public_of(made.SEED).multibase}"
    )
    verdict = look(file_of(kind, by=borrowed))
    assert verdict.outcome is WRONG
    assert "names another issuer" in verdict.wrong[0]


def _set(*path, to):
    def change(made_):
        here = made_
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = to

    return change


def _drop(*path):
    def change(made_):
        here = made_
        for step in path[:-1]:
            here = here[step]
        del here[path[-1]]

    return change


VC1 = ["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
SHAPES = {
    "no context": _drop("@context"),
    "one context": _set("@context", to=["https://www.w3.org/ns/credentials/v2"]),
    "older model": _set("@context", to=VC1),
    "no type": _set("type", to=["VerifiableCredential"]),
    "other type": _set("type", to=["VerifiableCredential", "EndorsementCredential"]),
    "not verifiable": _set("type", to=["AchievementCredential"]),
    "no id": _drop("id"),
    "no issuer": _drop("issuer"),
    "issuer type": _set("issuer", "type", to=["Person"]),
    "no beginning": _drop("validFrom"),
    "no time zone": _set("validFrom", to="2024-03-03T00:00:00"),
    "no date": _set("validFrom", to="last week"),
    "no subject": _drop("credentialSubject"),
    "subject type": _set("credentialSubject", "type", to=["InvalidAchievementSubject"]),
    "nobody": _drop("credentialSubject", "id"),
    "no achievement": _drop("credentialSubject", "achievement"),
    "achievement type": _set("credentialSubject", "achievement", "type", to=["Thing"]),
    "no criteria": _drop("credentialSubject", "achievement", "criteria"),
    "no name": _drop("credentialSubject", "achievement", "name"),
    "evidence type": _set("evidence", to=[{"type": ["Proof"], "narrative": "x"}]),
    "result type": _set("credentialSubject", "result", to=[{"type": ["Score"], "value": "9"}]),
    "two subjects": lambda one: one.update(credentialSubject=[one["credentialSubject"]] * 2),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SHAPES)
def test_wrong_shape(kind, name):
    if kind == "document":
        by = made.signer()
        sound = made.credential()
        SHAPES[name](sound)
        data = made.as_file(sound | {"proof": made.document()["proof"]})
        assert by
    else:
        data = made.token(SHAPES[name])
    assert look(data).outcome is WRONG


CLAIMS = {
    "iss": "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
    "sub": "urn:uuid:00000000-0000-4000-8000-000000000000",
    "jti": "urn:uuid:00000000-0000-4000-8000-000000000001",
    "nbf": 1_700_000_000,
    "exp": 1_900_000_000,
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_that_disagree_with_the_credential(claim):
    verdict = look(made.token(_set(claim, to=CLAIMS[claim])))
    assert verdict.outcome is WRONG
    assert f"({claim})" in verdict.wrong[0]


@pytest.mark.parametrize("claim", ["iss", "sub", "jti", "nbf"])
def test_claims_that_are_missing(claim):
    assert look(made.token(_drop(claim))).outcome is WRONG


def test_a_token_in_the_older_wrapper():
    body = {"vc": made.credential(), "iss": "x"}
    data = jwt.encode(body, made.signer().pem, algorithm="EdDSA").encode()
    assert "older form" in look(data).wrong[0]


@pytest.mark.parametrize(
    "alg", ["none", "None", "NONE", "nOnE", "", None, "HS256", "HS512", "RS256", "ES256", "ROT13", 5]
)
def test_algorithms_that_prove_nothing(alg):
    sound = made.credential()
    assert look(made.unsigned(sound, {"alg": alg, "typ": "JWT"})).outcome is WRONG
    assert look(made.unsigned(sound, {"typ": "JWT"})).outcome is WRONG


def test_the_public_key_as_a_shared_secret():
    import hmac
    from hashlib import sha256 as digest

    head = made.base64.urlsafe_b64encode(b'{"alg":"HS256"}').rstrip(b"=")
    sound = made.credential()
    body = made.base64.urlsafe_b64encode(json.dumps(sound | made.claims(sound)).encode()).rstrip(b"=")
    for secret in (public_of(made.SEED).pem, public_of(made.SEED).multibase.encode()):
        mac = hmac.new(secret, head + b"." + body, digest).digest()
        data = head + b"." + body + b"." + made.base64.urlsafe_b64encode(mac).rstrip(b"=")
        assert look(data).outcome is WRONG


def test_a_key_carried_along_is_not_believed():
    forged = made.token(
        head={"jwk": made.jwk(made.OTHER_SEED)},
        by=made.Signer(made.OTHER_SEED, public_of(made.SEED).did, "Oak", ""),
    )
    assert look(forged).outcome is WRONG
    assert look(forged, issuer=None).outcome is WRONG
    good = made.token(head={"jwk": made.jwk()})
    assert look(good).outcome is VALID
    assert look(made.token(head={"jwk": made.jwk(made.OTHER_SEED)})).outcome is WRONG
    assert look(made.token(head={"jwk": {"kty": "oct", "k": "AAAA"}})).outcome is WRONG
    assert (
        look(made.token(head={"kid": f"{public_of(made.SEED).did}#{public_of(made.SEED).multibase}"})).outcome
        is VALID
    )
    assert look(made.token(head={"kid": "did:web:other.example#key-1"})).outcome is WRONG
    assert look(made.token(head={"kid": "key-1"})).outcome is VALID
    assert look(made.token(head={"crit": ["exp"], "exp": 1})).outcome is WRONG


PROOFS = {
    "none": lambda proof: None,
    "empty list": lambda proof: [],
    "no method": lambda proof: {name: value for name, value in proof.items() if name != "verificationMethod"},
    "other suite": lambda proof: proof | {"cryptosuite": "bbs-2023"},
    "other kind": lambda proof: proof | {"type": "Ed25519Signature2020"},
    "other purpose": lambda proof: proof | {"proofPurpose": "authentication"},
    "no value": lambda proof: proof | {"proofValue": ""},
    "other base": lambda proof: proof | {"proofValue": "u" + proof["proofValue"][1:]},
    "two": lambda proof: [proof, proof],
    "method of another": lambda proof: proof | {"verificationMethod": "https://other.example/keys#1"},
    "other day": lambda proof: proof | {"created": "2024-11-02T09:00:01Z"},
    "no day": lambda proof: proof | {"created": "soon"},
    "past its end": lambda proof: proof | {"expires": "2020-01-01T00:00:00Z"},
}


@pytest.mark.parametrize("name", PROOFS)
def test_proofs_that_are_none(name):
    signed = made.document()
    signed["proof"] = PROOFS[name](signed["proof"])
    assert look(made.as_file(signed)).outcome is WRONG


def test_a_proof_we_do_not_know_beside_one_we_know():
    signed = made.document()
    signed["proof"] = [{"type": "SomeProofType", "created": "2022-11-16T18:54:22Z"}, signed["proof"]]
    assert look(made.as_file(signed)).outcome is VALID
