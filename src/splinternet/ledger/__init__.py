"""Ledger of ties, and who says so: actors, statements, sources."""
