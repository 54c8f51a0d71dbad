"""A tie: what a sentence says that one actor does to another."""

from __future__ import annotations

from dataclasses import dataclass

from splinternet.essay.moods import Mood
from splinternet.essay.scopes import Scope
from splinternet.essay.times import TimeReference

__all__ = ["Tie"]


@dataclass(frozen=True)
class Tie:
    """A subject, an act and an object, as a sentence has them.

    Parameters
    ----------
    sentence
        Number of the sentence.
    subject, object
        Ids of actors; None where the sentence names none.
    predicate
        The predicate of the ledger that it says first of all.
    text
        The words from the first of them to the last.
    scope
        What the clause limits it to: also states and places named in it besides the two.
    mood
        asserted, negated, ended, possible or doubted.
    act
        Name of the act in the table of verbs; None for a share.
    thing
        What is acted on where no actor is.
    figures
        Indices of the figures of the clause.
    aside_figures
        Those of them that tell something else that the act led to.
    times
        Times that the clause names, or else the one time of the sentence.
    asides
        Times of something else in the clause that the act led to.
    years
        Years of the clause that are of no time, such as deadlines.
    whole
        False if a name that the ledger lacks is joined to the object.
    past
        Whether the act is told as past: owned, allowed.
    clause
        The whole clause.
    somebody
        Words for who acts, where that is no actor of the ledger: a fishing boat.
    by_pronoun
        Whether the subject is ``it``.
    joint
        Whether subject and object do it together: MTS and Huawei signed.
    partner
        Names of whoever has the contract with the object that is spoken of, or that stand within
        the words of the act: replaced Huawei with.
    """

    sentence: int
    subject: str | None
    predicate: str
    object: str | None
    text: str
    scope: Scope
    mood: Mood
    act: str | None = None
    thing: str | None = None
    figures: tuple[int, ...] = ()
    aside_figures: tuple[int, ...] = ()
    times: tuple[TimeReference, ...] = ()
    asides: tuple[TimeReference, ...] = ()
    years: tuple[str, ...] = ()
    whole: bool = True
    past: bool = False
    clause: str = ""
    somebody: str = ""
    by_pronoun: bool = False
    joint: bool = False
    partner: str = ""

    @property
    def figure(self) -> int | None:
        """Index of the first of its figures."""
        return self.figures[0] if self.figures else None
