"""Check what the documents claim: links, commands, make targets, tables, examples; and sentences.

Usage: ``python docs/check.py [--write]``; ``--write`` makes the tables and the output of the
examples again.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from typer import Context
from typer.core import TyperGroup
from typer.main import get_command

from prose import sentences_without_subject
from splinternet.base.columns import Table
from splinternet.cli import app
from splinternet.figures.shipped import list_figures
from splinternet.ledger.catalogue import open_ledger
from splinternet.ledger.ftm import ftm_entities
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.schema import TABLES as LEDGER_TABLES
from splinternet.ledger.vocabulary import (
    ACTOR_KINDS,
    PREDICATES,
    SOURCE_KINDS,
    STATEMENT_KINDS,
    UNITS,
)
from splinternet.measures.catalogue import find_measure
from splinternet.scenario.shocks import kinds
from splinternet.world.manifest import Manifest
from splinternet.world.readers import readers
from splinternet.world.schema import TABLES
from splinternet.world.world import read_manifest

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "src" / "splinternet" / "world" / "shipped"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:src|tests|docs|benchmarks|\.ci)/[\w./-]*)`")
CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`|^ {4}([^\n]+)$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"\bsplinternet(?: --world \S+)? ([a-z]+(?:-[a-z]+)*)([^\n]*)")
TARGET = re.compile(r"(?:^|\s)make ([a-z-]+)")
EXAMPLE = re.compile(r"(<!-- output of: splinternet ([^\n]+) -->\n```text\n).*?(```\n)", re.DOTALL)
FIGURES = re.compile(r"(<!-- figures of: (\w+) -->\n).*?(<!-- end -->\n)", re.DOTALL)
COLUMNS = re.compile(r"(<!-- columns of: (\w+) -->\n).*?(<!-- end -->\n)", re.DOTALL)
NATIONS = ("RU", "IR", "CN", "CU", "DE", "US")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def main() -> int:
    """Check every page, print what is wrong, and return the exit status."""
    write = sys.argv[1:] == ["--write"]
    found = [problem for page in PAGES for problem in check(page, write)]
    found += sentences_without_subject(ROOT)
    for problem in found:
        print(problem)
    print(f"{len(PAGES)} documents checked, {len(found)} problems")
    return 1 if found else 0


def check(page: Path, write: bool) -> Iterator[str]:
    """Name what is wrong with a page."""
    text = page.read_text(encoding="utf-8")
    current = up_to_date(text)
    if write and current != text:
        page.write_text(current, encoding="utf-8")
    elif current != text:
        yield f"{page.relative_to(ROOT)}: out of date; run python docs/check.py --write"
    for problem in [*broken_links(page, text), *missing_paths(text), *unknown_commands(text)]:
        yield f"{page.relative_to(ROOT)}: {problem}"


def broken_links(page: Path, text: str) -> Iterator[str]:
    """Links to files and headings that are not there; addresses on the web are not tried."""
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path) if path else page
        if not linked.exists():
            yield f"links to {target}, which is not there"
        elif anchor and anchor not in anchors(linked.read_text(encoding="utf-8")):
            yield f"links to {target}, which has no such heading"


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as code forges make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


def missing_paths(text: str) -> Iterator[str]:
    """Files and folders of the project that are named but not there."""
    for path in PATH.findall(text):
        if not (ROOT / path).exists():
            yield f"names {path}, which is not there"


def unknown_commands(text: str) -> Iterator[str]:
    """Commands, options and make targets that do not exist."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    joined = re.sub(r"\\\n\s*", "", text)
    for code in ("".join(groups) for groups in CODE.findall(joined)):
        for name, rest in COMMAND.findall(code):
            if name not in commands():
                yield f"has 'splinternet {name}', which is no command"
                continue
            for option in set(OPTION.findall(rest)) - commands()[name]:
                yield f"has 'splinternet {name} {option}', which is no option of it"
        for target in set(TARGET.findall(code)) - targets:
            yield f"has 'make {target}', which is no target"


@cache
def commands() -> dict[str, set[str]]:
    """Return the options of each command; of a group those of all its commands."""
    found: dict[str, Any] = vars(get_command(app))["commands"]
    return {name: options(command) | {"--help"} for name, command in found.items()}


def options(command: Any) -> set[str]:  # noqa: ANN401 - typer has no common type
    """Return the options of a command, or of all commands of a group."""
    inner = []
    if isinstance(command, TyperGroup):
        context = Context(command)
        inner = [command.get_command(context, name) for name in command.list_commands(context)]
    parameters = command.get_params(Context(command))
    own = {option for parameter in parameters for option in parameter.opts}
    return own.union(*map(options, inner))


