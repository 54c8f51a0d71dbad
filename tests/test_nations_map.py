"""The map of nations that is drawn by hand."""

import re
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splinternet.brief.drawings import nations_map as maps
from splinternet.brief.shapes import MIDDLE

_POINT = re.compile(r"([-\d.]+),([-\d.]+)")


def rings() -> list[list[tuple[float, float]]]:
    drawn = (ring for path in maps._paths() for ring in path.drawn.split("M")[1:])
    return [[(float(x), float(y)) for x, y in _POINT.findall(ring)] for ring in drawn]


def test_all_land_is_on_the_page_and_no_nation_stretches_over_its_edge():
    points = [point for ring in rings() for point in ring]
    assert len(points) > 5000
    assert all(0 <= x <= maps._WIDTH for x, _ in points)
    assert all(-1 <= y <= maps._HEIGHT for _, y in points)
    assert all(max(x for x, _ in r) - min(x for x, _ in r) < maps._WIDTH / 2 for r in rings() if r)


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
