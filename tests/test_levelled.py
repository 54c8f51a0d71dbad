"""Tables after a scenario on a digest's levels: what is unavoidable, doubts, ranges asked for."""

import polars as pl
import pytest

from briefs import digest
from commands import small_world
from splinternet.base.choices import Counting, Routing
from splinternet.base.texts import phrase
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.catalogue import find_measure
from splinternet.measures.dependence import depend
from splinternet.measures.states import state_dependence
from splinternet.scenario.apply import apply
from splinternet.scenario.doubted import doubts_after, with_own_doubts
from splinternet.scenario.levelled import measure_on_levels
from splinternet.scenario.levelled_dependents import dependents_on_levels
from splinternet.scenario.levels import what_if_on_levels
from splinternet.scenario.moving import moved
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks.remove import Remove

#: A carrier of Nepal rests on one doubted link, and with it the share of Hong Kong.
DOUBTED, STATE = 133372, "HK"


def without(networks: str):
    shock = Remove(networks=Selection(networks))
    return apply(digest(), Scenario(name="lost", world="2019-12", shocks=(shock,)))


def test_what_is_unavoidable_is_on_the_level_of_its_share():
    after, measure = without("AS6762"), find_measure("states")
    told = measure_on_levels(
        digest(), after, measure, "CU", lambda world: state_dependence(world, "CU"), {}
    ).table
    then, now = (
        {row["country"]: row["unavoidable"] for row in state_dependence(world, "CU").to_dicts()}
        for world in (digest(), after)
    )
    shipped = shipped_figures(digest()).table("states", "CU").to_dicts()
    levels = {row["country"]: row["unavoidable"] for row in shipped}
    assert any(now.get(code) != then.get(code) for code in levels)
    for row in told.to_dicts():
        if (code := row["country"]) in now:
            own = then.get(code, 0.0)
            level = levels.get(code, min(own, 0.01))
            whole = moved(level, own, now[code], "share")
            assert row["unavoidable"] == pytest.approx(min(whole, row["share"]), abs=1e-12)


def test_states_after_a_scenario_tell_the_doubt_that_they_rest_on():
    figures, after = shipped_figures(digest()), without("AS6453 or AS9498")
    shares = figures.table("states", "NP").with_columns(difference=0.0)
    same = with_own_doubts(shares, figures, after, "NP", {})
    doubts = dict(same.select("country", "doubt").drop_nulls().iter_rows())
    assert doubts[STATE].startswith(f"AS{DOUBTED}: ")
    gained = with_own_doubts(shares.with_columns(difference=0.5), figures, after, "NP", {})
    later = {}
    carriers = depend(after, "NP").to_dicts()
    for code, share in shares.select("country", "share").iter_rows():
        own = [row for row in carriers if row["country"] == code and row["doubt"]]
        most = max(own, key=lambda row: row["share"], default=None)
        if most is not None and most["share"] >= share / 2:
            later[code] = f"AS{most['asn']}: {most['doubt']}"
    assert dict(gained.select("country", "doubt").drop_nulls().iter_rows()) == doubts | later
    networks = figures.table("dependence", "NP").with_columns(difference=0.0)
    again = with_own_doubts(networks, figures, after, "NP", {})
    assert again.drop("difference").equals(figures.table("dependence", "NP"), null_equal=True)


def test_a_share_that_grows_is_doubted_by_the_world_after():
    after = without("AS6453 or AS9498")
    (own,) = depend(after, "NP").filter(asn=DOUBTED).to_dicts()
    assert own["doubt"]
    nations = pl.DataFrame({"country": ["NP", "FR"], "share": [own["share"], 0.5]})
    assert doubts_after(after, f"AS{DOUBTED}", nations, {}).rows() == [("NP", own["doubt"])]
    of_state = doubts_after(after, STATE, nations.with_columns(share=own["share"]), {})
    assert of_state.filter(country="NP")["doubt"].to_list() == [f"AS{DOUBTED}: {own['doubt']}"]
    assert doubts_after(after, STATE, nations.with_columns(share=1.0), {}).is_empty()


def hand_made(world, rule):
    """Shares of Cuba and Nepal by each rule; the first is the asked one."""
    prefer = rule.get("prefer", Routing().prefer)
    weights = rule.get("weights", Counting().weights)
    is_after = bool(world.manifest.after)
    change = {"shortest": 0.0, "stable": 0.05}.get(prefer, 0.1) * is_after
    change += 0.02 * (weights == "users") - 0.2 * is_after
    return pl.DataFrame(
        {"country": ["CU", "NP"], "name": ["Cuba", "Nepal"], "share": [0.6 + change, 0.4]}
    )


