"""Damage of every kind that files have, by chance, and the same for the same seed."""

import bz2
import gzip
import lzma
from collections.abc import Callable, Sequence
from random import Random

__all__ = ["damaged"]

#: What breaks readers: ends of number ranges, quotes, what terminals obey, other encodings.
TOKENS = [
    b"", b"\0", b"\x07", b"\x1b[31m", b"\x7f", b"\xff", b"\xef\xbb\xbf", b"\xc2\x9b",
    "\u202e".encode(), "\ufffe".encode(), "\u2028".encode(), b"\xed\xa0\x80", b"\r", b"\r\n",
    b"\n\n\n", b"\t", b" ", b"  \n", b"0", b"-1", b"1e999", b"nan", b"4294967295", b"4294967296",
    b"99999999999999999999999", b"23456", b"64512", b"0x10", b"1.0", b"AS10", b'"', b'""', b"'",
    b"|", b",", b";", b"#", b"{", b"}", b"[[", b"]]", b"null", b"true", b"\\u0000", b"\\ud800",
    b"ZZ", b"9999-99-99", b"0000-00-00", b"2019-02-30", b"<script>", b"../../etc/passwd", b"%s%n",
    b"A" * 3000, b"[" * 2000, b"(" * 2000, "é".encode(),
    b"e" + "\u0301".encode() * 50, "١٢".encode(),
]  # fmt: skip


def _flip(data: bytearray, random: Random) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _insert(data: bytearray, random: Random) -> None:
    place = random.randint(0, len(data))
    data[place:place] = random.choice(TOKENS)


def _replace(data: bytearray, random: Random) -> None:
    first, last = _slice(data, random)
    data[first:last] = random.choice(TOKENS)


def _remove(data: bytearray, random: Random) -> None:
    first, last = _slice(data, random)
    del data[first:last]


def _repeat(data: bytearray, random: Random) -> None:
    first, last = _slice(data, random)
    data[first:first] = data[first:last] * random.choice([1, 2, 50])


def _cut(data: bytearray, random: Random) -> None:
    del data[random.randint(0, len(data)) :]


def _shuffle(data: bytearray, random: Random) -> None:
    lines = bytes(data).splitlines(keepends=True)
    random.shuffle(lines)
    data[:] = b"".join(lines)


def _noise(data: bytearray, random: Random) -> None:
    place = random.randint(0, len(data))
    data[place:place] = random.randbytes(random.randint(1, 20))


def _slice(data: bytearray, random: Random) -> tuple[int, int]:
    first = random.randint(0, len(data))
    return first, min(len(data), first + random.choice([1, 2, 5, 20, 100]))


CHANGES: list[Callable[[bytearray, Random], None]] = [
    _flip, _insert, _replace, _remove, _repeat, _cut, _shuffle, _noise
]  # fmt: skip

PACKINGS = [gzip.compress, bz2.compress, lzma.compress]


def damaged(whole: Sequence[bytes], random: Random) -> bytes:
    """Damage one of these files; now and then pack it, and damage that too."""
    data = bytearray(random.choice(whole))
    if random.random() < 0.05:
        other = random.choice(whole)
        data[random.randint(0, len(data)) :] = other[random.randint(0, len(other)) :]
    for _ in range(random.choice([1, 1, 1, 2, 3, 8])):
        random.choice(CHANGES)(data, random)
    if random.random() < 0.05:
        data = bytearray(random.choice(PACKINGS)(bytes(data)))
        if random.random() < 0.5:
            random.choice(CHANGES)(data, random)
    return bytes(data[:200_000])
