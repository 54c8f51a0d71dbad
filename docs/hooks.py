"""What the documentation site does with docstrings beyond its plugins."""

import re

__all__ = ["on_page_content"]

#: A role of reStructuredText in a docstring, as Markdown leaves it: ``:func:`` before code.
_ROLE = re.compile(r":(?:py:)?[a-z]+:<code>~?(?:[\w.]*\.)?([^<]*)</code>")


def on_page_content(html: str, **_given: object) -> str:
    """Show the names that docstrings refer to by roles as code, without role and module.

    Examples
    --------
    >>> on_page_content("See :func:<code>~splinternet.measures.depend</code>.")
    'See <code>depend</code>.'
    """
    return _ROLE.sub(r"<code>\1</code>", html)
