"""Whatever is passed in the wrong form is refused by one of our errors, with the right form.

Each parameter of each public name gets each of some wrong values in turn, the others a valid one.
"""

import inspect
from importlib import import_module

import polars as pl
import pytest

import splinternet
from commands import small_world
from splinternet.base.errors import FetchError, SplinternetError
from splinternet.world.manifest import Manifest

#: Values of no use to most parameters.
WRONG = (3, None, "x", [3], {}, object())

#: Errors, and what others answer: nobody makes one of its parts.
NOT_CALLED = frozenset(
    "Comparison Diversion Protection Ledger Measure FetchError InputError MisuseError "
    "RoutingError WorldError SplinternetError charts".split()
)

#: Public packages that are questions, and methods of a world beside the questions.
CALLED = {
    "brief": ("brief.country", "make_brief"),
    "digest": ("digest.build", "make_digest"),
    "charts.bars": ("brief.drawings.bars", "bars"),
    "charts.lines": ("brief.charts.lines", "lines"),
    "charts.flows": ("brief.charts.flows", "flows"),
    "charts.timeline": ("brief.charts.timeline", "timeline"),
    "charts.world_map": ("brief.charts.world_map", "world_map"),
    "World.open": ("world.world", "World.open"),
    "World.save": ("world.world", "World.save"),
}

NETWORKS = pl.DataFrame({"asn": [10, 11], "weight": [1.0, 2.0]})

#: Frames in the right form: what each parameter takes, and which columns it may lack.
FRAMES = {
    "transit": {"sources": NETWORKS, "destinations": NETWORKS},
    "passing": {"sources": NETWORKS, "destinations": NETWORKS},
    "crossing": {
        "groups": pl.DataFrame({"asn": [10, 11], "group": ["a", "b"]}),
        "sources": NETWORKS,
        "destinations": NETWORKS,
    },
    "concentration": {"shares": pl.DataFrame({"asn": [1, 2], "share": [0.5, 0.25]})},
    "charts.bars": {
        "frame": pl.DataFrame(
            {
                "label": ["a"],
                "value": [0.5],
                "other": [0.3],
                "low": [0.4],
                "high": [0.6],
                "note": ["x"],
                "ref": ["y"],
            }
        )
    },
    "charts.lines": {
        "frame": pl.DataFrame({"date": ["2019-01"], "value": [0.5], "figure": ["share"]})
    },
    "charts.flows": {"frame": pl.DataFrame({"carrier": ["ONE"], "state": ["US"], "share": [0.5]})},
    "charts.timeline": {
        "events": pl.DataFrame(
            {
                "start": ["2019"],
                "end": ["2020"],
                "label": ["a"],
                "kind": ["law"],
                "disputed": [False],
            }
        )
    },
    "charts.world_map": {"values": pl.DataFrame({"country": ["RU"], "value": [0.5]})},
}
OPTIONAL = frozenset({"other", "low", "high", "note", "ref"})

#: Columns that are text, numbers, lists, nothing, too much, or less than nothing.
COLUMNS = (["x"], [3], [3.5], [[1]], [None], [float("nan")], [float("inf")], [-1], [True])


def valid(world, folder) -> dict[str, object]:
    """A valid value of each parameter that is needed, or that takes time where none is given."""
    return {
        "self": world,
        "world": world,
        "worlds": [world],
        "before": world,
        "country": "RU",
        "countries": ["RU"],
        "nation": "RU",
        "measure": "cti",
        "measures": ["cti"],
        "scenario": splinternet.Isolate(networks="country:RU"),
        "after": splinternet.Isolate(networks="country:RU"),
        "vendor": "huawei",
        "networks": [10, 11],
        "origins": [10],
        "sources": None,
        "groups": pl.DataFrame({"asn": [10, 11], "group": [0, 0]}),
        "shares": world.depend("RU"),
        "carrier": 10,
        "source": 10,
        "destination": 20,
        "links": "all",
        "each": "country",
        "members": splinternet.members_of(world, "country", largest=1),
        "folder": folder / "kept",
        "path": folder / "list.txt",
        "files": folder / "list.txt",
        "date": "2019-12-01",
        "as_rel": folder / "list.txt",
        "name": "2019-12",
        "text": "Huawei made $122 billion in 2019.",
        "actor": "huawei",
        "ledger": splinternet.open_ledger(),
        "name_or_path": "2019-12",
        "victims": [20],
        "by": [10],
        "budget": 1,
        "sample": 1,
        "replicates": 2,
        "largest": 1,
        "title": "t",
        "frame": NETWORKS,
        "events": NETWORKS,
        "values": NETWORKS,
    }


