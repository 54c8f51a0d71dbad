"""The inner loops of routing, compiled by numba. Nothing else knows numba.

A *block* holds the routes of every row to 128 destinations, one byte lane each: shape
``(rows, LANES)``; ``codes`` says what the bytes mean.
"""

from splinternet.routing._kernels.avoiding import avoiding_block, leaving_block
from splinternet.routing._kernels.changes import lengthen_block, touch_block
from splinternet.routing._kernels.codes import (
    LANES,
    NO_ROUTE,
    PREFERENCES,
    Pinned,
    Preference,
)
from splinternet.routing._kernels.cones import cone_block, tally_cones
from splinternet.routing._kernels.contests import (
    ASPA,
    ATTESTS,
    BY_ATTACKER,
    BY_VICTIM,
    ENDS_AT_ATTACKER,
    ON_PATH,
    ONLY_TO_CUSTOMERS,
    PEER_ROV,
    ROV,
    contend_block,
    hops_block,
    tally_block,
)
from splinternet.routing._kernels.crossing import Inside, crossing_block, vantage_block
from splinternet.routing._kernels.dominators import dominate
from splinternet.routing._kernels.flow import flow_block, sum_lanes
from splinternet.routing._kernels.paths import path_sets_block
from splinternet.routing._kernels.pins import TO_CUSTOMER, TO_PEER, TO_PROVIDER, Pins
from splinternet.routing._kernels.reach import (
    below_groups,
    lost_below_block,
    missing_block,
    missing_pairs,
    reach_block,
)
from splinternet.routing._kernels.routes import (
    count_block,
    finish_block,
    longest,
    next_hops,
    route_block,
)

__all__ = [
    "ASPA",
    "ATTESTS",
    "BY_ATTACKER",
    "BY_VICTIM",
    "ENDS_AT_ATTACKER",
    "LANES",
    "NO_ROUTE",
    "ONLY_TO_CUSTOMERS",
    "ON_PATH",
    "PEER_ROV",
    "PREFERENCES",
    "ROV",
    "TO_CUSTOMER",
    "TO_PEER",
    "TO_PROVIDER",
    "Inside",
    "Pinned",
    "Pins",
    "Preference",
    "avoiding_block",
    "below_groups",
    "cone_block",
    "contend_block",
    "count_block",
    "crossing_block",
    "dominate",
    "finish_block",
    "flow_block",
    "hops_block",
    "leaving_block",
    "lengthen_block",
    "longest",
    "lost_below_block",
    "missing_block",
    "missing_pairs",
    "next_hops",
    "path_sets_block",
    "reach_block",
    "route_block",
    "sum_lanes",
    "tally_block",
    "tally_cones",
    "touch_block",
    "vantage_block",
]
