"""Which strings those who answer can meet: their templates, and the Python that speaks to them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template import engines
from django.template.base import Node, Template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trim_whitespace

from belong.content import read
from belong.content.po import Message
from belong.content.translations import ENGLISH

SOURCE = Path("src/belong")
YOUNG = {"web/young.html", "ask/child/base.html"}
NOT_OURS = ("web/worked/", "notice/boards/turn_")
"""Samples for staff, and a class's turn at its teacher's device, which has no language of its own."""
FRAME = "web/base.html"
"""What those pages build on that need a sign-in; most of the others that do are for staff."""
ALSO = ("ask/child/_names.html", "ask/mail/link.txt")
SIGNED_IN = (
    "ask/checkins/my_answers.html",
    "ask/checkins/take_out.html",
    "notice/badges/_own.html",
    "notice/badges/award.html",
    "notice/boards/_own.html",
    "notice/boards/mine.html",
    "notice/greeting/_piece.html",
    "notice/greeting/name.html",
    "notice/own_page/",
    "notice/profiles/_family_piece.html",
    "notice/profiles/_piece.html",
    "notice/profiles/answer.html",
    "notice/profiles/own.html",
    "notice/recognition/_family.html",
    "notice/recognition/_own.html",
    "notice/recognition/_telling.html",
    "notice/recognition/recognise.html",
    "notice/recognition/sent.html",
    "notice/recognition/timeline.html",
    "notice/recognition/whom.html",
    "tell/told_list.html",
)
"""Pages of pupils and families who sign in: they build on the page of staff, and are in their reader's language."""
TO_STAFF = frozenset(
    {
        "%(name)s: the name",
        "Do this together with %(name)s, who decides what is here.",
        "Private to %(name)s and to adults who work with %(name)s; anything else is for %(name)s to say.",
        "%(name)s has no sign-in. Ask, and note what %(name)s says.",
        "on the wall",
        "The family can see it",
        "Recognise it",
        "%(name)s reads this. Write to them, and leave other pupils out of it.",
        "No words yet",
        "A senior leader first writes down the school’s values and traits, under Notice.",
        "Only the pupil or the family can take this badge out of the school.",
        "More",
    }
)
"""What those pages say to staff only."""
PYTHON = (
    "ask/*.py",
    "ask/actions/*.py",
    "ask/views/*.py",
    "ask/checkins/*.py",
    "ask/friends/*.py",
    "ask/looks/*.py",
    "ask/places/*.py",
    "ask/recordings/*.py",
    "ask/usual/*.py",
    "ask/walls/*.py",
    "guard/concerns/promise.py",
    "notice/badges/forms.py",
    "notice/badges/pieces.py",
    "notice/badges/taking.py",
    "notice/boards/actions.py",
    "notice/boards/forms.py",
    "notice/boards/own.py",
    "notice/boards/queries.py",
    "notice/boards/words.py",
    "notice/greeting/actions.py",
    "notice/greeting/forms.py",
    "notice/greeting/own_pieces.py",
    "notice/greeting/views/names.py",
    "notice/models/profiles.py",
    "notice/own_page/*.py",
    "notice/profiles/*.py",
    "notice/profiles/views/*.py",
    "notice/recognition/actions.py",
    "notice/recognition/forms.py",
    "notice/recognition/pieces.py",
    "notice/recognition/timeline.py",
    "notice/recognition/views/giving.py",
    "notice/recognition/views/timelines.py",
    "notice/words.py",
    "site/context.py",
    "tell/words.py",
    "web/lists.py",
    "web/templatetags/belong.py",
    "web/symbols.py",
)
STAFF_ONLY = frozenset({"ask/friends/forms.py", "ask/friends/views.py"})
CALLS = {
    "_": 1,
    "gettext": 1,
    "gettext_noop": 1,
    "gettext_lazy": 1,
    "_lazily": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
    "npgettext": 3,
    "pgettext": -2,
}
DATES = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun January February March April "
    "May June July August September October November December"
).split()
"""Days and months, for languages that Django does not bring them in."""
WITHOUT_DATES = frozenset({"so"})


