"""What all rooms need: errors, declared columns, countries, dates, text and whole files."""