#: The same where a name has another meaning.
OWN = {
    "find_scenario": {"name_or_path": "two-blocs"},
    "read_scenario": {"path": "two-blocs"},
    "build_world": {"name": None, "source": None},
    "check_model": {"by": "preference", "origins": 1},
    "weigh": {"by": "networks"},
    "World": {
        "manifest": Manifest(name="n", date="2019-12-01"),
        "networks": pl.DataFrame(),
        "links": pl.DataFrame(),
    },
    "Selection": {"text": "country:RU"},
    "Trial": {"victims": (20,), "attackers": (10,), "prefixes": ()},
    "Scenario": {"shocks": (), "name": "n", "world": "small"},
    "Cut": {"between": ("AS1", "AS2")},
    "Add": {"between": ("AS1", "AS2"), "relation": "peer"},
    "Split": {"blocs": ("a", "b")},
    "Hijack": {"by": "AS2", "networks": "AS1"},
    "Leak": {"network": "AS2", "networks": "AS1"},
    "Refuse": {"traffic_of": "AS2", "networks": "AS1"},
    "Inspect": {"by": "AS2", "networks": "AS1"},
    "hijack_matrix": {"victims": 1},
    "brief": {"country": "KP"},
    "protect": {"filters": splinternet.Filters()},
    "Counting": {"by": "network"},
    "Filter": {"by": "rov", "networks": "AS1"},
    "Isolate": {"networks": "AS1"},
    "Remove": {"networks": "AS1"},
    "Ban": {"networks": "AS1"},
}


@pytest.fixture(scope="module")
def world():
    return small_world()


@pytest.fixture(autouse=True)
def nothing_is_fetched(monkeypatch, tmp_path):
    def refuse(*_, **__):
        raise FetchError("no network here")

    monkeypatch.setattr("splinternet.world.fetch._fetched", refuse)
    monkeypatch.setenv("SPLINTERNET_DATA", str(tmp_path / "data"))


def called(name: str):
    if name not in CALLED:
        return getattr(splinternet, name)
    module, inside = CALLED[name]
    found = import_module(f"splinternet.{module}")
    for part in inside.split("."):
        found = getattr(found, part)
    return found


def attempts(function, valids):
    """Arguments of each call: every parameter with every wrong value."""
    parameters = inspect.signature(function).parameters.values()
    needed = {
        each.name: valids[each.name]
        for each in parameters
        if each.name in valids
        and (
            each.default is each.empty or each.name in ("replicates", "budget", "sample", "largest")
        )
        and each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)
    }
    for each in parameters:
        for wrong in WRONG:
            if wrong is each.default:
                continue
            if each.kind is each.VAR_POSITIONAL:
                yield each.name, wrong, (wrong,), needed
            elif each.kind is each.VAR_KEYWORD:
                for choice in ("prefer", "vantages", "by", "x"):
                    yield choice, wrong, (), needed | {choice: wrong}
            else:
                yield each.name, wrong, (), needed | {each.name: wrong}


def other_frames(frame):
    """Frames that lack a column, or have something else in it."""
    yield "no columns", pl.DataFrame()
    yield "no rows", frame.clear()
    for column in frame.columns:
        yield f"without {column}", frame.drop(column)
        for value in COLUMNS:
            changed = pl.Series(column, value * frame.height, strict=False)
            yield f"{column} of {value}", frame.with_columns(changed)


NAMES = sorted({*splinternet.__all__} - NOT_CALLED | {*CALLED})


@pytest.mark.parametrize("name", NAMES)
def test_wrong_values_are_refused_by_our_errors(name, world, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.txt").write_text("10 20\n")
    function = called(name)
    valids = valid(world, tmp_path) | OWN.get(name, {})
    bad = []
    for parameter, wrong, given, named in attempts(function, valids):
        try:
            function(*given, **named)
        except SplinternetError:
            pass
        except Exception as error:  # whatever escapes
            bad.append(f"{name}({parameter}={wrong!r}): {type(error).__name__}: {error}")
    assert not bad, "\n" + "\n".join(bad)


@pytest.mark.parametrize("name", FRAMES)
def test_frames_in_the_wrong_form_are_refused_by_our_errors(name, world, tmp_path):
    function = called(name)
    valids = valid(world, tmp_path) | OWN.get(name, {}) | FRAMES[name]
    needed = {
        each: valids[each]
        for each, declared in inspect.signature(function).parameters.items()
        if declared.default is declared.empty and each in valids
    }
    function(**needed)
    bad = []
    for parameter, frame in FRAMES[name].items():
        for told, wrong in other_frames(frame):
            refused = False
            try:
                function(**needed | {parameter: wrong})
            except SplinternetError:
                refused = True
            except Exception as error:  # whatever escapes
                bad.append(f"{name}({parameter}, {told}): {type(error).__name__}: {error}")
                continue
            lacks = told == "no columns" or told.removeprefix("without ") in frame.columns
            if lacks and not refused and told.removeprefix("without ") not in OPTIONAL:
                bad.append(f"{name}({parameter}, {told}) is not refused")
    assert not bad, "\n" + "\n".join(bad)


@pytest.mark.parametrize("wrong", [["x"], [1.5], [None], [[1]]])
@pytest.mark.parametrize(
    "ask",
    [
        lambda world, given: splinternet.weigh(world, networks=given),
        lambda world, given: splinternet.passing(world, given),
        lambda world, given: splinternet.clique_of(world, given),
        lambda world, given: splinternet.routes(world, given),
    ],
    ids=["weigh", "passing", "clique_of", "routes"],
)
def test_columns_of_networks_in_the_wrong_form_are_refused(ask, wrong, world):
    with pytest.raises(SplinternetError):
        ask(world, pl.Series(wrong))
