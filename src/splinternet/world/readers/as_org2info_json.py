"""CAIDA AS Organizations in JSON lines: objects of type ``Organization`` and ``ASN``."""

from __future__ import annotations

import msgspec
import polars as pl

from splinternet.world.files import Source
from splinternet.world.readers import as_org2info
from splinternet.world.readers._facts import clean_texts, known_countries, text
from splinternet.world.readers._json_lines import decode_lines, keys_of_first
from splinternet.world.readers._reading import Reading

NAME = "CAIDA AS Organizations, JSON lines"
EXAMPLE = '{"type":"ASN","asn":"9002","name":"RETN-AS","organizationId":"ORG-RETN"}'
PROVIDES = as_org2info.PROVIDES
LICENCE, CITATION = as_org2info.LICENCE, as_org2info.CITATION


class _Record(msgspec.Struct):
    type: str
    organizationId: str | None = None  # noqa: N815 - as the file has it
    asn: str | int | None = None
    name: str | None = None
    country: str | None = None


def detect(head: list[str]) -> bool:
    """Tell whether the first line is an object of either type."""
    return {"type", "organizationId"} <= keys_of_first(head)


def read(source: Source) -> Reading:
    """Read networks, their organisations, and the countries of these."""
    records = decode_lines(source, _Record)
    told = [r for r in records if r.type == "Organization"]
    organisations = pl.DataFrame(
        [(r.organizationId, r.name, r.country) for r in told if r.organizationId],
        schema={"org_id": pl.String, "org_name": pl.String, "country": pl.String},
        orient="row",
    ).unique("org_id", keep="first", maintain_order=True)
    listed = [r for r in records if r.type == "ASN"]
    networks = pl.DataFrame(
        [(str(r.asn), r.name, r.organizationId) for r in listed],
        schema={"aut": pl.String, "aut_name": pl.String, "org_id": pl.String},
        orient="row",
    ).with_columns(asn=pl.col("aut").cast(pl.UInt32, strict=False))
    known = networks.drop_nulls("asn")
    joined = known.join(organisations, on="org_id", how="left", maintain_order="left").select(
        "asn", text("aut_name").alias("name"), text("org_name").alias("org"), "country"
    )
    facts, notes = clean_texts(joined, "name", "org")
    facts, strange = known_countries(facts)
    skipped = {
        "no AS number": networks.height - known.height,
        "organisation without an id": sum(not r.organizationId for r in told),
        "neither organisation nor network": sum(
            r.type not in ("Organization", "ASN") for r in records
        ),
    }
    return Reading(
        rows=len(records),
        skipped={reason: n for reason, n in skipped.items() if n},
        no_country=strange,
        notes=notes,
        facts=facts,
    )
