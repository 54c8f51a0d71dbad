"""A cluster of machines to sweep on, by dask, which is an extra."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from splinternet.base.errors import MisuseError

__all__ = ["dask_executor"]

#: How long to wait for the scheduler.
_WAIT = "10s"


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """Give an executor that runs on the workers of a dask scheduler.

    Parameters
    ----------
    address
        Of the scheduler, as ``tcp://10.0.0.1:8786``. Its workers need this package, and see the
        folders of worlds under the same paths.

    Raises
    ------
    MisuseError
        If dask is not installed, or no scheduler answers there.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MisuseError(
            "a cluster needs dask, which is an extra; install it with pip install "
            "'splinternet[dask]'"
        ) from None
    if not re.fullmatch(r"(?:\w+://)?\S+:[0-9]+", address):
        raise MisuseError(
            f"{address!r} is no address of a dask scheduler; give one as tcp://127.0.0.1:8786"
        )
    try:
        client = Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise MisuseError(
            f"no dask scheduler answers at {address} ({' '.join(str(error).split())}); start one "
            "with 'dask scheduler', and workers with 'dask worker'"
        ) from None
    with client, client.get_executor() as executor:
        yield executor