def messages(code: str) -> list[Message]:
    """Every message a language needs, in the order of the files, each once with all its places."""
    found: dict[tuple[str, str, str], Message] = {}
    for place, one in [*_in_templates(), *_in_python(), *_in_content(), *_dates(code)]:
        if one.english in TO_STAFF:
            continue
        old = found.get(one.key, one)
        places = tuple(dict.fromkeys([*old.places, place]))
        found[one.key] = Message(*one.key, places=places)
    return list(found.values())


def templates() -> list[str]:
    """Templates of those who answer: all that build on the pages for answering, and all that these include."""
    names = {
        str(path.relative_to(folder)): path
        for folder in SOURCE.glob("*/templates")
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".txt")
    }
    builds = {name: re.search(r'{% extends "([^"]+)"', path.read_text()) for name, path in names.items()}
    wanted = YOUNG | set(ALSO) | {name for name in names if name.startswith(SIGNED_IN)}
    while more := {name for name, found in builds.items() if found and found[1] in wanted} - wanted:
        wanted |= more
    wanted.add(FRAME)
    waiting = list(wanted)
    while waiting:
        path = names.get(waiting.pop())
        for inside in re.findall(r'{% include "([^"]+)"', path.read_text() if path else ""):
            if inside not in wanted and inside in names:
                wanted.add(inside)
                waiting.append(inside)
    return sorted(name for name in wanted if name in names and not name.startswith(NOT_OURS))


def _in_templates() -> Iterator[tuple[str, Message]]:
    engine: Any = engines["django"]
    for name in templates():
        template: Template = engine.get_template(name).template
        for tag in re.findall(r"{%.*?%}", str(template.source)):
            for words in re.findall(r'_\("([^"]+)"\)', tag):
                yield name, Message("", words.replace("%", "%%"))
        for node in _nodes(template.nodelist):
            if isinstance(node, TranslateNode):
                yield name, _of_tag(node)
            elif isinstance(node, BlockTranslateNode):
                yield name, _of_block(node)


def _nodes(nodelist: Any) -> Iterator[Node]:
    """Every node of a template itself: what it includes or extends is a template of its own."""
    for node in nodelist:
        yield node
        if isinstance(node, IncludeNode):
            continue
        for attribute in node.child_nodelists:
            if below := getattr(node, attribute, None):
                yield from _nodes(below)
        if isinstance(node, ExtendsNode):
            continue


def _of_tag(node: Any) -> Message:
    literal = node.filter_expression.var.literal
    context = node.message_context.var.literal if node.message_context else ""
    return Message(context, str(literal).replace("%", "%%"))


def _of_block(node: Any) -> Message:
    singular, _ = node.render_token_list(node.singular)
    plural, _ = node.render_token_list(node.plural) if node.plural else ("", [])
    context = str(node.message_context.var) if node.message_context else ""
    return Message(context, trim_whitespace(singular) if node.trimmed else singular, plural)


def _in_python() -> Iterator[tuple[str, Message]]:
    for path in sorted({path for pattern in PYTHON for path in SOURCE.glob(pattern)}):
        place = str(path.relative_to(SOURCE))
        if place in STAFF_ONLY:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in CALLS and (one := _of_call(node.func.id, node.args)):
                yield place, one


def _in_content() -> Iterator[tuple[str, Message]]:
    """How a post on a board may begin: every beginning, for both ages."""
    for stems in read("boards/stems").values():
        for one in stems:
            for age in ("text", "young"):
                yield "content/boards/stems.yaml", Message("", one[age][ENGLISH])


def _of_call(name: str, args: list[ast.expr]) -> Message | None:
    words = [arg.value for arg in args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    count = abs(CALLS[name])
    if len(words) < count:
        return None
    if name == "npgettext":
        return Message(words[0], words[1], words[2])
    if name == "pgettext":
        return Message(words[0], words[1])
    return Message("", words[0], words[1] if count == 2 else "")


def _dates(code: str) -> Iterator[tuple[str, Message]]:
    if code in WITHOUT_DATES:
        for word in DATES:
            yield "dates", Message("", word)
        for word in DATES[14:]:
            yield "dates", Message("alt. month", word)
