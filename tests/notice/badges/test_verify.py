"""The verifier on badges that are sound, and on badges that are not though their signatures are good."""

import json
import socket
import struct
import zlib
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st
from openbadgeslib import baking

from belong.notice.badges import drawing
from belong.notice.badges.credential import (
    Outcome,
    bake,
    extract,
    read_issuer,
    read_status,
    sign_jwt,
    sign_ldp,
    verify,
)
from belong.notice.badges.credential.issuers import IssuerFileError
from belong.notice.badges.credential.making import CannotSign, public_of
from belong.notice.badges.credential.status import StatusFileError
from tests.notice.badges import made

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


def test_withdrawn_and_not_checked():
    data = file_of("document")
    assert look(data, withdrawn=[made.PLACE - 1, made.PLACE + 1]).outcome is VALID
    verdict = look(data, withdrawn=[made.PLACE])
    assert verdict.outcome is WRONG
    assert "withdrawn" in verdict.wrong[0]
    without = look(data, status=None)
    assert without.outcome is UNSURE
    assert "revocation not checked" in without.open[0]
    unlisted = look(file_of("document", status_list=""))
    assert unlisted.outcome is GENUINE


def test_lists_that_do_not_count():
    data, ours = file_of("document"), made.signer()
    stranger = made.signer(made.OTHER_SEED)
    forged = json.loads(made.status_list())
    forged["credentialSubject"]["encodedList"] = json.loads(made.status_list(made.PLACE))[
        "credentialSubject"
    ]["encodedList"]
    other_kind = json.loads(made.status_list())
    other_kind["credentialSubject"]["statusPurpose"] = "suspension"
    for listed in (
        made.status_list(by=stranger),
        made.as_file(forged),
        made.as_file(other_kind),
        made.status_list(by=ours, at=made.AT - timedelta(days=200)),
        made.status_list(by=ours, at=made.AT + timedelta(days=2)),
        made.status_list(address="urn:uuid:00000000-0000-4000-8000-000000000009"),
    ):
        verdict = look(data, status=read_status(listed))
        assert verdict.outcome is UNSURE, verdict
        assert "revocation not checked" in verdict.open[0]
    elsewhere = made.status_list(made.PLACE, address="urn:uuid:00000000-0000-4000-8000-000000000009")
    assert look(data, status=read_status(elsewhere)).outcome is WRONG


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(type="VerifiableCredential"),
        lambda one: one["credentialSubject"].update(encodedList="uAAAA"),
        lambda one: one["credentialSubject"].update(statusSize=2),
        lambda one: one["credentialSubject"].update(
            {"https://www.w3.org/ns/credentials/status#encodedList": "u"}
        ),
        lambda one: one["credentialSubject"].update(
            type="https://www.w3.org/ns/credentials/status#BitstringStatusList"
        ),
        lambda one: one.update({"@context": [{"encodedList": None}]}),
        lambda one: one.update(validUntil="never"),
    ],
)
def test_lists_that_are_none(change):
    listed = json.loads(made.status_list())
    change(listed)
    with pytest.raises(StatusFileError):
        read_status(made.as_file(listed))


def test_a_list_as_token():
    body = json.loads(made.status_list(made.PLACE))
    del body["proof"]
    signed = jwt.encode(body | {"iss": body["issuer"]}, made.signer().pem, algorithm="EdDSA").encode()
    assert look(file_of("document"), status=read_status(signed)).outcome is WRONG
    forged = jwt.encode(body, made.signer(made.OTHER_SEED).pem, algorithm="EdDSA").encode()
    assert look(file_of("document"), status=read_status(forged)).outcome is UNSURE


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_key_file_nobody_is_believed(kind):
    verdict = look(file_of(kind), issuer=None)
    assert verdict.outcome is UNSURE
    assert "--issuer" in verdict.open[0]


def test_an_issuer_that_is_a_plain_word():
    by = made.signer(issuer="https://oak.example/badges")
    signed = made.document(lambda one: one.update(issuer=one["issuer"]["id"]), by=by)
    listed = read_status(made.status_list(by=by))
    assert (
        look(
            made.as_file(signed), issuer=made.issuer(name="https://oak.example/badges"), status=listed
        ).outcome
        is VALID
    )
    assert look(made.as_file(signed), issuer=None, status=None).outcome is UNSURE
    assert (
        look(
            made.as_file(signed), issuer=made.issuer(name="https://elm.example/badges"), status=listed
        ).outcome
        is WRONG
    )


