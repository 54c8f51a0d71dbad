"""The shipped library of cases: scenarios as TOML files in this folder, and where they are."""

from __future__ import annotations

import os
from pathlib import Path

from splinternet.base.countries import known_country
from splinternet.base.errors import MisuseError, remedy

__all__ = ["case_names", "find_scenario"]

_SUFFIX = ".toml"


def case_names() -> list[str]:
    """Name the shipped scenarios."""
    return sorted(path.stem for path in Path(__file__).parent.glob(f"*{_SUFFIX}"))


def find_scenario(name_or_path: str | Path) -> Path:
    """File of a scenario.

    Parameters
    ----------
    name_or_path
        The name of a shipped scenario, see :func:`case_names`, or a file. A
        :class:`~pathlib.Path`, or text with a separator or that ends in ``.toml``, is never a
        name.

    Raises
    ------
    MisuseError
        If no shipped scenario has this name, and no file either.

    Examples
    --------
    >>> find_scenario("two-blocs").name
    'two-blocs.toml'
    """
    if not isinstance(name_or_path, str | Path) or name_or_path == "":
        raise MisuseError(
            f"{name_or_path!r} is no scenario; give the name of one such as 'two-blocs', or a file"
        )
    path, name = Path(name_or_path), str(name_or_path)
    if isinstance(name_or_path, Path) or {os.sep, os.altsep} & set(name) or name.endswith(_SUFFIX):
        return path
    shipped = Path(__file__).with_name(name + _SUFFIX)
    if name in case_names():
        return shipped
    if path.exists():  # a pipe too
        return path
    hint = "'splinternet scenario' lists those shipped; or give a file"
    if known_country(name) is not None:
        hint += f"; a nation is named by {remedy('country=...', '--country')}"
    raise MisuseError.unknown("scenario", name, case_names(), hint)
