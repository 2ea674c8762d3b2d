"""What the project ships in other languages: whole, with the placeholders of the English, and compiled as written."""

import re
import string
from pathlib import Path

import pytest

from belong.ask.languages.editing import INSTRUMENTS
from belong.content import names, po
from belong.content.translations import (
    ENGLISH,
    english,
    known,
    languages,
    require_fitting,
    text_names,
    translated,
)
from belong.measure.instrument import load
from belong.measure.translating import shipped_overlay
from belong.measure.translating import translated as in_words
from tools.messages.__main__ import file_of
from tools.messages.extract import messages

pytestmark = pytest.mark.alike

CODES = [one.code for one in languages() if one.code != ENGLISH]
SCRIPTS = {
    "ur": r"[\u0600-\u06ff]",
    "ar": r"[\u0600-\u06ff]",
    "pa": r"[\u0a00-\u0a7f]",
    "bn": r"[\u0980-\u09ff]",
    "uk": r"[\u0400-\u04ff]",
}


def test_eleven_languages_each_with_its_own_name_and_an_honest_status():
    assert list(known()) == ["en", "cy", "pl", "ur", "pa", "ro", "ar", "bn", "so", "pt", "uk"]
    assert {one.code for one in languages() if one.rtl} == {"ur", "ar"}
    for one in languages():
        assert one.name
        assert one.called
        assert (one.status == "checked") == (one.code == ENGLISH or bool(one.checked_by and one.checked_on))


@pytest.mark.parametrize("code", CODES)
def test_every_text_for_those_who_answer_is_there(code):
    for name in text_names():
        require_fitting(code, name)
        missing = set(english(name)) - set(translated(code, name))
        assert not missing, f"languages/{code}/{name}.yaml lacks {sorted(missing)}"
    files = set(names(f"languages/{code}"))
    assert files <= set(text_names()), f"{code} has files that English has not: {files - set(text_names())}"


@pytest.mark.parametrize("code", CODES)
def test_paragraphs_and_the_fold_stand_where_they_do_in_english(code):
    for name in text_names():
        for key, words in translated(code, name).items():
            source = english(name)[key]
            assert words.count("\n\n---\n\n") == source.count("\n\n---\n\n"), (
                f"{code}/{name}.yaml, {key}: ---"
            )
            numbers = set(re.findall(r"\b\d{3,}(?: \d+)*\b", source))
            kept = all(number in words for number in numbers)
            assert kept, f"{code}/{name}.yaml, {key}: the telephone number is not the same"


@pytest.mark.parametrize("key", INSTRUMENTS)
@pytest.mark.parametrize("code", CODES)
def test_every_questionnaire_is_whole(code, key):
    plain, overlay = load(key), shipped_overlay(key, code)
    assert overlay, f"languages/{code}/instruments/{key}.yaml is not there"
    spoken = in_words(plain, code, overlay)
    for item in spoken.items:
        assert {code} <= item.text.keys() & item.why.keys(), f"{code}/{key}: {item.id}"
        assert item.hash == plain.item(item.id).hash
    for name, scale in spoken.scales.items():
        assert code in scale.labels, f"{code}/{key}: {name}"


@pytest.mark.parametrize("code", sorted(SCRIPTS))
def test_the_words_are_in_their_own_script(code):
    for key in INSTRUMENTS:
        for item in in_words(load(key), code, shipped_overlay(key, code) or {}).items:
            assert re.search(SCRIPTS[code], item.text.get(code, "")), f"{code}/{key}: {item.id}"


@pytest.mark.parametrize("code", CODES)
def test_interface_words_are_all_there_and_compiled_as_written(code, settings):
    path = file_of(code)
    kept = po.read(path.read_text("utf-8"))
    for one in messages(code):
        assert one.key in kept, f"{path} lacks '{one.english}': ./run messages"
        words = kept[one.key].words
        assert all(words or [""]), f"{path}: '{one.english}' is not translated"
        assert len(words) == (po.forms(code) if one.plural else 1), f"{path}: '{one.english}' has other forms"
        for said in words:
            assert _fields(said) <= _fields(one.english) | _fields(one.plural), f"{path}: '{said}'"
            wanted = _fields(one.english) & _fields(one.plural) if one.plural else _fields(one.english)
            assert one.plural or wanted <= _fields(said), f"{path}: '{said}' lacks {wanted - _fields(said)}"
    assert path.with_suffix(".mo").read_bytes() == po.compiled(kept.values(), code), f"{path}: ./run messages"


def _fields(words: str) -> set[str]:
    """Placeholders of both kinds: `%(name)s`, `%%s` (filled in by the page's script), `{count}`."""
    brackets = set(re.findall(r"%\(\w+\)[sd]", words)) | {f"%%s{i}" for i in range(words.count("%%s"))}
    try:
        return brackets | {field for _, field, _, _ in string.Formatter().parse(words) if field}
    except ValueError:
        return brackets


def test_what_the_program_writes_the_standard_library_reads(tmp_path):
    """Our compiler makes what Python's own gettext reads, counted forms and contexts among them."""
    import gettext

    made = [
        po.Message("", "Hello", words=("Cześć",)),
        po.Message("", "%(n)s day", "%(n)s days", words=("%(n)s dzień", "%(n)s dni", "%(n)s dni")),
        po.Message("alt. month", "March", words=("marca",)),
        po.Message("", 'Say "yes"\nor no', words=('Powiedz „tak”\nlub "nie"',)),
        po.Message("", "Old", words=("Stare",), gone=True),
    ]
    again = list(po.read(po.written(made, "pl")).values())
    assert [(one.key, one.words, one.gone) for one in again] == [
        (one.key, one.words, one.gone) for one in made
    ]
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(po.compiled(made, "pl"))
    polish = gettext.translation("django", tmp_path, ["pl"])
    assert polish.gettext("Hello") == "Cześć"
    assert polish.ngettext("%(n)s day", "%(n)s days", 5) == "%(n)s dni"
    assert polish.pgettext("alt. month", "March") == "marca"
    assert polish.gettext('Say "yes"\nor no') == 'Powiedz „tak”\nlub "nie"'
    assert polish.gettext("Old") == "Old"


def test_an_update_keeps_words_and_remembers_those_no_longer_used():
    kept = {one.key: one for one in [po.Message("", "A", words=("a",)), po.Message("", "B", words=("b",))]}
    made = po.merged([po.Message("", "A"), po.Message("", "C")], kept, "pl")
    assert [(one.english, one.words, one.gone) for one in made] == [
        ("A", ("a",), False),
        ("C", ("",), False),
        ("B", ("b",), True),
    ]
    back = po.merged([po.Message("", "B")], {one.key: one for one in made}, "pl")
    assert back[0].words == ("b",)
    assert not back[0].gone


def test_every_file_for_translators_is_text_that_git_can_show():
    for path in Path("src/belong/locale").rglob("*.po"):
        assert "\r" not in path.read_text("utf-8")
