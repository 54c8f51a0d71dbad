"""Ground floor of all rooms: errors, declared columns, countries, dates, text and whole files."""
