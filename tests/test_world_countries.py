"""Countries: whatever people call them, one code; and the short names people know."""

import subprocess
import sys

import pycountry
import pytest

from splinternet.base.countries import (
    country_code,
    country_codes,
    country_name,
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
    ],
)
def test_codes_and_names_are_understood(text, code):
    assert country_code(text) == code


def test_every_code_and_name_of_the_standard_is_understood():
    for country in pycountry.countries:
        assert country_code(country.alpha_2) == country.alpha_2
        assert country_code(country.alpha_3) == country.alpha_2
        assert country_code(country.name) == country.alpha_2


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
    with pytest.raises(MisuseError, match="unknown country 'Rusia'; did you mean Russia") as error:
        country_code("Rusia")
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
