"""Make the world's shapes that maps are drawn with, from the npm package ``world-atlas``.

Usage: ``python tools/world_shapes.py [--package world-atlas-2.0.2.tgz]``; without a file, ``npm
pack`` fetches it from the registry that npm is configured for.

The shapes are those of Natural Earth at 1:110 million. Nations too small for that scale get a
point, from the larger scales. What Natural Earth draws as a part of another nation, though it has
an ISO code of its own, is taken out of it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycountry

PACKAGE = "world-atlas@2.0.2"
SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
SOURCE = (
    "Natural Earth 4.1.0 (public domain), 1:110 million; points from 1:50 and 1:10 million. By way "
    "of the npm package world-atlas 2.0.2 (Mike Bostock, ISC licence)."
)
TARGET = Path(__file__).parents[1] / "src/splinternet/brief/shapes.json.xz"

#: Degrees are kept to this many digits: a kilometre, a fiftieth of a pixel on a page.
DIGITS = 2

#: Shapes without an ISO 3166-1 number, but with a code in common use.
UNNUMBERED = {"Kosovo": "XK"}

#: Parts of other nations with an ISO code of their own: the nation (by code, or by Natural
#: Earth's name where it has none), and the box that holds the part (west, south, east, north).
PARTS = {
    "BQ": ("NL", (-69, 11, -62, 18)),
    "BV": ("NO", (3, -55, 4, -54)),
    "CC": ("Indian Ocean Ter.", (96, -13, 98, -11)),
    "CX": ("Indian Ocean Ter.", (105, -11, 106, -10)),
    "GF": ("FR", (-55, 2, -51, 6)),
    "GP": ("FR", (-62, 15.7, -60.9, 16.6)),
    "MQ": ("FR", (-61.5, 14.3, -60.7, 15)),
    "RE": ("FR", (55, -22, 56, -20)),
    "SJ": ("NO", (10, 74, 34, 81)),
    "TK": ("NZ", (-173, -10, -171, -8)),
    "YT": ("FR", (44.8, -13.2, 45.5, -12.5)),
}

Ring = list[list[float]]
Polygon = list[Ring]


def main() -> None:
    """Write the file of shapes, and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--package", type=Path, help="the package's file, if it is here already")
    given = parser.parse_args().package
    with tempfile.TemporaryDirectory() as folder:
        package = given or fetched(Path(folder))
        digest = hashlib.sha256(package.read_bytes()).hexdigest()
        if digest != SHA256:
            sys.exit(f"{package}: is not {PACKAGE} (its sha256 is {digest}, not {SHA256})")
        with tarfile.open(package) as archive:
            small, middle, large = (nations(archive, scale) for scale in ("110m", "50m", "10m"))
    features = [*shapes(small), *points(small, middle, large)]
    # Points come last, so that they are drawn over the shapes around them.
    features.sort(key=lambda each: (each["geometry"]["type"] == "Point", each["name"]))
    collection = {"type": "FeatureCollection", "source": SOURCE, "features": features}
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    coded = {each["country"] for each in features}
    lacking = sorted({country.alpha_2 for country in pycountry.countries} - coded)
    print(f"{TARGET}: {len(features)} shapes, {TARGET.stat().st_size:,} bytes")
    print(f"without a shape: {' '.join(lacking) or 'none'}")


def fetched(folder: Path) -> Path:
    """Fetch the package."""
    subprocess.run(
        ["npm", "pack", PACKAGE, "--pack-destination", folder], check=True, capture_output=True
    )
    return next(folder.glob("*.tgz"))


def nations(archive: tarfile.TarFile, scale: str) -> dict[str, list[Polygon]]:
    """Read the polygons of each nation, by code, or by name where it has no code."""
    member = archive.extractfile(f"package/countries-{scale}.json")
    assert member is not None
    topology = json.load(member)
    arcs = [list(degrees(arc, topology["transform"])) for arc in topology["arcs"]]
    found: dict[str, list[Polygon]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        several = geometry["type"] == "MultiPolygon"
        polygons = geometry["arcs"] if several else [geometry["arcs"]]
        found.setdefault(key(geometry), []).extend(
            [[joined(ring, arcs) for ring in polygon] for polygon in polygons]
        )
    return found | dict(taken_out(found))


def key(geometry: dict[str, Any]) -> str:
    """Return the code of a nation, or its name where it has none."""
    name = str(geometry["properties"]["name"])
    listed = pycountry.countries.get(numeric=geometry.get("id", ""))
    return str(listed.alpha_2) if listed else UNNUMBERED.get(name, name)


def degrees(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[list[float]]:
    """Undo the quantisation and the differences of TopoJSON."""
    at = [0, 0]
    for step in arc:
        at = [at[0] + step[0], at[1] + step[1]]
        yield [at[i] * transform["scale"][i] + transform["translate"][i] for i in (0, 1)]


def joined(ring: list[int], arcs: list[Ring]) -> Ring:
    """Join the arcs of a ring; a negative number is an arc backwards."""
    found: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += arc[1:] if found else arc
    return found


def taken_out(found: dict[str, list[Polygon]]) -> Iterator[tuple[str, list[Polygon]]]:
    """Take the parts that have a code of their own out of the nations that hold them."""
    for code, (nation, (west, south, east, north)) in PARTS.items():
        inside = [
            polygon
            for polygon in found.get(nation, [])
            if all(west <= x <= east and south <= y <= north for x, y in polygon[0])
        ]
        if inside:
            found[nation] = [polygon for polygon in found[nation] if polygon not in inside]
            yield code, inside


def shapes(small: dict[str, list[Polygon]]) -> Iterator[dict[str, Any]]:
    """Give the nations that the smallest scale has."""
    for name, polygons in small.items():
        drawn = [[list(rounded(ring)) for ring in polygon] for polygon in polygons]
        # A ring without extent is no ring; North Korea has one.
        coordinates = [polygon for polygon in drawn if all(len(ring) > 3 for ring in polygon)]
        yield feature(name, {"type": "MultiPolygon", "coordinates": coordinates})


def points(*scales: dict[str, list[Polygon]]) -> Iterator[dict[str, Any]]:
    """Give a point for each nation with a code that only a larger scale has."""
    done = set(scales[0])
    for scale in scales[1:]:
        for name in sorted(scale.keys() - done):
            if len(name) == 2:
                largest = max((polygon[0] for polygon in scale[name]), key=size)
                yield feature(name, {"type": "Point", "coordinates": middle_of(largest)})
        done |= scale.keys()


def feature(name: str, geometry: dict[str, Any]) -> dict[str, Any]:
    """Make a GeoJSON feature; what has no code has Natural Earth's name."""
    code = name if len(name) == 2 else None
    return {"type": "Feature", "country": code, "name": name, "geometry": geometry}


def rounded(ring: Ring) -> Iterator[list[float]]:
    """Round a ring, without saying a place twice."""
    before = None
    for x, y in ring:
        place = [round(x, DIGITS), round(y, DIGITS)]
        if place != before:
            yield place
        before = place


def size(ring: Ring) -> float:
    """Return the extent of a ring, enough to tell the largest island of a nation."""
    xs, ys = zip(*ring, strict=True)
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def middle_of(ring: Ring) -> list[float]:
    """Return the middle of the box around a ring."""
    return [round((max(side) + min(side)) / 2, DIGITS) for side in zip(*ring, strict=True)]


if __name__ == "__main__":
    main()
