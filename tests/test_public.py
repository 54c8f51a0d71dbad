"""The public API as a newcomer types it: what exists works, what does not says what would."""

import ast
import doctest
import importlib
import inspect
import pickle
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal, assert_series_equal

import splinternet
from commands import small_world
from splinternet.base.errors import InputError, SplinternetError, remedy

DOCS = Path(__file__).parents[1] / "docs"
ROOT = Path(splinternet.__file__).parent

#: Public names that have nothing to show, or nothing quick: packages, classes, errors, downloads.
WITHOUT_EXAMPLE = frozenset("brief charts digest fetch_world build_world".split())

#: Words in which a docstring would begin with an order, not with what it is; and those that are a
#: noun where one of ``NOUN_BEFORE`` follows.
ORDERS = frozenset(
    "Add Allow Apply Ask Build Calculate Change Check Choose Close Compare Compute Convert Copy "
    "Count Create Decide Describe Divide Do Download Draw Estimate Fetch Fill Find Follow Format "
    "Get Give Group Hold Join Keep Leave Let Link List Load Look Make Map Merge Move Name Open "
    "Order Parse Pick Print Put Raise Rank Read Record Refuse Remove Replace Report Return Run "
    "Save Say Search See Select Send Set Show Sort Start Stop Sum Take Tell Test Try Turn Update "
    "Use Walk Weigh Write".split()
)
BOTH = frozenset("Ban Cut Filter Hijack Inspect Isolate Leak Split".split())
NOUN_BEFORE = ("of", "into", "by")
ASKING = frozenset("How What Which Who Whether Why When Where".split())


@pytest.fixture(scope="module")
def world():
    return splinternet.open_world("2019-12")


@pytest.fixture(scope="module")
def later():
    return splinternet.open_world("2025-09")


#: Public classes that people make themselves, or meet first.
CLASSES = ("Counting", "Isolate", "Ledger", "Routing", "Scenario", "Selection", "World")


def with_example() -> list[str]:
    return [
        *CLASSES,
        *(
            name
            for name in splinternet.__all__
            if inspect.isfunction(getattr(splinternet, name)) and name not in WITHOUT_EXAMPLE
        ),
    ]


def test_tab_shows_what_is_public():
    command = "import splinternet; print(*dir(splinternet))"
    shown = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    ).stdout.split()
    assert shown == sorted(splinternet.__all__)
    assert {"depend", "brief", "sweep", "read_essay", "vendors", "ties", "digest"} < set(shown)
    assert {"Isolate", "Cut", "Ban", "Routing", "Counting", "World", "charts"} < set(shown)
    assert splinternet.__version__[0].isdigit()


