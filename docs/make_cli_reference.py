"""Write docs/cli-reference.md: what ``--help`` says, of every command.

Usage: ``python docs/make_cli_reference.py [--check]``; ``--check`` only says whether the page is up
to date. It is made of the declarations that ``--help`` shows and not of its layout, which changes
with the versions of other packages.
"""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

from typer import Context
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from splinternet.cli import app
from splinternet.cli.left_out import gap_reason

PAGE = Path(__file__).with_name("cli-reference.md")

#: Questions about a nation, and what each can be asked with; a measure has those that make a
#: difference to it.
QUESTIONS = ("brief", "depend", "measure", "what-if", "history", "atlas")
OPTIONS = (
    "--prefer", "--tie-break", "--links", "--observed", "--vantages", "--outside", "--weights",
    "--where", "--direction", "--by", "--parties", "--observer", "--bootstrap", "--scenario",
    "--ledger",
)  # fmt: skip

Parameter = TyperArgument | TyperOption

HEAD = """\
# Commands

Made by `python docs/make_cli_reference.py` from what `splinternet --help` shows of every command.
Exit status: 0 when all went well, 1 after a failure, 2 when the command line is wrong, 130 when it
was interrupted.
"""


def main() -> int:
    """Write or check the page, and return the exit status."""
    page = "\n".join(reference()) + "\n"
    if sys.argv[1:] == ["--check"]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page:
            return 0
        print(f"{PAGE.name} is out of date; run python docs/make_cli_reference.py")
        return 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


def reference() -> Iterator[str]:
    """Write the page, line by line."""
    start = get_command(app)
    assert isinstance(start, TyperGroup)
    yield HEAD
    yield from questions(start)
    yield from section("splinternet", start, "[OPTIONS] COMMAND")
    for name, command in each_command(start):
        arguments = [usage(each) for each in command.params if not is_option(each)]
        yield from section(f"splinternet {name}", command, " ".join(["[OPTIONS]", *arguments]))


def questions(start: TyperGroup) -> Iterator[str]:
    """Say which question about a nation can be asked with what, and why some cannot."""
    yield "## What each question can be asked with\n"
    yield f"| | {' | '.join(f'`{each}`' for each in OPTIONS)} |"
    yield f"|---|{':-:|' * len(OPTIONS)}"
    taken = {question: options_of(start, question) for question in QUESTIONS}
    for question, options in taken.items():
        cells = ("yes" if option in options else "" for option in OPTIONS)
        yield f"| `{question}` | {' | '.join(cells)} |"
    yield "\nA measure takes those that make a difference to it, and says so of others. Left out:\n"
    for question, option in gaps(taken):
        yield f"- `{question}` has no `{option}`: {gap_reason(question, option)}."
    yield ""


def gaps(taken: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Name the options that questions have not got."""
    return [
        (q, option) for q, options in taken.items() for option in OPTIONS if option not in options
    ]


def options_of(start: TyperGroup, question: str) -> set[str]:
    """Name the options of a question; of measures those that any has."""
    context = Context(start)
    command = start.get_command(context, question)
    commands = [command]
    if isinstance(command, TyperGroup):
        commands = [command.get_command(context, each) for each in command.list_commands(context)]
    return {
        flag
        for each in commands
        for parameter in each.params
        if not getattr(parameter, "hidden", False)
        for flag in parameter.opts
    }


def each_command(group: TyperGroup) -> Iterator[tuple[str, TyperCommand]]:
    """Name every command, those of groups by both words."""
    context = Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, TyperGroup):
            if command.invoke_without_command:
                yield name, command
            yield from ((f"{name} {inner}", each) for inner, each in each_command(command))
        else:
            yield name, command


def section(name: str, command: TyperCommand | TyperGroup, usage: str) -> Iterator[str]:
    """Describe one command."""
    yield f"## {name}\n"
    yield f"    {name} {usage}\n"
    yield inspect.cleandoc(command.help) + "\n"
    yield "| | meaning | default |"
    yield "|---|---|---|"
    for parameter in command.get_params(Context(command)):
        if parameter.name != "help" and not getattr(parameter, "hidden", False):
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells(parameter))} |"
    yield ""


def cells(parameter: Parameter) -> tuple[str, str, str]:
    """Describe one argument or option."""
    metavar = parameter.metavar or ""
    default = parameter.default
    if is_option(parameter):
        what = f"`{', '.join(sorted(parameter.opts))}{' ' if metavar else ''}{metavar}`"
    else:
        what = f"`{metavar}`"
    if parameter.required:
        shown = "required"
    else:
        shown = "" if default is None or isinstance(default, bool) else f"`{default}`"
    return what, parameter.help, shown


def usage(argument: TyperArgument) -> str:
    """Write an argument as a usage line has it."""
    word = argument.metavar + ("..." if argument.nargs == -1 else "")
    return word if argument.required else f"[{word}]"


def is_option(parameter: Parameter) -> bool:
    """Tell options from arguments."""
    return bool(parameter.opts[0].startswith("-"))


if __name__ == "__main__":
    sys.exit(main())
