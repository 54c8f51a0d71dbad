"""Options that a command has not got, and why; and options that were called otherwise."""

from __future__ import annotations

import typer

from splinternet.base.texts import phrase

__all__ = ["GAPS", "gap_reason", "why_not"]

#: Options of other questions that a question about a nation has not got.
GAPS = frozenset({("brief", "--direction"), ("brief", "--parties")})

#: Options of like questions that have a reason too where they are left out.
_OTHERS = frozenset(
    {("dependents", "--bootstrap"), ("hijack", "--observed"), ("protect", "--observed")}
)

#: Options by their old names.
_RENAMED = {"--ties": "--tie-break", "--core": "--clique"}


def gap_reason(command: str, option: str) -> str:
    """Reason why a command has not got an option, see :data:`GAPS`."""
    return phrase(f"terminal.left_out.{command}.{option.removeprefix('--')}")


def why_not(context: typer.Context, option: str) -> str | None:
    """Reason why there is no such option, where more can be said than that."""
    name = context.info_name or ""
    if (name, option) in GAPS | _OTHERS:
        return phrase(
            "terminal.left_out.reason", command=name, option=option, why=gap_reason(name, option)
        )
    now = _RENAMED.get(option)
    if now and any(now in each.opts for each in context.command.params):
        return phrase("terminal.left_out.renamed", old=option, new=now)
    return None
