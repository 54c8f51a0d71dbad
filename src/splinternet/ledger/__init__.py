"""Who is tied to whom, and who says so: actors, statements, sources."""
