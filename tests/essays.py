"""A small ledger and invented essays, one in each style of citing."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ledgers import source, write_ledger
from splinternet.essay.actors import find_mentions
from splinternet.essay.dates import Period, parse_date
from splinternet.essay.gazetteer import Gazetteer
from splinternet.essay.sentences import Sentence
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.reading import read_ledger

ACTORS = [
    {"id": "ru", "kind": "state", "name": "Russia", "country": "RU"},
    {"id": "cn", "kind": "state", "name": "China", "country": "CN"},
    {"id": "us", "kind": "state", "name": "United States", "country": "US", "aliases": "USA"},
    {"id": "rs", "kind": "state", "name": "Serbia", "country": "RS"},
    {"id": "europe", "kind": "region", "name": "Europe"},
    {
        "id": "huawei", "kind": "vendor", "name": "Huawei Technologies", "country": "CN",
        "aliases": "Huawei Technologies Co., Ltd.;Huawei",
    },
    {"id": "zte", "kind": "vendor", "name": "ZTE", "country": "CN"},
    {"id": "ericsson", "kind": "vendor", "name": "Ericsson", "country": "US"},
    {"id": "mts", "kind": "operator", "name": "MTS PJSC", "country": "RU"},
    {"id": "rain", "kind": "operator", "name": "rain", "country": "RS"},
    {"id": "spark", "kind": "operator", "name": "Spark", "country": "US", "aliases": "Mobile One"},
    {
        "id": "sparkle", "kind": "operator", "name": "Sparkle", "country": "RS",
        "aliases": "Mobile One",
    },
    {
        "id": "putin", "kind": "person", "name": "Vladimir Putin", "country": "RU",
        "office": "President of Russia",
    },
    {
        "id": "xi", "kind": "person", "name": "Xi Jinping", "country": "CN",
        "office": "President of China",
    },
    {"id": "law", "kind": "law", "name": "Sovereign Internet law", "country": "RU"},
    {"id": "essay", "kind": "organisation", "name": "An essay"},
]  # fmt: skip


def said(id: str, subject: str, predicate: str, object: str, **more: str) -> dict[str, str]:
    made = {"id": id, "subject": subject, "predicate": predicate, "object": object}
    usual = {"start": "2019-06", "kind": "fact", "sources": "paper", "summary": f"Summary of {id}"}
    return made | usual | more


def share(id: str, start: str, value: str, **more: str) -> dict[str, str]:
    of = {"start": start, "value_low": value, "value_high": value, "unit": "%"}
    scope = {"countries": "RU", "segments": "smartphones"}
    return said(id, "huawei", "market_share", "ru", **of, **scope, **more)


STATEMENTS = [
    said("deal", "mts", "partners_with", "huawei", generations="5G"),
    said("pact", "ru", "partners_with", "cn", start="2019-06-05"),
    said("curb", "us", "restricts", "huawei", start="2019-05", disputes="e-ban"),
    said("e-ban", "us", "bans", "huawei", start="2019-11", kind="opinion", sources="essay"),
    said("office-ban", "us", "bans", "zte", segments="government"),
    said("later", "rs", "bans", "zte", start="2021"),
    said("cameras", "huawei", "sells_to", "rs", segments="cameras", start="2018"),
    said("order", "huawei", "sells_to", "rs", segments="cameras", start="2018", value_low="1000",
         value_high="1000", unit="count", basis="cameras"),
    said("words-too", "putin", "accuses", "rs", kind="quote", disputes="shop"),
    said("rumour", "ericsson", "sells_to", "rs", kind="quote"),
    said("words", "putin", "accuses", "us", kind="quote"),
    share("quarter", "2019-10", "30", end="2019-12", basis="shipments"),
    share("shop", "2019-11", "12", basis="units in one shop"),
    share("before", "2017", "10", basis="units"),
    share("wrong", "2019-11", "40", status="deprecated", note="misread"),
    said("e-lead", "essay", "states", "huawei", claim="Huawei leads every Russian race",
         kind="opinion", sources="essay"),
    said("denial", "mts", "states", "huawei", claim="no race is led by anyone",
         kind="quote", disputes="e-lead"),
]  # fmt: skip

SOURCES = [
    source("paper", "press", issued={"date-parts": [[2019, 6, 6]]}),
    source("essay", "essay", issued={"date-parts": [[2019, 11]]}),
]

MLA = """\
Jane Example

13 November 2019

Towers and Treaties

Huawei now has 40% of the Russian smartphone market, which nearly tripled since 2017 (Roe). \
ZTE and Huawei are rivals. The Chinese company was banned in the United States (Doe, “Bans” 7). \
MTS signed an agreement with Huawei in June (Lee). Who would have thought so?

Section two

In May, Putin called it “a war of standards” (Doe). “A war of standards,” said Xi Jinping. This \
is not in dispute (Miller). It was said (“No Author” 3) and “said again”.

Works Cited

Doe, Jane. “Bans and What They Do.” The Courier, 3 June 2019.

---. “Standards.” The Courier, 4 May 2019, www.courier.example/standards. Accessed 5 May 2019.

Lee, Ann, and Sam van Dyke. Towers. Northern Press, 2018.

“No Author for This.” Daily Post, 1 Apr. 2019.

Roe, Richard. “Shares.” Journal of Markets, vol. 12, no. 3, 2019, pp. 45–67.

Quiet, Anne. “Never Cited.” The Courier, 2 June 2019.
"""

APA = """\
Towers and Treaties
November 2019

Huawei sells phones (Doe, 2019a, p. 3). Doe and Roe (2018) say that it does so in Russia. The \
World Bank has its own view (World Bank, 2017; see also Doe, 2019b). Others differ (Miler, 2016), \
as Doe (2015) did. Smith (2014) agrees with all of them, and so does the market (in 2013).

References

Doe, J. (2019a, June 6). The first of them. The Courier. https://courier.example/first
Doe, J. (2019b). The second. Journal of Markets, 12(3), 45–67. https://doi.org/10.1000/second
Doe, J., & Roe, R. K. (2018). Both of them. Northern Press.
Miller, A. (2016). Spelling. Northern Press.
World Bank. (2017). A report. World Bank Publications.
"""

CHICAGO = """\
Towers and Treaties
November 2019

Huawei sells phones (Doe 2019a, 12). So it was said (Doe and Roe 2018, 3–4), and again (Roe 2016).

Bibliography

Doe, Jane. 2019a. “The First.” The Courier, June 6, 2019. https://courier.example/first.

Doe, Jane. 2019b. “The Second.” Journal of Markets 12 (3): 45–67.

Doe, Jane, and Richard Roe. 2018. Both of Them. London: Northern Press.
"""

NOVEMBER = Period(parse_date("1 November 2019").start, parse_date("30 November 2019").end, "month")


@cache
def small_ledger() -> Ledger:
    with TemporaryDirectory() as folder:
        made = write_ledger(
            Path(folder) / "small", actors=ACTORS, statements=STATEMENTS, sources=SOURCES
        )
        return read_ledger(made)


def sentences(*texts: str) -> list[Sentence]:
    """Sentences of one paragraph."""
    return [Sentence(number, 1, 1, text) for number, text in enumerate(texts, 1)]


def mentions(*texts: str):
    return find_mentions(sentences(*texts), Gazetteer(small_ledger()))
