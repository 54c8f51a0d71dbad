"""The layout that CONTRIBUTING.md describes: public names, who knows numba, sizes, declarations."""

import ast
import importlib
import json
import pkgutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import splinternet
from splinternet.ledger.importers import importers
from splinternet.ledger.schema import TABLES as LEDGER_TABLES
from splinternet.world.readers import readers
from splinternet.world.schema import TABLES

ROOT = Path(splinternet.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(splinternet.__path__, "splinternet.")
    if not module.name.endswith("__main__")
)

#: A reader offers names that every reader has, and is never imported by its own; so an importer.
READERS = {reader.__name__ for reader in (*readers(), *importers())}
READERS_OFFER = {"CITATION", "LICENCE", "NAME", "detect", "read"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def sort_key(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, each by the alphabet."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_public_names():
    for module in ("splinternet", *MODULES):
        found = importlib.import_module(module)
        if module in READERS:
            assert READERS_OFFER - set(vars(found)) == set(), module
            continue
        file = Path(found.__file__)
        if all(map(is_docstring, parsed(file).body)):
            continue  # a package that only holds modules
        lazily = file.with_suffix(".pyi").exists()  # a stub names what is in it
        in_order = sorted(set(found.__all__), key=None if lazily else sort_key)
        assert found.__all__ == in_order, module
        assert [name for name in found.__all__ if not hasattr(found, name)] == [], module


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def test_modules_are_documented_and_short():
    longest = 410
    for path in FILES:
        docstring = ast.get_docstring(parsed(path))
        assert docstring, path
        assert docstring.splitlines()[0].endswith("."), path
        assert len(path.read_text(encoding="utf-8").splitlines()) < longest, path


@pytest.mark.slow
def test_functions_are_short():
    for path in FILES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef):
                words = node.body[0] if is_docstring(node.body[0]) else None
                told = 0 if words is None else words.end_lineno - words.lineno + 1
                assert node.end_lineno - node.lineno + 1 - told <= 90, (path, node.name)


@pytest.mark.slow
def test_only_the_kernels_know_numba():
    knowing = {named(path) for path in FILES if "numba" in imported(path)}
    assert knowing == {"base/compiler.py"}
    compiled = [path for path in FILES if "splinternet.base.compiler" in path.read_text("utf-8")]
    assert compiled
    assert all(path.parent.name == "_kernels" for path in compiled)


def imported(path: Path) -> set[str]:
    """Name the packages that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_the_command_line_imports_nothing_heavy_until_used():
    """``splinternet --help`` must not wait for compilers and tables."""
    asked = "import json, sys, splinternet.cli; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    heavy = {
        "altair",
        "citeproc",
        "jinja2",
        "lxml",
        "numba",
        "numpy",
        "openpyxl",
        "polars",
        "pycountry",
        "requests",
        "scipy",
        "starlette",
        "uvicorn",
        "vl_convert",
    }
    assert heavy & set(json.loads(run.stdout)) == set()


@pytest.mark.slow
def test_a_shipped_answer_needs_no_compiler():
    asked = (
        "import sys, splinternet.cli; splinternet.cli.main(['depend', 'CU', '-f', 'csv']); "
        "print({'numba', 'scipy'} & set(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert run.stdout.startswith("asn,")
    assert run.stderr.splitlines()[-1] == str(set())


@pytest.mark.slow
def test_the_web_application_loads_charts_when_it_draws_them():
    asked = "import json, sys, splinternet.web.app; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert {"altair", "vl_convert"} & set(json.loads(run.stdout)) == set()


@pytest.mark.parametrize(
    "table", [*TABLES.values(), *LEDGER_TABLES.values()], ids=lambda table: table.name
)
def test_tables_are_declared_in_full(table):
    assert table.doc.endswith(".")
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.key) <= set(names)
    for column in table.columns:
        assert column.doc.endswith(".")
        # What is measured has a unit; what names something has none.
        measured = column.dtype.is_float() or column.dtype.is_signed_integer()
        assert bool(column.unit) == measured
        assert not (column.optional and column.name in table.key)


def test_typed():
    assert (ROOT / "py.typed").is_file()


@pytest.mark.slow
def test_no_call_has_many_arguments_by_position():
    for path in FILES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call):
                assert len(node.args) <= 8, f"{named(path)}:{node.lineno}"


def test_the_formatter_decides_on_layout_but_of_tables_of_words():
    by_hand = [named(path) for path in FILES if "# fmt: skip" in path.read_text(encoding="utf-8")]
    assert [each for each in by_hand if not each.startswith("essay/")] == []
