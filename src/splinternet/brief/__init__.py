"""How answers are told."""
