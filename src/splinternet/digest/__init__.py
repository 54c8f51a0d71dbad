"""Digests: coarse-grained models of a full world, small enough to ship, with their error.

Called, it makes one: ``splinternet.digest(world)``.
"""

from splinternet.base.called import answer_calls

__all__: list[str] = []

answer_calls(__name__, "build", "make_digest")
