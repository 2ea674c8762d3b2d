"""A school with two released waves, two plans, and a published response to the first."""

import re
from html import unescape

import pytest

from belong.tell.actions import add_item, begin_response, publish_response, write_thanks
from belong.tell.models import Response
from tests.tell.build import Told, make_story


@pytest.fixture
def story(cast, in_school) -> Told:
    return make_story(cast.school, cast.head)


def respond(cast, wave, plans=(), *, publish=True) -> Response:
    """A response with one item a plan, and one without."""
    response = begin_response(cast.survey_lead, wave=wave)
    write_thanks(cast.survey_lead, response=response, thanks="Thank you. We read every answer.")
    for plan in plans:
        words = f"Some of us want this: {plan.title.lower()}."
        add_item(cast.survey_lead, response=response, heard=words, did="It began in October.", plan=plan)
    add_item(
        cast.survey_lead,
        response=response,
        heard="Lunch is loud.",
        did="Not yet: the hall is full until January.",
    )
    if publish:
        publish_response(cast.head, response=response)
    return response


@pytest.fixture
def answered(cast, story) -> Response:
    """The autumn wave's response, published."""
    return respond(cast, story.autumn, [story.adults, story.clubs])


def words_of(page: str) -> str:
    """The words of a page as one line: no tags, drawings or scripts."""
    bare = re.sub(r"<(style|script|svg|title)\b.*?</\1>", " ", page, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())
