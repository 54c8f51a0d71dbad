"""Names beside the parties of a statement that are of nobody else."""

from __future__ import annotations

import re

from splinternet.essay.actors import Mention
from splinternet.essay.lexicon import roots
from splinternet.essay.passages import Passage

__all__ = ["is_spelt_otherwise", "named_as_makers"]

#: What makes an owner of a name.
_OWNED = re.compile(r"[’']s? ")


def is_spelt_otherwise(mention: Mention, words: frozenset[str]) -> bool:
    """Tell whether words have each of a name of several, in another order."""
    return " " in mention.text and roots(mention.text) <= words


def named_as_makers(passage: Passage, ends: set[str]) -> set[str | None]:
    """Return those who are named only as whose a party is: Huawei's Ascend."""
    starts = {m.start for m in passage.mentions if m.actor in ends}
    return {
        m.actor
        for m in passage.mentions
        if (found := _OWNED.match(passage.text, m.end)) and found.end() in starts
    }
