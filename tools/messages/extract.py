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

from belong.content.po import Message

SOURCE = Path("src/belong")
YOUNG = {"web/young.html", "ask/child/base.html"}
NOT_OURS = ("web/worked/", "notice/boards/", "tell/poster.html")
"""Samples for staff, and pages that have no language of their own yet."""
ALSO = ("ask/child/_names.html", "ask/mail/link.txt", "tell/_asked.html", "tell/_points.html")
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
    for place, one in [*_in_templates(), *_in_python(), *_dates(code)]:
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
    wanted = YOUNG | set(ALSO)
    while more := {name for name, found in builds.items() if found and found[1] in wanted} - wanted:
        wanted |= more
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
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if is_call and node.func.id in CALLS and (one := _of_call(node.func.id, node.args)):
                yield place, one


def _of_call(name: str, args: list[ast.expr]) -> Message | None:
    words = [arg.value for arg in args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    count = abs(CALLS[name])
    if len(words) < count:
        return None
    if name == "npgettext":
        return Message(*words[:3])
    if name == "pgettext":
        return Message(*words[:2])
    return Message("", words[0], words[1] if count == 2 else "")


def _dates(code: str) -> Iterator[tuple[str, Message]]:
    if code in WITHOUT_DATES:
        for word in DATES:
            yield "dates", Message("", word)
        for word in DATES[14:]:
            yield "dates", Message("alt. month", word)
