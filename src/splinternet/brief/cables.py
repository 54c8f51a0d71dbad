"""The cut of a submarine cable told: what is known of it, and what bounds the loss."""

from __future__ import annotations

__all__ = ["BOUND", "BOUNDING", "UNKNOWN"]

#: What is said of routes.
UNKNOWN = (
    "No route is lost for certain: cables and networks are known, but not which network uses which "
    "cable, nor how much of it."
)

#: How the part on routes is called.
BOUND = "upper bound"

#: What it is.
BOUNDING = (
    "The upper bound asks what would be lost if every link that may use the cable used nothing "
    "else. Most traffic would take other cables, which the model does not see."
)
