"""Scenarios as TOML: the lines of keys, strict decoding, and what is said of mistakes."""

import datetime as dt
import tomllib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splinternet.base.errors import InputError, MisuseError
from splinternet.base.toml_lines import MOST_PARTS, lines, long_key
from splinternet.scenario.language import decode, read_scenario
from splinternet.scenario.scenario import Scenario, Source
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks.cut import Cut
from splinternet.scenario.shocks.isolate import Isolate
from splinternet.scenario.shocks.remove import Remove

AWKWARD = '''\
# a comment with [brackets] and "quotes
name = "a # b = \\" ]" # [no]
"quoted key" = 'c:\\'
a.b . "c d" = 1

[table] # [not]
text = """
[[shocks]]
x = 1 \\"""
"quoted" ""\\""""""
raw = \'\'\'
# no 'comment'
\'\'\'\'\'
list = [ # of two
  "]", [1, 2,
  3],
]
inline = { x = "}", y = [ { z = 1 } ], w = 1979-05-27 07:32:00 }
[[shocks]]
kind = true
[shocks.inner]
deep = inf
[[shocks]]
[[shocks.links]]
a = 1
[[shocks.links]]
a = 2
[ x . y ]
'''


def test_lines_of_an_awkward_document():
    assert lines(AWKWARD) == {
        ("name",): 2,
        ("quoted key",): 3,
        ("a",): 4,
        ("a", "b"): 4,
        ("a", "b", "c d"): 4,
        ("table",): 6,
        ("table", "text"): 7,
        ("table", "raw"): 11,
        ("table", "list"): 14,
        ("table", "list", 0): 15,
        ("table", "list", 1): 15,
        ("table", "list", 1, 0): 15,
        ("table", "list", 1, 1): 15,
        ("table", "list", 1, 2): 16,
        ("table", "inline"): 18,
        ("table", "inline", "x"): 18,
        ("table", "inline", "y"): 18,
        ("table", "inline", "y", 0): 18,
        ("table", "inline", "y", 0, "z"): 18,
        ("table", "inline", "w"): 18,
        ("shocks",): 19,
        ("shocks", 0): 19,
        ("shocks", 0, "kind"): 20,
        ("shocks", 0, "inner"): 21,
        ("shocks", 0, "inner", "deep"): 22,
        ("shocks", 1): 23,
        ("shocks", 1, "links"): 24,
        ("shocks", 1, "links", 0): 24,
        ("shocks", 1, "links", 0, "a"): 25,
        ("shocks", 1, "links", 1): 26,
        ("shocks", 1, "links", 1, "a"): 27,
        ("x",): 28,
        ("x", "y"): 28,
    }
    assert places(tomllib.loads(AWKWARD)) == set(lines(AWKWARD))
    assert lines(AWKWARD.replace("\n", "\r\n")) == lines(AWKWARD)


def places(value: object, at: tuple = ()) -> set[tuple]:
    """Every key and element of a document."""
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    found = {at} if at else set()
    return found.union(*(places(part, (*at, key)) for key, part in parts))


#: Values as TOML writes them, over one line or several.
VALUES = [
    "1", "-0.5", "true", "2019-12-01", "inf", '"a # [b] = c"', "'it\"s {'", '"\\"]"',
    '"""\nx = 1\n[t]\n"""', "'''\n# a\n'''", '""""q""""', "[]", "{}", "[1, 2]", '["]",\n"}"]',
    "[ # c\n[1],\n[ [2] ], ]", "{ a = 1, b.c = '}' }", "[{ a = [1,\n2] }, { b = 2 }]",
]  # fmt: skip


@given(st.integers(0, 2**32))
def test_lines_of_random_documents(seed):
    random = Random(seed)
    text, tables = "", 0
    for number in range(random.randint(0, 12)):
        text += random.choice(["", "", "# note [x]\n", "\n", "  "])
        if random.random() < 0.3:
            tables += 1
            text += random.choice(["[[many]]", f"[t{tables}]", f"[ t{tables} . 'u v' ] # x"]) + "\n"
        else:
            key = random.choice([f"k{number}", f"'k {number}'", f"d{number}.e", f'"#{number}"'])
            text += f"{key} = {random.choice(VALUES)}{random.choice(['', ' # = ['])}\n"
    found = lines(text)
    assert set(found) == places(tomllib.loads(text))
    written = text.split("\n")
    for key, line in found.items():
        if isinstance(key[-1], str):
            assert key[-1] in written[line - 1]


WHOLE = """\
name = "All at once"
description = "d"
world = "2019-12"
date = 2019-11-01
outcome = "o"

[[sources]]
title = "T"
date = "2019"

[blocs]
west = "country:US"

[[shocks]]
kind = "isolate"
networks = "country:RU"
except = "AS10"
except_links = [["AS1", "AS2"]]
date = 2019-11-02

[[shocks]]
kind = "cut"
between = ["AS1", "bloc:west"]
"""