def test_nothing_heavy_is_loaded_before_it_is_asked_for():
    command = (
        "import sys, splinternet; dir(splinternet); splinternet.__version__; "
        "print(*{'polars', 'numpy', 'numba', 'altair', 'scipy'} & set(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True)
    assert (loaded.stdout, loaded.stderr) == ("\n", "")


def test_the_reference_lists_every_public_name():
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    listed = {line.removeprefix("::: splinternet.") for line in text.splitlines() if ":::" in line}
    packages = {"brief": "brief.country.make_brief", "digest": "digest.build.make_digest"}
    assert listed == {packages.get(name, name) for name in splinternet.__all__}


@pytest.mark.parametrize("name", [name for name in splinternet.__all__ if name != "__version__"])
def test_docstrings_begin_with_a_noun(name):
    told = inspect.getdoc(getattr(splinternet, name))
    first, second = told.splitlines()[0].split()[:2]
    assert first not in ORDERS | ASKING, told.splitlines()[0]
    assert first not in BOTH or second in NOUN_BEFORE, told.splitlines()[0]


@pytest.mark.parametrize("name", with_example())
def test_examples_run(name, world, later):
    function = getattr(splinternet, name)
    module = importlib.import_module(function.__module__)
    public = {each: getattr(splinternet, each) for each in splinternet.__all__}
    known = public | vars(module) | {"world": world, "later": later, "small": small_world()}
    tests = doctest.DocTestFinder(recurse=False).find(function, name, globs=known)
    examples = [example for test in tests for example in test.examples]
    assert examples, f"{function.__module__}.{name} has no example"
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for test in tests:
        runner.run(test, out=told.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(told)


#: What a newcomer types, and the long form that it equals.
ALIKE = {
    'depend(world, "Cuba")': 'depend(world, "CU")',
    'depend(world, "Republic of Korea")': 'depend(world, "KR")',
    'depend(world, "Congo-Kinshasa")': 'depend(world, "CD")',
    'depend(world, "Россия")': 'depend(world, "RU")',
    'depend(world, "U.S.")': 'depend(world, "US")',
    'depend(world, "Holy See")': 'depend(world, "VA")',
    'world.depend("CU")': 'depend(world, "CU")',
    'world.depend("CU", prefer="gao-rexford")': (
        'depend(world, "CU", routing=Routing(prefer="gao-rexford"))'
    ),
    'depend(world, "CU", direction="outbound")': (
        'depend(world, "CU", counting=Counting(direction="outbound"))'
    ),
    'measure(world, "cti", "CU")': 'cti(world, "CU")',
    'measure(world, find_measure("cti"), "CU")': 'cti(world, "CU")',
    'world.measure("cti", "CU")': 'cti(world, "CU")',
    'hegemony(world, "CU", vantages="AS3356")': 'hegemony(world, "CU", vantages=[3356])',
    'hegemony(world, "CU", vantages=["3356", 1299])': (
        'hegemony(world, "CU", vantages=[3356, 1299])'
    ),
    'hegemony(world, "as11960")': "hegemony(world, 11960)",
    'atlas(world, "dependence", "CU")': 'atlas(world, ["dependence"], ["CU"])',
    'atlas(world, find_measure("dependence"), "Cuba")': 'atlas(world, ["dependence"], ["CU"])',
    'history([world, later], "dependence", "RU")': (
        'history([world, later], ["dependence"], "RU", mixed=False)'
    ),
    'history(world, ["dependence"], "Russia")': 'history([world], ["dependence"], "RU")',
    'world.path("AS3356", "12389")': "path(world, 3356, 12389)",
    "world.routes(3356)": 'routes(world, ["AS3356"])',
    'ties("huawei")': 'ties("Huawei")',
    'vendors("Poland")': 'vendors("PL", ledger=open_ledger("technology-ties"))',
    'later.compare("two-blocs", "RU").table()': (
        'what_if(later, apply(later, find_scenario("two-blocs")), "RU").table()'
    ),
    'later.after("two-blocs").links': "apply(later, TWO_BLOCS.text).links",
    'measure(world, "crp", "CU", censors=3)': 'measure(world, "crp", "CU", censors=[3])',
    'measure(world, "crp", "CU", censors="2,3")': 'measure(world, "crp", "CU", censors=[2, 3])',
    'world.measure("exposure", "CU")': 'exposure(world, "Cuba")',
    'world.exposure("CU")': 'exposure(world, "Cuba")',
    "world.summary()": "summary(world)",
    'world.history("dependence", "RU")': 'history([world], ["dependence"], "RU")',
    'world.vendors("PL")': 'vendors("PL", world=world)',
    'measure(world, "states", "CU", blocs={"west": "U.S."})': (
        'measure(world, "states", "CU", blocs={"west": ["US"]})'
    ),
    'what_if(later, "two-blocs", "EE", observers="RU").table()': (
        'later.compare("two-blocs", "EE", observers=["Russia"], '
        'measures=["cut", "reliability", "exposure"]).table()'
    ),
    'world.atlas("dependence", "CU", by="state")["dependence"]': (
        'world.depend("CU", by="state")["share"].head(1).alias("dependence")'
    ),
    'vendors("PL", ledger="technology-ties")': 'vendors("PL")',
    'read_scenario("two-blocs").shocks': "read_scenario(find_scenario('two-blocs')).shocks",
    'world.after(Isolate(networks="country:CU")).links': (
        'apply(world, Scenario(name="x", world="2019-12", shocks=Isolate(networks="country:CU")))'
        ".links"
    ),
    'world.after([Remove(networks=3356), Remove(networks="AS174")]).links': (
        'world.after([Remove(networks=Selection("AS3356")), Remove(networks="174")]).links'
    ),
    'Isolate(networks=Selection("country:RU"))': 'Isolate(networks="country:RU")',
    "weigh(world, networks=3356)": 'weigh(world, networks=["AS3356"])',
    'ties("Huawei", predicates="bans")': 'ties("Huawei", predicates=["bans"])',
    'ties("U.S.")': 'ties("US")',
    'ties("Россия")': 'ties("Russia")',
    "read_scenario(TEXT).shocks": "TWO_BLOCS.shocks",
    'members_of(world, "network", "country:CU")': (
        'members_of(world, "network", of=Selection("country:CU"))'
    ),
    'read_essay("Huawei made $122 billion in 2019.")': (
        'read_essay("Huawei made $122 billion in 2019.", open_ledger())'
    ),
}

#: What a newcomer may type in the wrong form, and what the error tells.
REFUSED = {
    'depend("2019-12", "CU")': "open_world('2019-12')",
    'depend(world, "Atlantis")': "ISO 3166-1",
    'depend(world, "Rusiia")': "did you mean Russia",
    "depend(world, 12)": "ISO 3166-1",
    'cti(world, ["CU"])': "ISO 3166-1",
    'depend(world, "CU", prefer="gao")': "gao-rexford",
    'depend(world, "CU", ties="split")': "it takes prefer, tie_break",
    'depend(world, "CU", routing="gao-rexford")': "Routing(prefer=...)",
    'measure(world, "ctti", "CU")': "did you mean cti",
    'measure(world, 3, "CU")': "there are",
    'apply(world, "two-bloc")': "did you mean two-blocs",
    "apply(world, 3)": "two-blocs",
    'apply(world, "two-blocs")': "open_world('2025-09')",
    'hegemony(world, "CU", vantages="nobody")': "[3356, 1299]",
    'hegemony(world, "CU", vantages=["ASAS1"])': "as 3356 or AS3356",
    'world.path("x", 3)': "as 3356 or AS3356",
    "world.path(3356, 4000000000)": "not in this world",
    'open_ledger().about("Huaweii")': "did you mean Huawei",
    'ties("Huawei", as_of="2019")': "2019-11-30",
    "open_world(None)": "as '2019-12', or a folder",
    'open_world("2019")': "did you mean 2019-12",
    "open_ledger(3)": "as 'technology-ties', or a folder",
    'open_ledger("november")': "technology-ties",
    'atlas(world, "dependence", "Atlantis")': "ISO 3166-1",
    'history([], "dependence", "RU")': "name two or more",
    'vendors("PL", "Huaweii")': "did you mean Huawei",
    'vendors("PL", vendor=3)': "an id, a name or an alias",
    'cut(world, "CU", share="half")': "as 0.9",
    'points_of_control(world, "CU", share="half")': "as 0.9",
    "find_scenario(None)": "two-blocs",
    'hegemony(world, "CU", paths=None)': "give one of modelled, observed, both",
    'depend(world, "CU", paths=["observed"])': "give one of modelled, observed, both",
    "add_paths(None, [])": "open_world('2019-12')",
    "add_paths(world, [])": "name one or more routing tables",
    'add_paths(later, "nowhere.mrt")': "is a digest",
    "read_essay(None)": "read_essay_file",
    "read_essay_file(3)": "give a path",
    "read_scenario(3)": "the name of one such as 'two-blocs', or a file",
    'depend(world, ["CU"])': "ISO 3166-1",
    'measure(world, ["cti"], "CU")': "there are",
    "atlas(world, 3)": "there are",
    'atlas(world, "dependence", 3)': "ISO 3166-1",
    "grp(world, None)": "ISO 3166-1",
    'history(None, "dependence", "RU")': "open_world('2019-12')",
    'apply(3, "two-blocs")': "open_world('2019-12')",
    "to_networkx(3)": "open_world('2019-12')",
    'ties("Huawei", as_of=2019)': "2019-11-30",
    'ties("Huawei", ledger=3)': "as 'technology-ties', or a folder",
    'vendors("PL", ledger="november")': "technology-ties",
    'bootstrap(world, "dependence", "CU", replicates="x")': "give a whole number, as 100",
    'measure("cti", world, "CU")': "open_world('2019-12')",
    'hegemony(world, "CU", at_least="x")': "above 0 and at most 1, not 'x'",
    'measure(world, "states", "CU", blocs="west")': "{'west': ['US', 'GB']}",
    'crp(world, "CU", censors="x")': "give some, as 1,5",
    "transit(world, [3356], [1299])": "weigh(world, 'addresses', [3356])",
    'transit(world, "CU", "US")': "give 'asn' and 'weight'",
    'find_scenario("CU")': "a nation is named by country=",
    "Selection(None)": "as 'AS3356' or 'country:RU,BY'",
    'Isolate(networks="RU")': "write country:RU",
    'Isolate("RU")': "write Isolate(networks='country:RU')",
    'Ban(vendors="Huawei")': "did you mean vendor",
    'Ban(vendor="Huawei")': "Ban needs networks",
    'Cut("RU", "US")': "write Cut(between=('country:RU', 'AS3356'))",
    'Isolate(networks="AS1", date="soon")': "as '2019-11-30'",
    'Add(between=("AS1", "AS2"), relation="friend")': "one of peer, provider, customer",
    "Remove()": "write Remove(networks='country:RU')",
    'Scenario("x", [Isolate(networks="country:RU")])': "Scenario(name='...', world='2019-12'",
    'Scenario(name="x", shocks=())': "Scenario needs world",
    'Scenario(name="x", world="2019-12", shocks=(3,))': "[Isolate(networks='country:RU')]",
    'world.after("")': "'two-blocs'",
    "world.after([3])": "or shocks, as Isolate(networks='country:RU')",
    'open_world("")': "as '2019-12', or a folder",
    'weigh("2019-12")': "open_world('2019-12')",
    'weigh(world, "foo")': "one of networks, addresses",
    'clique_of("2019-12")': "open_world('2019-12')",
    'vendors("PL", world="2019-12")': "open_world('2019-12')",
    'by_evidence(world, "x")': "one of trusted, all, bgp",
    'members_of(world, "as")': "one of network, country, pair",
    'members_of("two-blocs", "country")': "open_world('2019-12')",
    'charts.world_map(world, title="x")': "polars DataFrame",
    'sweep(world, "two-blocs", "kept")': "give members_of(world, 'country')",
    'sweep(world, [3], "kept")': "give members_of(world, 'country')",
    'concentration(world, "CU", 3)': "polars DataFrame",
    'crossing(world, "CU")': "polars DataFrame",
    'Filters("x")': "as 3356 or AS3356",
    "Trial(victims=3, attackers=(1,), prefixes=())": "give a tuple",
    'ErrorRates("x")': "give a number, as 0.01",
    'bootstrap(world, "cti", "CU", rates=3)': "write ErrorRates(wrong=0.004)",
    'bootstrap(world, "cti", "CU", seed="x")': "give a whole number, as 0",
    "fetch_world(2019)": "give text",
    'build_world("2019-12-01", as_rel=3)': "give a path",
    'build_world("2019-12-01", as_rel="/nofile")': "/nofile: no such file",
    "read_collector_peers(3)": "give a path",
    "World.open(3)": "give a path",
    "world.save(3)": "give a path",
    "hijack_matrix(world, 3)": "give a path",
    'depend(world, "CU", vantages=[])': "or AS numbers as [3356, 1299]",
    'world.depend("CU", "RU")': "too many positional arguments; it takes country, paths",
    'depend(world, "CU", progress=3)': "give a function",
    'bootstrap(world, "cti", "CU", seed=-1)': "give 0 or a larger whole number",
    'bootstrap(world, "cti", "CU", replicates=10**20)': "100 give a fair interval",
    'crp(world, "CU", censors=[1.5])': "give some, as 1,5",
    'apply(later, "two-blocs", links="x")': "one of trusted, all, bgp",
    'what_if(later, "two-blocs", "RU", observers="Rusiia")': "did you mean Russia",
    'members_of(world, "network", of="RU")': "write country:RU",
    'members_of(world, "network", of=[3])': "as 'AS3356' or 'country:RU,BY'",
    'members_of(world, "country", largest=0)': "ask for 1 at least",
    'read_essay("")': "there is no text; give the essay itself",
    "world.depend()": "missing a required argument: 'country'; it takes country",
    'open_world(nam="2019-12")': "unknown argument of open_world 'nam'; it takes name_or_path",
    "Routing(perfer=1)": "unknown argument of Routing 'perfer'; did you mean prefer?",
    'Counting("inbound", "network", 1, 2, 3, 4, 5, 6, 7)': "Counting: too many positional",
    'depend(world, nation="CU")': "missing a required argument: 'country'",
}


def evaluate(text: str, world, later) -> object:
    public = {name: getattr(splinternet, name) for name in splinternet.__all__}
    file = splinternet.find_scenario("two-blocs")
    given = {"TWO_BLOCS": splinternet.read_scenario(file), "TEXT": file.read_text("utf-8")}
    return eval(text, public | given | {"world": world, "later": later})


@pytest.mark.parametrize("typed", ALIKE)
def test_what_people_type_equals_the_long_form(typed, world, later):
    short, long = evaluate(typed, world, later), evaluate(ALIKE[typed], world, later)
    if isinstance(short, pl.DataFrame):
        assert_frame_equal(short, long)
    elif isinstance(short, pl.Series):
        assert_series_equal(short, long)
    else:
        assert short == long


@pytest.mark.parametrize("typed", REFUSED)
def test_what_cannot_be_says_what_would_work(typed, world, later):
    with pytest.raises(SplinternetError) as told:
        evaluate(typed, world, later)
    assert REFUSED[typed] in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("depends", "did you mean depend"),
        ("dependence", "measure(world, 'dependence', 'CU') answers"),
        ("states", "measure(world, 'states', 'CU') answers"),
        ("nothing_at_all", "has no attribute 'nothing_at_all'"),
    ],
)
def test_names_that_are_not_public_tell_what_may_be_meant(name, hint):
    with pytest.raises(AttributeError) as told:
        getattr(splinternet, name)
    assert hint in str(told.value)
    assert not hasattr(splinternet, "__wrapped__")


