"""Territories that count apart, or to a state."""

from pathlib import Path

import pytest

from splinternet.base.countries import country_codes
from splinternet.base.errors import MisuseError
from splinternet.world.build import build_world
from splinternet.world.territories import list_territories, states_of

DOCUMENT = Path(__file__).parents[1] / "docs" / "world.md"


@pytest.fixture
def files(tmp_path):
    texts = {
        "as_rel": "10|20|-1\n10|30|-1\n",
        "as_country": "10 Other HK\n20 Other CN\n30 Other MO\n",
        "prefixes": "192.0.2.0\t24\t10\n",
        "located": "prefix,country\n192.0.2.0/25,HK\n192.0.2.128/25,CN\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return {name: [tmp_path / name] for name in texts}


@pytest.mark.parametrize(
    ("join", "countries", "located"),
    [
        ((), ["HK", "CN", "MO"], [(10, "CN", 128), (10, "HK", 128)]),
        (["Hong Kong"], ["CN", "CN", "MO"], [(10, "CN", 256)]),
        (["HK", "MO", "HK"], ["CN", "CN", "CN"], [(10, "CN", 256)]),
    ],
)
def test_territories_count_apart_unless_joined(files, join, countries, located):
    world, _ = build_world("2019-12-01", **files, join=join)
    assert world.networks["country"].to_list() == countries
    assert world.located.rows() == located
    assert world.manifest.parameters["joined"] == sorted(states_of(join))


def test_a_state_is_no_territory(files):
    with pytest.raises(MisuseError, match="unknown territory 'CA'"):
        build_world("2019-12-01", **files, join=["Canada"])


def test_the_document_has_the_table():
    text = DOCUMENT.read_text("utf-8")
    for each in list_territories():
        assert {each.code, each.state} <= set(country_codes())
        assert f"| `{each.code}` | `{each.state}` | {each.status} | {each.source} |" in text
