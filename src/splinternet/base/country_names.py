"""Names of countries beyond ISO 3166-1: the short one of each, and others that people use."""

from __future__ import annotations

__all__ = ["GETTEXT_LANGUAGES", "LANGUAGES", "OTHER_NAMES", "SAME_WORDS", "SHORT_NAMES"]

#: Short names where ISO 3166-1 has a long or inverted one, and Kosovo, which it does not list.
SHORT_NAMES = {
    "BN": "Brunei",
    "BO": "Bolivia",
    "BQ": "Caribbean Netherlands",
    "CD": "DR Congo",
    "CG": "Congo",
    "FK": "Falkland Islands",
    "FM": "Micronesia",
    "IR": "Iran",
    "KP": "North Korea",
    "KR": "South Korea",
    "LA": "Laos",
    "MD": "Moldova",
    "MF": "Saint Martin",
    "NL": "Netherlands",
    "PS": "Palestine",
    "RU": "Russia",
    "SH": "Saint Helena",
    "SX": "Sint Maarten",
    "SY": "Syria",
    "TW": "Taiwan",
    "TZ": "Tanzania",
    "VA": "Vatican City",
    "VE": "Venezuela",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "VN": "Vietnam",
    "XK": "Kosovo",
}

#: Other English names in use, abbreviations, forms of datasets, and parts of a territory that
#: ISO 3166-1 has as one. Order of words, abbreviated words, accents and "the" do not matter.
OTHER_NAMES = {
    "AE": ("UAE", "Emirates"),
    "AG": ("Antigua",),
    "AU": ("Commonwealth of Australia",),
    "BA": ("Bosnia",),
    "BL": ("St. Barts", "St. Barths"),
    "BQ": ("Bonaire", "Sint Eustatius", "Saba", "Sint Eustatius and Saba"),
    "CD": (
        "Democratic Republic of the Congo",
        "Congo-Kinshasa",
        "DRC",
        "Congo DR",
        "Zaire",
    ),
    "CF": ("CAR",),
    "CG": ("Congo-Brazzaville", "Republic of the Congo", "Congo Republic"),
    "CI": ("Ivory Coast", "Cote dIvoire"),
    "CN": ("PRC", "PR China", "Mainland China", "People's Republic of China"),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "EH": ("Sahrawi Arab Democratic Republic",),
    "FK": ("Falklands", "Malvinas", "Falkland Islands (Islas Malvinas)"),
    "FO": ("Faeroe Islands", "Faeroes", "Faroes"),
    "GB": ("UK", "Britain", "Great Britain"),
    "HK": ("Hong Kong SAR China",),
    "IE": ("Republic of Ireland",),
    "KN": ("St. Kitts",),
    "KP": ("DPRK", "DPR Korea"),
    "KR": ("ROK", "Republic of Korea"),
    "LA": ("Lao PDR", "Lao"),
    "LY": ("Libyan Arab Jamahiriya",),
    "MF": ("St. Martin",),
    "MK": ("Macedonia", "FYR Macedonia", "FYROM", "Former Yugoslav Republic of Macedonia"),
    "MO": ("Macao SAR China",),
    "NL": ("Holland",),
    "PN": ("Pitcairn Islands",),
    "PS": (
        "Palestinian Territories",
        "Palestinian Territory",
        "Occupied Palestinian Territory",
        "Palestinian Territory, Occupied",
        "Palestinian Authority",
        "West Bank and Gaza",
        "West Bank and Gaza Strip",
    ),
    "RU": ("Russian Fed.",),
    "SA": ("KSA",),
    "SH": ("Ascension", "Tristan da Cunha", "Ascension and Tristan da Cunha"),
    "SJ": ("Svalbard", "Jan Mayen"),
    "ST": ("Sao Tome",),
    "SX": ("St. Maarten",),
    "TF": ("French Southern and Antarctic Lands",),
    "TL": ("East Timor",),
    "TT": ("Trinidad",),
    "TW": ("Chinese Taipei", "Taiwan, China", "Taiwan ROC", "Republic of China"),
    "UM": ("US Minor Outlying Islands",),
    "US": ("USA", "America", "United States of America", "EE. UU."),
    "VA": ("Holy See", "Vatican", "Vatican City State", "Holy See (Vatican City)"),
    "VC": ("St. Vincent",),
    "VE": ("Venezuela RB",),
    "VG": ("Virgin Islands (U.K.)", "BVI", "Virgin Islands (British)"),
    "VI": ("Virgin Islands (U.S.)", "USVI", "United States Virgin Islands"),
    "XK": ("XKX", "Republic of Kosovo"),
    "ZA": ("RSA",),
}

#: Words of names that mean the same: abbreviations of datasets, and names that have changed.
SAME_WORDS = {
    "burma": "myanmar",
    "dem": "democratic",
    "federal": "fed",
    "federated": "fed",
    "federative": "fed",
    "fs": "fed states",
    "is": "islands",
    "macau": "macao",
    "n": "north",
    "pdr": "peoples democratic republic",
    "rep": "republic",
    "s": "south",
    "sar": "special administrative region",
    "st": "saint",
    "sts": "states",
    "swaziland": "eswatini",
    "turkey": "turkiye",
}

#: Languages in which names are understood too, as CLDR calls them: those of many speakers first,
#: then most official ones of states.
LANGUAGES = tuple(
    "es fr de ru ar zh zh_Hant pt it ja ko nl pl tr uk hi id "
    "am az be bg bn bs ca cs da el et fa fi ga he hr hu hy is ka kk km ky lo lt lv mk mn ms mt my "
    "nb ne ps ro si sk sl sq sr sr_Latn sv sw ta tg th tk ur uz vi".split()
)
#: As ISO 3166-1's translations call them, where differently.
GETTEXT_LANGUAGES = {"nb": "nb_NO", "sr_Latn": "sr@latin", "zh": "zh_CN", "zh_Hant": "zh_TW"}
