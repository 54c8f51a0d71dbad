"""Sweeps: what is lost by each, and that nothing which stops one changes what comes out."""

import gc
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
import weakref
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from budgets import few
from commands import save, small_world
from graphs import graphs, make_world
from splinternet.base.errors import InputError, MisuseError, SplinternetError, WorldError
from splinternet.scenario import batches, sweeps
from splinternet.scenario.apply import rehearse
from splinternet.scenario.members import EACH, members_of
from splinternet.scenario.selection import Selection
from splinternet.scenario.sweeps import LOSSES, VARIED, sweep
from splinternet.world.catalogue import find_world, open_world
from splinternet.world.evidence import by_evidence
from test_compare import after, joined

DIGEST = "2019-12"


def test_members_are_the_largest_first():
    world = small_world()
    networks = members_of(world, "network")
    assert [member.label for member in networks[:4]] == ["AS1", "AS10", "AS2", "AS11"]
    assert len(networks) == world.networks.height
    some = members_of(world, "network", Selection("country:RU"), largest=2)
    assert [(member.label, member.name) for member in some] == [("AS10", "Десять"), ("AS11", None)]
    countries = members_of(world, "country")
    assert [member.label for member in countries] == ["US", "RU", "DE", "CU", "FI", "KP"]
    pairs = members_of(world, "pair", largest=3)
    assert [(pair.label, pair.name) for pair in pairs] == [
        ("RU-US", "Russia and United States"),
        ("DE-US", "Germany and United States"),
        ("DE-RU", "Germany and Russia"),
    ]


@pytest.mark.parametrize(
    ("each", "of", "largest", "message"),
    [
        ("networks", None, None, "unknown kind of member 'networks'; did you mean network"),
        ("network", "country:FR", None, "no network of world small is known to be in France"),
        ("network", None, 0, "a sweep of nobody"),
        ("country", "AS2", None, "the country of none of these networks is known"),
        ("pair", "country:RU", None, "RU alone makes no pair"),
    ],
)
def test_sweeps_of_nobody(each, of, largest, message):
    with pytest.raises(MisuseError, match=message):
        members_of(small_world(), each, None if of is None else Selection(of), largest=largest)
    with pytest.raises(MisuseError, match="a sweep of nobody"):
        sweep(small_world(), (), "nowhere")


#: Each member announces what is AS11's, once AS2 filters; and AS12 is lost.
VARIANT = """
name = "What {member} announces"
world = "small"
[[shocks]]
kind = "filter"
networks = "AS2"
[[shocks]]
kind = "hijack"
networks = "AS11"
by = "{member}"
[[shocks]]
kind = "remove"
networks = "AS12"
"""


@pytest.mark.parametrize("each", ["network", "country"])
def test_variants_of_a_hijack_are_ranked_by_whom_they_deceive(tmp_path, each):
    """Each as its scenario alone tells; one that cannot be says why."""
    world = small_world()
    variant = VARIANT
    if each == "network":  # whose addresses they are, for no network is ranked as who takes them
        variant = VARIANT.replace("AS11", "{member}").replace('by = "{member}"', 'by = "AS11"')
    members = members_of(world, each, variant=variant)
    found = sweep(world, members, tmp_path / each)
    assert found.columns == [*LOSSES, *VARIED]
    for row in found.filter(pl.col("refused").is_null()).iter_rows(named=True):
        (member,) = (each for each in members if each.label == row["member"])
        outcome = rehearse(world, member.scenario(world))[1][1].outcome
        assert (row["deceived"], row["deceived_addresses"]) == (outcome.networks, outcome.addresses)
        assert row["networks_removed"] == 1
        assert (row["lost_of_others"] is None) == (each == "network")
    told = found["deceived"].drop_nulls()
    assert 0 < len(told.filter(told > 0)) < len(told)
    assert found["deceived"].to_list()[: len(told)] == sorted(told, reverse=True)
    ((refused, why),) = found.drop_nulls("refused").select("member", "refused").rows()
    assert refused == ("AS11" if each == "network" else "RU")
    assert "would announce their own addresses" in why
    assert sweep(world, members, tmp_path / each, rank="lost")["lost"].is_sorted(descending=True)