def test_enough_calls_are_tried():
    assert len(ALIKE) + len(REFUSED) >= 40


def test_every_method_of_a_world_is_a_public_function(world):
    from splinternet.methods import QUESTIONS

    for name, (module, function) in QUESTIONS.items():
        answers = getattr(importlib.import_module(f"splinternet.{module}"), function)
        assert function in (*splinternet.__all__, "make_brief", "vendors_in")
        method = getattr(world, name)
        assert method.__func__ is answers
        assert method.__doc__ == answers.__doc__
        _, *own = inspect.signature(answers).parameters
        assert [*inspect.signature(method).parameters] == own
        assert name in dir(world)


def test_checkers_of_types_know_every_method_of_a_world():
    from splinternet.methods import QUESTIONS

    path = ROOT / "world" / "questions.pyi"
    stub = ast.parse(path.read_text(encoding="utf-8"))
    modules = {
        alias.asname: (node.module.removeprefix("splinternet."), alias.name)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    (declared,) = (node for node in stub.body if isinstance(node, ast.ClassDef))
    found = {each.targets[0].id: modules[each.value.id] for each in declared.body}
    assert found == QUESTIONS


def test_a_world_loads_what_answers_when_it_is_asked():
    command = (
        "import sys, splinternet; world = splinternet.open_world('2019-12'); dir(world); "
        "print(sorted(each for each in sys.modules if each.startswith('splinternet.measures')))"
    )
    loaded = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True)
    assert (loaded.stdout, loaded.stderr) == ("[]\n", "")


