"""What the Internet is on a date: tables, readers of public formats, downloads, catalogue."""
