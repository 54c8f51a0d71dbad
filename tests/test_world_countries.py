"""Countries: whatever people call them, one code; and the short names people know."""

import subprocess
import sys
from contextlib import suppress

import pycountry
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from splinternet.base import countries
from splinternet.base.countries import (
    country_code,
    country_codes,
    country_name,
    find_country,
)
from splinternet.base.errors import MisuseError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RU", "RU"),
        ("ru", "RU"),
        ("RUS", "RU"),
        ("Russia", "RU"),
        ("russian federation", "RU"),
        (" Cuba ", "CU"),
        ("Iran", "IR"),
        ("Iran, Islamic Republic of", "IR"),
        ("south korea", "KR"),
        ("North Korea", "KP"),
        ("Cote d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("UK", "GB"),
        ("USA", "US"),
        ("Viet Nam", "VN"),
        ("Kosovo", "XK"),
        ("xk", "XK"),
        ("Congo", "CG"),
        ("DR Congo", "CD"),
        ("Virgin Islands, U.S.", "VI"),
        ("U.S.A.", "US"),
        ("U. K.", "GB"),
        ("Republic of Korea", "KR"),
        ("Korea, Dem. People's Rep.", "KP"),
        ("Congo (Kinshasa)", "CD"),
        ("Congo, Rep.", "CG"),
        ("Egypt, Arab Rep.", "EG"),
        ("Bahamas, The", "BS"),
        ("Micronesia, Fed. Sts.", "FM"),
        ("St. Vincent & the Grenadines", "VC"),
        ("Hong Kong SAR, China", "HK"),
        ("Republic of Turkey", "TR"),
        ("Myanmar/Burma", "MM"),
        ("Ivory Coast (Côte d'Ivoire)", "CI"),
        ("Peoples Republic of China", "CN"),
        ("Kingdom of Spain", "ES"),
        ("Österreich", "AT"),
        ("Espana", "ES"),
        ("Україна", "UA"),
        ("Российская Федерация", "RU"),
        ("Ελλάδα", "GR"),
        ("日本", "JP"),
        ("مصر", "EG"),
    ],
)
def test_codes_and_names_are_understood(text, code):
    assert country_code(text) == code


def test_every_code_and_name_of_the_standard_is_understood():
    for country in pycountry.countries:
        assert country_code(country.alpha_2) == country.alpha_2
        assert country_code(country.alpha_3) == country.alpha_2
        assert country_code(country.name) == country.alpha_2


def test_every_english_name_means_one_country():
    meant = {}
    for name, code in countries._english_names():
        assert meant.setdefault(countries._key(name), code) == code, name


def test_every_short_name_of_every_language_means_one_country():
    known = [(name, code) for code, name in Locale("fr").territories.items()]
    for name, code in known:
        if code in country_codes():
            assert country_code(name) == code
    for language in countries.LANGUAGES:
        assert len(countries._named_in(language)) > 200, language


@given(st.text(max_size=30))
def test_any_text_is_a_country_or_refused(text):
    with suppress(MisuseError):
        assert country_code(text) in country_codes()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Korea", "North Korea or South Korea"),
        ("Congo-Leopoldville", "Congo or DR Congo"),
        ("Virgin Islands", "US Virgin Islands or British Virgin Islands"),
        ("Swizerland", "Switzerland"),
        ("Soviet Russia", "Russia"),
        ("Guinee-Equatorial", "Equatorial Guinea"),
    ],
)
def test_hints_name_what_may_be_meant(text, hint):
    with pytest.raises(MisuseError, match=rf"did you mean {hint}\?"):
        country_code(text)


@pytest.mark.parametrize("text", ["Atlantis", "Yugoslavia", "EU"])
def test_no_hint_is_given_where_nothing_is_like_it(text):
    with pytest.raises(MisuseError, match="; give an ISO 3166-1 code"):
        country_code(text)


def test_names_in_lists_of_places_are_no_codes():
    assert find_country("CA") is None
    assert find_country("Deutschland") is None
    assert find_country("Korea, Rep.") == "KR"


def test_short_names_lead_back_to_their_codes_and_differ():
    names = {country_name(code): code for code in country_codes()}
    assert len(names) == len(country_codes()) == 250
    for name, code in names.items():
        assert country_code(name) == code
        assert "," not in name.replace("Bonaire, ", "")
        assert "(" not in name.replace("(Keeling)", "")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("RU", "Russia"),
        ("IR", "Iran"),
        ("KR", "South Korea"),
        ("KP", "North Korea"),
        ("SY", "Syria"),
        ("LA", "Laos"),
        ("MD", "Moldova"),
        ("TZ", "Tanzania"),
        ("VE", "Venezuela"),
        ("BO", "Bolivia"),
        ("VN", "Vietnam"),
        ("TW", "Taiwan"),
        ("XK", "Kosovo"),
        ("US", "United States"),
        ("CU", "Cuba"),
    ],
)
def test_names_are_the_short_ones(code, name):
    assert country_name(code) == name


@pytest.mark.parametrize("text", ["EU", "AP", "ZZ", "", "ru", "RUS", "Russia"])
def test_only_capital_alpha_2_codes_are_codes(text):
    assert text not in country_codes()


def test_codes():
    assert country_codes() >= {"RU", "XK"}


def test_an_unknown_country_is_refused_with_what_may_be_meant():
    with pytest.raises(MisuseError, match="unknown country 'Rusiia'; did you mean Russia") as error:
        country_code("Rusiia")
    assert error.value.exit_status == 2
    for text in ("Atlantis", "EU", "", "123", "AS12", "RU1"):
        with pytest.raises(MisuseError, match="unknown country"):
            country_code(text)
    with pytest.raises(MisuseError, match="unknown country code 'EU'"):
        country_name("EU")


def test_the_list_of_countries_is_loaded_only_when_asked_for():
    script = (
        "import sys, splinternet.base.countries as c; assert 'pycountry' not in sys.modules; "
        "c.country_code('RU'); assert 'pycountry' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
