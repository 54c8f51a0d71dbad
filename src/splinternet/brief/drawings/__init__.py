"""Drawings as SVG that pages make without a library of charts: a strip, a map of nations."""
