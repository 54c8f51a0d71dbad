"""Charts: what they draw, where, in which words; and the pictures made of them."""

import re
import struct
from itertools import pairwise

import altair as alt
import polars as pl
import pytest
from lxml import etree

import splinternet
from splinternet.base.errors import MisuseError
from splinternet.brief import shapes, theme
from splinternet.brief.charts import bars, flows, lines, render, timeline, world_map
from splinternet.brief.charts.frames import (
    figure,
)
from splinternet.brief.drawings.bars import in_cell, in_letters
from splinternet.brief.drawings.classes import class_names, class_of, round_breaks
from splinternet.brief.drawings.lettering import cut, text_width, wrapped
from splinternet.brief.pictures import frame_height

SVG = "{http://www.w3.org/2000/svg}"

CARRIERS = pl.DataFrame({"label": ["Alpha", "Beta", "Gamma"], "value": [0.5, 0.25, None]})
NATIONS = pl.DataFrame({"country": ["RU", "US", "SG"], "value": [0.5, 0.1, None]})
FLOWS = pl.DataFrame(
    {"carrier": ["Alpha", "Beta", None], "state": ["RU", "US", "US"], "share": [0.5, 0.3, 0.1]}
)
EVENTS = pl.DataFrame(
    {
        "start": ["2020-03", "2019-11-01", "2014"],
        "end": ["2021", None, "2014"],
        "label": ["Delivers radio", "Law in force", "Contract"],
        "kind": ["supply", "law", "supply"],
        "disputed": [True, False, False],
    }
)
HISTORY = pl.DataFrame(
    {
        "date": ["1998-01-01", "2019-12-01", "2008-07-01", "1998-01-01", "2019-12-01"],
        "value": [0.9, 0.5, None, 0.1, 0.12],
        "figure": ["US", "US", "US", "DE", "DE"],
    }
)

#: By altair.
CHARTS = {
    "flows": lambda **options: flows(FLOWS, title="Flows", nation="RU", **options),
    "lines": lambda **options: lines(HISTORY, title="History", **options),
    "timeline": lambda **options: timeline(EVENTS, title="Events", **options),
}

#: By hand.
DRAWINGS = {
    "bars": lambda **options: bars(CARRIERS, title="Carriers", **options),
    "world_map": lambda **options: world_map(NATIONS, title="Map", highlight="RU", **options),
}

EVERY = CHARTS | DRAWINGS


def parsed(chart: alt.TopLevelMixin) -> etree._Element:
    return etree.fromstring(render.svg(chart))


