"""World: the Internet on a date; tables, readers of public formats, downloads, catalogue."""
