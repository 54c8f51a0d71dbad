"""ROAs: read as routinator and rpki-client write them, and the validity of what is announced."""

from dataclasses import replace
from ipaddress import ip_network

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import formats
from budgets import many
from graphs import make_world
from splinternet.base.errors import InputError, MisuseError
from splinternet.world.build import build_world
from splinternet.world.roas import covered, validity
from splinternet.world.schema import TABLES

HEADER = "ASN,IP Prefix,Max Length,Trust Anchor"


def imported(tmp_path, text: str, date: str = "2019-12-01"):
    links, roas = tmp_path / "links.txt", tmp_path / "vrps.csv"
    links.write_text(formats.AS_REL_2)
    roas.write_text(text)
    return build_world(date, [links], roas=[roas])


def test_both_publishers(tmp_path):
    routinator = (
        f"{HEADER}\nAS10,1.0.0.0/16,20,apnic\nAS0,9.0.0.0/8,8,arin\nAS10,2a00::/32,48,ripe\n"
    )
    world, report = imported(tmp_path, routinator)
    first = 1 << 24
    assert world.roas.rows() == [(0, 9 * first, 8, 8), (10, first, 16, 20)]
    assert report.inputs[-1].skipped == {"IPv6 prefix": 1}
    in_force, ended = 1575331200, 1500000000  # 3 December 2019, 14 July 2017
    client = f"{HEADER},Expires\n10,1.0.0.0/16,20,apnic,{in_force}\n20,2.0.0.0/16,16,ripe,{ended}\n"
    world, report = imported(tmp_path, client)
    assert world.roas["asn"].to_list() == [10]
    assert report.inputs[-1].skipped == {"ended before 2019-12-01": 1}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("AS10,1.0.0.0/16,20", "3 values where the first line names 4"),
        ("AS10,1.0.0.0/33,20,apnic", "vrps.csv:2: prefix: '1.0.0.0/33' is no IP prefix"),
        ("AS10,1.0.0.1/16,20,apnic", "is no IP prefix"),
        ("ten,1.0.0.0/16,20,apnic", "asn: 'ten' is no AS number"),
        ("AS10,1.0.0.0/16,8,apnic", "max length: '8' is no length from 16 to 32"),
        ("AS10,2a00::/32,48,ripe", "holds IPv6 prefixes only"),
        ("", "holds no line of data"),
    ],
)
def test_broken_files(tmp_path, rows, message):
    with pytest.raises(InputError, match=message):
        imported(tmp_path, f"{HEADER}\n{rows}\n")


@pytest.mark.parametrize("expires", [1500000000, 1790000000])
def test_a_file_of_another_date(tmp_path, expires):
    with pytest.raises(InputError, match="of another date: no ROA in it holds on 2019-12-01"):
        imported(tmp_path, f"{HEADER},Expires\nAS10,1.0.0.0/16,20,apnic,{expires}\n")


def with_roas(roas: list[tuple[int, str, int]]):
    nets = [(asn, ip_network(prefix), longest) for asn, prefix, longest in roas]
    rows = [(asn, int(net[0]), net.prefixlen, longest) for asn, net, longest in nets]
    world = make_world([(1, 2, "p2c")], ipv4_addresses={1: 300, 2: 100_000})
    return replace(world, roas=pl.DataFrame(rows, schema=TABLES["roas"].schema, orient="row"))


@st.composite
def prefixes(draw) -> str:
    """Prefixes close to each other, so that they meet."""
    length = draw(st.integers(8, 24))
    bits = draw(st.integers(0, 3)) << (32 - length)
    return str(ip_network((bits, length)))


@many
@given(
    st.lists(
        st.tuples(st.integers(0, 3), prefixes(), st.integers(0, 8)),
        min_size=1,
        unique=True,
    ),
    prefixes(),
    st.integers(0, 3),
)
def test_validity_beside_its_definition(drawn, prefix, origin):
    roas = [(asn, each, min(ip_network(each).prefixlen + more, 32)) for asn, each, more in drawn]
    roas = list(dict.fromkeys(roas))
    wanted = ip_network(prefix)
    covering = [roa for roa in roas if wanted.subnet_of(ip_network(roa[1]))]
    matching = [roa for roa in covering if roa[0] == origin != 0 and wanted.prefixlen <= roa[2]]
    expected = "valid" if matching else "invalid" if covering else "unknown"
    assert validity(with_roas(roas), prefix, origin) == expected


def test_addresses_that_are_signed_for():
    """Overlapping ROAs count once; nobody is signed for more than it has."""
    roas = [
        (1, "1.0.0.0/24", 24),
        (1, "1.0.0.0/25", 25),
        (1, "2.0.0.0/28", 28),
        (2, "3.0.0.0/8", 8),
    ]
    assert covered(with_roas(roas)).rows() == [(1, 272), (2, 100_000)]


def test_questions_without_answers():
    with pytest.raises(MisuseError, match="is no IPv4 prefix"):
        validity(with_roas([(1, "1.0.0.0/24", 24)]), "1.0.0.0/99", 1)
    with pytest.raises(MisuseError, match="has no ROAs; import it with roas="):
        validity(make_world([(1, 2, "p2c")]), "1.0.0.0/24", 1)