def up_to_date(text: str) -> str:
    """Make the generated tables and the output of the examples again."""
    for name, lines in (
        ("errors", errors()),
        ("level errors", level_errors()),
        ("difference errors", difference_errors()),
        ("formats", formats()),
        ("shocks", shocks()),
        ("tables", tables(TABLES.values())),
        ("ledger tables", tables(LEDGER_TABLES.values())),
        ("words", words()),
        ("counts", counts()),
    ):
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        if begin in text:
            before, _, rest = text.partition(begin)
            text = before + begin + "\n".join(lines) + "\n" + end + rest.partition(end)[2]
    text = FIGURES.sub(
        lambda found: found[1] + "\n".join(figures(found[2])) + "\n" + found[3], text
    )
    text = COLUMNS.sub(
        lambda found: found[1] + "\n".join(columns(found[2])) + "\n" + found[3], text
    )
    return EXAMPLE.sub(lambda found: found[1] + output(found[2]) + found[3], text)


def output(words: str) -> str:
    """Run a command line as someone does who has just installed the package."""
    with tempfile.TemporaryDirectory() as nothing:
        variables = {"COLUMNS": "100", "NO_COLOR": "1", "SPLINTERNET_DATA": nothing}
        run = subprocess.run(
            [sys.executable, "-m", "splinternet", *shlex.split(words)],
            check=False,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **variables},
        )
    if run.returncode:
        sys.exit(f"the example 'splinternet {words}' fails: {run.stderr.strip()}")
    return run.stdout


def columns(measure: str) -> Iterator[str]:
    """Describe the columns of a measure's table."""
    yield "| column | unit | meaning |"
    yield "|---|---|---|"
    for column in find_measure(measure).columns:
        yield f"| `{column.name}` | {column.unit} | {column.doc} |"


def tables(declared: Iterable[Table]) -> Iterator[str]:
    """Describe every table of a world or a ledger."""
    for table in declared:
        key = " and ".join(f"`{name}`" for name in table.key)
        yield f"\n### {table.name}\n\n{table.doc} One row for each {key}.\n"
        yield from markdown(
            ("column", "type", "unit", "may be unknown", "meaning"),
            (
                (
                    f"`{column.name}`",
                    re.sub(r"Enum\(.*\]\)", "Enum", str(column.dtype)),
                    column.unit,
                    "yes" if column.optional else "",
                    column.doc,
                )
                for column in table.columns
            ),
        )
    yield ""


def words() -> Iterator[str]:
    """Describe the predicates, and the kinds of actors, statements and sources."""
    spans = {name: f"{each.doc} ({each.span})" for name, each in PREDICATES.items()}
    for title, meanings in (
        ("predicate (how long it holds)", spans),
        ("kind of actor", ACTOR_KINDS),
        ("kind of statement", STATEMENT_KINDS),
        ("kind of source", SOURCE_KINDS),
        ("unit", UNITS),
    ):
        yield from markdown((title, "meaning"), ((f"`{k}`", v) for k, v in meanings.items()))
        yield ""


def counts() -> Iterator[str]:
    """Count what is in the shipped ledger, by kind."""
    ledger = open_ledger()
    for title, frame, column in (
        ("statements by predicate", ledger.statements, "predicate"),
        ("statements by kind", ledger.statements, "kind"),
        ("actors by kind", ledger.actors, "kind"),
        ("sources by kind", ledger.sources, "kind"),
        ("sources by how much was seen", ledger.sources, "seen"),
    ):
        found = (
            frame[column].value_counts(sort=True).sort("count", column, descending=[True, False])
        )
        told = ", ".join(f"{name} {count}" for name, count in found.iter_rows())
        yield f"- {title}: {told}"
    forms = Counter(
        str(entity["schema"])
        for entity in ftm_entities(ledger)
        if entity["id"].startswith("statement-")
    )
    told = ", ".join(f"{name} {count}" for name, count in forms.most_common())
    share = forms["UnknownLink"] / forms.total()
    yield f"- statements as FollowTheMoney has them: {told}; {share:.1%} have no type of their own"
    copied, every = resting_on(ledger, {"repost", "state media"})
    yield f"- statements that rest on reposts or state media alone: {copied} of {every}, as below"


