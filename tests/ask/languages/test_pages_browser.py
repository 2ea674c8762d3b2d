"""The languages pages of a survey lead, in a real browser."""

import io
import re

import pytest
from django_scopes import scope

from belong.ask.languages.exchange import file_for
from tests.browser import allow, axe, sign_in
from tests.look import shoot

pytestmark = pytest.mark.browser
PLACE = "texts/endings/end-12-18-title"


def test_from_the_list_to_words_in_use(page, live, cast, school):
    sign_in(page, cast.survey_lead)
    page.goto(f"{live}/ask/languages/")
    shoot(page, "languages-list", (390, 820, 1280))
    axe(page, strict=True)
    page.get_by_role("link", name="Polish").click()
    shoot(page, "languages-one", (390, 820, 1280))
    axe(page, strict=True)
    with scope(school=school):
        words = file_for("pl", school)
    mended = re.sub(rf"^({PLACE},[^,]*),[^,]*", r"\1,Wielkie dzięki", words, flags=re.M)
    page.locator('input[type="file"]').set_input_files(
        {"name": "words.csv", "mimeType": "text/csv", "buffer": mended.encode()}
    )
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("heading", name="1 text would change").wait_for()
    shoot(page, "languages-preview", (390, 820, 1280))
    axe(page, strict=True)
    page.get_by_role("button", name="Use these words").click()
    page.get_by_text("your words are in use").wait_for()


def test_a_file_with_a_wrong_line_says_which(page, live, cast, school):
    sign_in(page, cast.survey_lead)
    allow(page, "422")
    page.goto(f"{live}/ask/languages/ar/")
    body = io.StringIO(
        "Where it stands (leave as it is),b,c\ntexts/visibility/named-young,x,y\nnowhere,x,y\n"
    ).read()
    page.locator('input[type="file"]').set_input_files(
        {"name": "words.csv", "mimeType": "text/csv", "buffer": body.encode()}
    )
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("heading", name="Nothing has changed yet").wait_for()
    shoot(page, "languages-problems", (390, 1280))
    axe(page, strict=True)