def test_views_for_notebooks(world, later):
    after = later.after("two-blocs")
    assert 'after "' in repr(after)
    assert "after" not in repr(world)
    assert "<table>" in world._repr_html_()
    assert "After" in after._repr_html_()
    assert "<table>" in splinternet.open_ledger()._repr_html_()
    compared = later.compare(after, "RU")
    assert repr(compared).startswith("<Comparison of 2025-09 before and after")
    assert "Changes that a scenario makes" in compared._repr_html_()
    shown = splinternet.brief(small_world(), "KP")._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "&lt;html" in shown


def test_other_libraries_take_what_is_given(world):
    graph = splinternet.to_networkx(world)
    peerings = world.links.filter(kind="p2p").height
    assert graph.number_of_nodes() == world.networks.height
    assert graph.number_of_edges() == world.links.height + peerings
    frame = world.depend("CU").to_pandas()
    assert frame["asn"].tolist()[0] == 11960


def test_a_library_that_is_missing_is_named(world, monkeypatch):
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(SplinternetError, match=r"pip install splinternet\[networkx\]"):
        splinternet.to_networkx(world)


def test_stub_and_module_name_the_same(world):
    stub = ast.parse((ROOT / "__init__.pyi").read_text(encoding="utf-8"))
    imported = {
        alias.name for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert imported == set(splinternet.__all__)
    (listed,) = (
        ast.literal_eval(node.value)
        for node in stub.body
        if isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
    )
    assert listed == dir(splinternet)


def test_numbers_of_networks_may_be_one_text_with_commas(world):
    assert splinternet.clique_of(world, "174,AS3356") == (174, 3356)
    assert splinternet.Counting(vantages="3356, AS1299").vantages == (1299, 3356)
    own = {"clique": "174,3356"}
    assert_frame_equal(
        world.measure("reliability", "CU", **own),
        world.measure("reliability", "CU", clique=[174, 3356]),
    )
    for wrong in ("3356,x", "3356,", ","):
        with pytest.raises(SplinternetError, match="as 3356 or AS3356"):
            splinternet.clique_of(world, wrong)


#: Errors whose remedy a function takes as an argument and the command line as an option.
REMEDIES = {
    'find_scenario("CU")': ("country=...", "--country"),
    'depend(later, "CU", links="all")': ("links='all'", "--links all"),
    'history([world, world], "dependence", "CU")': ("mixed=True", "--mixed"),
    'apply(world, "two-blocs")': ("open_world('2025-09')", "--world 2025-09"),
    'what_if(later, "two-blocs", "RU", by="owner")': ("depend(after, country, by=", "depend --by"),
}


@pytest.mark.parametrize("typed", REMEDIES)
def test_an_error_names_an_argument_to_a_caller_and_an_option_to_the_terminal(typed, world, later):
    call, option = REMEDIES[typed]
    with pytest.raises(SplinternetError) as told:
        evaluate(typed, world, later)
    error = told.value
    assert call in str(error)
    assert "--" not in str(error)
    assert option in error.of_terminal
    assert call not in error.of_terminal
    assert str(error).isprintable()
    assert error.of_terminal.isprintable()


def test_a_remedy_keeps_both_forms_where_an_error_is_sent_to_another_process(tmp_path):
    world = small_world()
    world.save(tmp_path / "w")
    with pytest.raises(SplinternetError, match="say overwrite=True") as told:
        world.save(tmp_path / "w")
    assert pickle.loads(pickle.dumps(told.value)).of_terminal.endswith("say --force")
    error = InputError(f"say {remedy('repair=True', '--repair')}", "links.csv", 3)
    again = pickle.loads(pickle.dumps(error))
    assert (again.reason, again.of_terminal) == ("say repair=True", "links.csv:3: say --repair")


def test_no_error_outside_of_the_terminal_names_a_bare_option():
    """Options stand in :func:`remedy`, beside what a function's caller writes; or in commands."""
    bare = []
    for file in ROOT.rglob("*.py"):
        if file.relative_to(ROOT).parts[0] in ("cli", "web", "brief"):
            continue
        for raised in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(raised, ast.Raise):
                within = [
                    each
                    for call in ast.walk(raised)
                    if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "remedy"
                    for each in ast.walk(call)
                ]
                bare += [
                    (file.name, each.value)
                    for each in ast.walk(raised)
                    if isinstance(each, ast.Constant)
                    and each not in within
                    and re.search(r"(?<![\w-])--[a-z]", str(each.value))
                    and "splinternet " not in str(each.value)
                ]
    assert bare == []
