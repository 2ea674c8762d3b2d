"""Words laid over a questionnaire change no code, order, hash or score; what does not fit is refused with its mend."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belong.ask.languages.editing import INSTRUMENTS, flat, laid_over, places
from belong.content.translations import TranslationError, checked, english
from belong.measure.instrument import InstrumentError, from_dict, load
from belong.measure.translating import overlay_from, translated

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=12).filter(
    str.strip
)


@st.composite
def overlays(draw):
    """A questionnaire of ours, and any words for any of its texts."""
    instrument = load(draw(st.sampled_from(INSTRUMENTS)))
    made = {"parts": {}, "items": {}, "scales": {}}
    for item in draw(st.lists(st.sampled_from(instrument.items), unique_by=lambda one: one.id)):
        made["items"][item.id] = draw(st.dictionaries(st.sampled_from(["text", "label", "why"]), words))
    for part in draw(st.lists(st.sampled_from(instrument.parts), unique_by=lambda one: one.id)):
        made["parts"][part.id] = draw(st.dictionaries(st.sampled_from(["title", "about"]), words))
    for name in draw(st.lists(st.sampled_from(sorted(instrument.scales)), unique=True)):
        size = instrument.scales[name].size
        made["scales"][name] = draw(
            st.lists(words, min_size=size, max_size=size, unique_by=lambda one: one.strip().casefold())
        )
    return instrument, made


@settings(max_examples=80, deadline=None)
@given(overlays(), st.sampled_from(["pl", "ar", "so"]))
def test_any_overlay_leaves_what_is_stored_and_scored_as_it_was(found, code):
    plain, overlay = found
    spoken = translated(plain, code, overlay_from(overlay, plain))
    assert [item.hash for item in spoken.items] == [item.hash for item in plain.items]
    assert [item.id for item in spoken.items] == [item.id for item in plain.items]
    for before, after in zip(plain.items, spoken.items, strict=True):
        same = ("kind", "part", "aspect", "reverse", "visibility", "ages", "most", "scored", "categories")
        assert all(getattr(before, name) == getattr(after, name) for name in same)
        assert after.text["en"] == before.text["en"]
        if before.scale is not None and after.scale is not None:
            assert list(after.scale.codes) == list(before.scale.codes)
            assert after.scale.faces == before.scale.faces
            assert after.scale.favourable == before.scale.favourable
            assert after.scale.words() == before.scale.words()
    assert (spoken.method, spoken.minimum_answered) == (plain.method, plain.minimum_answered)
    assert from_dict(spoken.to_dict()) == spoken


@settings(max_examples=40, deadline=None)
@given(overlays())
def test_words_by_their_places_say_what_the_overlay_says(found):
    instrument, overlay = found
    fitting = overlay_from(overlay, instrument)
    by_place = flat(fitting, instrument.key)
    again = laid_over(
        {}, {place: said for place, said in by_place.items() if place in places()}, instrument.key
    )
    shown = translated(instrument, "pl", overlay_from(again, instrument))
    wanted = translated(instrument, "pl", fitting)
    assert [item.text for item in shown.items] == [item.text for item in wanted.items]
    assert {name: scale.words("pl") for name, scale in shown.scales.items()} == {
        name: scale.words("pl") for name, scale in wanted.scales.items()
    }


@pytest.mark.parametrize(
    ("overlay", "where", "mend"),
    [
        ({"items": {"adult-1": {"text": "x"}}}, "items.adult-1", "Did you mean 'adults-1'"),
        ({"items": {"adults-1": {"txt": "x"}}}, "items.adults-1", "Did you mean 'text'"),
        ({"items": {"adults-1": {"text": ""}}}, "items.adults-1.text", "empty"),
        ({"scales": {"often5": ["a", "b"]}}, "scales.often5", "the English has 5"),
        ({"scales": {"often5": ["a", "b", "c", "d", "A"]}}, "scales.often5", "the same"),
        ({"scales": {"often": []}}, "scales.often", "Did you mean 'often5'"),
        ({"status": "perfect"}, "status", "not one of"),
        ({"title": 7}, "title", "in quotes"),
    ],
)
def test_an_overlay_that_does_not_fit_is_refused_with_its_place_and_mend(overlay, where, mend):
    with pytest.raises(InstrumentError) as refused:
        overlay_from(overlay, load("belong-core"), "languages/pl/instruments/belong-core.yaml")
    assert "languages/pl/instruments/belong-core.yaml" in str(refused.value)
    assert where in str(refused.value)
    assert mend in str(refused.value)


@pytest.mark.parametrize(
    ("found", "mend"),
    [
        ({"named-yung": "x"}, "English has no such text"),
        ({"named-young": "Nikt."}, "{names} is missing"),
        ({"named-young": "{names} {nobody}"}, "{nobody} is not in the English"),
        ({"named-young": "{names"}, "a brace"),
        ({"named-young": ["x"]}, "expected a text"),
        ({"named-young": " "}, "empty"),
    ],
)
def test_a_text_that_does_not_fit_is_refused_with_its_key_and_mend(found, mend):
    with pytest.raises(TranslationError) as refused:
        checked(found, english("visibility"), "languages/pl/visibility.yaml")
    assert "languages/pl/visibility.yaml" in str(refused.value)
    assert next(iter(found)) in str(refused.value)
    assert mend in str(refused.value)
