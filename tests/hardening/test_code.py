"""What the program's own text may not hold: ways out of the machine, ways to run what was written, shells."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "src" / "belong"
GOES_OUT = {
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "urllib.request",
    "http.client",
    "ftplib",
    "socket",
    "telnetlib",
}
MAY_GO_OUT = ("people/oidc/",)  # to the school's own Google or Microsoft, and nowhere else
LISTENS = "site/command/demo.py"  # looks for a free port on this machine
RUNS = {"eval", "exec", "compile", "__import__"}
UNPACKS = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "xml", "lxml"}
STARTS_PROGRAMS = ("guard/postgres_copy.py", "site/command/")
UNSAFE_YAML = {"yaml.load", "yaml.unsafe_load", "yaml.full_load", "yaml.Loader", "yaml.UnsafeLoader"}
WORKBOOKS = "see/xlsx.py"
OWN_LOADER = (
    "content/__init__.py"  # yaml.load with the C version of the safe loader, for files that come with belong
)


@cache
def trees() -> dict[str, list[ast.AST]]:
    """Every node of every module of the program, by the module's path."""
    return {
        str(p.relative_to(ROOT)): list(ast.walk(ast.parse(p.read_text()))) for p in sorted(ROOT.rglob("*.py"))
    }


def imports(nodes: list[ast.AST]) -> set[str]:
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def dotted(nodes: list[ast.AST]) -> set[str]:
    """ "os.system", "yaml.load": attributes of plain names."""
    named = [node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)]
    return {f"{node.value.id}.{node.attr}" for node in named}


def test_nothing_but_the_school_sign_in_opens_a_connection():
    out = {
        name: imports(nodes) & GOES_OUT for name, nodes in trees().items() if not name.startswith(MAY_GO_OUT)
    }
    assert {name: found for name, found in out.items() if found} in ({}, {LISTENS: {"socket"}})


def test_nothing_is_evaluated_or_unpickled():
    wrong = {}
    for name, nodes in trees().items():
        calls = [node.func for node in nodes if isinstance(node, ast.Call)]
        called = {call.id for call in calls if isinstance(call, ast.Name)}
        wrong[name] = (called & RUNS) | ({module.split(".")[0] for module in imports(nodes)} & UNPACKS)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_programs_are_started_by_list_and_only_by_commands():
    starting = [name for name, nodes in trees().items() if "subprocess" in imports(nodes)]
    assert [name for name in starting if not name.startswith(STARTS_PROGRAMS)] == []
    for name, nodes in trees().items():
        assert not [node for node in nodes if isinstance(node, ast.keyword) and node.arg == "shell"], name
        assert not dotted(nodes) & {"os.system", "os.popen"}, name


def test_yaml_is_only_read_safely():
    found = {name: dotted(nodes) & UNSAFE_YAML for name, nodes in trees().items()}
    assert {name: bad for name, bad in found.items() if bad} in ({}, {OWN_LOADER: {"yaml.load"}})
    assert "SafeLoader" in (ROOT / OWN_LOADER).read_text()


def test_all_tables_for_spreadsheets_go_through_the_one_guard():
    writing = [name for name, nodes in trees().items() if dotted(nodes) & {"csv.writer", "csv.DictWriter"}]
    assert len(writing) >= 4
    for name in writing:
        assert "belong.base.spreadsheet.harmless" in imports(trees()[name]), name


def test_workbooks_are_written_in_one_place_and_hold_no_formula():
    writing = [name for name, nodes in trees().items() if "xlsxwriter" in imports(nodes)]
    assert writing == [WORKBOOKS]
    nodes = trees()[WORKBOOKS]
    called = {
        node.attr for node in nodes if isinstance(node, ast.Attribute) and node.attr.startswith("write")
    }
    assert called == {"write_string", "write_number", "write_blank"}
    assert "belong.base.spreadsheet.harmless" in imports(nodes)
