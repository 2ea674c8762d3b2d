"""The documents' examples run as they stand, print what they say, and need no web framework."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

RUNNER = """
import contextlib, importlib, io, json, pkgutil, re, sys
sys.modules["django"] = None  # importing it, or anything of it, fails
import belong.measure
for found in pkgutil.walk_packages(belong.measure.__path__, "belong.measure."):
    importlib.import_module(found.name)
missing = [name for name in belong.measure.__all__ if isinstance(getattr(belong.measure, name, sys), type(sys))]
said = []
for page in sys.argv[1:]:
    space = {}
    for code, expected in re.findall(r"```python\\n(.*?)```\\n(?:\\n```text\\n(.*?)```)?", open(page).read(), re.S):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, page, "exec"), space)
        said.append([out.getvalue(), expected])
print(json.dumps({"missing": missing, "said": said}))
"""


def test_the_examples_run_without_a_web_framework_and_print_what_they_say(tmp_path):
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    pages = [str(ROOT / "docs" / name) for name in ("researcher.md", "measurement.md")]
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUNNER, *pages],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["missing"] == []
    assert len(found["said"]) > 15
    for printed, expected in found["said"]:
        assert printed == expected
