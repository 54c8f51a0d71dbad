"""A small world, and running the command line on it."""

from pathlib import Path

import msgspec

from graphs import make_world
from splinternet.world.manifest import Input
from splinternet.world.world import World

#: Russia has a carrier (10) with two stubs (11, 12), one of them without addresses. It buys from 1
#: (United States), and its stub 11 also from 2 (of unknown country). Cuba has one network without
#: addresses, North Korea one that is linked to nobody.
LINKS = [
    (1, 10, "p2c"),
    (2, 11, "p2c"),
    (10, 11, "p2c"),
    (10, 12, "p2c"),
    (1, 2, "p2p"),
    (1, 20, "p2c"),
    (1, 21, "p2c"),
    (2, 22, "p2c"),
    (1, 30, "p2c"),
]
COUNTRIES = {
    1: "US",
    10: "RU",
    11: "RU",
    12: "RU",
    20: "DE",
    21: "DE",
    22: "FI",
    30: "CU",
    40: "KP",
}
NAMES = {1: "ONE-AS", 2: "Two [bold] AB", 10: "Десять", 11: None, 20: "Zwanzig"}
ORGS = {1: "One, Inc."}
ADDRESSES = {1: 1000, 10: 300, 11: 200, 20: 50}

ERROR = {"spearman": 0.972, "top_agreement": 0.95, "mean_absolute_error": 0.0123}


def small_world(**manifest: object) -> World:
    world = make_world(
        LINKS, [40], country=COUNTRIES, name=NAMES, org=ORGS, ipv4_addresses=ADDRESSES
    )
    source = Input(
        file="made-up.txt",
        format="none",
        sha256="",
        bytes=0,
        used_for="as-rel",
        read=9,
        citation="Made up for these tests",
    )
    manifest = {"name": "small", "inputs": (source, source), **manifest}
    return World(
        manifest=msgspec.structs.replace(world.manifest, **manifest),
        networks=world.networks,
        links=world.links,
    )


def save(world: World, folder: Path) -> Path:
    world.save(folder)
    return folder
