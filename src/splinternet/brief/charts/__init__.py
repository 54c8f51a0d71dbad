"""Charts and maps, each a function from a polars frame to a picture that a notebook shows.

Bars and maps are drawn by hand, others are altair's; :mod:`splinternet.brief.charts.render` makes
files of them::

    from splinternet.brief.charts import bars, render

    chart = bars(frame, title="Who carries Russia's traffic")
    render.svg(chart), render.png(chart)
"""

from splinternet.brief import shapes, theme
from splinternet.brief.charts import render
from splinternet.brief.charts.flows import flows
from splinternet.brief.charts.lines import lines
from splinternet.brief.charts.timeline import timeline
from splinternet.brief.charts.world_map import world_map
from splinternet.brief.drawings.bars import bars

__all__ = ["bars", "flows", "lines", "render", "shapes", "theme", "timeline", "world_map"]
