"""A cluster of machines to sweep on, by dask, which is an extra."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from splinternet.base.errors import MisuseError, SplinternetError

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["dask_executor"]

#: Seconds to wait for the scheduler, and before it is said that there is no worker.
_SCHEDULER, _WORKERS = 10.0, 10.0


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
    SplinternetError
        If the scheduler goes away.
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
        client = Client(address, timeout=_SCHEDULER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise MisuseError(
            f"no dask scheduler answers at {address} ({' '.join(str(error).split())}); start one "
            "with 'dask scheduler', and workers with 'dask worker'"
        ) from None
    with client, client.get_executor() as executor, _watched(client, address):
        try:
            yield executor
        except CancelledError:
            executor.shutdown(wait=False)
            raise SplinternetError(
                f"the dask scheduler at {address} went away; start it, and give the same command "
                "again: what is done is kept"
            ) from None
        except BaseException:
            executor.shutdown(wait=False)  # or it waits for what nobody will work on
            raise


@contextmanager
def _watched(client: Client, address: str) -> Iterator[None]:
    """Say it when there is no worker for a while: the scheduler waits for one without a word."""
    done = Event()

    def watch() -> None:
        said = False
        while not done.wait(_WORKERS):
            alone = not client.scheduler_info()["workers"]
            if alone and not said:
                logging.getLogger("splinternet").warning(
                    f"no worker has come to {address} for {_WORKERS:g} s; waiting for one: start "
                    f"it with 'dask worker {address}', or stop with Ctrl-C"
                )
            said = alone

    watching = Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        done.set()
        watching.join()
