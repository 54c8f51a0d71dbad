"""Laws, cables and bodies that a sentence describes rather than names.

``Romania's law on approvals for 5G suppliers`` is the law of Romania of which the ledger has all
these words; ``the bank`` the last actor named that has the word in its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from splinternet.essay.gazetteer import Actor, Found
from splinternet.essay.peoples import ADJECTIVES
from splinternet.essay.wording import content_words

__all__ = ["Descriptions", "find_bodies", "is_called"]

#: Words for a thing of each kind that a sentence may describe.
_HEADS = {
    "law": r"laws?|acts?|bill|decree|order|regulation|directive|ordinance|statute|legislation",
    "cable": r"cables?|(?:international|undersea|submarine|subsea|underwater|fibre) "
    r"(?:lines?|links?|wires?|connections?)|fib(?:re|er)s?(?= to [A-Z])|"
    r"lines?(?= (?:from|between|to) [A-Z])",
    "group": r"operators|carriers|providers|makers|users|vendors|suppliers",
}
_GROUP = re.compile(rf"\b(?:{_HEADS['group']}|companies|firms)\b", re.IGNORECASE)
#: The words before such a word, itself, and the phrase that follows.
_HEAD = re.compile(
    r"\b(?P<before>(?:[\w’'-]+ ){0,5}?)"
    rf"(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _HEADS.items())})\b"
    r"(?P<after>(?: (?:on|for|of|about|between|to|from|against|which|that|off) [^,;:.()]{2,90}?"
    r"(?=\s*[,;:.)]|\s*$|\s{2}| (?:was|were|is|are|had|has|took|when|in [0-9A-Z]|on [0-9A-Z])))?)"
)
#: Where the words that describe begin: after the article, or whose it is.
_OWN = re.compile(r"(?:.*\b)?(?:the|its|their|an?|this|that|[A-ZÀ-Þ][\w-]*[’']s?) ")
_BODY = re.compile(
    r"\b[Tt](?:he|his|hat) (?:same )?(?P<word>bureau|bank|commission|ministry|agency|"
    r"authority|council|exchange|board|department|regulator|watchdog|insurer|court|"
    r"Bureau|Bank|Commission|Ministry|Agency|Authority|Department|Court)\b"
    r"(?! of| for| on| in (?:the )?[A-Z]| [A-Z]|, [A-Z][\w-]*,)"  # one there is another one
)
_FIRMS = frozenset(("vendor", "operator", "company"))
_AGENCY = frozenset(("agency", "regulator", "watchdog"))
_LIGHT = content_words(
    "new own first last same very let lets make made may can must will would should "
    "network networks line undersea submarine subsea data system"
) | content_words(" ".join(ADJECTIVES))


class Descriptions:
    """The laws and cables of a ledger, found by words that describe them.

    Parameters
    ----------
    actors
        Those of the ledger, by id.
    told
        The words of the statements on each actor, by its id.
    """

    def __init__(self, actors: dict[str, Actor], told: dict[str, str]) -> None:
        self.actors = actors
        self._of_kind: dict[str, dict[str, frozenset[str]]] = {kind: {} for kind in _HEADS}
        for id, actor in actors.items():
            # A group is one of firms by its name.
            firms = actor.kind != "group" or any(_GROUP.search(name) for name in actor.names)
            if actor.kind in _HEADS and firms:
                words = content_words(f"{' '.join(actor.names)} {told.get(id, '')}")
                self._of_kind[actor.kind][id] = words

    def find(self, text: str, named: Sequence[Found]) -> Iterator[Found]:
        """Yield what a sentence describes, beside the actors that it names."""
        countries = {self.actors[id].country for found in named for id in found.actors}
        for head in _HEAD.finditer(text):
            kind = next(each for each in _HEADS if head[each])
            if any(found.start <= head.start(kind) < found.end for found in named):
                continue
            own = _OWN.match(head["before"])
            start = head.start("before") + (own.end() if own else 0)
            unsure = [f for f in named if len(f.actors) > 1 and start <= f.start < head.end()]
            if unsure:
                continue
            inside = [f for f in named if start <= f.start and f.end < head.start(kind)]
            if kind == "group" and any(self.actors[f.actors[0]].kind in _FIRMS for f in inside):
                continue  # Huawei and ZTE as vendors
            told = f"{text[start : head.start(kind)]} {head['after']}"
            words = content_words(told) - _LIGHT
            if kind == "group":
                words |= content_words(head[kind])
            peoples = {ADJECTIVES[word] for word in told.split() if word in ADJECTIVES}
            known = self._of_kind[kind].items() if words else ()
            fitting = [id for id, of in known if words <= of]
            near = [id for id in fitting if self.actors[id].country in countries - {None}]
            free = [id for id in fitting if self.actors[id].country is None or kind == "cable"]
            fitting = near or free
            if kind == "group" and peoples:
                fitting = [id for id in fitting if self.actors[id].country in peoples]
            if len(fitting) > 1:
                fitting = [id for id in fitting if is_called(self.actors[id], head[kind])]
            if len(fitting) > 1 and kind == "cable":
                fitting = self._nearest(fitting, words)
            if len(fitting) == 1:
                yield Found(start, head.end("after"), tuple(fitting), "description")

    def _nearest(self, ids: Sequence[str], words: frozenset[str]) -> list[str]:
        """Return the one actor whose name has all of some words, and the fewest others."""
        named = {id: content_words(" ".join(self.actors[id].names)) - _LIGHT for id in ids}
        more = sorted((len(own - words), id) for id, own in named.items() if words <= own)
        alone = len(more) == 1 or (len(more) > 1 and more[0][0] < more[1][0])
        return [more[0][1]] if alone else []


def find_bodies(text: str) -> Iterator[re.Match[str]]:
    """Yield where a text calls a body by what it is: ``the bank``, ``the same bureau``."""
    return _BODY.finditer(text)


def is_called(actor: Actor, word: str) -> bool:
    """Tell whether an actor may be called by a word: one of its name, or an agency."""
    if word.lower() in _AGENCY and actor.kind == "agency":
        return True
    return any(re.search(rf"\b{word}\b", name, re.IGNORECASE) for name in actor.names)
