"""Every table and column of a world, declared once.

Readers, validation, documentation and ``--help`` all use these declarations.
"""

from __future__ import annotations

import polars as pl

from splinternet.base.columns import Column, Table

__all__ = ["FILTERS", "FIRST_GROUP", "KINDS", "TABLES"]

#: A digest's groups have numbers from here on, reserved for private use (RFC 6996).
FIRST_GROUP = 4_200_000_000

#: Kinds of link: provider to customer (``a`` provides transit to ``b``), and peer to peer.
KINDS = ("p2c", "p2p")

#: How networks drop false routes: by origin validation, also where a peer alone offers them, by
#: provider records besides, and by marks for customers only.
FILTERS = ("rov", "peer-rov", "aspa", "only-to-customers")

_U32, _I64, _F64, _TEXT = pl.UInt32(), pl.Int64(), pl.Float64(), pl.String()

_DECLARED = (
    Table(
        "networks",
        "Autonomous systems (networks) that the relationships of the date name.",
        (
            Column(
                "asn", _U32, "Autonomous system number; above 4,200,000,000 a group of a digest."
            ),
            Column("name", _TEXT, "Short name of the network.", optional=True),
            Column("org", _TEXT, "Organisation that runs it.", optional=True),
            Column("country", _TEXT, "Country, ISO 3166-1 alpha-2 (XK: Kosovo).", optional=True),
            Column(
                "country_evidence",
                _TEXT,
                "Evidence that the country rests on: registered, or other by its name.",
                optional=True,
            ),
            Column(
                "ipv4_addresses",
                _I64,
                "IPv4 addresses it originates; of overlapping prefixes the longest counts.",
                "addresses",
                optional=True,
            ),
            Column(
                "users", _I64, "People who reach the Internet through it.", "people", optional=True
            ),
            Column(
                "members", _I64, "Networks this row stands for: 1, or more in a digest.", "networks"
            ),
        ),
        ("asn",),
    ),
    Table(
        "located",
        "Nations in which networks have addresses, by the files of locations.",
        (
            Column("asn", _U32, "The network."),
            Column("country", _TEXT, "Country, ISO 3166-1 alpha-2."),
            Column("addresses", _I64, "IPv4 addresses that it originates there.", "addresses"),
        ),
        ("asn", "country"),
        optional=True,
    ),
    Table(
        "owners",
        "States that own networks, by majority.",
        (
            Column("asn", _U32, "The network."),
            Column("state", _TEXT, "The owning state, ISO 3166-1 alpha-2."),
            Column("source", _TEXT, "Where it is said.", optional=True),
        ),
        ("asn",),
        optional=True,
    ),
    Table(
        "roas",
        "Route origin authorisations: who may announce which IPv4 prefix (the RPKI's, validated).",
        (
            Column("asn", _U32, "The network that may; 0: nobody may."),
            Column("first", _U32, "The first address of the prefix, as a number."),
            Column("length", _I64, "The length of the prefix.", "bits"),
            Column("max_length", _I64, "The longest prefix of these addresses it may.", "bits"),
        ),
        ("asn", "first", "length", "max_length"),
        optional=True,
    ),
    Table(
        "filtering",
        "Networks that drop false routes, as a scenario has it.",
        (
            Column("asn", _U32, "The network."),
            Column(
                "by",
                pl.Enum(FILTERS),
                "How: rov, origin validation; peer-rov, the same of what peers offer; aspa, "
                "provider records too; only-to-customers, marks of routes.",
            ),
        ),
        ("asn", "by"),
        optional=True,
    ),
    Table(
        "links",
        "Business relationships between networks.",
        (
            Column("a", _U32, "The provider of a p2c link; of a p2p link the lower number."),
            Column("b", _U32, "The customer of a p2c link; of a p2p link the higher number."),
            Column(
                "kind",
                pl.Enum(KINDS),
                "p2c: a provides transit to b; p2p: they exchange their customers' routes.",
            ),
            Column(
                "evidence",
                _TEXT,
                "Evidence of the link, as its source has it (bgp, mlp, ...).",
                optional=True,
            ),
            Column(
                "confidence",
                _F64,
                "How often links like it are the same years later, beside those of their kind that "
                "nothing speaks against (1).",
                "0 to 1",
                optional=True,
            ),
            Column(
                "doubt",
                _TEXT,
                "Doubt about the link: upside-down, content, repaired-cycle, seen-once, "
                "exchange-only.",
                optional=True,
            ),
        ),
        ("a", "b"),
    ),
    Table(
        "exchanges",
        "Internet exchange points.",
        (
            Column("exchange", _U32, "Number of the exchange in its source."),
            Column("name", _TEXT, "Name of the exchange."),
            Column("country", _TEXT, "Country, ISO 3166-1 alpha-2.", optional=True),
            Column("city", _TEXT, "City.", optional=True),
        ),
        ("exchange",),
    ),
    Table(
        "exchange_members",
        "Networks present at exchange points.",
        (
            Column("exchange", _U32, "The exchange."),
            Column("asn", _U32, "A network present there."),
        ),
        ("exchange", "asn"),
    ),
    Table(
        "cables",
        "Submarine cables.",
        (
            Column("cable", _TEXT, "Identifier of the cable in its source."),
            Column("name", _TEXT, "Name of the cable."),
            Column("ready", pl.Date(), "Day it went, or should go, into service.", optional=True),
            Column("length_km", _F64, "Length.", "km", optional=True),
        ),
        ("cable",),
    ),
    Table(
        "landings",
        "Places where submarine cables come ashore.",
        (
            Column("cable", _TEXT, "The cable."),
            Column("place", _TEXT, "The landing point."),
            Column("country", _TEXT, "Country, ISO 3166-1 alpha-2.", optional=True),
            Column("latitude", _F64, "Latitude, north positive.", "degrees", optional=True),
            Column("longitude", _F64, "Longitude, east positive.", "degrees", optional=True),
        ),
        ("cable", "place"),
    ),
    Table(
        "paths",
        "Paths that route collectors saw, cleaned; one row for each path of a monitor.",
        (
            Column("monitor", _U32, "The network that told the path to the collector."),
            Column("collector", _TEXT, "The route collector, as its file names it."),
            Column("origin", _U32, "The network that announces the prefixes: the path's last."),
            Column(
                "path",
                pl.List(_U32),
                "Networks in order, the monitor first and the origin last, each once.",
            ),
            Column(
                "prefixes",
                _I64,
                "Prefixes that the monitor reaches so, summed over its sessions and files.",
                "prefixes",
            ),
            Column(
                "addresses",
                _I64,
                "IPv4 addresses that it reaches so; of overlapping prefixes the longest counts.",
                "addresses",
                optional=True,
            ),
        ),
        ("collector", "monitor", "path"),
        optional=True,
    ),
    Table(
        "learned",
        "Next hops of networks towards origins, as paths show them.",
        (
            Column("asn", _U32, "The network."),
            Column("origin", _U32, "Where the routes lead."),
            Column("next_hop", _U32, "The neighbour by which most of them go."),
            Column("prefixes", _I64, "Prefixes for which they go so.", "prefixes"),
        ),
        ("asn", "origin"),
        optional=True,
    ),
    Table(
        "preferred",
        "Neighbours that networks were seen to choose between, as they were equally good.",
        (
            Column("asn", _U32, "The network."),
            Column("next_hop", _U32, "The neighbour."),
            Column(
                "strength",
                _F64,
                "How strongly the network prefers it; those of a network sum to 1.",
                "share",
            ),
        ),
        ("asn", "next_hop"),
        optional=True,
    ),
)

#: The tables of a world, by name.
TABLES: dict[str, Table] = {table.name: table for table in _DECLARED}
