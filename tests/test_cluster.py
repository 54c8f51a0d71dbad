"""A cluster that goes away while it is waited for."""

from concurrent.futures import CancelledError

import pytest

from splinternet.base.errors import SplinternetError
from splinternet.scenario.cluster import dask_executor


class _Gone:
    """What is used of a client whose scheduler has ended."""

    def __init__(self, *_: object, **__: object) -> None:
        self.stopped = False

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        assert self.stopped

    def get_executor(self):
        return self

    def shutdown(self, *, wait: bool) -> None:
        self.stopped = not wait


def test_a_scheduler_that_goes_away_is_told_in_one_line(monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(distributed, "Client", _Gone)
    with (
        pytest.raises(SplinternetError, match=r"8786 went away; start it, and give"),
        dask_executor("tcp://127.0.0.1:8786"),
    ):
        raise CancelledError
