"""Checking a badge: lists of what was withdrawn, and the keys that are believed."""

import json
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from belong.notice.badges.credential import (
    read_issuer,
    read_status,
)
from belong.notice.badges.credential.issuers import IssuerFileError
from belong.notice.badges.credential.making import public_of
from belong.notice.badges.credential.status import StatusFileError
from tests.notice.badges import made
from tests.notice.badges.test_verify import (
    GENUINE,
    KINDS,
    UNSURE,
    VALID,
    WRONG,
    file_of,
    look,
    no_network,  # noqa: F401
)

pytestmark = pytest.mark.alike


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
