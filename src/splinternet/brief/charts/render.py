"""Charts as pictures: SVG for pages, which needs nothing else to be read, and PNG."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import altair as alt
from lxml import etree

from splinternet.base.text import shown_in
from splinternet.brief.charts.drawing import drawn
from splinternet.brief.drawings.svg import Drawing
from splinternet.brief.theme import PAPER

__all__ = ["both", "png", "png_of", "svg"]

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"

#: Widths at which a chart is drawn for a desktop and for a telephone.
_WIDE, _NARROW = 720, 340

#: Places are kept to a tenth of a pixel.
_NUMBER = re.compile(r"-?\d+\.\d{2,}")


def svg(chart: alt.TopLevelMixin | Drawing, *, kind: str = "", titled: bool = True) -> str:
    """Draw a chart as SVG that can stand in a page beside others.

    It has a title and a description for those who do not see it, no script, no font to load and
    no reference to anything outside. The same chart gives the same text, byte for byte, and
    different charts have different ids. Where shapes have a text of their own it is shown while
    a pointer rests on them; where the chart has links they lead where it says.

    Parameters
    ----------
    chart
        From this package, or any other of altair's that holds its data.
    kind
        Another class for the ``<svg>`` element, beside ``chart``.
    titled
        Whether its title is drawn; where a caption has the same words it need not be.

    Raises
    ------
    ChartError
        If it cannot be drawn within the limits on time and memory.
    """
    if isinstance(chart, Drawing):
        return chart.whole if titled else chart
    spec = _spec(chart)
    seen = spec if titled else {key: value for key, value in spec.items() if key != "title"}
    root = etree.fromstring(drawn(seen), etree.XMLParser(resolve_entities=False, huge_tree=True))
    _simplify(root, spec.get("usermeta", {}).get("links", {}))
    _entitle(root, spec)
    root.set("class", f"chart {kind}".strip())
    etree.cleanup_namespaces(root)
    return _with_own_ids(etree.tostring(root, encoding="unicode"))


def png(chart: alt.TopLevelMixin | Drawing, *, scale: float = 2) -> bytes:
    """Draw a chart as PNG, dark on white, with ``scale`` pixels for each of the chart's.

    Raises
    ------
    ChartError
        As :func:`svg`.
    """
    if isinstance(chart, Drawing):
        return png_of(chart.whole, scale=scale)
    spec = _spec(chart) | {"background": PAPER, "padding": 12}
    return drawn(spec, scale)


def png_of(svg: str, *, scale: float = 2) -> bytes:
    """Draw SVG that was made by hand as PNG, on white, with room around it.

    Raises
    ------
    ChartError
        As :func:`svg`.
    """
    start = svg.index(">") + 1
    ground = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    return drawn(svg[:start] + ground + svg[start:], scale)


def both(draw: Callable[[int], alt.TopLevelMixin], *, titled: bool = True) -> str:
    """Draw a chart twice, for wide pages and narrow ones; the stylesheet shows one of them.

    Parameters
    ----------
    draw
        Gives the chart in a width in pixels: ``lambda width: lines(frame, width=width, ...)``.
    titled
        As :func:`svg`.
    """
    widths = ((_WIDE, "wide"), (_NARROW, "narrow"))
    return "".join(svg(draw(width), kind=kind, titled=titled) for width, kind in widths)


def _spec(chart: alt.TopLevelMixin) -> dict[str, Any]:
    # Checking a chart against altair's schema takes longer than making it; the tests do that.
    spec: dict[str, Any] = shown_in(chart.to_dict(validate=False))
    return spec


def _simplify(root: etree._Element, links: dict[str, str]) -> None:
    """Drop what only scripts use, and turn texts of shapes into titles."""
    for element in list(root.iter(etree.Element)):
        label = element.get("aria-label")
        if label is not None and element.get("role") == "graphics-symbol":
            _label(element, label, links.get(label))
        for name in [*element.attrib]:
            if name.startswith("aria-") or name in ("role", "pointer-events", "version", "class"):
                del element.attrib[name]
        if element.get("opacity") == "1":
            del element.attrib["opacity"]
        for name in ("d", "transform"):
            if name in element.attrib:
                element.set(name, _NUMBER.sub(_rounded, element.attrib[name]))
    for element in list(root.iter(f"{{{_SVG}}}path")):
        if element.get("d") in ("", "M0,0h0v0h0Z") or element.get("display") == "none":
            element.getparent().remove(element)


def _label(element: etree._Element, label: str, link: str | None) -> None:
    """Give a shape a title, and put it into its link if it has one."""
    parent = element
    if link is not None:
        parent = etree.Element(f"{{{_SVG}}}a", href=link)
        element.getparent().replace(element, parent)
        parent.append(element)
    title = etree.Element(f"{{{_SVG}}}title")
    title.text = label
    parent.insert(0, title)


def _entitle(root: etree._Element, spec: dict[str, Any]) -> None:
    """Put the chart's title and description first, and say that they name the picture."""
    linked = root.find(f".//{{{_SVG}}}a") is not None
    # What is inside an image cannot be reached; links must be.
    root.set("role", "group" if linked else "img")
    heading = spec.get("title", "")
    text = heading.get("text", "") if isinstance(heading, dict) else heading
    title = text if isinstance(text, str) else " ".join(text)
    for place, (tag, said) in enumerate((("title", title), ("desc", spec.get("description", "")))):
        element = etree.Element(f"{{{_SVG}}}{tag}", id=tag)
        element.text = said
        root.insert(place, element)
    root.set("aria-labelledby", "title")
    root.set("aria-describedby", "desc")


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _with_own_ids(text: str) -> str:
    """Name ids after the picture, so that no other in the page has the same."""
    numbered = {name: f"n{i}" for i, name in enumerate(re.findall(r'\bid="([^"]+)"', text))}

    def renamed(prefix: str) -> str:
        def new(found: re.Match[str]) -> str:
            return f"{found[1]}{prefix}{numbered[found[2]]}{found[3]}"

        known = "|".join(map(re.escape, numbered))
        return re.sub(
            rf'(\bid="|url\(#|aria-labelledby="|aria-describedby=")({known})("|\))', new, text
        )

    return renamed(f"chart-{sha256(renamed('').encode()).hexdigest()[:10]}-")