AS_OBJECTS = Scenario(
    name="All at once",
    description="d",
    world="2019-12",
    date=dt.date(2019, 11, 1),
    outcome="o",
    sources=(Source(title="T", date="2019"),),
    blocs={"west": Selection("country:US")},
    shocks=(
        Isolate(
            networks=Selection("country:RU"),
            except_=Selection("AS10"),
            except_links=((Selection("AS1"), Selection("AS2")),),
            date=dt.date(2019, 11, 2),
        ),
        Cut(between=(Selection("AS1"), Selection("bloc:west"))),
    ),
)


def test_a_file_and_objects_say_the_same(tmp_path):
    file = tmp_path / "all.toml"
    file.write_text(WHOLE)
    read = read_scenario(file)
    assert read.plain() == AS_OBJECTS.plain()
    assert read.shocks == AS_OBJECTS.shocks
    assert read.plain()["shocks"][0] == {
        "kind": "isolate",
        "networks": "country:RU",
        "except": "AS10",
        "except_links": [["AS1", "AS2"]],
        "date": "2019-11-02",
    }


def test_checksums_tell_scenarios_apart():
    one, other = (decode(text, "x.toml") for text in (WHOLE, WHOLE + "# more\n"))
    assert one.sha256 != other.sha256
    renamed = Scenario(name="b", world=AS_OBJECTS.world, shocks=AS_OBJECTS.shocks)
    assert len({AS_OBJECTS.sha256, renamed.sha256, one.sha256}) == 3


HEAD = 'name = "n"\nworld = "2019-12"\n'

BANS = "".join(
    "[[shocks]]\nkind = 'ban'\nvendor = 'huawei'\nnetworks = 'country:RU'\neffect = '{}'{}\n"
    for _ in range(2)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "x.toml:1: the key 'name' is missing"),
        (HEAD, "x.toml:1: the key 'shocks' is missing"),
        (HEAD + "shocks = []", "x.toml:3: shocks: there is no shock"),
        (
            HEAD + "shocks = 3",
            r"x.toml:3: shocks: should be a list of tables: write \[\[shocks\]\]",
        ),
        (HEAD + "[shocks]\nkind = 'cut'", "x.toml:3: shocks: should be a list"),
        (HEAD + "shocks = [1]", r"x.toml:3: shocks\[0\]: the key 'kind' is missing"),
        (HEAD + "a = \n", "x.toml:3: is no TOML"),
        (HEAD + '"""', "x.toml:3: is no TOML"),
        (HEAD + "name = 'again'", "x.toml:3: is no TOML"),
        ("x = " + "[" * 5000, "x.toml(:1)?: is no TOML"),
        (
            HEAD + "shock = []\nshocks = []",
            "x.toml:3: shock: unknown key 'shock'; did you mean shocks",
        ),
        (WHOLE.replace('"d"', "7"), "x.toml:2: description: expected str, got int"),
        (WHOLE.replace("2019-11-01", "'2019'"), "x.toml:4: date: expected date, got str"),
        (WHOLE.replace('date = "2019"', "year = 1"), r"x.toml:9: sources\[0\].year: unknown key"),
        (WHOLE.replace('title = "T"', ""), r"x.toml:7: sources\[0\]: the key 'title' is missing"),
        (
            WHOLE.replace("[blocs]\nwest", "blocs.west"),
            r"x.toml:11: sources\[0\].blocs: unknown key",
        ),
        (WHOLE.replace("country:US", "contry:US"), "x.toml:12: blocs.west: unknown kind"),
        (
            WHOLE.replace('"isolate"', '"isolat"'),
            r"x.toml:15: .*unknown shock 'isolat'; did you mean iso",
        ),
        (WHOLE.replace('kind = "isolate"', "kind = 1"), "x.toml:15: .*unknown shock '1'"),
        (
            WHOLE.replace('kind = "isolate"', ""),
            r"x.toml:14: shocks\[0\]: the key 'kind' is missing",
        ),
        (
            WHOLE.replace("except =", "expect ="),
            r"x.toml:17: shocks\[0\].expect: .*did you mean except",
        ),
        (WHOLE.replace('"AS10"', '"ten"'), r"x.toml:17: shocks\[0\].except: 'ten' is no network"),
        (WHOLE.replace('"AS10"', "10"), "x.toml:17: .*expected a selection in quotation marks"),
        (
            WHOLE.replace('"AS2"', '"AS"'),
            r"x.toml:18: shocks\[0\].except_links\[0\]\[1\]: 'AS' is no",
        ),
        (
            WHOLE.replace('["AS1", "AS2"]', '["AS1"]'),
            r"except_links\[0\]: expected list of length 2",
        ),
        (WHOLE.replace("2019-11-02", "2019-10-31"), "x.toml:19: .*2019-10-31 is before 2019-11-01"),
        (WHOLE.replace('"AS1", "bloc', '"AS1 AS2", "bloc'), r"x.toml:23: shocks\[1\].between\[0\]"),
        (
            WHOLE + 'relation = "provder"',
            r"x.toml:24: .*is not one of any, .*; did you mean provider",
        ),
        (
            WHOLE + 'relation = "q"',
            r"shocks\[1\].relation: 'q' is not one of any, peer, tra.*customer$",
        ),
        (
            WHOLE + WHOLE[WHOLE.rindex("[[") :],
            r"x.toml:24: shocks\[2\]: is the same as shocks\[1\]",
        ),
        (HEAD + '[[shocks]]\nkind = "remove"', "x.toml:3: .*give either 'networks' or 'exchange'"),
        (
            HEAD + "[[shocks]]\nkind = 'remove'\nnetworks = 'AS1'\npeering = 'all'",
            "'peering' goes with",
        ),
        (HEAD + "[[shocks]]\nkind = 'split'\nblocs = ['a', 'a']", "two different names or more"),
        (
            HEAD + BANS.format("report", "", "remove", ""),
            r"x.toml:8: shocks\[1\]: contradicts shocks",
        ),
        (
            WHOLE.replace('date = "2019"', 'date = "2019-13"'),
            "sources.0.: 'date' is '2019-13'; write",
        ),
        (WHOLE.replace('date = "2019"', 'date = "May"'), "x.toml:7: .*'date' is 'May'; write 2019"),
        (WHOLE.replace('date = "2019"', 'url = "javascript:x"'), "web address begins with https"),
    ],
)
def test_mistakes_are_told_with_line_and_key(text, says):
    with pytest.raises(InputError, match=says) as raised:
        decode(text, "x.toml")
    assert "\n" not in str(raised.value)


