"""In every action the entry in the audit trail is the last write.

On PostgreSQL a trail grows by one transaction at a time: from its entry on, a transaction keeps the school's trail to
itself until it ends. One that then waits for a row that another transaction holds, while that one waits for the
trail, would wait for ever (the database ends one of the two with an error). So nothing is written after the entry.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import belong

ROOT = Path(belong.__file__).parent
WRITES = {
    "bulk_create",
    "bulk_update",
    "create",
    "create_user",
    "delete",
    "get_or_create",
    "save",
    "select_for_update",
    "send",
    "update",
    "update_or_create",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_nothing_is_written_after_the_entry_in_the_trail():
    late, seen = [], 0
    for file in sorted(ROOT.rglob("*.py")):
        functions = {
            node.name: node for node in ast.parse(file.read_text()).body if isinstance(node, Function)
        }
        for function in functions.values():
            if any(isinstance(mark, ast.Name) and mark.id == "action" for mark in function.decorator_list):
                seen += any(_is_entry(call, functions) for call in _calls(function))
                late += [
                    f"{file.relative_to(ROOT)}:{line} {function.name} writes after its entry"
                    for line in _late(function.body, functions)
                ]
    assert not late, "\n".join(late)
    assert seen > 40


def _late(body: list[ast.stmt], functions: dict[str, Function]) -> Iterator[int]:
    """Lines of writes that follow an entry in the same run of statements; a branch that returns is its own run."""
    entered = False
    for statement in body:
        for part in ("body", "orelse", "finalbody"):
            yield from _late(getattr(statement, part, []), functions)
        if entered:
            yield from (call.lineno for call in _calls(statement) if _writes(call, functions, set()))
        ends = bool(getattr(statement, "body", [])) and isinstance(statement.body[-1], ast.Return | ast.Raise)
        entered = entered or (not ends and any(_is_entry(call, functions) for call in _calls(statement)))


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def _is_entry(call: ast.Call, functions: dict[str, Function]) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "audit"


def _writes(call: ast.Call, functions: dict[str, Function], met: set[str]) -> bool:
    """Whether a call writes: by its own name, or because a function of the same file does."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in WRITES and not _is_of_a_set(call.func)
    if not isinstance(call.func, ast.Name) or call.func.id in met or call.func.id not in functions:
        return False
    inside = functions[call.func.id]
    return any(_writes(one, functions, met | {call.func.id}) for one in _calls(inside))


def _is_of_a_set(found: ast.Attribute) -> bool:
    """`cleaned.update(…)` of a plain dictionary is no write; rows are reached through a manager or a model."""
    return found.attr == "update" and isinstance(found.value, ast.Name)
