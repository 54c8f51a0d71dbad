import functools
import gc
import os
import sys
from pathlib import Path

# Beside other processes of tests a table that takes all processors only makes them wait; alone, and
# with the many examples of `make nightly`, tests see what several threads do.
if "PYTEST_XDIST_WORKER" in os.environ and os.environ.get("HYPOTHESIS_PROFILE") != "nightly":
    os.environ.setdefault("POLARS_MAX_THREADS", "1")

import pytest
import typer.main

import budgets  # noqa: F401 -- it loads the hypothesis profile
import once
from splinternet import cli
from splinternet.world.build import Report, build_world
from splinternet.world.world import World

# Checks of IRIs, which schemathesis brings and jsonschema would load: their grammar takes a second
# and a half of every process that draws a chart, and no schema here has an IRI.
sys.modules["rfc3987_syntax"] = None

# A process makes the parser of its one command line; tests have a thousand, of the same commands.
typer.main.get_command = functools.cache(typer.main.get_command)

once.share()

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

#: What of a person's environment changes the program's answers, beside its own variables.
_PERSONAL = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
#: Variables that tests themselves read: a browser and a folder of pictures may be named.
_OF_TESTS = ("SPLINTERNET_CHROMIUM", "SPLINTERNET_SCREENSHOTS")


#: Files of tests that `make quick` leaves out, with every test of a whole real world: browsers,
#: whole briefs, real data, compiling, and programs that are started, killed and tortured.
_SLOW = frozenset(
    "atlas bans bans_equal bgpy bootstrap brief brief_page brief_thin brief_told brief_what_ifs "
    "brief_words browser carrier_ranges changes cli_hijack cli_measures clique compare compiler "
    "detours digest essay_anchors essay_before essay_ends essay_real essay_unseen essay_wholes "
    "fetch figures finding folders hijacks history interrupts ledger_import levelled "
    "measures_of_others misuse notebook one_figure own_ledgers precomputed public ranges repaired "
    "rib scenario_shocks screen shown supply_ties sweeps torture web_api web_jobs web_kept "
    "web_serve world_real".split()
)

#: Files of tests that look at the same briefs of a shipped digest, which take seconds each.
_BRIEFS = frozenset(
    "brief brief_page brief_thin brief_told brief_what_ifs brief_words carrier_ranges digits "
    "figure_ranges figures finding names one_figure ranges web_names".split()
)

#: Groups that take longest, begun first, so that no process works alone at the end.
_FIRST = (
    "browser briefs real public cli sweeps cli_measures routing control interrupts shown exposure "
    "bgpy changes torture transit avoidance folders notebook web compare cones scenario_shocks "
    "precomputed hegemony states web_api bootstrap".split()
)


def pytest_xdist_auto_num_workers(config) -> int:
    """Half as many again as there are processors: some wait for a browser or a command.

    What `make quick` runs does not wait, so that one more would only collect tests once more.
    """
    cores = os.cpu_count() or 1
    return cores if "not slow" in config.option.markexpr else cores * 3 // 2


def pytest_ignore_collect(collection_path: Path, config) -> bool | None:
    """Read no file of slow tests where none of them is wanted."""
    slow = collection_path.stem.removeprefix("test_") in _SLOW
    return True if slow and "not slow" in config.option.markexpr else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items) -> None:
    """Mark what is slow, and what stays in one process: a file, or the files of the briefs."""
    for item in items:
        name = item.path.stem.removeprefix("test_")
        real = "december_2019_import" in item.fixturenames
        if name in _SLOW or real:
            item.add_marker(pytest.mark.slow)
        group = "real" if real else "briefs" if name in _BRIEFS else name
        item.add_marker(pytest.mark.xdist_group(group))

    def turn(item: pytest.Item) -> int:
        name = item.get_closest_marker("xdist_group").args[0]
        return _FIRST.index(name) if name in _FIRST else len(_FIRST)

    items.sort(key=turn)


def pytest_collection() -> None:
    """Look for no garbage while tests are collected: they all stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Look for it seldom from then on: worlds and tables are no circles."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Look once at all that is left: pytest does so five times, seconds of each process."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def nobodys_environment(tmp_path_factory) -> None:
    """Let neither a person's settings nor a person's worlds change what tests see."""
    own = {name for name in os.environ if name.startswith("SPLINTERNET_")} - {*_OF_TESTS}
    for name in {*_PERSONAL, *own}:
        os.environ.pop(name, None)
    os.environ["SPLINTERNET_DATA"] = str(tmp_path_factory.mktemp("nobodys-data"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data files; tests that want it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"no real data at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def december_2019_import(shared) -> tuple[World, Report]:
    """The full world that the shipped digest of 2019-12 is made from, as `make shipped` has it."""
    info, prefixes = shared / "as-info", shared / "prefixes"
    as_rank = info / "asrank-202003.csv.gz"
    libloc = info / "libloc-as-20221029.csv.gz"
    asn_ranges = prefixes / "ip-location-db-asn-ipv4-num-20260617.csv.gz"
    return build_world(
        "2019-12-01",
        as_rel=[shared / "as-rel" / "20191201.as-rel2.txt.bz2"],
        as_country=[info / "ihr-classified-as-20191119.txt.gz", as_rank, libloc],
        as_names=[as_rank, libloc, asn_ranges],
        prefixes=[prefixes / "routeviews-rv2-20170329-0200.pfx2as.gz", libloc, asn_ranges],
        exchanges=[
            shared / "ixp" / "rghvv_ixs_201910.json.gz",
            shared / "ixp" / "rghvv_ix-asns_201910.json.gz",
        ],
    )


@pytest.fixture(scope="session")
def december_2019(december_2019_import) -> World:
    return december_2019_import[0]


@pytest.fixture
def run(capfd):
    """Run a command line; give its exit status and what it wrote."""

    def run(*words: str) -> tuple[int, str, str]:
        status = cli.main(words)
        return status, *capfd.readouterr()

    return run
