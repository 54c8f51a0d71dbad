"""Acts: the table of verbs, how a sentence puts them, and what must not be supported."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splinternet.essay import hearsay, moods, portions, scopes, times
from splinternet.essay.reading import read_essay
from splinternet.essay.stems import Sieve, stems_of
from splinternet.essay.verbs import acts_in, read_verbs
from splinternet.ledger.catalogue import open_ledger

HERE = Path(__file__).parent
LEDGER = open_ledger()
TRUE = [
    ("2021-01-31", "Australia banned Huawei from 5G in August 2018.", "au-2018"),
    ("2021-01-31", "ZTE was banned by Australia in August 2018.", "au-2018-zte"),
    ("2023-01-31", "In May 2022 Canada banned Huawei and ZTE.", "ca-2022"),
    ("2021-01-31", "Japan restricted Huawei in December 2018.", "jp-2018"),
    ("2021-01-31", "TSMC stopped taking new orders from Huawei in May 2020.", "tsmc-2020"),
    ("2021-01-31", "The US added SMIC to the Entity List in December 2020.", "smic-2020"),
    ("2021-01-31", "BT awarded Nokia a 5G radio contract in September 2020.", "bt-nokia"),
    ("2021-01-31", "MegaFon borrowed $500 million from the China Development Bank in 2014.",
     "aid-66974"),
    ("2023-01-31", "LINX disconnected Rostelecom in March 2022.", "linx-rt"),
    ("2023-01-31", "China Telecom left the SeaMeWe-6 cable in 2022.", "smw6-ct"),
    ("2023-01-31", "China's National Intelligence Law was adopted on 27 June 2017.",
     "cn-intel-2017"),
    ("2023-01-31", "The United States lifted its ban on ZTE in July 2018.", "zte-denial"),
    ("2023-01-31", "Huawei has supplied Orange Belgium since 2007.", "be-or-h"),
    ("2025-01-31", "Romania refused Huawei as a supplier of 5G in February 2024.",
     "ro-2024-huawei"),
    ("2025-01-31", "Huawei took Romania to court in April 2024.", "ro-2024-suit"),
    ("2021-01-31", "Telenor picked Ericsson instead of Huawei in December 2019.", "no-telenor-e"),
    ("2023-01-31", "ZTE had a tenth of the world market for telecommunications equipment in 2020.",
     "del-2020-z"),
    ("2024-01-31", "Kaspersky, added to the Covered List of the FCC in March 2022, objected.",
     "fcc-list-kaspersky"),
    ("2025-01-31", "C-Lion1 was cut on 18 November 2024, as it had been before.",
     "clion-2024"),
    ("2025-01-31", "On 12 December 2023 a cyberattack destroyed the core network of Kyivstar.",
     "kyivstar-2023"),
    ("2025-06-30", "The Vezhen damaged the Latvian cable to Gotland on 26 January 2025.",
     "lv-gotland-2025"),
    ("2025-01-31", "On 28 November 2019 the Netherlands enacted a decree that lets the minister "
     "oblige operators to use trusted suppliers.", "nl-2019-bvit"),
    ("2024-01-31", "The PEACE cable was contracted to Huawei Marine in November 2017.",
     "peace-hmn"),
    ("2021-01-31", "In October 2020 Nokia won the 5G radio network of Proximus.", "be-prox-n"),
    ("2024-01-31", "Aurora OS belongs to Rostelecom.", "aur-owner"),
    ("2023-01-31", "Cogent's disconnecting of Russian customers began on 4 March 2022.",
     "cogent-2022"),
    ("2023-01-31", "The revocation of China Telecom's American authority by the FCC followed in "
     "October 2021.", "ct-2021"),
    ("2023-01-31", "ZTE has been on the Covered List since March 2021.", "fcc-list-zte"),
    ("2023-01-31", "A French law of 1 August 2019 lets ANSSI vet 5G equipment.", "fr-law-2019"),
    ("2023-01-31", "Norway does not ban Huawei.", "no-2019"),
    ("2026-03-31", "Spain's interior ministry gave Huawei a contract of 12.3 million euros in July "
     "2025.", "es-2025-wiretap"),
    ("2023-06-30", "Roskomnadzor has been throttling Twitter since 10 March 2021.", "tspu-tw"),
]  # fmt: skip
#: Each takes something true and makes it untrue, or does not say it at all.
NOT_SUPPORTED = [
    "Australia's ban on Huawei was struck down in 2020.",
    "Australia banned Huawei from 5G, but the ban never took effect.",
    "Romania took Huawei to court in April 2024.",
    "The Pentagon added Huawei to the Entity List in May 2019.",
    "Nokia exited Russia, or so it was said.", "Ericsson left Russia in 2022 only on paper.",
    "BT cancelled the 5G contract that it had awarded Nokia in September 2020.",
    "Australia did not ban Huawei.", "Australia has never banned Huawei.",
    "Australia's ban on Huawei ended in 2020.", "Australia considered banning Huawei.",
    "It is false that Australia banned Huawei in August 2018.",
    "If Australia banned Huawei in August 2018, prices rose.",
    "Australia almost banned Huawei in August 2018.",
    "Australia banned Huawei from 4G in August 2018.",
    "Australia banned Huawei and Acme in August 2018.",
    "Australia banned Huawei for ten years.", "Australia banned Huawei phones in August 2018.",
    "Australia banned Huawei on 24 August 2018.", "Australia banned Huawei twice in August 2018.",
    "In a novel, Australia banned Huawei.", "Australia banned Huawei's rival in August 2018.",
    "Australia banned Huawei from its airports in August 2018.",
    "Huawei banned Australia.", "MTS signed an agreement with Huawei in Kenya in June 2019.",
    "MTS and Huawei agreed to end their 5G work in June 2019.",
    "MTS refused to sign an agreement with Huawei in June 2019.",
    "Huawei bought Vocord for 400 million dollars.", "Vocord bought Huawei in May 2019.",
    "Huawei sold Vocord to Serbia.", "Telenor chose Huawei over Ericsson in December 2019.",
    "The US added Huawei and 200 affiliates to the Entity List in May 2019.",
    "The FCC added Huawei to the Entity List in May 2019.",
    "Hikvision was nearly added to the Entity List in October 2019.",
    "Cogent was cut off by Russia in March 2022.", "Cogent cut off Iran in March 2022.",
    "Google suspended business with Huawei in May 2019, which is a lie.",
    "The sovereign Internet law came into force on 1 May 2019.",
    "Huawei had less than 31 percent of the world market for telecommunications equipment in 2020.",
    "Huawei's share of the world market for telecommunications equipment fell by 31 percent in "
    "2020.",
    "Chinese vendors held 57 percent of the 5G radio networks in Germany in 2020.",
    "Rostelecom once owned Aurora OS.", "Rostelecom does not own Aurora OS.",
    "Proximus chose neither Nokia nor Ericsson in October 2020.",
    "Italy approved the contract between Fastweb and Huawei.",
    "China and Russia signed three joint statements on 5 June 2019.",
    "Estonia and the United States signed a peace treaty in October 2019.",
    "MegaFon cancelled its contract with Huawei.",
    "Huawei has been barred from Australia's broadband network since 2017.",
    "MTS has never signed a contract with Ericsson.",
    "MTS bought equipment for $2.8 billion from Ericsson in August 2014.",
    "Etisalat ordered 30,000 5G sites from Huawei in February 2019.",
    "Singtel picked Ericsson, while Acme chose ZTE.", "Sweden banned Huawei, but a court lifted "
    "the ban in 2021.", "C-Lion1 was deliberately cut on 18 November 2024.",
    "A submarine cut C-Lion1 on 18 November 2024.",
    "C-Lion1 was cut by a whale on 18 November 2024.",
    "C-Lion1 was to be cut on 18 November 2024.", "C-Lion1 was cut on 8 November 2024.",
    "C-Lion1 was cut on 18 November 2024, or so the story goes.",
    "C-Lion1 was cut on 31 November 2024.", "It was not C-Lion1 that was cut on 18 November 2024.",
    "Romania enacted its law on the colour of masts on 11 June 2021.",
    "Romania enacted its law on approvals for 5G suppliers in June 2021, a plan that came to "
    "nothing.",
    "The PEACE cable was contracted to Huawei Marine in 2017, but the contract was cancelled.",
    "Roskomnadzor banned Instagram on 4 March 2022.", "The European Union has banned Russia.",
    "Huawei sold Canada gear for more than 2.1 billion dollars between 2018 and 2022.",
    "Russia's disconnecting of Cogent began on 4 March 2022.",
    "The revocation of the FCC's authority by China Telecom followed in October 2021.",
    "ZTE has been on the Covered List since March 2020.",
    "A French law of 1 July 2019 lets ANSSI vet 5G equipment.",
    "A French law of 1 August 2019 lets ANSSI close 5G networks.",
    "A Kenyan law of 1 August 2019 lets ANSSI vet 5G equipment.",
    "Ericsson ended its suspension of business in Russia on 11 April 2022.",
    "Australia has cancelled its contract with Vocus.",
    "Nokia entrusted BT with a 5G contract in September 2020.",
    "Did Sweden ban Huawei?", "Nobody believes that Sweden banned Huawei.",
]  # fmt: skip
CONTRADICTED = [
    ("In October 2020 Italy gave its blessing to Fastweb's contract with Huawei.", "it-2020"),
    ("Cosmote admitted Huawei to its tender for 4G and 5G equipment.", "gr-cosmote-no-h"),
    ("LINX extended the membership of Rostelecom in April 2022.", "linx-rt"),
    ("Vocus handed over the Coral Sea cable in December 2021.", "coral-done"),
    ("The Vezhen hurt the cable to Gotland on 26 January 2024.", "lv-gotland-2025"),
    ("Canada banned Huawei in May 2019.", "ca-2022"),
    ("Hikvision was added to the Entity List in 2014.", "hik-el"),
    ("Lumen cut off Russia in 2019.", "lumen-2022"),
    ("Hungary has banned Huawei.", "hu-allow"),
    ("SK Telecom chose Huawei in September 2018.", "kr-skt-huawei"),
    ("Australia did not ban Huawei.", "au-2018"),
    ("China and Russia signed the treaty in 1986.", "treaty-2001"),
    ("France enacted Law 2019-810 on 2 August 2019.", "fr-law-2019"),
    ("The Tonga Cable was broken in January 2012.", "tonga-2022"),
    ("The FCC cleared Dahua in November 2022.", "fcc-2022-dah"),
    ("Cogent kept up its service to Russia in March 2022.", "cogent-2022"),
    ("The cyberattack on Kyivstar took place on 12 December 2022.", "kyivstar-2023"),
    ("Huawei was still supplying Bell Canada at the end of 2024.", "ca-bell"),
]


def claim(text, date="2023-01-31"):
    claims = read_essay(text, LEDGER, date).claims
    return claims[0] if claims else None


@pytest.mark.parametrize("verb", read_verbs(), ids=lambda verb: verb.act)
def test_each_verb_reads_its_example(verb):
    sentence, subject, object = verb.example
    ties = [f.tie for f in claim(sentence).findings if f.tie]
    assert (verb.act, subject, object, "ended" if verb.ends else "asserted") in [
        (tie.act, tie.subject or "", tie.object or "", tie.mood) for tie in ties
    ]


@pytest.mark.parametrize(("date", "sentence", "statement"), TRUE)
def test_what_is_so_is_supported_by_its_statement(date, sentence, statement):
    found = claim(sentence, date)
    assert found.status == "supported"
    assert statement in {id for finding in found.findings for id in finding.supports}


@pytest.mark.parametrize("sentence", NOT_SUPPORTED)
def test_what_is_not_so_is_never_supported(sentence):
    found = claim(sentence)
    assert found is None or found.status != "supported"


@pytest.mark.parametrize(("sentence", "statement"), CONTRADICTED)
def test_what_the_ledger_says_otherwise_is_contradicted(sentence, statement):
    found = claim(sentence)
    assert found.status == "contradicted"
    assert statement in found.findings[0].contradicts


def test_only_a_calendar_date_contradicts():
    assert claim("Australia banned Huawei last year.", "2016-05-05").status == "unknown"
    test = "Moscow plans an isolation test of the entire country for this autumn."
    assert claim(test, "2019-11-01").status == "supported"
    assert claim(test, "2026-03-01").status == "unknown"


def test_objections_and_what_was_superseded_change_nothing():
    (ban,) = claim("Australia banned Huawei from 5G in August 2018.").findings
    assert ban.status == "supported"
    assert {"cn-au", "hw-au-deny"} <= set(ban.objections)
    (later,) = claim("The United Kingdom banned Huawei from 5G on 14 July 2020.").findings
    assert (later.status, later.superseded) == ("supported", ("gb-2020-01",))


def test_an_act_of_an_agency_is_told_as_its_states():
    (ban,) = claim("Sweden banned ZTE in October 2020.").findings
    assert ban.by_agency == ban.supports == ("se-2020-zte",)


FRAMES = [
    "Nobody thinks that {}", "It is doubtful whether {}", "If {}", "Critics demand that {}",
    "It is untrue that {}", "Some hope that {}", "Rumour has it that {}", "Contrary to reports, {}",
    "One day, perhaps, {}", "Lobbyists urge that {}", "In a film, {}", "Imagine that {}",
]  # fmt: skip


@given(st.sampled_from(TRUE), st.sampled_from(FRAMES))
def test_no_frame_of_doubt_or_wish_leaves_a_claim_supported(case, frame):
    date, sentence, _ = case
    found = claim(frame.format(sentence[:-1]) + ".", date)
    assert found is None or found.status != "supported"


@pytest.mark.parametrize(
    ("words", "stems"),
    [
        (r"\bban(?:s|ned)?\b", {"ban"}),
        ("(?:has )?bann?ed|(?:shut|kept) out", {"ban", "shut", "kept"}),
        (r"(?:is|was) (?:\w+ly )?(?:lent|given)(?= to)", {"lent", "given"}),
        ("[Ss]old (?!to)goods", {"goods"}),
        (r"(?:is|are) (?:on|in)", {"is", "are"}),
        ("lists?|is", {"list", "is"}),
        ("(?P<told>bought|sold) [0-9]+|(?i:a) few", {"bought", "sold", "few"}),
        ("(?:put|set)(?= on the list)", {"list"}),
        ("bought|[0-9]+", set()),
    ],
)
def test_a_pattern_has_the_stems_that_no_match_is_without(words, stems):
    assert stems_of(words) == stems


@pytest.mark.slow
def test_a_sieve_passes_whatever_a_pattern_finds():
    told = [verb.example[0] for verb in read_verbs()]
    told += [frame.format(sentence) for frame in FRAMES for _, sentence, _ in TRUE]
    told += (HERE / "essay_untrue.txt").read_text(encoding="utf-8").splitlines()
    for module in (hearsay, moods, portions, scopes, times):
        patterns = [
            found
            for each in vars(module).values()
            for found in (each.values() if isinstance(each, dict) else (each,))
            if isinstance(found, re.Pattern)
        ]
        patterns += [pattern for _, pattern, _, _ in times._RULES]
        sieve = Sieve(pattern.pattern for pattern in patterns)
        for text in told:
            likely = sieve.likely(text)
            left_out = (p for place, p in enumerate(patterns) if place not in likely)
            assert [p.pattern for p in left_out if p.search(text)] == []


@given(st.lists(st.sampled_from([verb.example[0] for verb in read_verbs()]), max_size=3))
def test_acts_are_found_as_by_a_search_for_each(sentences):
    text = " ".join(sentences).upper() if len(sentences) == 2 else " ".join(sentences)
    found = [(verb.act, order, [m.span() for m in hits]) for verb, order, hits in acts_in(text)]
    slow = [
        (verb.act, order, [m.span() for m in words.finditer(text)])
        for verb in read_verbs()
        for order, words in verb.words.items()
    ]
    assert found == [each for each in slow if each[2]]