def test_a_ban_may_be_reported_first_and_take_effect_later():
    days = ("\ndate = 2020-01-01", "\ndate = 2020-02-01")
    text = HEAD + BANS.format("report", days[0], "remove", days[1])
    assert [shock.date.month for shock in decode(text, "x.toml").shocks] == [1, 2]


def test_dates_of_sources_are_as_exact_as_is_known():
    for date in ("2019", "2019-05", "2019-05-31"):
        text = WHOLE.replace('date = "2019"', f'date = "{date}"')
        assert decode(text, "x.toml").sources[0].date == date


@pytest.mark.parametrize(
    "text",
    [
        "x." * 300_000 + "y = 1",
        "[" + "x . " * 100_000 + "y]",
        "[[" + "'a,'." * 100_000 + "y]]",
        'a = { "." = 1, ' + '"x".' * 100_000 + "y = 1 }",
    ],
    ids=["bare", "header", "quoted", "inline"],
)
def test_keys_of_very_many_parts_are_refused_at_once(text):
    """TOML readers take the square of that in memory, which would be all of it."""
    with pytest.raises(InputError, match=r"x.toml:3: is no scenario: a key of more than 32 parts"):
        decode(HEAD + text, "x.toml")


def test_dots_in_texts_are_no_keys():
    prose = "a.b" * 100
    for text in (f'"{prose}"', f"'{prose}'", f'"""\n{prose} "\n"""', f"1.5 # {prose}"):
        assert long_key(f"x = {text}") is None
    assert long_key("a." * (MOST_PARTS - 1) + "a = 1.5") is None
    assert long_key("\n" + "a." * MOST_PARTS + "a = 1") == 2


def test_a_file_of_a_million_letters_is_no_scenario():
    with pytest.raises(InputError, match=r"x.toml: has more than 1,000,000 letters"):
        decode(HEAD + "#" * 1_000_000, "x.toml")


def test_dates_of_shocks_stand_in_order():
    shocks = [
        f"[[shocks]]\nkind = 'remove'\nnetworks = 'AS{n}'\ndate = 2020-01-0{n}\n" for n in (1, 2, 3)
    ]
    assert len(decode(HEAD + "".join(shocks), "x.toml").shocks) == 3
    with pytest.raises(InputError, match=r"x.toml:10: shocks\[1\].date: 2020-01-01 is before"):
        decode(HEAD + shocks[1] + shocks[0], "x.toml")


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match=r"none\.toml: no such file"):
        read_scenario(tmp_path / "none.toml")
    with pytest.raises(InputError, match="cannot be read"):
        read_scenario(tmp_path)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="is no text"):
        read_scenario(binary)


def test_a_byte_order_mark_is_no_part_of_a_scenario(tmp_path):
    file = tmp_path / "marked.toml"
    text = HEAD + "[[shocks]]\nkind = 'remove'\nnetworks = 'AS1'\n"
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_scenario(file).shocks == decode(text, "x.toml").shocks


def test_no_more_is_read_than_a_scenario_may_have():
    with pytest.raises(InputError, match=r"/dev/zero: larger than 1,000,000 bytes"):
        read_scenario("/dev/zero")


def test_objects_refuse_what_files_may_not_say():
    with pytest.raises(MisuseError, match="either 'networks' or 'exchange'"):
        Remove()
