"""Names that a page tells, though nothing on it leads to the pages of what they name."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import html

from splinternet.base.naming import Names

#: What has no words of the page: fields, files, drawings.
_LEFT = (
    "button", "code", "datalist", "label", "legend", "noscript", "option", "pre", "script",
    "select", "style", "svg", "textarea",
)  # fmt: skip

#: A whole command within a sentence, and an option of one.
_COMMAND = re.compile(r"'splinternet [^']*'")
_OPTION = re.compile(r"(?<![\w-])--[a-z]")

#: Classes of what machines read, and of works that are cited.
_CITED = ("hidden", "unseen", "works", "sources")

#: Where what is named has its page: a nation has two.
_PAGES = {
    "nation": ("brief", "states"),
    "state": ("brief", "states"),
    "network": ("networks",),
    "actor": ("actors",),
}


def told(page: html.HtmlElement) -> Iterator[str]:
    """Give the texts of a page's main content, a piece between tags each; of links none."""
    (main,) = page.xpath("//main")
    yield from _told(main)


def _told(element: html.HtmlElement) -> Iterator[str]:
    classes = {*(element.get("class") or "").split()}
    if not isinstance(element.tag, str) or element.tag in (*_LEFT, "a") or classes & {*_CITED}:
        return
    yield element.text or ""
    for child in element:
        yield from _told(child)
        yield child.tail or ""


def options_told(page: html.HtmlElement) -> list[str]:
    """Find options of the terminal that a page tells outside of a whole command."""
    left = " or ".join(f"ancestor::{tag}" for tag in _LEFT)
    blocks = page.xpath("//main//*[self::p or self::li or self::dd or self::td or self::h1]")
    texts = ("".join(each.xpath(f".//text()[not({left})]")) for each in blocks)
    said = (" ".join(_COMMAND.sub("", each).split()) for each in texts)
    return [each for each in said if _OPTION.search(each)]


def unled(page: html.HtmlElement, names: Names, address: str) -> set[tuple[str, str]]:
    """Find what a page names and nowhere leads to: what it is, and a text that names it.

    The page at ``address`` need not lead to itself, nor to the nation whose state it is of.
    """
    links = {urlsplit(each).path for each in page.xpath("//main//a/@href")}
    links |= {each.get("{http://www.w3.org/1999/xlink}href", "") for each in page.iter()}
    led = {unquote(each) for each in (*links, urlsplit(address).path)}
    found = set()
    for text in told(page):
        said = " ".join(text.split())
        if said.endswith(" ("):  # the name of a network, which leads on by the number behind it
            continue
        whole = names.whole(said)
        for reference in [whole] if whole else [of for _, of in names.pieces(said)]:
            kind, _, of = (reference or "").partition(":")
            if reference and not any(f"/{where}/{of}" in led for where in _PAGES[kind]):
                found.add((reference, said))
    return found
