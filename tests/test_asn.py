"""AS numbers: read in every form in which people write them, and refused in one clear line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from splinternet.base.asn import LARGEST, as_number, as_numbers, looks_like_asn
from splinternet.base.errors import MisuseError

NUMBERS = st.integers(1, LARGEST)


@given(NUMBERS, st.sampled_from(["{}", "AS{}", "as{}", "As{}", " AS{} ", "AS {}", "00{}"]))
def test_every_form_of_a_number_is_read(number, form):
    assert as_number(form.format(number)) == number
    assert looks_like_asn(form.format(number))


@given(NUMBERS)
def test_whole_numbers_of_numpy_are_read(number):
    assert as_number(np.uint32(number)) == as_number(np.int64(number)) == number


@pytest.mark.parametrize(
    "given",
    ["", "AS", "ASAS3356", "RU", "3356.0", "-1", "0", "AS0", "4294967296", "9" * 5000, "３３５６",
     0, -1, LARGEST + 1, 3356.0, True, None, b"3356", ["3356"]],
)  # fmt: skip
def test_other_things_are_refused_with_the_right_form(given):
    with pytest.raises(MisuseError, match="is no AS number; give a number from 1 to 4294967295"):
        as_number(given)


@given(st.text(max_size=12))
def test_any_text_is_an_as_number_or_refused(text):
    try:
        number = as_number(text)
    except MisuseError:
        return
    assert looks_like_asn(text)
    assert text.strip().upper().removeprefix("AS").strip().lstrip("0") == str(number)


def test_one_number_may_stand_where_several_may():
    assert as_numbers("AS3356") == as_numbers(3356) == as_numbers(["3356"]) == [3356]
    assert as_numbers([3356, "as174"]) == [3356, 174]
    with pytest.raises(MisuseError, match="'carrier' is no AS number"):
        as_numbers([3356, "carrier"])
    with pytest.raises(MisuseError, match="is no AS number"):
        as_numbers(3.5)
