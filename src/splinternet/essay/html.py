"""The text of a web page: its posts, and in each what a reader would call the article.

Navigation, comments, sharing buttons and whatever else stands around an article are told by
element, and by the words of class and id that publishing systems use for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Block", "Kind", "Link", "Page", "read_page"]

Kind = Literal["text", "heading", "quote", "item"]

#: Elements that hold nothing of the text.
_UNSEEN = frozenset(
    "script style noscript template head nav form button select textarea svg math iframe object "
    "audio video canvas aside footer dialog".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody "
    "td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_MARKS = {"q": ("“", "”")}
#: Words of class and id of what stands around an article.
_AROUND = re.compile(
    r"(?:nav|navbar|navigation|menu|sidebar|breadcrumbs?|shar(?:e|ing|edaddy)\w*|social\w*|"
    r"comments?|respond|cookies?|consent|gdpr|newsletter|subscri\w+|signup|related\w*|"
    r"recommend\w*|promo\w*|advert\w*|ads?|sponsored|widget|pagination|pager|tags?|tagcloud|"
    r"author-?(?:box|bio|info)|jp-\w+|skip-?link|toolbar|popup|modal|most-?(?:read|popular)|"
    r"trending|screen-reader-text|visually-hidden|post-?navigation|entry-?footer|site-?footer|"
    r"entry-?utility|wpcnt|likes?|masthead|site-?header|reactions|disqus\w*|search|login|paywall|"
    r"read-?next|more-?from|teasers?)(?:[-_].*)?",
    re.IGNORECASE,
)
_POST = re.compile(r"(?:post|hentry|h-entry|blog-?post|type-post|entry)", re.IGNORECASE)
#: A part with fewer characters is no post.
_SHORTEST_POST = 400
#: A post with less of the page's text than this is only a part of the essay.
_LEAST_SHARE = 0.3
_NOTE = re.compile(r"\[?[0-9]{1,3}\]?")
#: Where pages say when they were published.
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "citation_date",
    "citation_publication_date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
)
_JSON_DATE = re.compile(r'"datePublished"\s{0,5}:\s{0,5}"([^"]{4,40})"')


@dataclass(frozen=True)
class Link:
    """A hyperlink of a block: its words and its address."""

    text: str
    url: str


@dataclass(frozen=True)
class Block:
    """A block of text: its line, its kind, its text and its links."""

    line: int
    kind: Kind
    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Page:
    """A post of a page: its blocks, title, date as written, and what was wrong with the page."""

    blocks: tuple[Block, ...] = ()
    title: str | None = None
    published: str | None = None
    problems: tuple[str, ...] = ()


@dataclass
class _Gathering:
    """A block that is being gathered."""

    line: int = 1
    kind: Kind = "text"
    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def read_page(text: str) -> list[Page]:
    """Return the posts of a page, one for most pages, in the order of the page."""
    from lxml import etree, html

    # lxml is used because the standard library's parser takes quadratic time on broken markup.
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, ValueError):
        return [Page()]
    too_deep = any("depth" in entry.message for entry in parser.error_log)
    problems = ("The page is nested too deep; some of its text is missing.",) if too_deep else ()
    posts = _posts(root)
    several = len(posts) > 1
    return [
        Page(
            tuple(_blocks(post)),
            _title(post, root, several),
            _published(post, root, several),
            problems,
        )
        for post in posts
    ]


def _posts(root: HtmlElement) -> list[HtmlElement]:
    """Return the parts of a page that hold its posts; the whole page if none stands out."""
    found = []
    for element in root.iter("article", "div", "section", "li"):
        names = f"{element.get('class') or ''} {element.get('itemtype') or ''}".split()
        marked = element.tag == "article" or any(_POST.fullmatch(name) for name in names)
        if not marked or _is_around(element) or any(_is_around(a) for a in element.iterancestors()):
            continue
        if any(ancestor in found for ancestor in element.iterancestors()):
            continue
        if len(_plain(element)) >= _SHORTEST_POST:
            found.append(element)
    whole = len(_plain(root))
    if found and sum(len(_plain(post)) for post in found) >= _LEAST_SHARE * whole:
        return found
    articles = list(root.iter("article", "main"))
    inner = max(articles, key=lambda element: len(_plain(element)), default=None)
    enough = inner is not None and len(_plain(inner)) >= _LEAST_SHARE * whole
    return [inner if enough and inner is not None else root]


def _plain(element: HtmlElement) -> str:
    return str(element.text_content())


def _is_around(element: HtmlElement) -> bool:
    """Tell whether an element stands around the article: navigation, comments, buttons."""
    if element.tag in ("body", "html", "main", "article"):
        return str(element.get("id")) == "comments"
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    if element.get("role") in ("navigation", "banner", "search", "complementary", "contentinfo"):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(_AROUND.fullmatch(name) for name in names)


def _blocks(root: HtmlElement) -> Iterator[Block]:
    """Gather text between the starts and ends of blocks."""
    now = _Gathering()
    for line, kind, piece, link in _pieces(root, "text"):
        if link is not None and link.text:
            now.links.append(link)
        elif piece is not None:
            if piece.strip() and not now.parts:
                now.line, now.kind = line, kind
            now.parts.append(piece)
        elif now.parts or now.links:
            if text := _tidied("".join(now.parts)):
                yield Block(now.line, now.kind, text, tuple(now.links))
            now = _Gathering()


def _pieces(
    element: HtmlElement, kind: Kind
) -> Iterator[tuple[int, Kind, str | None, Link | None]]:
    """Yield text with its line and kind, and links; text is None where a block starts or ends.

    Recursion is safe: the parser nests 256 elements at most.
    """
    tag = element.tag if isinstance(element.tag, str) else ""
    line = int(element.get("data-line") or element.sourceline or 1)
    signs = tag == "footer" and kind == "quote"  # who is quoted
    if (tag not in _UNSEEN or signs) and not _is_around(element):
        block = tag in _BLOCKS
        inner = _kind(tag, kind)
        before, after = _MARKS.get(tag, ("", ""))
        if block:
            yield line, inner, None, None
        yield line, inner, before + _note(element, tag) + _spaced(element.text), None
        if tag == "br":
            yield line, inner, "\n", None
        for child in element:
            yield from _pieces(child, inner)
        yield line, inner, after, None
        if tag == "a" and (element.get("href") or "").startswith(("http://", "https://")):
            yield (
                line,
                inner,
                None,
                Link(" ".join(element.text_content().split()), element.get("href")),
            )
        if block:
            yield line, inner, None, None
    if element.tail:
        yield line, kind, _spaced(element.tail), None


def _kind(tag: str, outer: Kind) -> Kind:
    if tag in _HEADINGS:
        return "heading"
    if tag == "blockquote" or outer == "quote":
        return "quote"
    return "item" if tag == "li" else outer


def _note(element: HtmlElement, tag: str) -> str:
    """Mark the number of a note, so that it is no part of the word before it."""
    if tag != "sup" or not _NOTE.fullmatch("".join(element.itertext()).strip()):
        return ""
    number = "".join(element.itertext()).strip("[] \n")
    for child in list(element):
        element.remove(child)
    element.text = None
    return f"[^{number}]"


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _tidied(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _title(post: HtmlElement, root: HtmlElement, several: bool) -> str | None:
    """Return the first heading of a post, else what the page calls itself."""
    for element in post.iter("h1", *(("h2", "h3") if several else ())):
        if title := " ".join(element.text_content().split()):
            return title
    if several:
        return None
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name")) in ("og:title", "citation_title"):
            return str(meta.get("content") or "") or None
    return None


def _published(post: HtmlElement, root: HtmlElement, several: bool) -> str | None:
    """Return when a post was published: by its own time, or the metadata of its page."""
    own = next(
        (str(time.get("datetime")) for time in post.iter("time") if time.get("datetime")), None
    )
    if several:
        return own
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in _PUBLISHED and meta.get("content"):
            return str(meta.get("content"))
    for script in root.iter("script"):
        if found := _JSON_DATE.search(script.text or ""):
            return found[1]
    return own or next(
        (str(t.get("datetime")) for t in root.iter("time") if t.get("datetime")), None
    )
