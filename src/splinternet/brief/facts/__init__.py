"""Facts of a brief: figures without words, one module for each of its chapters."""
