"""Packages that are questions too: ``splinternet.brief(world, "RU")`` asks what the room is for."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["answer_calls"]


def answer_calls(package: str, module: str, function: str) -> None:
    """Let a package be called: it then calls a function of one of its modules.

    The module is imported at the first call, for it may load slowly.
    """

    class Called(ModuleType):
        def __call__(self, *given: Any, **options: Any) -> Any:  # noqa: ANN401 (the function's)
            return getattr(import_module(f"{package}.{module}"), function)(*given, **options)

    sys.modules[package].__class__ = Called