def resting_on(ledger: Ledger, kinds: set[str]) -> tuple[int, int]:
    """Count the statements whose sources are all of some kinds, and all that are counted.

    Neither deprecated ones count, nor those of who operates a network, which lists tell.
    """
    kind_of = dict(ledger.sources.select("id", "kind").iter_rows())
    networks = ledger.actors.filter(pl.col("kind") == "network")["id"]
    counted = ledger.statements.filter(
        pl.col("status") == "normal",
        ~pl.col("object").is_in(networks.implode()).fill_null(value=False),
    )
    found = [{str(kind_of[each]) for each in sources} for sources in counted["sources"]]
    return sum(each <= kinds for each in found), len(found)


def errors() -> Iterator[str]:
    """Tell the error of every shipped digest, from its manifest."""
    measured = (("", "inbound"), ("_outbound", "outbound"))
    figures = ("spearman", "top_agreement", "mean_absolute_error")
    yield from markdown(
        ("digest", "named", "groups", "dependence", "correlation", "same largest", "mean error"),
        (
            (
                manifest.name,
                f"{manifest.parameters['named']:,}",
                f"{manifest.parameters['groups']:,}",
                what,
                *(f"{manifest.error[figure + suffix]:.4f}" for figure in figures),
            )
            for manifest in digests()
            for suffix, what in measured
        ),
    )


def digests() -> list[Manifest]:
    """Return the manifests of the shipped digests, by date."""
    return [read_manifest(folder) for folder in sorted(SHIPPED.iterdir())]


def level_errors() -> Iterator[str]:
    """Tell by figure how far levels are off that a digest computes, and those that are shown."""
    shown = {each.world.name: set(each.nations.columns) for each in list_figures()}
    yield from markdown(
        ("figure", "digest", "nations", "bias", "off by more than a quarter", "as shown now"),
        (
            (
                f"`{error.figure}`",
                manifest.name,
                f"{error.nations}",
                f"{error.bias:+.4f}",
                f"{error.off:.0%}",
                "0%" if error.figure in shown.get(manifest.name, ()) else f"{error.off:.0%}",
            )
            for manifest in digests()
            for error in manifest.errors
            if error.of == "level"
        ),
    )


def difference_errors() -> Iterator[str]:
    """Tell by figure how far differences are off."""
    yield from markdown(
        ("what changes in", "digest", "cases", "bias", "error", "off by more than a quarter"),
        (
            (
                f"`{error.figure}`",
                manifest.name,
                f"{error.nations}",
                f"{error.bias:+.4f}",
                f"{error.error:.4f}",
                f"{error.off:.0%}",
            )
            for manifest in digests()
            for error in manifest.errors
            if error.of == "difference"
        ),
    )


def lines(of: Iterable[str]) -> str:
    """Join lines, each with its end."""
    return "".join(f"{line}\n" for line in of)


def figures(name: str) -> Iterator[str]:
    """Show a measure's figures for some nations, from those shipped of December 2019."""
    measure = find_measure(name)
    (shipped,) = (each for each in list_figures() if each.world.name == "2019-12")
    rows = {code: shipped.row(code) for code in NATIONS}
    yield from markdown(
        ("figure", *(rows[code]["name"] for code in NATIONS)),
        (
            (
                figure.doc.rstrip("."),
                *(written(rows[code].get(figure.name), figure.unit) for code in NATIONS),
            )
            for figure in measure.figures
        ),
    )


def written(value: object, unit: str) -> str:
    """Write a figure as people read it."""
    match value:
        case None:
            return "-"
        case int() if unit == "ASN":
            return f"AS{value}"
        case int():
            return f"{value:,}"
        case float() if unit == "share":
            return f"{value:.1%}"
        case float():
            return f"{value:,.0f}" if value.is_integer() else f"{value:,.3g}"
    return str(value)


def formats() -> Iterator[str]:
    """Describe every format that can be read."""
    yield from markdown(
        ("format", "a line of it", "tells", "cite", "terms"),
        (
            (
                reader.NAME,
                f"`{reader.EXAMPLE}`".replace("\t", "⇥"),
                ", ".join(sorted(reader.PROVIDES)),
                reader.CITATION,
                reader.LICENCE,
            )
            for reader in readers()
        ),
    )


def shocks() -> Iterator[str]:
    """Describe every kind of shock."""
    yield from markdown(
        ("kind", "keys", "what it does"),
        (
            (f"`{name}`", keys, does)
            for name, kind in kinds().items()
            for keys, does in kind.documented
        ),
    )


def markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Write a table."""
    head = list(head)
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---' for _ in head)}|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


if __name__ == "__main__":
    sys.exit(main())
