"""Report how large modules and functions are; fail where one has outgrown the house.

Median file ≤ 80 lines and 90 % ≤ 250 is the aim; over 400 fails.
"""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

FILE_LIMIT = 400
FUNCTION_LIMIT = 70


def functions(path: Path) -> list[tuple[int, str]]:
    """(lines, name) of every function in a file."""
    tree = ast.parse(path.read_text())
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [((node.end_lineno or 0) - node.lineno + 1, f"{path}:{node.lineno} {node.name}") for node in found]


def main() -> int:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "src/*.py"]
    files = subprocess.run(listing, capture_output=True, text=True, check=True).stdout.split()
    paths = [Path(name) for name in files if "/migrations/" not in name and Path(name).exists()]
    sizes = sorted((len(path.read_text().splitlines()), str(path)) for path in paths)
    counts = [size for size, _ in sizes]
    longest = max(function for path in paths for function in functions(path) or [(0, "")])
    p90 = counts[int(len(counts) * 0.9)]
    print(
        f"sizes: {len(counts)} modules, median {statistics.median(counts):.0f} lines, p90 {p90}, longest {sizes[-1]}"
    )
    print(f"sizes: longest function {longest[0]} lines, {longest[1]}")
    over = [f"{name}: {size} lines (limit {FILE_LIMIT})" for size, name in sizes if size > FILE_LIMIT]
    over += [
        f"{name}: {lines} lines (limit {FUNCTION_LIMIT})"
        for path in paths
        for lines, name in functions(path)
        if lines > FUNCTION_LIMIT
    ]
    print("\n".join(over), end="\n" if over else "")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
