"""Which recordings there are, and where a page for answering finds them."""

from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from belong.ask.models import Recording, Wave
from belong.ask.questionnaire import instrument_of
from belong.ask.recordings.spoken import to_read
from belong.base.briefly import briefly

_PASS = "belong.ask.sound"  # noqa: S105  (a salt, not a secret)


def recordings(instrument_key: str, language: str) -> QuerySet[Recording]:
    """What was recorded for a questionnaire in one language; without the sounds themselves."""
    return Recording.objects.filter(instrument_key=instrument_key, language=language).defer("sound")


@briefly
def sounds_for(wave: Wave, language: str) -> dict[str, str]:
    """What can be heard beside this wave's questions: name (`recordings.spoken`) → address. One query.

    Only what was read from exactly the words that stand on the page.
    """
    found = recordings(wave.instrument_key, language).values_list("spoken", "words", "pk")
    read = {spoken: (words, pk) for spoken, words, pk in found}
    if not read:
        return {}
    mark = signing.Signer(salt=_PASS).sign(str(wave.pk))
    return {
        one.key: reverse("ask:sound", args=[mark, read[one.key][1]])
        for one in to_read(instrument_of(wave, language), language)
        if one.key in read and read[one.key][0] == one.words
    }


def wave_of_mark(mark: str) -> int | None:
    """The wave on whose page an address of a sound stands, or None if it was made up."""
    try:
        return int(signing.Signer(salt=_PASS).unsign(mark))
    except (signing.BadSignature, ValueError):
        return None