def _key_files():
    key = public_of(made.SEED)
    multi = {"type": "Multikey", "publicKeyMultibase": key.multibase}
    return {
        "pem": key.pem.decode(),
        "multibase": key.multibase,
        "did:key": key.did,
        "did:key with part": f"{key.did}#{key.multibase}",
        "jwk": json.dumps(made.jwk()),
        "jwks": json.dumps({"keys": [made.jwk(made.OTHER_SEED), made.jwk()]}),
        "multikey": json.dumps(multi | {"controller": key.did, "id": f"{key.did}#{key.multibase}"}),
        "text in json": json.dumps(key.did),
        "did document": json.dumps(
            {"id": key.did, "verificationMethod": [{"id": "#k", "publicKeyJwk": made.jwk()}]}
        ),
        "embedded": json.dumps({"id": key.did, "assertionMethod": [multi | {"id": "#k"}]}),
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", _key_files())
def test_key_files_in_every_form(kind, form):
    assert look(file_of(kind), issuer=read_issuer(_key_files()[form])).outcome is VALID


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "{}", "[]", '{"keys": []}', "{", "did:web:oak.example", "z6Mkbroken", '{"kty":"OKP"}',
        '{"kty":"oct","k":"AAAA"}', "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "[" * 5000,
        json.dumps({"id": "x", "verificationMethod": [{"publicKeyMultibase": "zz"}]}),
        json.dumps({"id": "x", "assertionMethod": ["#b"], "verificationMethod": [made.jwk() | {"id": "#a"}]}),
    ],
)  # fmt: skip
def test_key_files_that_are_none(text):
    with pytest.raises(IssuerFileError):
        read_issuer(text)


def test_a_private_key_is_not_taken_for_a_key_file():
    with pytest.raises(IssuerFileError, match="private"):
        read_issuer(made.signer().pem.decode())


def test_keys_that_were_replaced_or_given_up():
    data = file_of("document")
    file = made.key_file()
    method = file["verificationMethod"][0]
    for member, moment, outcome in (
        ("replaced", "2024-11-03T00:00:00Z", VALID),
        ("replaced", "2024-10-01T00:00:00Z", WRONG),
        ("revoked", "2024-11-01T00:00:00Z", WRONG),
        ("expires", "2024-11-01T00:00:00Z", WRONG),
        ("expires", "2025-11-01T00:00:00Z", VALID),
    ):
        file["verificationMethod"] = [method | {member: moment}]
        assert look(data, issuer=read_issuer(json.dumps(file))).outcome is outcome, (member, moment)


def _pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize("alg", ["RS256", "ES256"])
def test_tokens_of_other_issuers_with_other_keys(alg):
    key = rsa.generate_private_key(65537, 2048) if alg == "RS256" else ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    body = made.credential(status_list="")
    body["issuer"] = {"id": "https://other.example/1", "type": ["Profile"], "name": "Ötherländ Üniversität"}
    body["type"].append("OpenBadgeCredential")
    body["credentialSubject"]["achievement"]["achievementType"] = "Degree"
    data = jwt.encode(body | made.claims(body), _pem(key), algorithm=alg).encode()
    assert look(data, issuer=read_issuer(public)).outcome is GENUINE
    assert look(data).outcome is WRONG
    weak = rsa.generate_private_key(65537, 1024).public_key()
    with pytest.raises(IssuerFileError, match="too weak"):
        read_issuer(weak.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


@pytest.mark.parametrize("kind", KINDS)
def test_no_bit_can_be_changed(kind):
    """Every byte of the badge, one bit each (which one: drawn from the place); all that is read is signed."""
    data = (
        file_of(kind, evidence="", criteria="Kind.", name="Kind")
        if kind == "token"
        else made.as_file(made.document(evidence=""))
    )
    known, listed = made.issuer(), read_status(made.status_list())
    step = 1 if kind == "token" else 3
    for at in range(0, len(data), step):
        changed = bytearray(data)
        changed[at] ^= 1 << sha256(bytes([at % 256, at // 256])).digest()[0] % 7
        verdict = verify(bytes(changed), issuer=known, status=listed, at=made.AT)
        same = bytes(changed).replace(b"\t", b" ").replace(b"\n", b" ").replace(b"\r", b" ")
        assert verdict.outcome is WRONG or same.split() == data.split(), (
            at,
            bytes(changed[at - 20 : at + 20]),
            verdict,
        )


@settings(max_examples=60, deadline=None)
@hypothesis_given(st.integers(0, 2**40), st.integers(0, 7))
def test_no_bit_of_a_baked_picture_can_be_changed(place, bit):
    data = BAKED
    at = place % len(data)
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    assert (
        verify(
            bytes(changed), issuer=made.issuer(), status=read_status(made.status_list()), at=made.AT
        ).outcome
        is WRONG
    )


BAKED = bake(drawing.png("square", "sun", "slate"), made.as_file(made.document()).decode())


@settings(max_examples=150, deadline=None)
@hypothesis_given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(str.encode),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(
                    st.sampled_from(
                        ["@context", "type", "id", "issuer", "credentialSubject", "proof", "validFrom", "x"]
                    ),
                    inner,
                    max_size=6,
                )
            ),
            max_leaves=12,
        ).map(lambda one: json.dumps(one).encode()),
    )
)
def test_nothing_makes_it_stumble(data):
    assert verify(data, issuer=made.issuer(), at=made.AT).outcome is WRONG


