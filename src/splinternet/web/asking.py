"""Steps that endpoints of the API share: the world, a measure in the pool, rows, next pages."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

import msgspec
import polars as pl
from starlette.requests import Request

from splinternet.base.errors import SplinternetError
from splinternet.web.problems import NotHereError
from splinternet.web.site import site_of

__all__ = ["filled", "measured", "named", "next_page", "world_of"]


@contextmanager
def named() -> Iterator[None]:
    """Say of what an address names that there is no such thing, or no figure of it, here.

    Raises
    ------
    NotHereError
        Instead of what the library raises.
    """
    try:
        yield
    except SplinternetError as error:
        raise NotHereError(str(error)) from None


def world_of(request: Request, name: str) -> str:
    """Return the name of the world that is asked of, by default the first.

    Raises
    ------
    NotHereError
        If there is none of the name.
    """
    site = site_of(request)
    return site.world_called(name or site.worlds.default).name


async def measured(
    request: Request,
    world: str,
    name: str,
    compute: Callable[..., pl.DataFrame],
    *of: Hashable,
) -> pl.DataFrame:
    """Compute a measure of a world in the pool; ``of`` and the query tell questions apart.

    Raises
    ------
    NotHereError
        If the world has no such figure.
    """
    site, served = site_of(request), world_of(request, world)
    opened = site.worlds.open(served)
    key = ("api", name, served, site.worlds.stamp(served), *of, str(request.query_params))
    with named():
        found: pl.DataFrame = await site.compute(
            request,
            key,
            lambda progress: compute(opened, progress=progress),
            kind=pl.DataFrame,
        )
    return found


def filled(frame: pl.DataFrame, row: type[msgspec.Struct]) -> pl.DataFrame:
    """Return a table with every column of a row, null where it lacks one, and no other."""
    columns = row.__struct_fields__
    missing = [pl.lit(None).alias(each) for each in columns if each not in frame.columns]
    return frame.with_columns(missing).select(columns)


def next_page(request: Request, page: int, pages: int, things: str) -> str | None:
    """Return the address of the page after one, None after the last.

    Raises
    ------
    NotHereError
        If there is no such page.
    """
    if page > pages:
        raise NotHereError(f"there are {pages} pages of such {things}")
    if page == pages:
        return None
    prefix = request.scope.get("prefix", "")
    return f"{prefix}{request.url.path}?{request.url.include_query_params(page=page + 1).query}"
