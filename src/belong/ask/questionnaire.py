"""The questions of a wave: which ones a person gets, how long they take, who may be allowed to see each."""

from collections.abc import Iterable, Sequence

from belong.ask.languages.taking import instrument_with
from belong.ask.models.wave import CONFIDENTIAL, NAMED, POOLED, UNLINKED, Wave
from belong.measure.instrument import BY_NAME, Instrument, Item, available, from_dict, load
from belong.web.languages import ENGLISH, active
from belong.web.symbols import SYMBOLS

CHECK_IN = "check-in"
"""The questions of check-ins (`belong.ask.checkins`): no wave asks them."""
OLDEST_WORDING = "11"
KINDS = (POOLED, NAMED, CONFIDENTIAL, UNLINKED)
SECONDS = {"scale": 14, "choice": 14, "honesty": 14, "open": 75, "adults": 30, "friends": 45}
# Adults read and tap about eight closed questions a minute; the comment boxes are short notes, and may be left out.
ADULTS_SECONDS = {"scale": 7.5, "choice": 7.5, "honesty": 7.5, "open": 45, "adults": 30, "friends": 45}
_KEPT = 64
_instruments: dict[tuple[str, str, str], Instrument] = {}


def instrument_of(wave: Wave, language: str | None = None) -> Instrument:
    """The wave's questionnaire from its own snapshot, in English and a language it took in (else the page's own).

    Parsed once per process and content. A language the wave did not take in is as if English had been asked for.
    """
    code = language or active()
    words = str(wave.languages.get(code, {}).get("hash", ""))
    key = (wave.instrument_hash, code if words else ENGLISH, words)
    found = _instruments.get(key)
    if found is None:
        if len(_instruments) >= _KEPT:
            _instruments.clear()
        found = from_dict(wave.instrument)
        if words:
            found = instrument_with(wave, found, code)
        _instruments[key] = found
    return found


def language_of_questions(wave: Wave, language: str | None = None) -> str:
    """The language in which a page asks: the one wanted (else the page's own) if the wave has it, else English."""
    code = language or active()
    return code if code in wave.languages else ENGLISH


def askable(audience: str) -> list[Instrument]:
    """Questionnaires for an audience whose every question has wording that may be shown."""
    ours = [load(key) for key in available() if key != CHECK_IN]
    return [one for one in ours if audience in one.audience and all(item.text for item in one.items)]


def ages_in(year: str) -> tuple[int, int]:
    """Ages of pupils in an English year group: Year 8 is 12 to 13; any age where the year is not known."""
    if year == "R":
        return (4, 5)
    if year.startswith("N"):
        return (2, 4)
    return (int(year) + 4, int(year) + 5) if year.isdigit() else (4, 19)


def for_year(items: Iterable[Item], year: str) -> tuple[Item, ...]:
    """The questions meant for pupils of a year group."""
    youngest, oldest = ages_in(year)
    return tuple(item for item in items if item.ages[0] <= oldest and item.ages[1] >= youngest)


def questions_for(wave: Wave, year: str) -> tuple[Item, ...]:
    """The questions this wave asks someone (pupils: of that year group), in order."""
    items = instrument_of(wave).items
    if wave.check_in_id:
        year = year or OLDEST_WORDING
    return for_year(items, year) if wave.is_for_pupils else items


def adults_items(wave: Wave) -> tuple[Item, ...]:
    """The questions of a wave that ask for adults by name."""
    return tuple(item for item in instrument_of(wave).items if item.kind == "adults")


def friends_items(wave: Wave) -> tuple[Item, ...]:
    """The questions of a wave that ask whom a pupil likes to be with."""
    return tuple(item for item in instrument_of(wave).items if item.kind == "friends")


def asks_for_people(wave: Wave) -> bool:
    """Whether a question of a wave is answered with names."""
    return any(item.kind in BY_NAME for item in instrument_of(wave).items)


def gives_figures(wave: Wave) -> bool:
    """Whether anything of a wave is counted: answers that name people, go to people or are words never are."""
    counted = (POOLED, UNLINKED)
    return any(wave.seen_as(item.id) in counted for item in instrument_of(wave, ENGLISH).scored_items)


def has_symbols(instrument: Instrument) -> bool:
    """Whether there are drawings for its questions."""
    return any(item.id in SYMBOLS for item in instrument.items)


def years_for(instrument: Instrument, years: Sequence[str]) -> list[str]:
    """Those year groups the questionnaire is written for (all but the edge years of its age range)."""
    low, high = instrument.ages
    return [year for year in years if ages_in(year)[0] >= low - 1 and ages_in(year)[1] <= high + 1]


def minutes(items: Iterable[Item], *, adults: bool = False) -> int:
    """About how long answering takes pupils (or staff and families), in whole minutes."""
    seconds = ADULTS_SECONDS if adults else SECONDS
    return max(1, round(sum(seconds[item.kind] for item in items) / 60))


def kinds_allowed(item: Item, audience: str) -> tuple[str, ...]:
    """Who may be allowed to see the answers to a question, the usual choice first.

    Free text can name people, and friends are people, so both are always confidential. An honesty answer stays with
    its sheet. Readers are named to pupils only: a pupil's tutor and pastoral lead are known, an adult's are not. Whom a
    pupil could turn to is for those readers and for nobody else.
    """
    if item.kind == "adults":
        return (NAMED,)
    if item.kind in ("open", "friends"):
        return (CONFIDENTIAL,)
    if item.kind == "honesty":
        return (POOLED,)
    return KINDS if audience == Wave.PUPILS else (POOLED, CONFIDENTIAL, UNLINKED)


def usual_visibility(instrument: Instrument, audience: str) -> dict[str, str]:
    """What the questionnaire itself proposes, within what is allowed."""
    usual = {}
    for item in instrument.items:
        allowed = kinds_allowed(item, audience)
        usual[item.id] = item.visibility if item.visibility in allowed else allowed[0]
    return usual
