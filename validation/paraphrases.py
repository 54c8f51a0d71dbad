"""Measure the essay reader on sentences that paraphrase the ledger, or nearly do.

``python validation/paraphrases.py FILE ...`` prints how many sentences of each file come out as
they should. A file has ``statement``, ``label`` and ``sentence`` in columns: the statement of the
shipped ledger that the sentence was written to, and whether that makes it ``true``,
``contradicted``, or neither (``untrue``). ``--wrong`` lists each miss with the statements that the
reader went by. See tests/essay_paraphrases/README.md.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from splinternet.essay.claims import Claim
from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger
from splinternet.ledger.ledger import Ledger

#: Sentences that are read together, each a paragraph; none looks at another.
_TOGETHER = 30

#: When they are read as written.
_WRITTEN = "2026-10"

_SHOULD = {"true": "supported", "contradicted": "contradicted"}


def verdicts(path: Path, ledger: Ledger) -> Iterator[tuple[str, str, str, Claim | None]]:
    """Yield the statement, label and sentence of each line, and what the reader claims of it."""
    rows = pl.read_csv(path, separator="\t", quote_char=None)
    for part in rows.iter_slices(_TOGETHER):
        text = "\n\n".join(("What Nobody Told", *part["sentence"]))
        claims = {claim.text: claim for claim in read_essay(text, ledger, _WRITTEN).claims}
        for statement, label, sentence in part.iter_rows():
            yield statement, label, sentence, claims.get(sentence)


def is_right(label: str, status: str) -> bool:
    """Tell whether a verdict is that of the label; what is untrue need only not be supported."""
    wanted = _SHOULD.get(label)
    return status != "supported" if wanted is None else status == wanted


def main() -> None:
    """Print a row for each file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list each miss")
    given = parser.parse_args()
    ledger = open_ledger()
    rows = []
    for path in given.files:
        of: Counter[str] = Counter()
        right: Counter[str] = Counter()
        believed = 0
        for statement, label, sentence, claim in verdicts(path, ledger):
            status = claim.status if claim else "no claim"
            of[label] += 1
            right[label] += is_right(label, status)
            believed += label != "true" and status == "supported"
            if given.wrong and not is_right(label, status):
                print(label, status, statement, sentence, sep="\t")
        told = {label: f"{right[label]} of {of[label]}" for label in ("true", "contradicted")}
        rows.append({"file": path.stem, **told, "untrue or contradicted, but supported": believed})
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True):
        print(pl.DataFrame(rows))


if __name__ == "__main__":
    main()
