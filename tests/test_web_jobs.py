"""Computations for requests: shared, bounded, cancelled."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from splinternet.web.app import create_app
from splinternet.web.jobs import AbandonedError, BusyError, Jobs, TooSlowError
from test_web import RUN
from websites import narrow, small_site


class Slow:
    """Work that goes on until told otherwise, and notes how it ended."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.times, self.ended = 0, ""

    def __call__(self, progress) -> str:
        self.times += 1
        self.begun.set()
        try:
            done = 0
            while not self.go_on.wait(0.01):
                done += 1
                progress(done, 1000)
        except BaseException as error:
            self.ended = type(error).__name__
            raise
        self.ended = "done"
        return "answer"


@pytest.fixture
def slow():
    work = Slow()
    yield work
    work.go_on.set()


def using(test, **options):
    """Run a coroutine with a pool of its own."""

    async def run():
        jobs = Jobs(**{"workers": 1, "queue": 1, "seconds": 60, "kept": 9, **options})
        try:
            await asyncio.wait_for(test(jobs), 20)
        finally:
            jobs.close()

    asyncio.run(run())


async def until(condition) -> None:
    while not condition():
        await asyncio.sleep(0.01)


def test_those_who_ask_alike_share_the_work(slow):
    async def test(jobs):
        asked = [asyncio.ensure_future(jobs.answer("key", slow)) for _ in range(20)]
        await until(slow.begun.is_set)
        slow.go_on.set()
        assert await asyncio.gather(*asked) == ["answer"] * 20
        assert await jobs.answer("key", slow) == "answer"
        assert slow.times == 1

    using(test)


def test_one_client_fills_a_part_of_the_queue_only(slow):
    async def test(jobs):
        greedy = [asyncio.ensure_future(jobs.answer(n, slow, client="one")) for n in range(80)]
        await asyncio.sleep(0.1)
        refused = [each for each in greedy if each.done()]
        assert len(refused) == 80 - (1 + 31) // 4
        assert all(isinstance(each.exception(), BusyError) for each in refused)
        other = asyncio.ensure_future(jobs.answer("other", slow, client="two"))
        slow.go_on.set()
        assert await other == "answer"
        await asyncio.gather(*greedy, return_exceptions=True)
        assert await jobs.answer("again", slow, client="one") == "answer"

    using(test, queue=31)


def test_what_is_followed_ends_with_the_server(slow):
    async def test(jobs):
        steps = jobs.watch("key", slow)
        await anext(steps)
        jobs.close()
        with pytest.raises(AbandonedError):
            async for _ in steps:
                pass
        await until(lambda: slow.ended)

    using(test)


def test_the_work_ends_when_the_last_one_leaves(slow):
    async def test(jobs):
        leaving = [asyncio.get_running_loop().create_future() for _ in range(2)]
        asked = [asyncio.ensure_future(jobs.answer("key", slow, gone)) for gone in leaving]
        await until(slow.begun.is_set)
        leaving[0].set_result(None)
        with pytest.raises(AbandonedError):
            await asked[0]
        await asyncio.sleep(0.05)
        assert slow.ended == ""
        leaving[1].set_result(None)
        with pytest.raises(AbandonedError):
            await asked[1]
        await until(lambda: slow.ended)
        assert slow.ended == "AbandonedError"
        await until(lambda: not jobs.unfinished)

    using(test)


def test_who_is_cancelled_leaves_too(slow):
    async def test(jobs):
        asked = asyncio.ensure_future(jobs.answer("key", slow))
        await until(slow.begun.is_set)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        await until(lambda: slow.ended == "AbandonedError")

    using(test)


def test_a_full_queue_refuses(slow):
    async def test(jobs):
        first = asyncio.ensure_future(jobs.answer(1, slow))
        await until(slow.begun.is_set)
        second = asyncio.ensure_future(jobs.answer(2, lambda _: "second"))
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError):
            await jobs.answer(3, lambda _: "third")
        slow.go_on.set()
        assert await asyncio.gather(first, second) == ["answer", "second"]
        assert await jobs.answer(3, lambda _: "third") == "third"

    using(test)


def test_work_that_takes_too_long(slow):
    async def test(jobs):
        with pytest.raises(TooSlowError):
            await jobs.answer("key", slow)
        await until(lambda: slow.ended in ("TooSlowError", "AbandonedError"))

    using(test, seconds=0.1)


def test_the_time_counts_from_when_the_work_begins(slow):
    async def test(jobs):
        first = asyncio.ensure_future(jobs.answer(1, slow))
        await until(slow.begun.is_set)
        second = asyncio.ensure_future(jobs.answer(2, lambda _: "second"))
        with pytest.raises(TooSlowError):
            await first
        assert await second == "second"  # which has waited for as long as any may take

    using(test, seconds=0.6)


