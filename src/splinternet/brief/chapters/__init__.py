"""The chapters of a brief: its facts put into words, one module each."""
