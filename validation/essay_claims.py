"""Measure verdicts of the essay reader on single sentences with their truth.

``python validation/essay_claims.py FILE...`` reads lines of a verdict, a statement of the ledger
and a sentence, apart by tabs; a sentence in square brackets before it leads to it. It prints how
many of each verdict are called so. A third of the lines, by a digest of their words, is kept
aside: it is counted apart, and ``--wrong`` lists what is wrong of the others alone.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

from splinternet.essay.claims import Claim
from splinternet.essay.names import folded
from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger

DATED = "2026-02"
#: A sentence that leads to the one that counts.
_CONTEXT = re.compile(r"\[(?P<context>.+?)\] ?(?P<text>.+)")


def main() -> None:
    """Print how many verdicts of each kind are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong")
    given = parser.parse_args()
    lines = [
        line
        for path in given.files
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.count("\t") == 2
    ]
    counts: Counter[tuple[str, str, str]] = Counter()
    told = (_CONTEXT.fullmatch(line.split("\t")[2]) for line in lines)
    texts = [
        f"{found['context']} {found['text']}" if found else line.split("\t")[2]
        for line, found in zip(lines, told, strict=True)
    ]
    claims = _claims(texts)
    for line, text in zip(lines, texts, strict=True):
        wanted, statement, sentence = line.split("\t")
        claim = claims.get(folded(_last(sentence)))
        status = claim.status if claim else "unknown"
        part = "aside" if sha256(text.encode()).digest()[0] % 3 == 0 else "trained on"
        counts[part, wanted, status] += 1
        untrue = status == "supported"
        if given.wrong and (part == "trained on" or untrue) and status != wanted:
            print(f"{status}, not {wanted}: {sentence} [{statement}]")
            for finding in claim.findings if claim else ():
                tie = finding.tie
                whose = f"{tie.subject} {tie.act} {tie.object} ({tie.mood})" if tie else ""
                print(f"    {finding.status}: {whose}: {finding.why}")
    for part in ("trained on", "aside"):
        for wanted in ("supported", "contradicted", "disputed", "unknown"):
            of = sum(n for key, n in counts.items() if key[:2] == (part, wanted))
            others = {key[2]: n for key, n in counts.items() if key[:2] == (part, wanted)}
            if of:
                share = 100 * others.get(wanted, 0) / of
                print(f"{part}: {wanted}: {others.get(wanted, 0)} of {of} ({share:.0f} %) {others}")


def _last(sentence: str) -> str:
    found = _CONTEXT.fullmatch(sentence)
    return found["text"] if found else sentence


def _claims(texts: list[str]) -> dict[str, Claim]:
    """Read each text as a paragraph; return the claims by their sentences."""
    whole = (text if text.endswith((".", "!", "?", "”", '"')) else f"{text}." for text in texts)
    text = "\n\n".join(("What Nobody Told", *whole))
    return {
        folded(each.text).rstrip("."): each
        for each in read_essay(text, open_ledger(), DATED).claims
    }


if __name__ == "__main__":
    main()
