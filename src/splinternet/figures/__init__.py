"""Figures of full worlds that are at hand: those shipped with the package, and those of a file."""