def _chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _with_chunk(*bodies):
    return PNG[:33] + b"".join(_chunk(b"iTXt", body) for body in bodies) + PNG[33:]


def test_pictures_made_by_others():
    text = made.as_file(made.document())
    packed = b"openbadgecredential\0\1\0en\0Badge\0" + zlib.compress(text)
    plain = b"openbadgecredential\0\0\0\0\0" + text
    assert look(_with_chunk(packed)).outcome is VALID
    assert look(_with_chunk(b"openbadges\0\0\0\0\0old", plain)).outcome is VALID
    other_prefix = SVG.replace(
        b"</svg>",
        b'<ob:credential xmlns:ob="https://purl.imsglobal.org/ob/v3p0"><![CDATA['
        + text
        + b"]]></ob:credential></svg>",
    )
    assert look(other_prefix).outcome is VALID
    with_doctype = (
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + bake(SVG, text.decode())[22:]
    )
    assert look(with_doctype).outcome is VALID


def test_pictures_that_could_be_read_two_ways_or_grow():
    text = made.as_file(made.document())
    plain = b"openbadgecredential\0\0\0\0\0" + text
    bomb = b"openbadgecredential\0\1\0\0\0" + zlib.compress(b" " * 60_000_000 + text)
    twice = bake(SVG, text.decode()).replace(
        b"</svg>", b'<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0" verify="a.b.c"/></svg>'
    )
    laughs = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
    outside = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
    for data in (
        _with_chunk(plain, plain), _with_chunk(bomb), _with_chunk(plain[:-9])[:-30], PNG, SVG, twice, laughs, outside,
        _with_chunk(b"openbadgecredential\0\2\0\0\0" + text), _with_chunk(b"openbadgecredential\0"), b"<svg>",
        b"<" * 9000, b"\x89PNG\r\n\x1a\n", b"", b" \n", b"\xff\xfe\x00", b"a.b.c", b"x" * 9_000_000, b'{"a":' * 9000,
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}', b'{"a": "\\ud800"}', b"[1]", b'"x"', made.as_file({"x": "y" * 300_000}),
    ):  # fmt: skip
        assert look(data).outcome is WRONG, data[:60]


def test_a_name_stands_once():
    data = made.as_file(made.document()).decode()
    doubled = data.replace(
        '"validFrom"',
        '"validUntil": "2020-01-01T00:00:00Z", "validUntil": "2099-01-01T00:00:00Z", "validFrom"',
        1,
    )
    assert "twice" in look(doubled.encode()).wrong[0]


def test_words_of_strangers_cannot_move_the_cursor():
    signed = made.document(
        lambda one: one["credentialSubject"]["achievement"].update(name="\x1b[2J\x1b[31mValid\n\u202eok")
    )
    shown = look(made.as_file(signed)).says["badge"]
    assert shown.isprintable()
    assert "\x1b" not in shown


def test_members_hidden_from_the_signature():
    """What the signature does not cover (words no vocabulary knows, full addresses) is not read around."""
    signed = made.document()
    for extra in (
        {"https://www.w3.org/2018/credentials#validUntil": "2020-01-01T00:00:00Z"},
        {"unknown": "x"},
        {"@graph": []},
    ):
        assert look(made.as_file(signed | extra)).outcome is WRONG


def test_we_sign_nothing_in_another_name_or_out_of_shape():
    sound = made.credential()
    with pytest.raises(CannotSign):
        sign_ldp(sound, made.signer(made.OTHER_SEED), made.AT)
    with pytest.raises(CannotSign):
        sign_jwt(sound | {"type": ["VerifiableCredential"]}, made.signer())


def test_baking_twice_is_refused():
    text = made.as_file(made.document()).decode()
    for picture in (PNG, SVG):
        with pytest.raises(ValueError, match="already"):
            bake(bake(picture, text), text)
    with pytest.raises(ValueError, match="damaged"):
        bake(b"neither", text)
    assert baking.has_png(bake(PNG, text), keyword=b"openbadgecredential")
