"""Reading an essay: its works, citations, actors, dates, figures, quotations and claims."""
