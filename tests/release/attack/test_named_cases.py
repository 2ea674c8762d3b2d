"""The twenty cases of the privacy rules: each stands in the document with its tests, and the tests are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CASES = (
    "complement by subtraction", "mean with spread", "one leaver between waves", "people from percentages",
    "filter chain", "overlapping groups", "a group that is a class minus one", "late answer published again",
    "pupil moved between groups", "two roles together", "trust minus other schools", "hidden figure left in a file",
    "question skipped inside a big wave", "group that all said the same", "words in the order they came",
    "time of answering against a register", "threshold lowered", "empty groups", "only one did not answer",
    "rounded total against its parts",
)  # fmt: skip
ROW = re.compile(r"^\| ([^|]+?) \| `([^|`]+)` \|$", re.MULTILINE)


def listed() -> dict[str, str]:
    text = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
    return dict(ROW.findall(text.partition("<!-- cases -->")[2].partition("<!-- end of cases -->")[0]))


def test_all_twenty_are_in_the_document():
    assert list(listed()) == list(CASES)


@pytest.mark.parametrize("case", CASES)
def test_its_test_is_there(case):
    """In the file of cases, where each first succeeds against a plain table and then fails against the release."""
    name, _, which = listed()[case].partition("[")
    tree = ast.parse((Path(__file__).parent / "test_cases.py").read_text(encoding="utf-8"))
    (test,) = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
    uses = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    assert "tried" in uses, "it runs the command's attack"
    assert which.removesuffix("]") in ast.unparse(tree)
