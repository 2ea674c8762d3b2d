"""Our value, R's value and the difference, statistic by statistic: `./run truth` writes them into docs/measurement.md.

The values of R stand beside the data in tests/data; nothing in the table is typed by hand. Not compared, on purpose:
psych's hierarchical omega (see the document), and semTools' omegas whose variance is the model's, not the answers'.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.values.classical import classical, ordinal  # noqa: E402
from tools.values.groups import fairness, networks, schools, survey  # noqa: E402
from tools.values.models import models  # noqa: E402
from tools.values.value import Pisa, Value  # noqa: E402

PAGE = ROOT / "docs" / "measurement.md"
BEGIN, END = "<!-- values -->", "<!-- end of values -->"


def values() -> list[Value]:
    """Every statistic, in the order of the table."""
    p = Pisa()
    return [
        *classical(p), *ordinal(p), *models(p), *schools(p), *survey(p), *fairness(p), *networks(),
    ]  # fmt: skip


def table(found: list[Value]) -> str:
    head = "| data | statistic | R package | ours | R | difference | may differ by |\n|---|---|---|---:|---:|---:|---:|"
    return "\n".join([head, *(value.line() for value in found)])


def main() -> int:
    """Write the table; 1 where a value is further from R's than it may be."""
    found = values()
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{after}", encoding="utf-8")
    wrong = [value for value in found if not value.is_true]
    for value in wrong:
        print(f"too far: {value.line()}", file=sys.stderr)
    print(f"truth: {len(found)} statistics, {len(wrong)} too far from R; written to {PAGE.relative_to(ROOT)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
