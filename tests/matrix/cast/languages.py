"""A language with words of the school's own, for the table of addresses."""

from typing import Any

from belong.ask.languages.actions import keep_words
from tests.conftest import Cast


def own_language(cast: Cast) -> dict[str, dict[str, Any]]:
    """`polish`: a language that has an edition of its own; `no-language`: none that we know."""
    keep_words(cast.survey_lead, "pl", {"texts/endings/end-4-7-title": "Wielkie dzięki"})
    return {"polish": {"code": "pl"}, "no-language": {"code": "xx"}}
