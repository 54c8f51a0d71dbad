"""Measures of what routes mean for a nation: one module for each question."""
