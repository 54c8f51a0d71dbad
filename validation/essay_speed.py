"""Forms of text, of 10,000 words each, to time the essay reader on; none may be slow.

``python validation/essays.py --speed`` prints the processor seconds of each, the slowest first.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from splinternet.essay.reading import read_essay
from splinternet.essay.verbs import read_verbs
from splinternet.ledger.ledger import Ledger

__all__ = ["FORMS", "speeds"]

WORDS = 10_000
_SEEN = Path(__file__).parents[1] / "tests" / "essays_unseen" / "seen"
_NAMES = "Huawei ZTE Ericsson Nokia MTS Russia China Australia Germany Sweden Rostelecom Telenor"
_TOLD = "the network of the country was old and nobody in the town had looked at it for years"


def _cut(words: Iterator[str], joined: str = " ") -> str:
    """Join texts until they have so many words."""
    kept: list[str] = []
    count = 0
    for text in words:
        kept.append(text)
        count += len(text.split())
        if count >= WORDS:
            break
    return joined.join(kept)


def _for_ever(texts: list[str]) -> Iterator[str]:
    while True:
        yield from texts


def _ordinary() -> str:
    texts = [path.read_text(encoding="utf-8") for path in sorted(_SEEN.glob("*.txt"))]
    bodies = (re.split(r"\n(?:Works Cited|References|Bibliography)", text)[0] for text in texts)
    return _cut(_for_ever(list(bodies)), "\n\n")


def _claims() -> str:
    truths = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(_SEEN.glob("*.json")))
    told = [f"{c['sentence'].rstrip('.')}." for truth in truths for c in truth["claims"]]
    return _cut(_for_ever(told))


def _verbs() -> str:
    return _cut(_for_ever([f"{verb.example[0].rstrip('.')}." for verb in read_verbs()]))


def _acts_without_end() -> str:
    chosen = random.Random(1)
    verbs = "banned bought chose sued sold left owns blocked signed damaged allowed ended ordered"
    names, acts = _NAMES.split(), verbs.split()
    return _cut(f"{chosen.choice(names)} {chosen.choice(acts)}" for _ in iter(int, 1))


def _dates() -> str:
    chosen = random.Random(2)
    return _cut(
        f"On {chosen.randint(1, 28)} May {chosen.randint(1990, 2024)}, in June, since 2017 and "
        f"over the last {chosen.randint(2, 9)} years, three days later, it was so."
        for _ in iter(int, 1)
    )


def _figures() -> str:
    chosen = random.Random(3)
    return _cut(
        f"Of {chosen.randint(10, 99)},000 phones {chosen.randint(1, 99)}.5 percent, from 26 % to "
        f"{chosen.randint(2, 9)} billion US dollars, less than half, twenty-six or a third."
        for _ in iter(int, 1)
    )


def _listed(number: int) -> str:
    return (
        f"Author{number}, Ann. “Masts of the {number}th Town.” *Journal of Towns*, vol. {number}, "
        f"no. 2, {1950 + number % 70}, pp. 11-29, https://towns.example/{number}."
    )


def _works() -> str:
    prose = " ".join(f"It is so (Author{number} {number % 90})." for number in range(500))
    entries = "\n\n".join(_listed(number) for number in range(500))
    return f"{prose}\n\nWorks Cited\n\n{entries}"


def _citations() -> str:
    cited = _cut(f"So (Author{n % 40} {n}; see Nobody{n}, 2019) and [{n}]." for n in range(9**9))
    return f"{cited}\n\nWorks Cited\n\n" + "\n\n".join(_listed(number) for number in range(40))


def _repeated(text: str) -> Callable[[], str]:
    return lambda: _cut(_for_ever([text]))


def _nested() -> str:
    inner = _cut(_for_ever([f"<p>{_TOLD}.</p>"]))
    return f"<html><body>{'<div>' * 200}{inner}{'</div>' * 200}</body></html>"


def _pages() -> str:
    return "<html><body>" + _cut(
        f"<div id='part{n}'><p>{_TOLD} <a href='/{n}'>there</a>.</p></div>" for n in range(9**9)
    )


#: Makers of a text, by the name of its form.
FORMS: dict[str, Callable[[], str]] = {
    "ordinary essays": _ordinary,
    "nothing but claims": _claims,
    "an example of every verb": _verbs,
    "acts without a full stop": _acts_without_end,
    "dates": _dates,
    "figures": _figures,
    "citations": _citations,
    "a list of 500 works": _works,
    "one long line": _repeated(_TOLD),
    "names": _repeated(_NAMES),
    "brackets": _repeated("(so [it] (is) here)"),
    "unclosed brackets": _repeated("so ( it [ is"),
    "quotations": _repeated('He said: “it is so,” and ‘so’ she said "it was".'),
    "unclosed quotation marks": _repeated('so “it ‘is "so «it „is'),
    "short sentences": _repeated("It is. Is it?"),
    "one word a line": lambda: "\n".join(islice(_for_ever(_TOLD.split()), WORDS)),
    "one word a paragraph": lambda: "\n\n".join(islice(_for_ever(_TOLD.split()), WORDS)),
    "block quotations": lambda: _cut(_for_ever([f"> {_TOLD}\n>\n> — Ann Author"]), "\n\n"),
    "nested HTML": _nested,
    "HTML of many parts": _pages,
}


def speeds(ledger: Ledger) -> pl.DataFrame:
    """Return the processor seconds that each form takes per 10,000 words, the slowest first."""
    read_essay("Huawei.", ledger)  # what is read once, is read now
    rows = []
    for name, make in FORMS.items():
        text = make()
        text = text if text[:1] == "<" else f"{text}."  # else it may be taken for a heading
        words = len(re.sub(r"<[^>]*>", " ", text).split())
        begun = time.process_time()
        read_essay(text, ledger, "2025-01")
        taken = time.process_time() - begun
        rows.append({"form": name, "words": words, "seconds": round(taken * WORDS / words, 2)})
    return pl.DataFrame(rows).sort("seconds", descending=True)
