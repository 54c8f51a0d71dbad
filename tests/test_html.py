"""HTML of pages: lines that do not end within a date or between a number and its unit."""

import pytest

from splinternet.base.html import unbroken


def _whole(text: str) -> str:
    return f'<span class="unbroken">{text}</span>'


@pytest.mark.parametrize(
    ("before", "whole", "after"),
    [
        ("<p>On ", "2024-07-11", ".</p>"),
        ("<p>(", "2008-04", ")</p>"),
        ("<h1>From ", "2011-2019", "</h1>"),
        ("<code>splinternet brief RU ", "--world", " small</code>"),
        ("<code>splinternet exposure CU ", "--observer", " US</code>"),
        ("<td>", "1 November", " 2023</td>"),
        ("<td>", "2,000 km", " long</td>"),
        ('<a href="/dates/2023-11">', "2023-11", "</a>"),
    ],
)
def test_dates_and_numbers_with_units_are_whole(before, whole, after):
    page = before + _whole(whole) + after
    assert unbroken(f"{before}{whole}{after}") == page
    assert unbroken(page) == page


@pytest.mark.parametrize(
    "page",
    [
        "<p>de-2019-12-allow, AS2019-12 and 1.2019-12</p>",
        "<p>12 monkeys, May 3</p>",
        "<title>2024-07-11</title><option>2024-07-11</option><textarea>2024-07-11</textarea>",
        "<svg><title>x</title><text>2024-07-11</text></svg><script>'2024-07-11'</script>",
        '<label>At 2024-07-11 <input value="2024-07-11"></label>',
        '<a class="button" href="/changes">2019-12 to 2023-11</a><button>On 2019-12</button>',
    ],
)
def test_what_does_not_wrap_or_is_a_box_of_parts_stays(page):
    assert unbroken(page) == page