def test_whose_routes_pass_a_network_has_ranges_by_each_rule_where_asked(monkeypatch):
    levels = pl.DataFrame(
        {"country": ["CU", "NP"], "share": [0.5, 0.4], "share_low": [0.1, None],
         "share_high": [0.7, None], "doubt": [None, "why"]},
        schema_overrides={"share_low": pl.Float64, "share_high": pl.Float64},
    )  # fmt: skip
    module = "splinternet.scenario.levelled_dependents"
    monkeypatch.setattr(f"{module}.shipped_dependents", lambda *_: levels)
    after = without("AS6762")
    plain = dependents_on_levels(digest(), after, 3356, hand_made, {})
    assert "share_low" not in plain.table.columns
    assert phrase("what_if.levels.ranges_only") in plain.line
    told = dependents_on_levels(digest(), after, 3356, hand_made, {}, ranges=True)
    assert phrase("what_if.levels.ruled_network") in told.line
    rows = {row["country"]: row for row in told.table.to_dicts()}
    cuba, nepal = rows["CU"], rows["NP"]
    assert (cuba["before"], cuba["before_low"], cuba["before_high"]) == (0.5, 0.1, 0.7)
    ends = (cuba["share"], cuba["share_low"], cuba["share_high"])
    users = 0.02 if digest().networks.filter(country="CU")["users"].sum() else 0.0
    assert ends == pytest.approx((0.3, 0.3, 0.4 + users))
    changes = (cuba["difference"], cuba["difference_low"], cuba["difference_high"])
    assert changes == pytest.approx((-0.2, -0.2, -0.1))
    assert (nepal["share"], nepal["share_low"], nepal["share_high"]) == (0.4, 0.4, 0.4)
    assert (cuba["doubt"], nepal["doubt"]) == (None, "why")
    assert plain.table["doubt"].to_list() == told.table["doubt"].to_list()


def test_ranges_of_dependents_are_refused_without_a_scenario(run):
    status, _, err = run("dependents", "AS3356", "--world", "2019-12", "--ranges")
    assert status == 2
    assert "after a scenario on a digest" in err


class FullFigures:
    """Shipped ranges of a full world, made by hand."""

    def __init__(self):
        self.around = {"RU": {"foreign_dependence": (-0.1, 0.2)}}

    def ranged(self, name, country):
        assert (name, country) == ("dependence", "RU")
        rows = {"asn": [2], "share": [0.5], "share_low": [0.4], "share_high": [0.75]}
        return pl.DataFrame(rows, schema_overrides={"asn": pl.UInt32})

    def row(self, country):
        return {"foreign_dependence": 0.5}


def test_a_full_world_has_the_ranges_before_that_are_shipped(monkeypatch):
    world = small_world()
    shock = Remove(networks=Selection("AS1"))
    lost = Scenario(name="lost", world=world.manifest.name, shocks=(shock,))
    options = {"weights": "networks", "measures": ("dependence",)}
    own = what_if_on_levels(world, lost, "RU", **options)
    assert own.levels is None
    monkeypatch.setattr("splinternet.scenario.levels.shipped_answer", lambda *_: FullFigures())
    told = what_if_on_levels(world, lost, "RU", **options)
    assert told.levels == phrase("what_if.levels.ranged_before_full")
    assert "--" not in told.levels  # pages have the same line; the terminal adds its options
    rows = {row["asn"]: row for row in told.nation.carriers.to_dicts()}
    assert told.nation.carriers.drop("before_low", "before_high").equals(own.nation.carriers)
    ends = {asn: (row["before_low"], row["before_high"]) for asn, row in rows.items()}
    assert ends == {asn: (0.4, 0.75) if asn == 2 else (None, None) for asn in rows}
    assert told.ends == {
        "dependence.foreign_dependence": {
            "before_low": pytest.approx(0.4), "before_high": pytest.approx(0.7)
        }
    }  # fmt: skip
    asked = what_if_on_levels(world, lost, "RU", ranges=True, **options)
    assert "after_low" in asked.nation.carriers.columns
    assert phrase("what_if.levels.ranged_before_full") not in asked.levels


@pytest.mark.slow
def test_the_terminal_alone_tells_the_options_that_give_ranges(run):
    words = ("what-if", "russia-isolates-itself", "--country", "KP")
    options = "--ranges computes the ranges of what comes after"
    for more, told in (("--no-ranges", True), ("--ranges", False)):
        status, out, err = run(*words, more)
        assert status == 0
        assert (options in " ".join((out + err).split())) == told
