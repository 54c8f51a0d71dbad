"""Texts of pictures: how wide they are, and how they fit a room."""

from __future__ import annotations

from splinternet.brief.theme import SIZE

__all__ = ["SAFE_SIZE", "cut", "cut_name", "text_width", "wrapped"]

#: Room is left for letters of so many pixels: other fonts than Arial are wider.
SAFE_SIZE = 1.2 * SIZE

#: Widths of letters in Arial, in thousandths of their height; any other is taken for a wide one.
_WIDTHS = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys("ftI ./,:;!()[]-", 300),
    **dict.fromkeys("abdeghnopqu0123456789L–", 556),
    **dict.fromkeys("ckrsvxyzJ", 500),
    "m": 833,
    "M": 833,
    "W": 944,
    "@": 1015,
    "%": 889,
    "…": 1000,
    "—": 1000,
}
_WIDE = 740


def text_width(text: str, size: float = SIZE) -> float:
    """Return about how many pixels a text is wide."""
    return sum(_WIDTHS.get(letter, _WIDE) for letter in text) * size / 1000


def cut(text: str, room: float, size: float = SIZE) -> str:
    """Shorten a text to a room in pixels, between words where that leaves half of it."""
    if text_width(text, size) <= room:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > room:
        kept = kept[:-1]
    words = kept.rpartition(" ")[0]
    return (words if len(words) * 2 > len(kept) else kept).rstrip(" ,;:(-") + "…"


def cut_name(name: str, room: float, size: float = SIZE) -> str:
    """Shorten the name of a network to a room in pixels: its country goes first, never its number.

    ``Joint Stock Company TransTeleCom (AS20485, Russia)`` may become
    ``Joint Stock Company… (AS20485)``.
    """
    called, _, about = name.rpartition(" (")
    number = about.rstrip(")").partition(",")[0]
    if text_width(name, size) <= room or not number.startswith("AS"):
        return cut(name, room, size)
    end = f" ({number})"
    return cut(called, room - text_width(end, size), size) + end


def wrapped(text: str, room: float, size: float = SIZE, most: int = 9) -> list[str]:
    """Set a text in lines of a room in pixels, at most so many; the last one is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if text_width(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [cut(line, room, size) for line in lines]