def test_a_variant_that_is_none_is_refused_before_anything_is_done(tmp_path, run):
    file = tmp_path / "variant.toml"
    world = str(save(small_world(), tmp_path / "small"))
    for text, says in (
        (VARIANT.replace("{member}", "AS1"), "never says {member}"),
        (VARIANT, "ranks no network as a place to attack from"),
        (VARIANT.replace("hijack", "theft"), "theft"),
        (VARIANT.replace('"AS11"', '"AS99"'), "no variant can be: unknown network 'AS99'"),
    ):
        file.write_text(text)
        each = "network" if text == VARIANT else "country"
        words = ("sweep", str(tmp_path / "s"), "--each", each, "--variant", str(file))
        status, out, err = run("--world", world, *words)
        assert (status != 0, out, err.count("\n")) == (True, "", 1)
        assert says in err
        shutil.rmtree(tmp_path / "s", ignore_errors=True)
    with pytest.raises(MisuseError, match="nobody is deceived; rank by lost"):
        sweep(small_world(), members_of(small_world(), "network"), tmp_path / "s", rank="deceived")
    file.write_text(VARIANT)
    status, out, err = run("--world", world, "sweep", str(file), *words[2:])
    assert (status, err) == (2, f"splinternet: {file}: is no folder; choose another\n")
    status, out, _ = run("--world", world, *words)
    assert status == 0
    assert "deceived" in out


def test_links_may_be_chosen_by_what_shows_them(run, tmp_path):
    world = small_world()
    seen = pl.when(pl.col("kind") == "p2p").then(pl.lit("mlp")).otherwise(pl.lit("bgp"))
    world = replace(world, links=world.links.with_columns(evidence=seen))
    members = members_of(world, "country")
    shown = by_evidence(world, "bgp")
    assert shown.links.height < world.links.height
    found = sweep(world, members, tmp_path / "chosen", links="bgp")
    assert_frame_equal(found, sweep(shown, members, tmp_path / "shown"))
    assert not found.equals(sweep(world, members, tmp_path / "usual"))
    saved = save(world, tmp_path / "world")
    with ThreadPoolExecutor(1) as executor:  # each worker opens the world itself
        options = {"links": "bgp", "executor": executor, "saved": saved}
        assert_frame_equal(found, sweep(world, members, tmp_path / "opened", **options))
    with pytest.raises(MisuseError, match="unknown evidence 'bpg'"):
        sweep(world, members, tmp_path / "none", links="bpg")


@given(st.data(), graphs(6, 5), st.sampled_from(EACH), st.sampled_from([None, "RU"]))
@few
def test_losses_equal_counting_them(tmp_path_factory, data, graph, each, country):
    where = {asn: data.draw(st.sampled_from(["RU", "US", "DE", None])) for asn in graph.asns}
    where |= dict(zip(graph.asns, ("RU", "US"), strict=False))
    if len(graph.asns) < 2:
        return
    world = make_world(graph.links, graph.asns, country=where)
    members = members_of(world, each)
    found = sweep(world, members, tmp_path_factory.mktemp("s") / "s", country=country)
    assert found.height == len(members)
    had = joined(world, frozenset(graph.asns))
    for member in members:
        changed = after(world, *member.scenario(world).shocks)
        lost = had - joined(changed, frozenset(changed.networks["asn"]))
        if country:
            lost = {pair for pair in lost if country in map(where.get, pair)}
        own = {int(member.of[0][2:])} if each == "network" else set(member.of)
        of_others = [
            pair
            for pair in lost
            if not own & (set(pair) if each == "network" else set(map(where.get, pair)))
        ]
        domestic = [p for p in lost if len(set(map(where.get, p))) == 1 and where[min(p)]]
        row = found.row(by_predicate=pl.col("member") == member.label, named=True)
        assert row["lost"] == len(lost)
        assert row["lost_domestic"] == len(domestic)
        assert row["lost_abroad"] == len(lost) - len(domestic)
        assert row["lost_of_others"] == len(of_others)
        assert row["networks_removed"] == (each == "network")


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> tuple[pl.DataFrame, tuple]:
    """A sweep that nothing stops, and its members."""
    world = open_world(DIGEST)
    members = members_of(world, "network", Selection("country:US"), largest=12)
    return sweep(world, members, tmp_path_factory.mktemp("whole") / "w", country="CU"), members


def test_the_largest_loss_is_first(whole):
    table, members = whole
    assert table.schema == LOSSES
    assert table["lost"].to_list() == sorted(table["lost"], reverse=True)
    assert set(table["member"]) == {member.label for member in members}
    assert table["lost"][0] > 0


def test_a_sweep_goes_on_where_it_stopped(whole, tmp_path):
    table, members = whole
    world, told = open_world(DIGEST), []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(world, members, tmp_path / "s", country="CU", progress=stop)
    assert told[-1] == (3, 12)
    parts = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "s").glob("part-*")}
    assert 3 <= len(parts) < 12
    told.clear()
    found = sweep(world, members, tmp_path / "s", country="CU", progress=lambda *d: told.append(d))
    assert_frame_equal(found, table, check_exact=True)
    assert told[0] == (len(parts), 12)
    kept = {name: (tmp_path / "s" / name).stat().st_mtime_ns for name in parts}
    assert kept == parts


