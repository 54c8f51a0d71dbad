"""The public names, each with the module that it is from."""

from . import brief as brief
from . import digest as digest
from .base.choices import Counting as Counting
from .base.choices import Routing as Routing
from .base.errors import FetchError as FetchError
from .base.errors import InputError as InputError
from .base.errors import MisuseError as MisuseError
from .base.errors import RoutingError as RoutingError
from .base.errors import SplinternetError as SplinternetError
from .base.errors import WorldError as WorldError
from .brief import charts as charts
from .essay.reading import read_essay as read_essay
from .essay.reading import read_essay_file as read_essay_file
from .ledger.catalogue import open_ledger as open_ledger
from .ledger.ledger import Ledger as Ledger
from .ledger.ties import ties as ties
from .measures.atlas import atlas as atlas
from .measures.bootstrap import bootstrap as bootstrap
from .measures.catalogue import find_measure as find_measure
from .measures.catalogue import list_measures as list_measures
from .measures.catalogue import measure as measure
from .measures.concentration import concentration as concentration
from .measures.cones import cones as cones
from .measures.continuity import continuity as continuity
from .measures.control import control as control
from .measures.control import points_of_control as points_of_control
from .measures.crp import choke_points as choke_points
from .measures.crp import crp as crp
from .measures.cti import cti as cti
from .measures.cut import cut as cut
from .measures.cut import cut_set as cut_set
from .measures.dependence import depend as depend
from .measures.dependents import dependents as dependents
from .measures.detours import detours as detours
from .measures.exposure import exposure as exposure
from .measures.grp import grp as grp
from .measures.hegemony import hegemony as hegemony
from .measures.hijacks import Diversion as Diversion
from .measures.hijacks import hijack as hijack
from .measures.history import history as history
from .measures.measure import Measure as Measure
from .measures.protection import Protection as Protection
from .measures.protection import protect as protect
from .measures.reliability import reliability as reliability
from .measures.resampling import ErrorRates as ErrorRates
from .measures.states import state_dependence as state_dependence
from .routing.adding import add_paths as add_paths
from .routing.clique import clique_of as clique_of
from .routing.observed import check_model as check_model
from .routing.routes import path as path
from .routing.routes import routes as routes
from .routing.routes import summary as summary
from .routing.traffic import weigh as weigh
from .routing.transit import crossing as crossing
from .routing.transit import passing as passing
from .routing.transit import transit as transit
from .routing.trials import Filters as Filters
from .routing.trials import Trial as Trial
from .scenario.apply import apply as apply
from .scenario.cases import find_scenario as find_scenario
from .scenario.compare import what_if as what_if
from .scenario.comparison import Comparison as Comparison
from .scenario.hijack_matrix import hijack_matrix as hijack_matrix
from .scenario.language import read_scenario as read_scenario
from .scenario.members import members_of as members_of
from .scenario.scenario import Scenario as Scenario
from .scenario.selection import Selection as Selection
from .scenario.shocks.add import Add as Add
from .scenario.shocks.ban import Ban as Ban
from .scenario.shocks.cut import Cut as Cut
from .scenario.shocks.filter import Filter as Filter
from .scenario.shocks.hijack import Hijack as Hijack
from .scenario.shocks.inspect import Inspect as Inspect
from .scenario.shocks.isolate import Isolate as Isolate
from .scenario.shocks.leak import Leak as Leak
from .scenario.shocks.refuse import Refuse as Refuse
from .scenario.shocks.remove import Remove as Remove
from .scenario.shocks.split import Split as Split
from .scenario.sweeps import sweep as sweep
from .supply.overview import vendors as vendors
from .world.build import build_world as build_world
from .world.catalogue import list_worlds as list_worlds
from .world.catalogue import open_world as open_world
from .world.collectors import read_collector_peers as read_collector_peers
from .world.evidence import by_evidence as by_evidence
from .world.fetch import fetch_world as fetch_world
from .world.graphs import to_networkx as to_networkx
from .world.world import World as World

__version__: str

__all__ = [
    "Add",
    "Ban",
    "Comparison",
    "Counting",
    "Cut",
    "Diversion",
    "ErrorRates",
    "FetchError",
    "Filter",
    "Filters",
    "Hijack",
    "InputError",
    "Inspect",
    "Isolate",
    "Leak",
    "Ledger",
    "Measure",
    "MisuseError",
    "Protection",
    "Refuse",
    "Remove",
    "Routing",
    "RoutingError",
    "Scenario",
    "Selection",
    "SplinternetError",
    "Split",
    "Trial",
    "World",
    "WorldError",
    "add_paths",
    "apply",
    "atlas",
    "bootstrap",
    "brief",
    "build_world",
    "by_evidence",
    "charts",
    "check_model",
    "choke_points",
    "clique_of",
    "concentration",
    "cones",
    "continuity",
    "control",
    "crossing",
    "crp",
    "cti",
    "cut",
    "cut_set",
    "depend",
    "dependents",
    "detours",
    "digest",
    "exposure",
    "fetch_world",
    "find_measure",
    "find_scenario",
    "grp",
    "hegemony",
    "hijack",
    "hijack_matrix",
    "history",
    "list_measures",
    "list_worlds",
    "measure",
    "members_of",
    "open_ledger",
    "open_world",
    "passing",
    "path",
    "points_of_control",
    "protect",
    "read_collector_peers",
    "read_essay",
    "read_essay_file",
    "read_scenario",
    "reliability",
    "routes",
    "state_dependence",
    "summary",
    "sweep",
    "ties",
    "to_networkx",
    "transit",
    "vendors",
    "weigh",
    "what_if",
]
