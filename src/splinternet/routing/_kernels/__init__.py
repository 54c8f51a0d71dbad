"""The inner loops of routing, compiled by numba. Nothing else knows numba.

A *block* holds the routes of every row to 128 destinations, one byte lane each: shape
``(rows, LANES)``; ``codes`` says what the bytes mean.

Names, and where each is from, stand in ``__init__.pyi`` beside this file. They are imported when
first asked for: the compiler loads slowly, and an answer that is shipped needs no routes.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
