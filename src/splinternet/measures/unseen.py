"""Peerings that collectors missed, in place of those that other collectors would have missed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Peerings", "among", "pair_of"]

_Indices = npt.NDArray[np.int64]

#: Rounds in which missed peerings swap ends; in each a tenth or so find whom to swap with.
_ROUNDS = 5


@dataclass(frozen=True, eq=False)
class Peerings:
    """Peerings of a world, and how likely each is missed.

    Attributes
    ----------
    ends
        Networks of each, as indices; shape ``(2, peerings)``.
    chance
        With which each is missed.
    alike
        Nation and class of size of each network as a number.
    size
        Class of size of each network.
    taken
        Pairs of networks that have a link, and of each with itself, in order.
    """

    ends: _Indices
    chance: npt.NDArray[np.float64]
    alike: _Indices
    size: _Indices
    taken: _Indices

    def drawn(self, random: np.random.Generator) -> _Indices:
        """Peerings as other collectors might have shown them: pairs of networks.

        Those that are missed swap ends in twos (Maslov and Sneppen, Science 296, 2002), ends of
        the same nation and size, and never so that two networks are linked that were. So each
        network keeps as many peers, and any two nations as many peerings. One that finds no other
        to swap with stays: where nearly all are linked hardly anything can have been missed.
        """
        missed = random.random(len(self.chance)) < self.chance
        ends = self.ends.copy()
        ends[:, missed] = self._swapped(self.ends[:, missed], random)
        return pair_of(ends[0], ends[1], len(self.size))

    def _swapped(self, ends: _Indices, random: np.random.Generator) -> _Indices:
        """Let peerings swap ends, several times over."""
        networks = len(self.size)
        first = pair_of(ends[0], ends[1], networks)
        now = first.copy()
        for _ in range(_ROUNDS):
            low = random.random(len(first)) < 0.5
            moving, staying = np.where(low, ends, ends[::-1])
            one, other = _in_twos(self.alike[moving] * 3 + self.size[staying], random)
            found = np.stack(
                [
                    pair_of(staying[one], moving[other], networks),
                    pair_of(staying[other], moving[one], networks),
                ]
            )
            good = self._is_new(found, now[now != first])
            one, other, found = one[good], other[good], found[:, good]
            moving[one], moving[other] = moving[other], moving[one]
            ends = np.stack([moving, staying])
            now[one], now[other] = found
        return ends

    def _is_new(self, found: _Indices, swapped: _Indices) -> npt.NDArray[np.bool_]:
        """Tell which twos of pairs are not linked yet, and there once only."""
        flat = found.ravel()
        order = np.argsort(flat)
        pairs = flat[order]
        good = ~among(self.taken, pairs) & ~among(np.sort(swapped), pairs)
        again = pairs[1:] == pairs[:-1]
        good[1:] &= ~again
        good[:-1] &= ~again
        new = np.empty_like(good)
        new[order] = good
        first, second = new.reshape(found.shape)
        both: npt.NDArray[np.bool_] = first & second
        return both


def _in_twos(kind: _Indices, random: np.random.Generator) -> tuple[_Indices, _Indices]:
    """Put things of the same kind in twos by chance; of an odd number one is left."""
    many = len(kind)
    # By kind, then by chance; the last bits tell which it is.
    chance = random.integers(0, 1 << 20, many)
    mixed = np.sort(kind << 44 | chance << 24 | np.arange(many))
    order, kind = mixed & 0xFFFFFF, mixed >> 44
    begins = np.flatnonzero(np.diff(kind, prepend=-1))
    place = np.arange(many) - np.repeat(begins, np.diff(begins, append=many))
    second = np.flatnonzero(place % 2)
    return order[second - 1], order[second]


def pair_of(a: _Indices, b: _Indices, networks: int) -> _Indices:
    """Pairs of networks as numbers, whichever comes first."""
    both: _Indices = np.minimum(a, b).astype(np.int64) * networks + np.maximum(a, b)
    return both


def among(ordered: _Indices, numbers: _Indices) -> npt.NDArray[np.bool_]:
    """Tell which numbers are among others that are in order."""
    if not len(ordered):
        return np.zeros(len(numbers), dtype=np.bool_)
    at = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    found: npt.NDArray[np.bool_] = ordered[at] == numbers
    return found