def texts(root: etree._Element) -> list[str]:
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def boxes(root: etree._Element, fill: str) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of the rectangles of a fill, from their outline."""
    found = []
    for path in root.iter(f"{SVG}path"):
        drawn = re.fullmatch(r"M([\d.-]+),([\d.-]+)h([\d.-]+)v([\d.-]+)h[\d.-]+Z", path.get("d"))
        if drawn and path.get("fill") == fill:
            found.append(tuple(map(float, drawn.groups())))
    return found


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return {name: render.svg(draw()) for name, draw in EVERY.items()}


@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_as_altair_checks_them(name):
    checked = CHARTS[name]().to_dict()  # raises if the schema does not allow the chart
    assert checked == CHARTS[name]().to_dict(validate=False)


@pytest.mark.parametrize("name", EVERY)
def test_pictures_stand_alone(drawn, name):
    text = drawn[name]
    root = etree.fromstring(text)
    assert root.get("role") == "img"
    assert "chart" in root.get("class").split()
    inside = {element.tag.removeprefix(SVG) for element in root.iter(etree.Element)}
    assert inside <= {"svg", "g", "path", "line", "text", "tspan", "title", "desc", "rect", "defs",
                      "clipPath", "circle"}  # fmt: skip
    without_names = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "http" not in without_names
    assert "href" not in without_names
    assert not re.search(r"\bon[a-z]+=", without_names)


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_are_told_to_those_who_do_not_see_them(drawn, name):
    root = etree.fromstring(drawn[name])
    assert root.get("aria-label") in ("Carriers", "Map")
    assert root.get("aria-label") in texts(root)  # as a file it has its title
    assert len(root.find(f"{SVG}desc").text) > 20


@pytest.mark.parametrize("name", CHARTS)
def test_pictures_are_told_to_those_who_do_not_see_them(drawn, name):
    root = etree.fromstring(drawn[name])
    by_id = {element.get("id"): element for element in root.iter(f"{SVG}title", f"{SVG}desc")}
    assert by_id[root.get("aria-labelledby")].text in (
        "Flows",
        "History",
        "Events",
    )
    assert len(by_id[root.get("aria-describedby")].text) > 20


def test_ids_are_unique_in_a_page(drawn):
    narrow = [render.svg(draw(width=340)) for draw in CHARTS.values()]
    ids = [
        each for text in [*drawn.values(), *narrow] for each in re.findall(r'\bid="(.*?)"', text)
    ]
    assert len(ids) >= 2 * len(CHARTS) * 2
    assert len(set(ids)) == len(ids)


def test_references_lead_to_ids_of_the_picture():
    clipped = alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_bar(clip=True).encode(x="a:Q")
    text = render.svg(clipped)
    (name,) = re.findall(r'clipPath id="(.*?)"', text)
    assert f"url(#{name})" in text
    assert name.startswith("chart-")


@pytest.mark.parametrize("name", EVERY)
def test_the_same_chart_is_the_same_text(drawn, name):
    assert render.svg(EVERY[name]()) == drawn[name]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("width", [340, 720])
def test_nothing_stands_out_of_the_picture(name, width):
    """A browser shows the picture as wide as asked for, and texts end within."""
    root = parsed(CHARTS[name](width=width))
    left, top, breadth, _ = map(float, root.get("viewBox").split())
    assert (left, top) == (0, 0)
    assert width <= breadth <= width + 12


def test_titles_and_labels_are_escaped():
    frame = pl.DataFrame({"label": ["<script>alert(1)</script> & Co"], "value": [0.5]})
    text = render.svg(bars(frame, title='A "title" <b>&'))
    root = etree.fromstring(text)
    assert "<script" not in text
    assert root.get("aria-label") == 'A "title" <b>&'
    flow = FLOWS.with_columns(carrier=pl.lit("<script>alert(1)</script> & Co"))
    by_altair = parsed(flows(flow, title='A "title" <b>&', nation="RU"))
    assert by_altair.find(f"{SVG}title").text == 'A "title" <b>&'
    assert "<script>alert(1)</script> & Co" in texts(root)


def test_png():
    picture = render.png(DRAWINGS["bars"](), scale=1)
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    assert 720 <= width <= 760
    assert height > 60


def test_both_widths_are_drawn_and_one_is_shown():
    text = render.both(lambda width: bars(CARRIERS, title="Carriers", width=width))
    classes = re.findall(r'class="(chart \w+)"', text)
    assert classes == ["chart wide", "chart narrow"]
    assert "svg.chart.narrow{display:none}" in theme.css()


# Bars


def lengths(root: etree._Element, fill: str) -> list[tuple[float, float]]:
    """Left end and length of the bars of a colour."""
    found = [each for each in root.iter(f"{SVG}rect") if each.get("fill") == fill]
    return [(float(each.get("x")), float(each.get("width"))) for each in found]


def test_bars_stand_on_a_track_of_the_whole():
    root = parsed(DRAWINGS["bars"]())
    tracks, (first, second) = lengths(root, theme.GRID), lengths(root, theme.ACCENT)
    assert len(set(tracks)) == 1
    assert len(tracks) == 3
    left, whole = tracks[0]
    assert first == (left, pytest.approx(0.5 * whole, abs=0.1))
    assert second == (left, pytest.approx(0.25 * whole, abs=0.1))
    shown = texts(root)
    assert [text for text in shown if text in ("Alpha", "Beta", "Gamma")] == [
        "Alpha",
        "Beta",
        "Gamma",
    ]
    assert {"50%", "25%", "no figure"} <= set(shown)
    assert "0%" not in shown


def test_intervals_end_where_they_should():
    frame = pl.DataFrame(
        {"label": ["all", "known", "some"], "value": [1.0, 0.5, None], "low": [None, 0.25, 0.5],
         "high": [None, 0.75, 1.0]}
    )  # fmt: skip
    root = parsed(bars(frame, title="Intervals"))
    (left, whole), *_ = lengths(root, theme.GRID)
    known, _ = lengths(root, theme.INK)  # and one in the legend
    assert known == (pytest.approx(left + whole / 4, abs=0.2), pytest.approx(whole / 2, abs=0.2))
    *_, some = lengths(root, theme.ACCENT)
    assert some == (pytest.approx(left + whole / 2, abs=0.2), pytest.approx(whole / 2, abs=0.2))
    assert {"50% (25% to 75%)", "50% to 100%", "range"} <= set(texts(root))


def test_a_second_share_is_a_mark_on_the_track():
    frame = pl.DataFrame({"label": ["A", "B"], "value": [0.4, 0.2], "other": [0.3, None]})
    root = parsed(bars(frame, title="Two", other="before"))
    (left, whole), *_ = lengths(root, theme.GRID)
    marks = [float(each.get("cx")) for each in root.iter(f"{SVG}circle")]
    assert marks == [pytest.approx(left + 0.3 * whole, abs=0.2), pytest.approx(left + 5)]
    assert "before" in texts(root)


def test_a_bar_is_the_same_in_a_cell_and_in_letters():
    cell = etree.fromstring(
        in_cell(0.5, 0.25, 0.75).replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1)
    )
    ((left, whole),), (filled,) = lengths(cell, theme.GRID), lengths(cell, theme.ACCENT)
    assert filled == (left, whole / 2)
    assert lengths(cell, theme.INK) == [(whole / 4, whole / 2)]
    assert in_letters(0.5, 10) == ("█" * 5, "░" * 5)
    assert in_letters(1.5, 4) == ("████", "")


# The map


def test_every_nation_with_networks_has_a_shape():
    known = {shape["country"] for shape in shapes.features()}
    for name in ("2019-12", "2025-09"):
        networks = splinternet.open_world(name).networks
        assert set(networks["country"].drop_nulls()) - known == set()


def test_shapes_are_sound():
    features = shapes.features()
    codes = [shape["country"] for shape in features if shape["country"]]
    assert len(set(codes)) == len(codes)
    assert {s["name"] for s in features if not s["country"]} == {"N. Cyprus", "Somaliland"}
    for shape in features:
        kind, places = shape["geometry"]["type"], shape["geometry"]["coordinates"]
        rings = [ring for polygon in places for ring in polygon] if kind == "MultiPolygon" else []
        assert rings or kind == "Point"
        assert all(len(ring) > 3 and ring[0] == ring[-1] for ring in rings)
        points = [point for ring in rings for point in ring] or [places]
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points)


def shapes_of(root: etree._Element) -> dict[str, etree._Element]:
    """What nations are told to have, and their shapes."""
    told = {each.text: each.getparent() for each in root.iter(f"{SVG}title")}
    kinds = (f"{SVG}path", f"{SVG}circle")
    return {said: next(group.iter(*kinds)) for said, group in told.items()}


def test_a_map_shades_what_is_known_only():
    root = parsed(world_map(NATIONS, title="Map"))
    said = shapes_of(root)
    assert {"Russia: 50%", "United States: 10%", "Singapore: no figure"} <= set(said)
    assert said["Russia: 50%"].get("fill") == theme.SHADES[-1]
    assert said["United States: 10%"].get("fill") == theme.SHADES[1]
    unknown = [element for text, element in said.items() if text.endswith(": no figure")]
    assert len(unknown) > 200
    assert {element.get("fill") for element in unknown} == {theme.NONE}
    legend = set(texts(root))
    assert {"under 10%", "10 to 20%", "40% or more", "no figure"} <= legend


def test_a_map_can_outline_one_nation():
    root = parsed(DRAWINGS["world_map"]())
    (outline,) = [p for p in root.iter(f"{SVG}g") if p.get("stroke") == theme.INK]
    assert outline[0].get("d") == shapes_of(root)["Russia: 50%"].get("d")


def test_a_map_can_lead_to_pages():
    text = render.svg(world_map(NATIONS, title="Map", link="/nations/{country}"))
    root = etree.fromstring(text)
    assert root.get("role") == "group"  # what is inside an image cannot be reached
    links = {a.get("href"): a.find(f"{SVG}title").text for a in root.iter(f"{SVG}a")}
    assert links["/nations/RU"] == "Russia: 50%"
    assert "/nations/FR" in links
    assert all(link.startswith("/nations/") for link in links)


def test_maps_with_the_same_breaks_can_be_compared():
    after = NATIONS.with_columns(value=pl.col("value") / 2)
    shades = []
    for frame in (NATIONS, after):
        root = parsed(world_map(frame, title="Map", breaks=[0.2, 0.4]))
        shades += [
            shape.get("fill")
            for said, shape in shapes_of(root).items()
            if said.startswith("Russia:")
        ]
    assert shades == [theme.SHADES[-1], theme.SHADES[2]]


def test_differences_have_two_arms():
    frame = pl.DataFrame({"country": ["RU", "US", "DE"], "value": [-0.3, 0.3, 0.0]})
    root = parsed(world_map(frame, title="Map"))
    fills = {said: shape.get("fill") for said, shape in shapes_of(root).items()}
    assert fills["Russia: −30%"] == theme.SPREAD[0]
    assert fills["United States: 30%"] == theme.SPREAD[-1]
    assert fills["Germany: 0%"] == theme.SPREAD[3]


@pytest.mark.parametrize(
    ("values", "unit", "breaks"),
    [
        ([0.93, 0.1], "share", [0.2, 0.4, 0.6, 0.8]),
        ([0.3], "share", [0.1, 0.2, 0.3, 0.4]),
        ([], "share", [0.2, 0.4, 0.6, 0.8]),
        ([-0.29, 0.1], "share", [-0.2, -0.1, -0.01, 0.01, 0.1, 0.2]),
        ([1, 2, 3, 40, 5000], "networks", [2, 3, 40, 5000]),
        ([7.0, 7.0], "networks", [7]),
    ],
)
def test_breaks_are_round(values, unit, breaks):
    assert round_breaks(values, unit) == pytest.approx(breaks)


def test_a_value_on_a_break_is_in_the_upper_class():
    breaks = [0.1, 0.2, 3 * 0.1, 0.4]
    assert [class_of(value, breaks) for value in (0.0999, 0.1, 0.3, 0.4, 1)] == [0, 1, 3, 4, 4]
    assert class_names(breaks, "share")[3] == "30 to 40%"
    assert class_names([-1000, 1000], "networks") == [
        "under −1,000",
        "−1,000 to 1,000",
        "1,000 or more",
    ]


# Flows, time lines, lines


def test_flows_are_as_thick_as_their_shares():
    root = parsed(CHARTS["flows"]())
    carriers = {text for text in texts(root) if text.endswith("%")}
    assert carriers == {"Alpha 50%", "Beta 30%", "network unknown 10%"}
    assert {"Russia", "United States"} <= set(texts(root))
    foreign, home = boxes(root, theme.ACCENT), boxes(root, theme.HOME)
    heights = sorted(box[3] for box in foreign)
    assert heights[0] * 3 == pytest.approx(heights[1], abs=0.3)  # 0.1 and 0.3
    assert heights[2] == pytest.approx(heights[0] + heights[1], abs=0.3)  # the state of both
    assert sorted(box[3] for box in home)[-1] == pytest.approx(330, abs=0.3)  # the nation, all
    bands = [p for p in root.iter(f"{SVG}path") if p.get("fill") == theme.BAND]
    assert len(bands) == 6


def test_flows_draw_the_largest():
    many = pl.DataFrame(
        {
            "carrier": [f"N{n}" for n in range(30)],
            "state": "US",
            "share": [n / 100 for n in range(30)],
        }
    )
    shown = [t for t in texts(parsed(flows(many, title="T", nation="RU", most=3))) if "%" in t]
    assert [text for text in shown if text.startswith("N")] == [
        "N29 29%",
        "N28 28%",
        "N27 27%",
    ]


def test_a_time_line_is_in_order_and_says_what_is_disputed():
    root = parsed(CHARTS["timeline"]())
    said = [text for text in texts(root) if ": " in text]
    assert said == [
        "some time in 2014, supply: Contract",
        "2019-11-01, law: Law in force",
        "2020-03 to 2021, supply: Delivers radio (disputed)",
    ]  # fmt: skip
    (hollow,) = boxes(root, theme.PAPER)
    years = {
        text.text: float(re.match(r"translate\(([\d.]+)", text.get("transform"))[1])
        for text in root.iter(f"{SVG}text")
        if re.fullmatch(r"\d{4}", text.text or "")
    }
    assert years["2020"] < hollow[0] < years["2021"]
    assert hollow[0] + hollow[2] == pytest.approx(years["2022"], abs=1)


def test_lines_leave_gaps_and_name_their_ends():
    root = parsed(CHARTS["lines"]())
    assert {"US 50%", "DE 12%", "0%", "100%", "2000", "2010"} <= set(texts(root))
    paths = {
        colour: [
            p for p in root.iter(f"{SVG}path") if p.get("stroke") == colour and not p.get("fill")
        ]
        for colour in theme.SERIES[:2]
    }
    us, de = (paths[colour][0] for colour in theme.SERIES[:2])
    assert us.get("d").count("M") == 2  # broken where no value is known
    assert de.get("d").count("M") == 1
    assert us.get("stroke-dasharray") != de.get("stroke-dasharray")


def test_names_of_lines_without_room_stand_below():
    names = ["largest foreign network", "holds behind a closed border"]
    frame = pl.DataFrame(
        {"date": ["2019", "2020"] * 2, "value": [0.5, 0.2, 0.4, 0.31],
         "figure": [name for name in names for _ in range(2)]}
    )  # fmt: skip
    wide, narrow = (texts(parsed(lines(frame, title="T", width=size))) for size in (720, 340))
    assert {"largest foreign network 20%", "holds behind a closed border 31%"} <= set(wide)
    assert {*names, "20%", "31%"} <= set(narrow)
    assert not any("…" in text for text in narrow)


def test_names_of_lines_do_not_overlap():
    frame = pl.DataFrame(
        {"date": ["2019", "2020"] * 3, "value": [0.5, 0.01, 0.4, 0.011, 0.3, 0.012],
         "figure": ["A", "A", "B", "B", "C", "C"]}
    )  # fmt: skip
    root = parsed(lines(frame, title="T"))
    at = sorted(
        float(re.search(r",([\d.-]+)\)", text.get("transform"))[1])
        for text in root.iter(f"{SVG}text")
        if re.match(r"[ABC] ", text.text or "")
    )
    assert len(at) == 3
    assert min(b - a for a, b in pairwise(at)) >= 16.5


# Bad input


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: bars(CARRIERS.clear(), title="T"), "has no rows"),
        (lambda: bars(CARRIERS.drop("value"), title="T"), "no column 'value'"),
        (lambda: world_map(NATIONS.clear(), title="T"), "has no rows"),
        (lambda: world_map(NATIONS.vstack(NATIONS), title="T"), "RU is there twice"),
        (lambda: world_map(NATIONS, title="T", highlight="ZZ"), "unknown country code 'ZZ'"),
        (lambda: world_map(NATIONS, title="T", breaks=[0.4, 0.2]), "ascending breaks"),
        (
            lambda: world_map(pl.DataFrame({"country": ["XX"], "value": [1.0]}), title="T"),
            "unknown country code 'XX'",
        ),
        (
            lambda: flows(FLOWS.with_columns(share=pl.lit(0.0)), title="T", nation="RU"),
            "above nought",
        ),
        (lambda: timeline(EVENTS.with_columns(start=pl.lit("soon")), title="T"), "the date 'soon'"),
        (lambda: timeline(EVENTS.with_columns(start=pl.lit(None)), title="T"), "the date 'None'"),
        (lambda: timeline(EVENTS.with_columns(end=pl.lit("2001")), title="T"), "ends"),
        (lambda: lines(HISTORY.with_columns(value=None), title="T"), "no value is known"),
        (
            lambda: lines(
                pl.DataFrame({"date": "2019", "value": 1.0, "figure": list("ABCDE")}), title="T"
            ),
            "5 figures",
        ),
    ],
)  # fmt: skip
def test_frames_that_cannot_be_drawn(draw, said):
    with pytest.raises(MisuseError, match=re.escape(said)) as caught:
        draw()
    assert "\n" not in str(caught.value)


def test_what_is_no_number_is_not_known():
    frame = CARRIERS.with_columns(value=pl.Series([0.5, float("nan"), None]))
    assert texts(parsed(bars(frame, title="T"))).count("no figure") == 2


# Words


def test_texts_are_cut_and_wrapped():
    long = "Joint Stock Company TransTeleCom"
    assert cut(long, 1000) == long
    assert cut(long, 170) == "Joint Stock Company…"
    assert text_width(cut("W" * 99, 80)) <= 80
    broken = wrapped(long, 110)
    assert " ".join(broken) == long
    assert all(text_width(line) <= 110 for line in broken)
    assert wrapped(long, 90, most=1)[0].endswith("…")


def test_figures_as_people_read_them():
    said = [figure(value, "share") for value in (0.178, 0.00001, -0.3, None)]
    assert said == ["18%", "under 0.01%", "−30%", "no figure"]
    assert [figure(value, "networks") for value in (5151, 11.0157, -3.0)] == ["5,151", "11", "−3"]


# Colours


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, as WCAG 2.2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def dark(colour: str) -> str:
    return theme.DARK[colour]


@pytest.mark.parametrize("shown", [str, dark], ids=["light", "dark"])
def test_contrast(shown):
    paper = shown(theme.PAPER)
    for text in (theme.INK, theme.MUTED, *theme.SERIES):
        assert contrast(shown(text), paper) >= 4.5
    assert contrast(shown(theme.INK), shown(theme.BAND)) >= 4.5  # names of carriers on flows
    for mark in (theme.ACCENT, theme.LOSS, theme.HOME):
        assert contrast(shown(mark), paper) >= 3
    # From little to much, every class stands out more from the page, and from its neighbour.
    steps = [contrast(shown(shade), paper) for shade in theme.SHADES]
    assert all(b > 1.35 * a for a, b in pairwise(steps))
    arms = [contrast(shown(shade), paper) for shade in theme.SPREAD]
    assert arms[:4] == sorted(arms[:4], reverse=True)
    assert arms[3:] == sorted(arms[3:])


def test_every_colour_drawn_has_a_dark_one(drawn):
    used = {
        colour
        for text in drawn.values()
        for colour in re.findall(r'(?:fill|stroke)="(#\w+)"', text)
    }
    assert used <= set(theme.DARK)
    sheet = theme.css()
    assert all(f'svg.chart [fill="{colour}"]' in sheet for colour in used)


LONG = pl.DataFrame(
    {
        "label": ["EMPRESA DE TELECOMUNICACIONES DE CUBA S.A. (AS11960)", "Alpha"],
        "value": [0.98, 0.0],
        "low": [0.66, 0.0],
        "high": [0.98, 0.1],
        "other": [0.98, 0.0],
        "note": ["(no change; in doubt)", "(9.7% before; in doubt)"],
    }
)


@pytest.mark.parametrize("width", [340, 720])
def test_tracks_are_long_enough_and_marks_at_their_ends_are_whole(width):
    root = parsed(bars(LONG, title="Carriers", other="before", width=width))
    longest = max(float(each.get("width")) for each in root.iter(f"{SVG}rect"))
    assert longest >= 0.4 * width
    for mark in root.iter(f"{SVG}circle"):
        assert 5 <= float(mark.get("cx")) <= width - 5
    for said in root.iter(f"{SVG}text"):
        assert float(said.get("x")) + text_width("".join(said.itertext())) <= width


def test_a_frame_is_as_high_as_its_picture_needs():
    low, high = (frame_height(f'<svg viewBox="0 0 720 {each}">') for each in (66, 831))
    assert low < 300 < 1000 < high
    assert frame_height("<p>Not drawn.</p>") > 100
