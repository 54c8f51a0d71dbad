"""Routing tables of route collectors: the routes that networks told them."""

from __future__ import annotations

__all__: list[str] = []
