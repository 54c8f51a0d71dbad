"""Fifty people at once: the web application on the shipped digest, for a minute.

Each person asks for a page or a file, looks at it for about a second, and asks for the next one.
Most ask what others asked before; some ask what nobody did, which must be computed.
``SPLINTERNET_LOAD_SECONDS`` makes it shorter or longer. It prints what it measured.
"""

import asyncio
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import httpx2

USERS = 50
SECONDS = float(os.environ.get("SPLINTERNET_LOAD_SECONDS", "60"))

#: Seconds that a person looks at a page, at the most.
LOOKS = 2.0

#: Part of the requests that ask for what nobody asked before.
FRESH = 0.03

NATIONS = "RU IR CN US DE FR BR IN CU EG UA KZ".split()
BRIEFS = NATIONS[:3]


def isolate(nation: str, name: str = "Alone") -> str:
    return (
        f"country={nation}&world=2019-12&name={name}&shocks.0.kind=isolate"
        f"&shocks.0.networks=country:{nation}&run=1"
    )


PAGES = [
    "/", "/about", "/compare?country=RU&country=IR", "/ledger?actor=Huawei", "/ledger",
    "/what-if", "/api/worlds", "/api/nations/RU", "/static/site.css",
    *(f"/brief/{nation}?wait=1" for nation in BRIEFS),
    *(f"/what-if?{isolate(nation)}" for nation in NATIONS),
    *(f"/what-if/tables/all.csv?{isolate(nation)}" for nation in NATIONS[:4]),
]  # fmt: skip


@contextmanager
def server() -> Iterator[tuple[str, int]]:
    """Serve the digest from a process of its own; give its address and its number."""
    command = [sys.executable, "-m", "splinternet", "serve", "--port", "0", "--world", "2019-12"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = re.match(r"http://[^/]+", process.stdout.readline())[0]
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(20)


def megabytes(process: int) -> float:
    """Memory that a process holds."""
    said = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", said)[1]) / 1024


async def person(
    client: httpx2.AsyncClient,
    seed: int,
    until: float,
    times: list[float],
    wrong: list[tuple[object, str]],
) -> None:
    chance = random.Random(seed)
    await asyncio.sleep(chance.random() * LOOKS)
    while time.monotonic() < until:
        fresh = chance.random() < FRESH
        nation = chance.choice(NATIONS)
        address = (
            f"/what-if?{isolate(nation, f'Fresh{chance.random()}')}" if fresh
            else chance.choice(PAGES)
        )  # fmt: skip
        begun = time.perf_counter()
        try:
            status = (await client.get(address)).status_code
        except httpx2.HTTPError as error:
            status = type(error).__name__
        times.append(time.perf_counter() - begun)
        if status != 200:
            wrong.append((status, address))
        await asyncio.sleep(chance.random() * LOOKS)


async def crowd(
    address: str, process: int
) -> tuple[list[float], list[tuple[object, str]], list[float]]:
    limits = httpx2.Limits(max_connections=USERS)
    times, wrong, held = [], [], []
    async with httpx2.AsyncClient(base_url=address, limits=limits, timeout=60) as client:
        for page in PAGES:  # what is asked for every day has been asked for before
            assert (await client.get(page)).status_code == 200, page
        until = time.monotonic() + SECONDS
        people = [
            asyncio.ensure_future(person(client, seed, until, times, wrong))
            for seed in range(USERS)
        ]
        while not all(each.done() for each in people):
            held.append(megabytes(process))
            await asyncio.wait(people, timeout=1)
        await asyncio.gather(*people)
    return times, wrong, held


def test_fifty_people_for_a_minute() -> None:
    with server() as (address, process):
        times, wrong, held = asyncio.run(crowd(address, process))
    slow = quantiles(times, n=20)[-1]
    half = len(held) // 2
    print(
        f"\n{len(times):,} requests of {USERS} people in {SECONDS:.0f} s, {len(wrong)} failed; "
        f"median {median(times) * 1000:.0f} ms, 95 % within {slow * 1000:.0f} ms, "
        f"slowest {max(times) * 1000:.0f} ms; memory {held[0]:.0f} MB at first, "
        f"{median(held[half:]):.0f} MB later, {max(held):.0f} MB at most"
    )
    assert wrong == []
    assert slow < 1
    # Answers that are kept take their room in the first half; then nothing may grow.
    assert median(held[half:]) < 1.25 * median(held[:half]) + 20
