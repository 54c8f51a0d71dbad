"""Briefs, and how they are told; called, it makes one: ``splinternet.brief(world, "RU")``."""

import lazy_loader

from splinternet.base.called import answer_calls

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=["charts"])
answer_calls(__name__, "country", "make_brief")
