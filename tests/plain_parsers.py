"""Parsers of all formats, slow and obvious, that share nothing with those of the program.

Each takes the lines of data of a file that was accepted, and yields the rows that it must have
been read as. Only names of countries are looked up with the program's own list.
"""

import bz2
import csv
import gzip
import html
import json
import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network

from pycountry import countries

from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError

__all__ = ["PLAIN", "bare", "plain_lines", "plain_vantages", "unpacked"]

Rows = Iterator[tuple[object, ...]]

_UNPACK = {b"\x1f\x8b": gzip.decompress, b"BZh": bz2.decompress, b"\xfd7zXZ": lzma.decompress}


def unpacked(data: bytes) -> bytes:
    """Unpack a file that may be packed."""
    for magic, unpack in _UNPACK.items():
        data = unpack(data) if data.startswith(magic) else data
    return data


def plain_lines(data: bytes) -> list[str]:
    """Unpack a file, and give its lines, without blank ones and comments that name no columns."""
    lines = unpacked(data).decode(errors="replace").split("\n")
    lines = [line.removeprefix("\ufeff") for line in lines]
    return [line for line in lines if line.strip() and not _is_comment(line)]


def bare(rows: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Sort rows, without the white space and control characters of their texts."""
    return sorted((tuple(map(_bare, row)) for row in rows), key=repr)


def _bare(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    odd = ("Cc", "Zs", "Zl", "Zp")
    kept = [c for c in cell if unicodedata.category(c) not in odd and c not in "\ufffe\uffff"]
    return "".join(kept) or None


def _is_comment(line: str) -> bool:
    return line.strip().startswith("#") and not _columns_of(line)


def _columns_of(line: str) -> list[str]:
    """Give the columns that a comment of as-org2info names."""
    found = re.match(r"# ?format: ?(\S+)", line, re.ASCII)
    return found[1].split("|") if found else []


def plain_vantages(data: bytes) -> Iterator[int]:
    """Read a list of networks, or a table with a column of them."""
    lines = plain_lines(data)
    header = [name.strip().lower() for name in re.split("[,;\t]", lines[0].replace('"', ""))]
    if {"as", "asn"} & set(header):
        words = [row["asn"] for row in _table(lines, {"as": "asn"})]
    else:
        words = " ".join(line.partition("#")[0] for line in lines)
        words = words.replace(",", " ").replace(";", " ").split()
    for word in words:
        yield int(word.upper().removeprefix("AS"))


# Tables of one's own


def _table(lines: list[str], aliases: dict[str, str]) -> Iterator[dict[str, str]]:
    """Read CSV as spreadsheets save it: each row that has any value, by the names of columns."""
    lines = [line for line in lines if line.strip(" ,;\t\r")]
    mark = max(",;\t", key=lines[0].count)
    rows = _cells(lines, mark)
    names = [cell.strip().lower() for cell in next(rows)]
    for cells in rows:
        if any(cell.strip() for cell in cells):
            yield dict(zip([aliases.get(n, n) for n in names], map(str.strip, cells), strict=True))


def _cells(lines: list[str], mark: str) -> Iterator[list[str]]:
    """Part lines of CSV; blanks before a cell, tabs too, are none of it."""
    blanks = " \r" if mark == "\t" else " \r\t"
    before = re.compile(f"(^|{mark})[{blanks}]+")
    tidy = (before.sub(r"\1", re.sub("[\r\x0b\x0c]", " ", line)) for line in lines)
    return csv.reader(tidy, delimiter=mark, skipinitialspace=True)


def _asn(text: str) -> int:
    high, _, low = text.upper().removeprefix("AS").strip().rpartition(".")
    return int(high or 0) * 2**16 + int(low)


def _named(country: str) -> str | None:
    try:
        return country_code(country) if country else None
    except MisuseError:
        return None


_NETWORKS = {
    "as": "asn",
    "organization": "organisation",
    "org": "organisation",
    "ipv4_addresses": "addresses",
}


def _own_networks(lines: list[str]) -> Rows:
    """Read networks and their users: those of a network listed again are summed."""
    rows = list(_table(lines, _NETWORKS))
    users: dict[int, int | None] = {}
    for row in rows:
        asn, given = _asn(row["asn"]), row.get("users", "").partition(".")[0]
        users[asn] = (users.get(asn) or 0) + int(given) if given else users.get(asn)
    if "users" in rows[0]:
        yield from users.items()
    else:
        yield from ((_asn(row["asn"]), None) for row in rows)


def _own_links(lines: list[str]) -> Rows:
    for row in _table(lines, {"provider": "a", "customer": "b"}):
        a, b, kind = _asn(row["a"]), _asn(row["b"]), row["kind"].lower()
        if kind in ("p2p", "peering", "peers", "0"):
            yield min(a, b), max(a, b), "p2p"
        elif kind in ("p2c", "transit", "-1"):
            yield a, b, "p2c"


def _own_ranges(lines: list[str]) -> Rows:
    for row in _table(lines, {"prefix": "range"}):
        first, _, last = row["range"].partition("-")
        if "/" in first:
            network = IPv4Network(first, strict=False)
            first, last = str(network[0]), str(network[-1])
        ends = [int(IPv4Address(end.strip())) for end in (first, last or first)]
        if country := _named(row["country"]):
            yield *ends, country


_CONTROLS = "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"


def _own_cables(lines: list[str]) -> Rows:
    yield from {
        tuple(re.sub(r"\s+", " ", re.sub(_CONTROLS, "", row[end])) for end in ("cable", "place"))
        for row in _table(lines, {"landing": "place", "landing point": "place"})
    }


def _state_owned(lines: list[str]) -> Rows:
    aliases = {"ownership_cc": "state", "url": "source", "source": "kind"}
    for row in _table(lines, aliases):
        share = row.get("ownership_percentage", "").rstrip(" %")
        state = _named(row["state"])
        if state and (not share or float(share) > 50):
            yield _asn(row["asn"]), state, row.get("source", row.get("kind"))


def _roas(lines: list[str]) -> Rows:
    """Read ROAs of IPv4 prefixes."""
    for row in _table(lines, {}):
        if ":" not in row["ip prefix"]:
            prefix = IPv4Network(row["ip prefix"])
            most = row["max length"] or prefix.prefixlen
            yield _asn(row["asn"]), int(prefix.network_address), prefix.prefixlen, int(most)


# Published text


def _links(lines: list[str]) -> Rows:
    """Read relationships line by line."""
    rows = []
    for line in lines:
        a, b, code, *_ = (field.strip() for field in line.split("|"))
        rows.append((int(a), int(b), int(code)))
    customer_first = any((b, a, -1) in rows for a, b, code in rows if code == 1)
    for a, b, code in rows:
        if code == 0:
            yield min(a, b), max(a, b), "p2p"
        elif code == -1:
            yield (b, a, "p2c") if customer_first else (a, b, "p2c")
        elif code == 1 and customer_first:
            yield a, b, "p2c"


def _origins(lines: list[str]) -> Rows:
    """Read pfx2as: a range for each origin that is no set of them."""
    for line in lines:
        prefix, length, origins = (field.strip() for field in line.split("\t"))
        a, b, c, d = map(int, prefix.split("."))
        first = ((a * 256 + b) * 256 + c) * 256 + d
        for origin in origins.split("_") if int(length) >= 8 else ():
            if "," not in origin:
                yield first, first + 2 ** (32 - int(length)) - 1, int(origin)


def _quoted(lines: list[str]) -> Iterator[list[str]]:
    return _cells(lines, ",")


def _territories(lines: list[str]) -> Rows:
    for first, last, code in _quoted(lines):
        if country := _country(code):
            yield int(first), int(last), country


def _ranges_of_networks(lines: list[str]) -> Rows:
    for first, last, asn, _ in _quoted(lines):
        if int(asn):
            yield int(first), int(last), int(asn)


def _names_of_ranges(lines: list[str]) -> Rows:
    for _, _, asn, name in _quoted(lines):
        if int(asn):
            yield int(asn), name


def _libloc(lines: list[str]) -> Rows:
    for asn, name, code, addresses in _quoted(lines):
        if asn.strip() != "asn":
            yield int(asn), name, _country(code), int(addresses)


def _ihr(lines: list[str]) -> Rows:
    for line in lines:
        asn, *_, code = re.split(r"[ \t]+", line.strip(" \t\r\x0b\x0c"))
        yield int(asn), _country(code)


def _as_rank(lines: list[str]) -> Rows:
    for line in lines:
        _, asn, org, code, _ = line.strip(" \r\x0b\x0c").split("\t")
        yield int(asn), None if org.strip() == "unknown" else org, _country(code)


def _country(code: str) -> str | None:
    return code.strip().upper() if countries.get(alpha_2=code.strip()) else None


def _delegations(lines: list[str]) -> Rows:
    """Read delegated-extended statistics: each AS number that is held, and its country."""
    for line in lines:
        fields = [field.strip() for field in line.split("|")]
        if len(fields) > 6 and fields[2] == "asn" and fields[6] in ("allocated", "assigned"):
            first = _asn(fields[3])
            for asn in range(first, first + int(fields[4])):
                yield asn, _country(fields[1])


def _organisations(lines: list[str]) -> Rows:
    """Read as-org2info: each network, its name, and name and country of its organisation."""
    columns: list[str] = []
    sections: dict[str, list[dict[str, str]]] = {"org_id": [], "aut": []}
    for line in lines:
        if line.startswith("#"):
            columns = _columns_of(line)
        else:
            cells = map(str.strip, line.split("|"))
            sections[columns[0]].append(dict(zip(columns, cells, strict=True)))
    held: dict[str, tuple[str, str]] = {}
    for row in sections["org_id"]:
        held.setdefault(row["org_id"], (row["org_name"], row["country"]))
    for row in sections["aut"]:
        org, code = held.get(row["org_id"], ("", ""))
        yield int(row["aut"]), row["aut_name"], org, _country(code)


# Published JSON


def _organisations_json(lines: list[str]) -> Rows:
    """Read as-org2info in JSON lines: each network, and the country of its organisation."""
    records = [json.loads(line) for line in lines]
    places: dict[str, str] = {}
    for record in records:
        if record.get("type") == "Organization" and record.get("organizationId"):
            places.setdefault(record["organizationId"], record.get("country") or "")
    for record in records:
        asn = str(record.get("asn"))
        if record.get("type") == "ASN" and asn.isdecimal() and int(asn) < 2**32:
            yield int(asn), _country(places.get(record.get("organizationId"), ""))


def _users(lines: list[str]) -> Rows:
    """Read APNIC's estimates: the users of each network in all nations."""
    users = Counter[int]()
    for row in json.loads("\n".join(lines))["Data"]:
        users[int(row["AS"])] += int(row["Users"])
    yield from users.items()


def _exchanges(lines: list[str]) -> Rows:
    rows = [json.loads(line) for line in lines]
    times = Counter(row["ix_id"] for row in rows)
    for row in rows:
        if times[row["ix_id"]] == 1:
            name, city, country = (html.unescape(row.get(k) or "") for k in _TEXTS)
            yield row["ix_id"], name, city, _named(re.sub(_CONTROLS, "", country))


_TEXTS = ("name", "city", "country")


def _members(lines: list[str]) -> Rows:
    rows = [json.loads(line) for line in lines]
    yield from {(row["ix_id"], row["asn"]) for row in rows if row["asn"] > 0}


#: By reader: tables that it fills, columns of them, and what a plain parser reads in their place.
PLAIN: dict[str, list[tuple[str, list[str], Callable[[list[str]], Rows]]]] = {
    "as_rel_serial1": [("links", ["a", "b", "kind"], _links)],
    "as_rel_serial2": [("links", ["a", "b", "kind"], _links)],
    "ihr_classified_as": [("facts", ["asn", "country"], _ihr)],
    "as_rank": [("facts", ["asn", "org", "country"], _as_rank)],
    "libloc": [("facts", ["asn", "name", "country", "ipv4_addresses"], _libloc)],
    "as_org2info": [("facts", ["asn", "name", "org", "country"], _organisations)],
    "rir_delegated": [("facts", ["asn", "country"], _delegations)],
    "pfx2as": [("origins", ["first", "last", "asn"], _origins)],
    "asn_ranges": [
        ("origins", ["first", "last", "asn"], _ranges_of_networks),
        ("facts", ["asn", "name"], _names_of_ranges),
    ],
    "country_ranges": [("territories", ["first", "last", "country"], _territories)],
    "caida_ixs": [("exchanges", ["exchange", "name", "city", "country"], _exchanges)],
    "caida_ix_asns": [("members", ["exchange", "asn"], _members)],
    "as_org2info_json": [("facts", ["asn", "country"], _organisations_json)],
    "apnic_users": [("facts", ["asn", "users"], _users)],
    "own_networks": [("facts", ["asn", "users"], _own_networks)],
    "own_links": [("links", ["a", "b", "kind"], _own_links)],
    "own_ranges": [("territories", ["first", "last", "country"], _own_ranges)],
    "own_cables": [("landings", ["cable", "place"], _own_cables)],
    "state_owned": [("owners", ["asn", "state", "source"], _state_owned)],
    "vrps": [("roas", ["asn", "first", "length", "max_length"], _roas)],
}
