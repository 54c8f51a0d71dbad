"""Room for the questions that a world answers in place; the stub beside this file declares them."""

__all__ = ["Questions"]


class Questions:
    """Questions answered by functions of other rooms, which :mod:`splinternet.methods` adds."""
