"""Make ``essay/plain.txt`` again: the common words that tell no act from another.

Usage: ``python tools/plain_words.py WORDNET``; the folder has ``index.sense``, ``data.adj`` and
``data.noun`` of WordNet 3.0. A word counts if three of four of its uses there are of kinds that
describe, narrate or say: adjectives that qualify, adverbs, verbs of saying, thinking, seeing,
feeling and moving, nouns for qualities, thoughts, times, persons and the like, which are marked.
Words for things, goods, places, bodies, acts and trades are none, and neither are those below.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from splinternet.essay import anchors

#: The kinds of senses, by their number in WordNet.
KINDS = (
    "adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute "
    "noun.body noun.cognition noun.communication noun.event noun.feeling noun.food noun.group "
    "noun.location noun.motive noun.object noun.person noun.phenomenon noun.plant "
    "noun.possession noun.process noun.quantity noun.relation noun.shape noun.state "
    "noun.substance noun.time verb.body verb.change verb.cognition verb.communication "
    "verb.competition verb.consumption verb.contact verb.creation verb.emotion verb.motion "
    "verb.perception verb.possession verb.social verb.stative verb.weather adj.ppl"
).split()
PLAIN = frozenset(
    "adj.all adv.all adj.ppl noun.attribute noun.body noun.cognition noun.communication noun.event "
    "noun.feeling noun.food noun.animal noun.plant noun.time noun.motive noun.relation noun.shape "
    "noun.state noun.person noun.phenomenon verb.body verb.cognition "
    "verb.communication verb.consumption verb.emotion verb.motion verb.perception verb.stative "
    "verb.weather".split()
)
LEAST_SHARE = 0.75
#: Words that change what is told, though they are of such kinds, and words for fields and people.
OTHERS = frozenset(
    """
majority minority most bulk portion remainder
myth supposed impossible nonexistent unofficial negative former twin illegal unlawful lawful legal
fictitious imaginary hypothetical unreal mock fake bogus alleged dubious doubtful unlikely partial
half double triple fourfold twofold threefold temporary permanent voluntary secret foreign private
public military civil civilian rural urban residential domestic medical industrial commercial
agricultural federal municipal local regional naval aerial nuclear digital electronic optical
mobile wireless cellular satellite fixed fiscal financial all every most entire whole total
complete only sole exclusive solely exclusively alone first second third fourth fifth sixth
seventh eighth ninth tenth eleventh twelfth hundredth thousandth last next previous primary
secondary tertiary quarter dozen hundred thousand million billion one two three four five six
seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety zero single several few many both either
neither none nor not never hardly barely scarcely nearly almost north south east west northern
southern eastern western northeast northwest southeast southwest central false untrue wrong
mistaken invented unfounded fictional legendary mythical falsely wrongly allegedly supposedly
reportedly purported ostensible possible possibly perhaps maybe probable probably likely potential
potentially conceivable hopeful might may would could should must doubt deny refute reject dispute
contest question suspect imagine pretend invent lie fabricate dream hope wish want plan intend
expect fear threaten promise pledge vow propose suggest consider debate discuss predict forecast
recommend advise urge ask demand request beg rumor rumour gossip fiction fantasy hoax fable legend
untruth falsehood speculation conjecture guess if unless whether lest until till except without
against instead again anew once twice thrice formerly previously anymore longer stop cease halt
end begin resume return leave quit exit abandon more less least fewer fewest equal equally yes no
cancel undo repeal lift suspend american british chinese russian european german french italian
spanish dutch swedish english irish scottish greek turkish japanese korean african asian arab
arabic indian canadian australian mexican brazilian egyptian roman latin jewish christian islamic
moslem muslim hebrew child children women woman men man soldier farmer pupil patient student lack
lacking absence absent fail failure miss avoid spare exempt exception immune void null deprive
bereft reluctant unwilling unable incapable ineligible school hospital church university college
prison
""".split()
)
HEAD = """\
# Common words that tell no act from another, made by tools/plain_words.py from WordNet 3.0,
# Copyright 2006 by Princeton University. All rights reserved. Used by permission of its licence,
# which provides the software and database "as is", without representations or warranties.
"""


def main() -> None:
    """Write the words beside the module that reads them."""
    folder = Path(sys.argv[1])
    uses: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
        key, _, number, count = line.split()
        lemma, rest = key.split("%")
        if re.fullmatch("[a-z]{3,}", lemma):
            kind = KINDS[int(rest.split(":")[1])]
            uses[lemma][kind] += int(count) + (0.5 if number == "1" else 0.1)
    names = _names(folder)
    plain = (w for w, of in uses.items() if _is_plain(w, of) and w not in names | OTHERS)
    words = sorted(f"{word} noun" if _is_noun(uses[word]) else word for word in plain)
    path = Path(anchors.__file__).with_name("plain.txt")
    path.write_text(HEAD + "\n".join(words) + "\n", encoding="utf-8")
    print(f"{len(words)} words in {path.name}")


def _is_plain(word: str, uses: Mapping[str, float]) -> bool:
    """Tell whether a word is used often enough, and in plain senses; numbers are none."""
    every = sum(uses.values())
    plain = sum(count for kind, count in uses.items() if kind in PLAIN)
    return every >= 1 and plain >= LEAST_SHARE * every and not re.search("(?:teen|ieth)$", word)


def _is_noun(uses: Mapping[str, float]) -> bool:
    """Tell whether a word is a noun in most of its uses."""
    nouns = sum(count for kind, count in uses.items() if kind.startswith("noun"))
    return 2 * nouns > sum(uses.values())


def _names(folder: Path) -> set[str]:
    """Return the words that have a capital in some sense: peoples and places."""
    names = set()
    for name in ("data.adj", "data.noun"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                parts = line.split()
                count = int(parts[3], 16)
                words = (re.sub(r"\(.*\)$", "", parts[4 + 2 * n]) for n in range(count))
                names |= {word.lower() for word in words if word[:1].isupper()}
    return names


if __name__ == "__main__":
    main()
