"""Print the headlines of some nations with their intervals and doubts, as briefs have them.

``python validation/sureness.py NUMBER WORLD...`` takes digests whose figures are shipped. The
figures are those of the full worlds; an interval holds what other preferences and weightings give,
and so many worlds drawn. Behind a figure stands the carrier in doubt that it rests on, if any.
"""

from __future__ import annotations

import sys

from doubts import doubted
from headlines import NATIONS

from splinternet.base.choices import Counting, Routing
from splinternet.brief.facts.asked import Asked
from splinternet.brief.facts.sureness import SHARES, doubts_among, sureness
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.resampling import Draws
from splinternet.world.catalogue import open_world
from splinternet.world.learned import as_routed


def main(number: int, names: list[str]) -> None:
    """Print a row of a table for each world and nation."""
    for name in names:
        world = as_routed(open_world(name), Routing())
        figures = shipped_figures(world)
        if figures is None:
            raise SystemExit(f"no figures of {name} are shipped")
        for code in NATIONS:
            row = dict(figures.row(code))
            asked = Asked(world, code, Routing(), Counting(), name, None, None, figures=figures)
            ends = sureness(asked, Draws(number)).ends(row)
            doubts = doubts_among(doubted(world, row) or (), row)
            cells = []
            for figure, about in SHARES.items():
                low, high = ends[f"{figure}_low"], ends[f"{figure}_high"]
                doubt = doubts.get(f"{figure}_doubt")
                cells += [
                    f"AS{row[about]}" if isinstance(row[about], int) else row[about],
                    f"{row[figure]:.1%} ({low:.1%} to {high:.1%})",
                    "none" if doubt is None else f"AS{doubt.asn} {doubt.why}",
                ]
            print(" | ".join(["", name, code, *cells, ""]).strip(), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