def test_a_killed_sweep_goes_on(whole, tmp_path, run):
    """The whole process is killed, so that nothing of it can tidy up."""
    table, _ = whole
    words = ["sweep", str(tmp_path / "s"), "--each", "network", "--of", "country:US"]
    words += ["--largest", "12", "--country", "CU", "--world", str(find_world(DIGEST))]
    words += ["-o", str(tmp_path / "t.parquet")]
    command = [sys.executable, "-m", "splinternet", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not list((tmp_path / "s").glob("part-*")) and process.poll() is None:
        time.sleep(0.02)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert 0 < len(list((tmp_path / "s").glob("part-*"))) < 12
    assert not (tmp_path / "t.parquet").exists()
    assert run(*words)[0] == 0
    assert_frame_equal(pl.read_parquet(tmp_path / "t.parquet"), table, check_exact=True)


@pytest.mark.nightly
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_cluster_loses_a_worker_and_nothing_else(whole, tmp_path):
    """Two workers, each a process; one is killed when the first results are in."""
    from distributed import Client, LocalCluster

    from splinternet.scenario.cluster import dask_executor

    table, members = whole
    world, killed = open_world(DIGEST), []
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        with Client(cluster.scheduler_address, set_as_default=False) as client:
            workers = list(client.run(os.getpid).values())

        def kill(done: int, total: int) -> None:
            if not killed:
                killed.append(workers[0])
                os.kill(workers[0], signal.SIGKILL)

        with dask_executor(cluster.scheduler_address) as executor:
            found = sweep(
                world,
                members,
                tmp_path / "s",
                country="CU",
                executor=executor,
                saved=find_world(DIGEST),
                progress=kill,
            )
    assert len(set(workers)) == 2
    assert os.getpid() not in workers
    assert killed
    assert_frame_equal(found, table, check_exact=True)


@pytest.mark.nightly
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_cluster_works_on_the_world_after_a_scenario(run, tmp_path):
    """Which is saved nowhere: workers are sent it."""
    from distributed import LocalCluster

    world = str(save(small_world(), tmp_path / "small"))
    cut = tmp_path / "cut.toml"
    cut.write_text(
        'name = "cut"\nworld = "small"\n[[shocks]]\nkind = "cut"\n'
        'between = ["country:RU", "not country:RU"]\n'
    )
    words = ("--each", "country", "--world", world, "--scenario", str(cut), "-f", "csv")
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        found = run("sweep", str(tmp_path / "far"), *words, "--dask", cluster.scheduler_address)
    assert found == run("sweep", str(tmp_path / "near"), *words)
    assert found[0] == 0
    assert found[1] != run("sweep", str(tmp_path / "before"), *words[:4], "-f", "csv")[1]


def test_no_scheduler(run, tmp_path, monkeypatch):
    monkeypatch.setattr("splinternet.scenario.cluster._SCHEDULER", 0.5)
    world = str(save(small_world(), tmp_path / "small"))
    words = ("sweep", str(tmp_path / "s"), "--each", "country", "--world", world, "--dask")
    status, out, err = run(*words, "tcp://127.0.0.1:9")
    assert (status, out) == (2, "")
    assert "no dask scheduler answers at tcp://127.0.0.1:9" in err
    status, _, err = run(*words, "nonsense")
    assert status == 2
    assert err.splitlines() == [
        "splinternet: 'nonsense' is no address of a dask scheduler; give one as "
        "tcp://127.0.0.1:8786"
    ]
    assert not (tmp_path / "s").exists()


def test_no_dask(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = ("sweep", str(tmp_path / "s"), "--each", "country", "--dask", "tcp://127.0.0.1:9")
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert "pip install 'splinternet[dask]'" in err


class Dead(ThreadPoolExecutor):
    """Workers of which all are dead."""

    def submit(self, *_, **__):
        return super().submit(self.fail)

    def fail(self):
        raise BrokenProcessPool("a process died")


def test_dead_workers_are_told_of_in_words(tmp_path):
    world = small_world()
    with Dead() as executor, pytest.raises(SplinternetError, match="what is done is kept"):
        sweep(world, members_of(world, "country"), tmp_path / "s", executor=executor)
    found = sweep(world, members_of(world, "country"), tmp_path / "s")
    assert found.height == 6


def test_processes_may_work_too(tmp_path):
    """The world is sent to them where it is not saved."""
    world = small_world()
    members = members_of(world, "country")
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as executor:
        found = sweep(world, members, tmp_path / "s", executor=executor)
    assert_frame_equal(found, sweep(world, members, tmp_path / "t"), check_exact=True)


def test_workers_that_see_another_world(tmp_path):
    world = small_world()
    save(make_world([(1, 2, "p2c")]), tmp_path / "other")
    with pytest.raises(WorldError, match="not the world that is swept"):
        sweep(world, members_of(world, "country"), tmp_path / "s", saved=tmp_path / "other")


def test_a_world_that_workers_opened_is_gone_with_the_work(tmp_path, monkeypatch):
    world, opened = small_world(), []
    saved = save(world, tmp_path / "world")
    open_it = batches.World.open

    def watched(path):
        found = open_it(path)
        opened.append(weakref.ref(found))
        return found

    monkeypatch.setattr(batches.World, "open", watched)
    with ThreadPoolExecutor(1) as executor:
        options = {"executor": executor, "saved": saved}
        sweep(world, members_of(world, "country"), tmp_path / "s", **options)
    gc.collect()
    assert [each() for each in opened] == [None]  # once for all batches


def test_a_folder_of_something_else_is_refused(tmp_path):
    world = small_world()
    countries = members_of(world, "country")
    sweep(world, countries, tmp_path / "s")
    for other, what in (
        ((world, countries[:3], None), "members"),
        ((world, countries, "RU"), "country"),
        ((make_world([(1, 2, "p2c")], country={1: "US"}), countries, None), "world, sha256"),
    ):
        with pytest.raises(MisuseError, match=rf"holds another sweep \(other {what}"):
            sweep(other[0], other[1], tmp_path / "s", country=other[2])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    with pytest.raises(MisuseError, match="is no folder of a sweep"):
        sweep(world, countries, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["thesis.txt"]
    # What is left where a sweep was killed before it began is no obstacle.
    (tmp_path / "killed").mkdir()
    (tmp_path / "killed" / ".sweep.json.part-0123abcd").touch()
    assert sweep(world, countries, tmp_path / "killed").height == len(countries)


def test_damaged_folders(tmp_path):
    world = small_world()
    countries = members_of(world, "country")
    table = sweep(world, countries, tmp_path / "s")
    part = tmp_path / "s" / "part-00001.json"
    part.write_bytes(part.read_bytes()[:50])
    (tmp_path / "s" / "part-00000.json").unlink()
    with pytest.raises(InputError, match=r"part-00001\.json: damaged; remove it"):
        sweep(world, countries, tmp_path / "s")
    assert not (tmp_path / "s" / "part-00000.json").exists()  # told before any work
    part.unlink()
    assert_frame_equal(sweep(world, countries, tmp_path / "s"), table)
    shutil.copy(tmp_path / "s" / "part-00000.json", part)
    with pytest.raises(
        InputError, match=r"part-00001\.json: is another part, or one of other work"
    ):
        sweep(world, countries, tmp_path / "s")
    (tmp_path / "s" / "sweep.json").write_text("{")
    with pytest.raises(InputError, match=r"sweep\.json: damaged"):
        sweep(world, countries, tmp_path / "s")


def test_batches_hold_every_member_once(tmp_path, monkeypatch):
    monkeypatch.setattr(sweeps, "_BATCHES", 4)
    world = small_world()
    members = members_of(world, "network")
    found = sweep(world, members, tmp_path / "s")
    assert len(list((tmp_path / "s").glob("part-*"))) == 5  # nine, two at a time
    assert_frame_equal(found, sweep(world, members, tmp_path / "s"))
    assert sorted(found["member"]) == sorted(member.label for member in members)


def test_the_command(run, tmp_path):
    world = str(save(small_world(), tmp_path / "small"))
    words = ("sweep", str(tmp_path / "s"), "--each", "network", "--country", "RU", "--world", world)
    status, out, err = run(*words)
    assert (status, err) == (0, "")
    assert out.startswith("What Russia loses when each network is lost\nWorld small")
    status, out, err = run(*words, "--format", "json")
    assert (status, err.count("\n")) == (0, 2)
    assert "capacit" in err
    assert [row["member"] for row in json.loads(out)] == ["AS10", "AS11", "AS12"]
    status, out, err = run(*words, "--largest", "2")
    assert (status, out) == (2, "")
    assert "holds another sweep (other members)" in err
    status, out, err = run("sweep", str(tmp_path / "t"), "--each", "pair", "--of", "country:RU")
    assert (status, "RU alone makes no pair" in err) == (2, True)


def test_every_pair_once():
    pairs = members_of(small_world(), "pair")
    assert len(pairs) == len({frozenset(pair.of) for pair in pairs}) == 15
    assert {frozenset(pair.of) for pair in pairs} == {
        frozenset(two) for two in combinations(["US", "RU", "DE", "CU", "FI", "KP"], 2)
    }
