"""What benchmarks measure on: the Internet of September 2025, from the published files."""

from pathlib import Path

from splinternet.world.build import build_world
from splinternet.world.world import World

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
INFO, PREFIXES = DATA / "as-info", DATA / "prefixes"
IHR = INFO / "ihr-classified-as-20191119.txt.gz"
AS_RANK = INFO / "asrank-202003.csv.gz"
LIBLOC = INFO / "libloc-as-20221029.csv.gz"
ASN_RANGES = PREFIXES / "ip-location-db-asn-ipv4-num-20260617.csv.gz"
COUNTRY_RANGES = PREFIXES / "ip-location-db-asn-country-ipv4-num-20260617.csv.gz"
#: What `make shipped` makes the world of 2025-09 from.
FILES = {
    "as_rel": [DATA / "as-rel" / "20250901.as-rel2.txt.bz2"],
    "as_country": [IHR, AS_RANK, LIBLOC, COUNTRY_RANGES],
    "as_names": [AS_RANK, LIBLOC, ASN_RANGES],
    "prefixes": [ASN_RANGES, LIBLOC],
}


def import_files() -> World:
    return build_world("2025-09-01", **FILES)[0]
