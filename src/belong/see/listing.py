"""The list of waves: which results are ready, which are on their way, which there will be."""

from dataclasses import dataclass

from belong.ask.access import visible_waves
from belong.ask.models import Wave
from belong.people.models import User
from belong.release import Release
from belong.see import findings
from belong.see.access import visible_releases
from belong.see.models import ReleaseRecord
from belong.see.queries import parsed_all
from belong.see.words import since, years_in_words

OPEN = "open"


@dataclass(frozen=True)
class Entry:
    """One wave on the list. `state` is a release state, or "open" while people answer."""

    wave: Wave
    state: str
    years: str
    headline: str = ""
    response: str = ""


def listing(user: User) -> list[Entry]:
    """Waves newest first; governors and analysts find only what they may read. Three queries or four."""
    records = list(visible_releases(user).order_by("-wave__opens_on", "-wave_id"))
    releases = parsed_all(records)
    waves = {str(record.wave_id): record.wave for record in records}
    found = [_entry(record, releases.get(record.pk), waves) for record in records]
    known = {record.wave_id for record in records}
    going_on = visible_waves(user).filter(state=Wave.OPEN).exclude(pk__in=known)
    found += [Entry(wave, OPEN, years_in_words(wave.years)) for wave in going_on]
    return sorted(found, key=lambda entry: (entry.wave.opens_on, entry.wave.pk), reverse=True)


def _entry(record: ReleaseRecord, release: Release | None, waves: dict[str, Wave]) -> Entry:
    years = years_in_words(record.wave.years)
    if release is None:
        return Entry(record.wave, record.state, years)
    before = waves.get(next((change.from_wave for change in release.changes[:1]), ""))
    said = " ".join(findings.headline(release, since(record.wave, before) if before else ""))
    return Entry(record.wave, record.state, years, said, findings.response_in_words(release))
