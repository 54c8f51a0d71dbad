"""Words that stand for a state: adjectives, and seats of government."""

from __future__ import annotations

__all__ = ["ADJECTIVES", "CAPITALS", "INHABITANTS", "REGIONS", "SEATS", "SHORT"]

_ADJECTIVES = """
AE Emirati; AR Argentine; AT Austrian; AU Australian; BE Belgian; BG Bulgarian; BH Bahraini; BR
Brazilian; BY Belarusian; CA Canadian; CH Swiss; CN Chinese; CU Cuban; CY Cypriot; CZ Czech; DE
German; DK Danish; EE Estonian; EG Egyptian; ES Spanish; FI Finnish; FR French; GB British; GL
Greenlandic; GR Greek; HU Hungarian; ID Indonesian; IE Irish; IL Israeli; IN Indian; IQ Iraqi; IR
Iranian; IT Italian; JP Japanese; KE Kenyan; KP North Korean; KR South Korean; KZ Kazakh; LT
Lithuanian; LV Latvian; MT Maltese; MX Mexican; MY Malaysian; NG Nigerian; NL Dutch; NO Norwegian;
NZ New Zealand; PH Philippine; PK Pakistani; PL Polish; PT Portuguese; QA Qatari; RO Romanian; RS
Serbian; RU Russian; SA Saudi; SE Swedish; SG Singaporean; SI Slovenian; SI Slovene; SK Slovak; SY
Syrian; TH Thai; TR Turkish; TW Taiwanese; UA Ukrainian; UG Ugandan; US American; UZ Uzbek; VN
Vietnamese; XK Kosovar; ZA South African; ZM Zambian; ZW Zimbabwean
"""

#: Adjective of each state, and the state's ISO 3166-1 code.
ADJECTIVES: dict[str, str] = {
    entry[3:]: entry[:2] for entry in " ".join(_ADJECTIVES.split()).split("; ")
}

#: Those who live in a state, where the adjective does not tell them.
INHABITANTS = {
    entry[3:]: entry[:2]
    for entry in (
        "DK Danes; FI Finns; SE Swedes; PL Poles; ES Spaniards; GB Britons; GB British; NL Dutch; "
        "FR French; CZ Czechs; RU Russians; US Americans; CN Chinese; DE Germans; NO Norwegians; "
        "IT Italians; EE Estonians; LV Latvians; LT Lithuanians; JP Japanese; KR Koreans; KR "
        "Korean; "
        "AU Australians; CA Canadians; CH Swiss; AT Austrians; TR Turks; SI Slovenes; SI Slovene; "
        "SK Slovaks; RO Romanians; PT Portuguese; HU Hungarians; GR Greeks; IN Indians; BR "
        "Brazilians"
    ).split("; ")
}

#: Short names of states.
SHORT = {"America": "US", "Holland": "NL"}

#: Seats and short names that stand for a government wherever they are named.
SEATS = {
    **SHORT,
    "Kremlin": "RU",
    "White House": "US",
    "Capitol Hill": "US",
    "Pentagon": "US",
    "Downing Street": "GB",
    "Whitehall": "GB",
    "Trump administration": "US",
    "Biden administration": "US",
    "President Trump": "US",
    "President Biden": "US",
    "US Congress": "US",
    "Congress": "US",
    "State Duma": "RU",
    "Federation Council": "RU",
    "Westminster": "GB",
    "House of Commons": "GB",
    "Bundesrat": "DE",
    "Riigikogu": "EE",
    "Saeima": "LV",
    "Folketing": "DK",
    "Storting": "NO",
    "Eduskunta": "FI",
    "Verkhovna Rada": "UA",
    "Oireachtas": "IE",
    "Tweede Kamer": "NL",
    "Lok Sabha": "IN",
    "Knesset": "IL",
    "Bundestag": "DE",
    "Sejm": "PL",
    "Seimas": "LT",
    "Riksdag": "SE",
    "Zhongnanhai": "CN",
    "Élysée": "FR",
}

#: Capitals that stand for a government, but after ``in``, ``from``, ``to`` and the like are places.
CAPITALS = {
    entry[3:]: entry[:2]
    for entry in " ".join(
        """
        AT Vienna; AU Canberra; BG Sofia; BR Brasília; CA Ottawa; CH Bern; CN Beijing;
        CR San José; CZ Prague; DE Berlin; DK Copenhagen; EE Tallinn; ES Madrid; EU Brussels;
        FI Helsinki; FR Paris; GB London; GR Athens; HU Budapest; IN New Delhi; IN Delhi;
        IR Tehran; IT Rome; JP Tokyo; KR Seoul; LT Vilnius; LV Riga; MY Kuala Lumpur;
        NL The Hague; NO Oslo; NZ Wellington; PL Warsaw; PT Lisbon; RO Bucharest; RS Belgrade;
        RU Moscow; SA Riyadh; SE Stockholm; SI Ljubljana; SK Bratislava; TH Bangkok; TR Ankara;
        TW Taipei; UA Kyiv; US Washington; UZ Tashkent; VN Hanoi; ZA Pretoria
        """.split()
    ).split("; ")
}

#: Adjective of each part of the world, and its name.
REGIONS = {
    "African": "Africa",
    "Asian": "Asia",
    "European": "Europe",
    "Latin American": "Latin America",
    "Southeast Asian": "Southeast Asia",
}
