"""Table of how the program is built: rooms and their imports, sizes, caches, arguments, defaults.

Usage: ``python tools/architecture.py [REVISION...]``; of the files here, or of revisions in git.
"""

import ast
import io
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path("src/splinternet")

#: Values of choices that stand in quotes wherever a default is written again.
VALUES = ("customer-first", "gao-rexford", "lowest-asn")


def main() -> int:
    """Print the tables."""
    revisions = sys.argv[1:]
    read = {each: of_revision(each) for each in revisions} or {"here": of_files()}
    trees = {
        name: {path: ast.parse(text) for path, text in files.items()}
        for name, files in read.items()
    }
    print(f"| | {' | '.join(trees)} |")
    print(f"|---|{'--:|' * len(trees)}")
    for label, count in COUNTS.items():
        print(f"| {label} | {' | '.join(str(count(tree)) for tree in trees.values())} |")
    for name, tree in trees.items():
        print(f"\nImports from room to room, {name}:\n")
        print("\n".join(matrix(tree)))
    return 0


def of_files() -> dict[str, str]:
    """Read the modules here."""
    return {
        str(path.relative_to(PACKAGE)): path.read_text("utf-8") for path in PACKAGE.rglob("*.py")
    }


def of_revision(revision: str) -> dict[str, str]:
    """Read the modules of a revision."""
    packed = subprocess.run(
        ["git", "archive", revision, str(PACKAGE)], check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        return {
            str(Path(each.name).relative_to(PACKAGE)): files.extractfile(each).read().decode()
            for each in files
            if each.name.endswith(".py")
        }


def functions(trees: dict[str, ast.Module]) -> Iterator[ast.FunctionDef]:
    """Yield every function."""
    for tree in trees.values():
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def code_lines(function: ast.FunctionDef) -> int:
    """Count the lines of a function without those of its docstring."""
    words = function.body[0]
    told = isinstance(words, ast.Expr) and isinstance(words.value, ast.Constant)
    return function.end_lineno - function.lineno + 1 - told * (words.end_lineno - words.lineno + 1)


def largest_module(trees: dict[str, ast.Module]) -> str:
    """Name the module with most lines."""
    lines, path = max((tree.body[-1].end_lineno, path) for path, tree in trees.items())
    return f"{lines} (`{path}`)"


def longest_function(trees: dict[str, ast.Module]) -> str:
    """Name the function with most lines of code."""
    lines, name = max((code_lines(each), each.name) for each in functions(trees))
    return f"{lines} (`{name}`)"


def most_positional(trees: dict[str, ast.Module]) -> str:
    """Name the call with most arguments by position."""
    calls = (
        (len(node.args), ast.unparse(node.func).rpartition(")")[2].lstrip("."))
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    )
    many, name = max(calls)
    return f"{many} (`{name}`)"


def many_positional(trees: dict[str, ast.Module]) -> int:
    """Count calls with more than eight arguments by position."""
    calls = (n for tree in trees.values() for n in ast.walk(tree) if isinstance(n, ast.Call))
    return sum(len(call.args) > 8 for call in calls)


def caches_of_worlds(trees: dict[str, ast.Module]) -> int:
    """Count caches of what is known of worlds that stand beside the world."""
    calls = (n for tree in trees.values() for n in ast.walk(tree) if isinstance(n, ast.Call))
    weak = sum(ast.unparse(call.func) == "WeakKeyDictionary" for call in calls)
    kept = sum(
        any("cache" in ast.unparse(each) for each in function.decorator_list)
        and "World" in ast.unparse(function.args)
        for function in functions(trees)
    )
    return weak + kept


def memos(trees: dict[str, ast.Module]) -> int:
    """Count what a world keeps by its own memo."""
    calls = (n for tree in trees.values() for n in ast.walk(tree) if isinstance(n, ast.Call))
    return sum(isinstance(c.func, ast.Attribute) and c.func.attr == "derived" for c in calls)


def copies(trees: dict[str, ast.Module]) -> int:
    """Count values of choices that are written outside the kernels."""
    return sum(
        isinstance(node, ast.Constant) and node.value in VALUES
        for path, tree in trees.items()
        if "_kernels" not in path
        for node in ast.walk(tree)
    )


def rooms(trees: dict[str, ast.Module]) -> list[str]:
    """Name the packages, and modules that stand alone."""
    return sorted({Path(path).parts[0].removesuffix(".py") for path in trees} - {"__init__"})


def edges(trees: dict[str, ast.Module]) -> Counter[tuple[str, str]]:
    """Count the modules of a room that import another."""
    found: Counter[tuple[str, str]] = Counter()
    for path, tree in trees.items():
        room = Path(path).parts[0].removesuffix(".py")
        named = {
            node.module.split(".")[1]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("splinternet.")
        }
        found.update((room, other) for other in named - {room})
    return found


def in_circles(trees: dict[str, ast.Module]) -> int:
    """Count pairs of rooms that import each other."""
    pairs = set(edges(trees))
    return sum((other, room) in pairs and room < other for room, other in pairs)


def matrix(trees: dict[str, ast.Module]) -> Iterator[str]:
    """Write how many modules of each room import each other one, in the order of what they need."""
    found, left, order = edges(trees), rooms(trees), []
    while left:
        least = min(left, key=lambda r: (sum((r, other) in found for other in left), r))
        order.append(least)
        left.remove(least)
    yield f"| | {' | '.join(order)} |"
    yield f"|---|{'--:|' * len(order)}"
    for room in order:
        cells = (str(found[room, other] or "") for other in order)
        yield f"| **{room}** | {' | '.join(cells)} |"


COUNTS = {
    "modules": len,
    "lines of the largest module": largest_module,
    "lines of code of the longest function": longest_function,
    "most arguments by position in one call": most_positional,
    "calls with more than eight": many_positional,
    "caches of worlds beside the world": caches_of_worlds,
    "answers that a world keeps in its memo": memos,
    "copies of values of choices, kernels aside": copies,
    "pairs of rooms that import each other": in_circles,
}


if __name__ == "__main__":
    sys.exit(main())
