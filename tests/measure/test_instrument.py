"""Instruments: what a file may hold, what a hash means, and that every complaint names its place and the mend."""

import copy
import json

import pytest

from belong.measure import InstrumentError, available, from_dict, load
from belong.measure.instrument import from_text

SMALL = """
key: tiny
title: Tiny
audience: [pupils]
ages: [8, 18]
licence: CC-BY-4.0
parts:
  - {id: adults, title: Adults}
scales:
  often3:
    labels: [Never, Sometimes, Always]
    favourable: [3]
items:
  - {id: a-1, part: adults, scale: often3, text: Adults know me.}
  - {id: a-2, part: adults, scale: often3, text: I am left out., reverse: true}
"""


@pytest.mark.parametrize("key", available())
def test_every_instrument_that_comes_with_belong_round_trips(key):
    instrument = load(key)
    again = from_dict(json.loads(json.dumps(instrument.to_dict())))
    assert again == instrument
    assert again.hash == instrument.hash
    assert [item.hash for item in again.items] == [item.hash for item in instrument.items]


@pytest.mark.parametrize(
    ("key", "items", "reversed_items"),
    [
        ("pisa-belong", 6, [2, 3, 5]),
        ("pisa-stu-rel", 5, [1, 2, 3, 4, 5]),
        ("pssm", 18, [3, 6, 9, 12, 16]),
        ("timss-belong", 7, [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_keys_of_known_scales_hold_the_direction_and_no_wording(key, items, reversed_items):
    instrument = load(key)
    assert len(instrument.items) == items
    assert [i for i, item in enumerate(instrument.items, 1) if item.reverse] == reversed_items
    assert all(item.text == {} for item in instrument.items)
    assert "wording not shipped" in instrument.licence


def test_missing_codes_may_be_written_as_ranges():
    assert load("pisa-belong").missing == (5, 6, 7, 8, 9, 95, 96, 97, 98, 99)


def test_two_thirds_means_four_of_six_and_twelve_of_eighteen():
    needed = load("pisa-belong").needed
    assert [needed(n) for n in (1, 2, 3, 4, 5, 6, 18, 20)] == [1, 2, 2, 3, 4, 4, 12, 14]


def test_an_item_keeps_its_hash_when_moved_or_translated_and_loses_it_when_reworded():
    data = from_text(SMALL).to_dict()
    before = from_dict(data).item("a-1").hash
    moved = copy.deepcopy(data)
    moved["items"][0] |= {
        "aspect": "safe",
        "visibility": "named",
        "text": {"en": "Adults know me.", "cy": "…"},
    }
    reworded = copy.deepcopy(data)
    reworded["items"][0]["text"] = {"en": "Adults at school know me."}
    turned = copy.deepcopy(data)
    turned["items"][0]["reverse"] = True
    assert from_dict(moved).item("a-1").hash == before
    assert from_dict(moved).hash != from_dict(data).hash
    assert from_dict(reworded).item("a-1").hash != before
    assert from_dict(turned).item("a-1").hash != before


def test_visibility_defaults_to_pooled_and_open_questions_to_confidential():
    text = SMALL + '  - {id: say, kind: open, text: "Anything else?"}\n'
    instrument = from_text(text)
    assert [item.visibility for item in instrument.items] == ["pooled", "pooled", "confidential"]
    assert [item.id for item in instrument.scored_items] == ["a-1", "a-2"]


@pytest.mark.parametrize(
    ("change", "place", "mend"),
    [
        (("audience: [pupils]", "audience: [pupil]"), "line 4, audience[0]", "Did you mean 'pupils'?"),
        (("title: Tiny", "titel: Tiny"), "tiny.yaml", "Did you mean 'title'?"),
        (("licence: CC-BY-4.0\n", ""), "tiny.yaml", "Add a line 'licence: …'"),
        (("scale: often3, text: Adults", "scale: often, text: Adults"), "items[0].scale", "'often3'?"),
        (
            ("part: adults, scale: often3, text: I", "part: adult, scale: often3, text: I"),
            "items[1].part",
            "'adults'?",
        ),
        (("[Never, Sometimes, Always]", "[No, Sometimes, Always]"), "labels[0]", 'quotes, for example "Yes"'),
        (("favourable: [3]", "favourable: [4]"), "favourable[0]", "outside 1 to 3"),
        (("id: a-2", "id: a-1"), "items[1]", "used twice"),
        (("ages: [8, 18]", "ages: [18, 8]"), "line 5, ages", "youngest first"),
        (("reverse: true", "reverse: yess"), "items[1].reverse", "true or false"),
        (("key: tiny", "key: tiny\nkey: small"), "line 3", "stands here twice"),
        (("title: Tiny", "title: &a Tiny\ncitation: *a"), "line 4", "aliases"),
        (("title: Tiny", "title: {en: [}"), "line 3", "not valid YAML"),
        (("key: tiny", "key: other"), "tiny.yaml", "Make them the same"),
        (
            ("part: adults, scale: often3, text: Adults", "scale: often3, text: Adults"),
            "items[0]",
            "Add 'part: …'",
        ),
        (("licence: CC-BY-4.0", "licence: CC-BY-4.0\nmissing: [3]"), "missing", "not both"),
    ],
)
def test_a_mistake_is_answered_with_its_place_and_the_mend(change, place, mend):
    with pytest.raises(InstrumentError) as caught:
        from_text(SMALL.replace(*change), "tiny.yaml", "tiny")
    assert place in caught.value.path
    assert mend in caught.value.message


def test_free_text_is_never_pooled():
    text = SMALL + '  - {id: say, kind: open, visibility: pooled, text: "Anything else?"}\n'
    with pytest.raises(InstrumentError, match="confidential"):
        from_text(text)


def test_an_unknown_key_names_the_nearest_and_paths_do_not_escape():
    with pytest.raises(InstrumentError, match="Did you mean 'pisa-belong'"):
        load("pisa-belnog")
    with pytest.raises(InstrumentError, match="no such instrument"):
        load("../../../etc/passwd")


def test_a_file_is_read_by_its_path(tmp_path):
    path = tmp_path / "tiny.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert load(path).key == "tiny"
    assert load(str(path)) == load(path)
