"""What a brief says: figures and facts, one module for each of its chapters, without words."""
