"""The map of nations that is drawn by hand."""

import re
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splinternet.brief.drawings import nations_map as maps
from splinternet.brief.shapes import MIDDLE

#: A number as SVG has it: without a nought before its point, and with none between it and a minus.
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")


def rings() -> list[list[tuple[float, float]]]:
    """The outlines of all nations, whose points are told by how far they are from those before."""
    outlines = (ring for path in maps._paths() for ring in path.drawn.split(' d="M')[1:])
    return [followed(ring) for outline in outlines for ring in outline.split('"')[0].split("M")]


def followed(ring: str) -> list[tuple[float, float]]:
    begin, _, line = ring.partition("l")
    steps = [float(number) for number in _NUMBER.findall(line)]
    assert len(steps) % 2 == 0
    x, y = map(float, begin.strip("Z").split(","))
    points = [(x, y)]
    for across, down in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + across, y + down
        points.append((x, y))
    return points


def test_all_land_is_on_the_page_and_no_nation_stretches_over_its_edge():
    points = [point for ring in rings() for point in ring]
    assert len(points) > 5000
    assert all(0 <= x <= maps._WIDTH for x, _ in points)
    assert all(-1 <= y <= maps._HEIGHT for _, y in points)
    assert all(max(x for x, _ in r) - min(x for x, _ in r) < maps._WIDTH / 2 for r in rings() if r)


def test_outlines_are_where_their_places_are():
    """Steps are of tenths of a pixel, so that no error grows along a coast."""
    drawn = iter(rings())
    for feature in maps.features():
        geometry = feature["geometry"]
        if feature["country"] == maps.ANTARCTICA or geometry["type"] == "Point":
            continue
        for ring in (ring for polygon in geometry["coordinates"] for ring in polygon):
            places = [maps._place(*point) for point in ring]
            points = list(dict.fromkeys((round(10 * x), round(10 * y)) for x, y in places))
            found = [(round(10 * x), round(10 * y)) for x, y in next(drawn)]
            assert found == points
    assert next(drawn, None) is None


def test_the_middle_of_the_map_is_in_its_middle():
    assert maps._place(MIDDLE, 0)[0] == pytest.approx(maps._WIDTH / 2)


@given(st.floats(-160, 160), st.floats(-83, 83))
def test_areas_are_true(east, north):
    """A small square covers as much of the page, for its area on the globe, wherever it lies."""
    step = 0.01
    west, south = MIDDLE + east, north
    a, b, c = (maps._place(west + dx, south + dy) for dx, dy in ((0, 0), (step, 0), (0, step)))
    page = abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]))
    globe = radians(step) ** 2 * cos(radians(north + step / 2))
    scale = maps._WIDTH / (2 * maps._EAST)
    assert page / scale**2 == pytest.approx(globe, rel=1e-3)
