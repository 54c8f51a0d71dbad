"""Colours, fonts and sizes that all charts share, in the light and in the dark."""

from __future__ import annotations

__all__ = [
    "ACCENT",
    "BAND",
    "DARK",
    "FONT",
    "GRID",
    "HOME",
    "INK",
    "KINDS",
    "LOSS",
    "MUTED",
    "NONE",
    "OTHER",
    "PAPER",
    "SERIES",
    "SHADES",
    "SIZE",
    "SPREAD",
    "css",
]

#: Metrics of these are the same, so that a text is as wide in a browser as when it was laid out.
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"

#: Height of letters, in pixels.
SIZE = 13

#: What charts are drawn on; the charts themselves have no background.
PAPER = "#ffffff"

#: Texts and outlines; lesser texts; lines behind the figures.
INK, MUTED, GRID = "#1f2328", "#59636e", "#d1d9e0"

#: What a chart is about; the second thing; the nation itself; a flow with text upon it.
ACCENT, LOSS, HOME, BAND = "#0b5cad", "#a8410b", "#6b7480", "#cfe0f2"

#: Colours of several things in one chart, told apart by shape or dash as well.
SERIES = (ACCENT, LOSS, "#1a6b54", "#7a4a9c")

#: Colours of a map's categories; one for all further ones; and for nations without any.
KINDS = (ACCENT, LOSS, "#1a6b54", "#7a4a9c", "#8a6d00", "#b3246b")
OTHER, NONE = "#8b949e", "#e3e6e9"

#: Classes of a map, from little to much, of one hue that darkens (in the dark, lightens).
SHADES = ("#d3e5f5", "#a3c8e8", "#639fd0", "#2a70b0", "#093d75")

#: Classes from a great loss over none (in the middle) to a great gain.
SPREAD = ("#9a3606", "#db7b3a", "#f4c9a4", "#dcdfe3", "#b4d3ec", "#5b9bcf", "#135493")

#: The same colours on a dark page.
DARK = {
    PAPER: "#0d1117",
    INK: "#e6edf3",
    MUTED: "#9ea8b3",
    GRID: "#353c45",
    ACCENT: "#62a8f5",
    LOSS: "#f0965a",
    HOME: "#8a94a0",
    BAND: "#17365a",
    SERIES[2]: "#4cc2a0",
    SERIES[3]: "#c69bea",
    KINDS[4]: "#d4b13a",
    KINDS[5]: "#f27bb0",
    OTHER: "#7d8590",
    NONE: "#2b3138",
    SHADES[0]: "#1e4268",
    SHADES[1]: "#286097",
    SHADES[2]: "#3e86c6",
    SHADES[3]: "#7ab5e8",
    SHADES[4]: "#d2e8fc",
    SPREAD[0]: "#ffb27a",
    SPREAD[1]: "#c9692c",
    SPREAD[2]: "#6b3a1b",
    SPREAD[3]: "#3b4148",
    SPREAD[4]: "#1f4c78",
    SPREAD[5]: "#3f8ac9",
    SPREAD[6]: "#a9d4fb",
}


def css() -> str:
    """Return the stylesheet that recolours charts on a dark page; in print they stay light."""
    rules = [
        f'svg.chart [{attribute}="{light}"]{{{attribute}:{dark}}}'
        for light, dark in DARK.items()
        for attribute in ("fill", "stroke")
    ]
    return (
        "svg.chart{max-width:100%;height:auto}\n"
        "svg.chart.narrow{display:none}\n"
        "@media screen and (max-width:35rem){"
        "svg.chart.wide{display:none}svg.chart.narrow{display:inline}}\n"
        "@media screen and (prefers-color-scheme:dark){\n" + "\n".join(rules) + "\n}\n"
    )
