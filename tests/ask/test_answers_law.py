"""Whatever a browser sends, either all of it fits or nothing is taken."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from belong.ask.answers import LONGEST_TEXT, RATHER_NOT, Misfit, checked, from_form, kept, split
from belong.ask.models import Wave
from belong.ask.questionnaire import usual_visibility
from belong.measure.instrument import load

CORE = load("belong-core")
IDS = [item.id for item in CORE.items]
VALUES = st.one_of(
    st.integers(-3, 9).map(str),
    st.text(max_size=30),
    st.sampled_from(["", "-1", "1", "5", "0", "01", " 3", "3.0"]),
)
FORMS = st.dictionaries(
    st.one_of(st.sampled_from([f"{kind}-{id}" for id in IDS for kind in ("q", "no")]), st.text(max_size=8)),
    st.lists(VALUES, min_size=1, max_size=2),
    max_size=12,
)


def posted(fields: dict[str, list[str]]) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, values in fields.items():
        form.setlist(name, values)
    return form


@given(FORMS)
def test_what_is_taken_fits_the_questions(fields):
    try:
        answers = from_form(CORE.items, posted(fields))
    except Misfit:
        return
    for item in CORE.items:
        answer = answers.get(item.id)
        if isinstance(answer, str):
            assert item.kind == "open"
            assert 0 < len(answer) <= LONGEST_TEXT
            assert answer == answer.strip()
        elif answer is not None:
            assert answer == RATHER_NOT or 1 <= answer <= item.categories
    assert list(answers) == [id for id in IDS if id in answers]


@given(FORMS)
def test_taking_twice_is_taking_once(fields):
    try:
        answers = from_form(CORE.items, posted(fields))
    except Misfit:
        return
    assert checked(CORE.items, answers) == answers


@given(FORMS)
def test_any_form_can_be_shown_again(fields):
    shown = kept(CORE.items, posted(fields))
    assert set(shown) <= set(IDS)


KINDS = st.sampled_from(["pooled", "named", "confidential", "unlinked"])


@given(st.dictionaries(st.sampled_from(IDS), KINDS), st.data())
def test_each_answer_goes_to_exactly_one_place(changes, data):
    visibility = usual_visibility(CORE, "pupils") | changes
    wave = Wave(visibility=visibility)
    answers = {
        item.id: data.draw(st.text(min_size=1))
        if item.kind == "open"
        else data.draw(st.sampled_from([-1, 1]))
        for item in data.draw(st.lists(st.sampled_from(CORE.items), unique_by=lambda item: item.id))
    }
    parts = split(wave, answers)
    places = [parts.signed, parts.texts, parts.pooled, parts.unlinked]
    for item_id in answers:
        homes = [place for place in places if item_id in place]
        assert len(homes) == 1
        assert (item_id in parts.pooled) == (visibility[item_id] == "pooled")
        assert (item_id in parts.unlinked) == (visibility[item_id] == "unlinked")
