"""Digests: coarse-grained models of a full world, small enough to ship, with their error."""