def test_errors_reach_all_and_are_not_kept():
    async def test(jobs):
        def fails(_):
            raise ValueError("no")

        for _ in range(2):
            with pytest.raises(ValueError, match="no"):
                await jobs.answer("key", fails)
        assert await jobs.answer("key", lambda _: "well") == "well"

    using(test)


def test_what_is_not_to_be_kept_is_computed_again():
    async def test(jobs):
        times = []
        for _ in range(2):
            await jobs.answer("key", lambda _: times.append(1), keep=False)
        assert times == [1, 1]

    using(test)


def test_only_so_many_answers_are_kept():
    async def test(jobs):
        times = []
        for key in (1, 2, 3, 2, 3, 1):
            await jobs.answer(key, lambda _, key=key: times.append(key))
        assert times == [1, 2, 3, 1]

    using(test, kept=2)


def test_steps_are_told(slow):
    async def test(jobs):
        seen = []
        async for step in jobs.watch("key", slow, every=0.01):
            seen.append(step)
            if step.done > 3:
                slow.go_on.set()
        assert seen[-1].total == 1000
        assert seen[-1].part == 1

    using(test)


async def call(app, address: str, gone: asyncio.Event | None = None) -> list[dict]:
    """Ask an application as a server does; the client stays until it is gone."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1",
        "method": "GET", "scheme": "http", "path": path, "raw_path": path.encode(),
        "query_string": query.encode(), "root_path": "", "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    told = iter([{"type": "http.request", "body": b"", "more_body": False}])
    sent = []

    async def receive():
        for message in told:
            return message
        await (gone or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    return sent


@pytest.mark.parametrize("address", ["/what-if", "/what-if/progress"])
def test_a_client_that_leaves_in_mid_answer_ends_the_work(tmp_path, monkeypatch, slow, address):
    from splinternet.web import what_if

    monkeypatch.setattr(what_if, "answer", lambda *given: slow(given[-1]))
    app = small_site(tmp_path).app

    async def test():
        gone = asyncio.Event()
        asked = asyncio.ensure_future(call(app, f"{address}?{RUN}", gone))
        await until(slow.begun.is_set)
        gone.set()
        await asked
        await until(lambda: slow.ended == "AbandonedError")
        after = await call(app, "/about")
        assert after[0]["status"] == 200

    asyncio.run(asyncio.wait_for(test(), 20))


def test_many_requests_at_once_are_refused_politely(tmp_path, monkeypatch, slow):
    from splinternet.web import what_if

    app = small_site(tmp_path, limits=narrow()).app
    real = what_if.answer
    monkeypatch.setattr(what_if, "answer", lambda *given: slow(given[-1]) and real(*given))

    async def test():
        asked = [
            asyncio.ensure_future(call(app, f"/what-if?{RUN}&name=number{number}"))
            for number in range(10)
        ]
        await until(lambda: sum(task.done() for task in asked) == 8)
        slow.go_on.set()
        answers = await asyncio.gather(*asked)
        refused = [each for each in answers if each[0]["status"] == 503]
        assert len(refused) == 8
        headers = dict(refused[0][0]["headers"])
        assert headers[b"retry-after"] == b"5"
        assert b"Too many computations" in b"".join(m.get("body", b"") for m in refused[0])
        assert (await call(app, "/about"))[0]["status"] == 200

    asyncio.run(asyncio.wait_for(test(), 20))


def test_a_body_that_never_arrives(tmp_path):
    site = small_site(tmp_path, limits=narrow(arrival=0.05))

    async def test():
        sent = []

        async def receive():
            await asyncio.sleep(5)

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
            "scheme": "http", "path": "/api/what-if", "raw_path": b"/api/what-if",
            "query_string": b"", "root_path": "", "headers": [(b"host", b"localhost")],
            "client": None, "server": None, "state": {},
        }  # fmt: skip
        await site.app(scope, receive, send)
        assert sent[0]["status"] == 408

    asyncio.run(asyncio.wait_for(test(), 20))


def test_threads_may_ask_too():
    """Each with a loop of its own, as tests do."""
    jobs = Jobs(workers=2, queue=20, seconds=60, kept=9)

    def ask(number: int) -> int:
        return asyncio.run(jobs.answer(number % 3, lambda _: time.sleep(0.01) or number % 3))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(12))) == [n % 3 for n in range(12)]
    jobs.close()


def test_the_default_worlds_are_all_there_are():
    names = [served.name for served in create_app().state.site.worlds]
    assert names[0] == "2019-12"
    assert "2025-09" in names
