"""A wave takes its translations in: when it is planned, and again, as they stand then, when it opens."""

from collections.abc import Mapping
from typing import Any

from belong.ask.languages.wording import in_use, looked_up_together
from belong.ask.models import Wave, WaveWording
from belong.content.translations import ENGLISH, languages, words_hash
from belong.measure.instrument import Instrument, InstrumentError, from_dict, load
from belong.measure.translating import Overlay, overlay_for, translated

DRAFT, CHECKED = "draft", "checked"


def overlay_now(instrument: Instrument, code: str, school: Any) -> tuple[Overlay, str] | None:
    """The words a school would use for a questionnaire today and their status; None where there are none.

    The school's own words lie over those that ship. Words for a question whose English has changed since are left out.
    """
    from belong.ask.languages.editing import status_of

    own = in_use(code, school)
    overlay = overlay_with(instrument, code, own.words if own else {})
    return (overlay, status_of(code, school)) if overlay else None


def overlay_with(instrument: Instrument, code: str, own: Mapping[str, str]) -> Overlay | None:
    """The words that ship for a questionnaire with a school's own (by place) over them; None where there are none."""
    from belong.ask.languages.editing import laid_over

    said = laid_over(overlay_for(instrument.key, code) or {}, own, instrument.key)
    overlay = _still_fitting(said, instrument)
    return overlay if any(overlay.get(kind) for kind in ("items", "scales", "title")) else None


def take_in(wave: Wave) -> None:
    """Copy every translation of the wave's questionnaire into it; call inside the transaction that saves the wave."""
    instrument = from_dict(wave.instrument)
    with looked_up_together(wave.school):
        found = {
            one.code: taken
            for one in languages()
            if one.code != ENGLISH and (taken := overlay_now(instrument, one.code, wave.school))
        }
    said = {
        code: {"status": status, "hash": words_hash(overlay)} for code, (overlay, status) in found.items()
    }
    if said == wave.languages:
        return
    wave.languages = said
    Wave.askings.filter(pk=wave.pk).update(languages=said)
    WaveWording.objects.filter(wave=wave).delete()
    WaveWording.objects.bulk_create(
        WaveWording(school_id=wave.school_id, wave=wave, language=code, words=overlay)
        for code, (overlay, _) in found.items()
    )


def _still_fitting(overlay: Overlay, instrument: Instrument) -> Overlay:
    """The overlay without words for questions that read otherwise in English by now."""
    try:
        current = load(instrument.key)
    except InstrumentError:
        return {}
    same = {item.id: item.hash for item in current.items}
    items = {item.id for item in instrument.items if same.get(item.id) == item.hash}
    parts = {part.id for part in instrument.parts}
    scales = {name for name, scale in instrument.scales.items() if current.scales.get(name) == scale}
    return {
        **overlay,
        "items": {id: words for id, words in overlay.get("items", {}).items() if id in items},
        "parts": {id: words for id, words in overlay.get("parts", {}).items() if id in parts},
        "scales": {name: words for name, words in overlay.get("scales", {}).items() if name in scales},
    }


def instrument_with(wave: Wave, instrument: Instrument, code: str) -> Instrument:
    """The wave's questionnaire with the words it took in for a language beside the English."""
    row = WaveWording.objects.filter(wave=wave, language=code).first()
    return translated(instrument, code, row.words) if row else instrument
