"""Real snapshots, read without splinternet, for what is compared with it."""

import bz2
from collections.abc import Iterable
from pathlib import Path
from random import Random


def read_links(path: Path) -> list[tuple[int, int, str]]:
    """Read the links of a CAIDA AS Relationships file, as ``a, b, kind``."""
    with bz2.open(path, "rt") as file:
        rows = [line.split("|") for line in file if not line.startswith("#")]
    return [(int(a), int(b), "p2c" if int(code) == -1 else "p2p") for a, b, code, *_ in rows]


def some_origins(links: Iterable[tuple[int, int, str]], count: int) -> list[int]:
    """Draw networks, the same ones each time: half from all, half from those with customers."""
    links = list(links)
    everyone = sorted({end for a, b, _ in links for end in (a, b)})
    providers = sorted({a for a, _, kind in links if kind == "p2c"})
    random = Random(2019)
    drawn = dict.fromkeys(random.sample(providers, count // 2))
    while len(drawn) < count:
        drawn[random.choice(everyone)] = None
    return list(drawn)
