"""Checking a badge: no bit of a file or picture can be changed, and none makes the check stumble."""

import json
import struct
import zlib
from hashlib import sha256

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st
from openbadgeslib import baking

from belong.notice.badges import drawing
from belong.notice.badges.credential import (
    bake,
    read_status,
    sign_jwt,
    sign_ldp,
    verify,
)
from belong.notice.badges.credential.making import CannotSign
from tests.notice.badges import made
from tests.notice.badges.test_verify import (
    KINDS,
    PNG,
    SVG,
    VALID,
    WRONG,
    file_of,
    look,
    no_network,  # noqa: F401
)

pytestmark = pytest.mark.alike


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
