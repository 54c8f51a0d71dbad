"""Work on every core, and its end where nobody wants it any more."""

from threading import Event

import pytest

from splinternet.measures.parallel import side_by_side
from splinternet.routing.workers import in_order


def test_results_are_in_order():
    assert list(in_order(lambda item: -item, range(100))) == [-each for each in range(100)]
    assert side_by_side(lambda item: sum(in_order(abs, range(item))), range(50)) == [
        sum(range(each)) for each in range(50)
    ]


@pytest.mark.parametrize("cores", [1, 2])
def test_where_one_fails_the_others_end_soon(monkeypatch, cores):
    """Else whoever presses Ctrl-C waits for the largest nation."""
    monkeypatch.setattr("splinternet.routing.workers.cores", lambda: cores)
    monkeypatch.setattr("splinternet.measures.parallel.cores", lambda: 2)
    begun, done = Event(), []

    def work(item):
        if item == "fails":
            begun.wait()
            raise ValueError("this one")
        for each in in_order(lambda block: Event().wait(0.001) or block, range(5_000)):
            begun.set()
            done.append(each)

    with pytest.raises(ValueError, match="this one"):
        side_by_side(work, ["fails", "long"])
    assert 0 < len(done) < 5_000
    assert done == list(range(len(done)))
