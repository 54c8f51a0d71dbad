"""A brief as one self-contained page of HTML, which asks nothing of the network or of scripts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from splinternet.base.errors import ChartError
from splinternet.base.html import unbroken
from splinternet.base.naming import Names
from splinternet.base.shares import UNKNOWN
from splinternet.base.text import shown
from splinternet.base.texts import Texts, texts_of
from splinternet.brief.country import CountryBrief
from splinternet.brief.document import Block, Document, FrontCard, Picture, Works
from splinternet.brief.pictures import FORMS, Address, frame_height, table_shown
from splinternet.brief.pictures import shown as picture_shown
from splinternet.brief.story import tell_brief
from splinternet.world.manifest import software

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["Linked", "body", "body_of", "css", "leading", "page"]

_TEMPLATES = Path(__file__).with_name("templates")

_CODE = re.compile(r"`([^`]+)`")
_ADDRESS = re.compile(r"(https?://[^\s<>\"']*[^\s<>\"'.,;:)\]])")
_WORK = re.compile(r"\[([0-9]+)\]")
_TAGGED = re.compile(r"(<(a|code)\b.*?</\2>|<[^>]*>)", re.DOTALL)


def page(brief: CountryBrief, *, lang: str | None = None) -> str:
    """Lay a brief out as a whole page.

    Parameters
    ----------
    brief
        The brief.
    lang
        In which language.

    Raises
    ------
    MisuseError
        If there are no texts in this language.
    """
    from markupsafe import Markup

    document = tell_brief(brief, lang)
    text = shown(
        _environment()
        .get_template("page.html.j2")
        .render(
            document=document,
            t=texts_of("brief", lang),
            body=Markup(body_of(document)),
            css=Markup(css() + (_TEMPLATES / "page.css").read_text(encoding="utf-8")),
            software=software(),
        )
    )
    return unbroken(text, lang)


_NO_NAMES = Names({})


@dataclass(frozen=True)
class Linked:
    """Where a page of a site leads.

    Attributes
    ----------
    address
        Gives the page of what is named, as "network:3356".
    base
        The address of the nation's page, below which are its charts.
    query
        What every address ends in, with its question mark.
    origin
        What other sites put before the address, to embed charts.
    names
        What else than networks is known by name in texts.
    ways
        What else there is on the nation: words, and addresses.
    """

    address: Address
    base: str
    query: str = ""
    origin: str = ""
    names: Names = _NO_NAMES
    ways: tuple[tuple[str, str], ...] = ()

    def lead(self, text: Markup, kind: str = "nation") -> Markup:
        """Let what is named lead to its page; a nation to that of a kind, as ``state``."""
        return leading(text, self.address, self.names, kind)


def body(brief: CountryBrief, *, lang: str | None = None, site: Linked | None = None) -> str:
    """Lay a brief out as an ``article``, for a page that has :func:`css` among its styles.

    In a site the names in it are links, and its charts can be kept.

    Raises
    ------
    MisuseError
        If there are no texts in this language.
    """
    return body_of(tell_brief(brief, lang), site)


@cache
def css() -> str:
    """Return the style of a brief; every rule is about what is within ``.brief``, or the root."""
    from splinternet.brief import theme

    styles = ("brief.css", "print.css")
    return "".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in styles) + theme.css()


def body_of(document: Document, site: Linked | None = None) -> str:
    """Lay a brief that is in words out as an ``article``."""
    from splinternet.brief import shapes

    text = shown(
        _environment()
        .get_template("body.html.j2")
        .render(
            document=document,
            t=texts_of("brief", document.lang),
            borders=shapes.NOTE,
            works={str(number) for number in _works(document)},
            address=site.address if site else None,
            lead=site.lead if site else _as_it_is,
            site=site.base if site else "",
            query=site.query if site else "",
            origin=site.origin if site else "",
            ways=site.ways if site else (),
            forms=FORMS,
        )
    )
    return unbroken(text, document.lang)


def _works(document: Document) -> Iterator[int]:
    for chapter in document.chapters:
        for block in chapter.blocks:
            if isinstance(block, Works):
                yield from (number for number, _ in block.works)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["prose"] = _prose
    environment.filters["linked"] = _linked
    environment.filters["cited"] = _cited
    environment.globals["kind_of"] = _kind
    environment.globals["unknown"] = UNKNOWN
    environment.globals["picture"] = _picture
    environment.globals["strip_of"] = _strip
    environment.globals["table_shown"] = table_shown
    environment.globals["frame_height"] = frame_height
    return environment


def _kind(block: Block) -> str:
    return type(block).__name__


def _prose(text: str) -> Markup:
    """Escape text, and mark what a computer reads."""
    from markupsafe import Markup

    code = Markup("<code>{}</code>")
    parts = enumerate(_CODE.split(text))
    return Markup("").join(code.format(part) if n % 2 else part for n, part in parts)


def _linked(text: str) -> Markup:
    """Escape text, and link addresses on the web."""
    from markupsafe import Markup

    link = Markup('<a href="{0}">{0}</a>')
    parts = enumerate(_ADDRESS.split(text))
    return Markup("").join(link.format(part) if n % 2 else part for n, part in parts)


def _cited(text: str, works: Collection[str]) -> Markup:
    """Escape text, and link the numbers of works that there are: ``[3]``."""
    from markupsafe import Markup, escape

    def link(found: re.Match[str]) -> str:
        number = found[1]
        return f'<a href="#work-{number}">[{number}]</a>' if number in works else found[0]

    return Markup(_WORK.sub(link, str(escape(text))))


def _as_it_is(text: Markup, kind: str = "") -> Markup:
    return text


def leading(text: Markup, address: Address, names: Names, kind: str = "nation") -> Markup:
    """Let what a text names lead to its page.

    Nations in sentences lead to their page, or that of another ``kind``; a cell that is the name of
    one leads to its state.
    """
    from markupsafe import Markup

    if "<" not in text and (whole := names.whole(text.unescape())):
        return _link(text, address(whole.replace("nation:", "state:")))
    pieces = _TAGGED.split(text)
    return Markup("").join(
        _named(Markup(piece), address, names, kind) if number % 3 == 0 else Markup(piece)
        for number, piece in enumerate(pieces)
        if number % 3 < 2
    )


def _named(text: Markup, address: Address, names: Names, kind: str) -> Markup:
    """Link the names within a text without tags."""
    from markupsafe import Markup, escape

    def to(reference: str | None) -> str | None:
        # The nation whose page this is leads nowhere, not to its state either.
        if reference is None or address(reference) is None:
            return None
        return address(reference.replace("nation:", f"{kind}:"))

    return Markup("").join(
        _link(escape(words), to(reference)) for words, reference in names.pieces(text.unescape())
    )


def _link(text: Markup, to: str | None) -> Markup:
    from markupsafe import Markup

    return text if to is None else Markup('<a href="{}">{}</a>').format(to, text)


def _picture(picture: Picture, texts: Texts, address: Address | None) -> Markup:
    """Draw a chart, for wide pages and for narrow ones; where that fails, say so."""
    from markupsafe import Markup

    try:
        return Markup(picture_shown(picture, address))
    except ChartError:
        return Markup("<p>{}</p>").format(texts("document.undrawn", title=picture.title))


def _strip(card: FrontCard) -> Markup:
    """Draw a figure among all nations'."""
    from markupsafe import Markup

    from splinternet.brief.drawings.strip import strip
    from splinternet.figures.ranges import COUNTED

    placed = card.placed
    if placed is None or placed.value is None or placed.median is None or len(placed.values) < 2:
        return Markup("")
    return Markup(
        strip(
            placed.values,
            placed.value,
            title=card.label,
            said=card.value,
            median=(placed.median, card.median),
            share=placed.figure != COUNTED,
            low=placed.low,
            high=placed.high,
        )
    )
