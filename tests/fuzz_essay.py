"""Fuzz the reader of essays, guided by coverage; needs ``pip install atheris`` on Linux.

Usage: ``python tests/fuzz_essay.py [-max_total_time=300] [FOLDER]``; whatever crashes or takes
more of the processor than its bound is written to a file and ends the run.
"""

import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["splinternet.essay"]):
    from splinternet.essay.reading import read_essay_file
    from splinternet.essay.report import report

from essays import APA, CHICAGO, MLA, small_ledger
from splinternet.base.errors import InputError

SCRATCH = Path(tempfile.mkdtemp())
#: Seconds of the processor for an input: of 4,000 characters, and with coverage traced, too many.
BOUND = 5.0


def one_input(data: bytes) -> None:
    """Read some bytes as an essay; only a refusal in words is expected."""
    path = SCRATCH / "essay"
    path.write_bytes(data)
    begun = time.process_time()
    with suppress(InputError):
        report(read_essay_file(path, small_ledger(), "2019-11"))
    taken = time.process_time() - begun
    if taken > BOUND:
        raise RuntimeError(f"an input of {len(data)} bytes took {taken:.1f} s of the processor")


if __name__ == "__main__":
    seeds = SCRATCH / "seeds"
    seeds.mkdir()
    for name, essay in (("mla", MLA), ("apa", APA), ("chicago", CHICAGO)):
        (seeds / name).write_text(essay, encoding="utf-8")
    (seeds / "html").write_text(f"<html><p>{MLA}</p></html>", encoding="utf-8")
    atheris.Setup([*sys.argv, str(seeds), "-timeout=60", "-max_len=4000"], one_input)
    atheris.Fuzz()
