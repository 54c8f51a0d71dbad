"""The notebook of the case: it runs on the digest, and says what the program computes.

A kernel of Jupyter runs it in `make nightly`; at every change its code is read.
"""

import ast
import importlib
import re
from pathlib import Path

import pytest

import splinternet
from splinternet.base.shares import rounded

NOTEBOOK = Path(__file__).parents[1] / "examples" / "russia-2019.ipynb"


@pytest.fixture(scope="module")
def committed():
    import nbformat

    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> dict[str, str]:
    """What each cell shows, as text: what it prints, its table, or its picture."""
    import nbclient
    import nbformat

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    folder = {"metadata": {"path": str(tmp_path_factory.mktemp("elsewhere"))}}
    nbclient.NotebookClient(notebook, timeout=300, resources=folder).execute()
    return {cell.id: "\n".join(map(shown, cell.get("outputs", []))) for cell in notebook.cells}


def shown(output) -> str:
    if output.output_type == "stream":
        return output.text
    return output.data.get("image/svg+xml") or output.data["text/plain"]


def percent(text: str) -> float:
    return float(text.rstrip("%")) / 100


def test_it_is_committed_without_outputs(committed):
    import nbformat

    nbformat.validate(committed)
    cells = [cell for cell in committed.cells if cell.cell_type == "code"]
    assert 9 <= len(cells) <= 12
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)
    assert not re.search(r"/(tmp|home|Users)/", NOTEBOOK.read_text(encoding="utf-8"))


def test_it_names_what_there_is(committed):
    """Every cell is Python, and what it takes from the program is there."""
    code = "\n".join(cell.source for cell in committed.cells if cell.cell_type == "code")
    nodes = list(ast.walk(ast.parse(code)))
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module.startswith("splinternet"):
            module = importlib.import_module(node.module)
            assert all(hasattr(module, alias.name) for alias in node.names)
    attributes = [node for node in nodes if isinstance(node, ast.Attribute)]
    used = {node.attr for node in attributes if ast.unparse(node.value) == "splinternet"}
    assert len(used) > 5
    assert used <= {*splinternet.__all__}


@pytest.mark.nightly
def test_every_picture_names_its_source(committed, outputs):
    pictures = {name for name, text in outputs.items() if "<svg" in text}
    assert pictures == {"carriers", "states", "leave", "time", "map"}
    sources = {cell.id: cell.source for cell in committed.cells}
    assert all("SOURCE" in sources[name] or "Source:" in sources[name] for name in pictures)


@pytest.mark.nightly
def test_carriers_and_states_are_those_that_the_program_computes(outputs):
    world = splinternet.open_world("2019-12")
    (_, name, _, share, _) = splinternet.depend(world, "RU").drop_nulls("name").row(0)
    assert name in outputs["carriers"]
    assert f"{name}: {rounded(share)};" in outputs["carriers"]
    states = splinternet.depend(world, "RU", by="state")
    (first, *_) = re.findall(r"│ ([A-Z]{2})\s+┆ ([\d.]+)", outputs["states"])
    assert first[0] == "US"
    shares = dict(states.select("country", "share").iter_rows())
    assert float(first[1]) == pytest.approx(shares["US"], abs=1e-6)


@pytest.mark.nightly
def test_who_could_watch(outputs):
    share = r"\s+┆ ([\d.]+)"
    rows = re.findall(rf"│ (\w+)\s+┆ (\w+){4 * share}", outputs["watch"])
    found = {(way, who): tuple(map(float, figures)) for way, who, *figures in rows}
    assert len(found) == 6
    for third, passing, ending, exposed in found.values():
        assert exposed == pytest.approx(passing + ending, abs=2e-6)
        assert passing == pytest.approx(third * (1 - ending), abs=2e-6)
    # Abroad, the United States see more than the largest carrier; at home, hardly anything.
    assert found["inbound", "US"][3] > 0.4 > found["inbound", "AS12389"][3]
    assert found["domestic", "US"][3] < 0.1 < found["domestic", "AS12389"][3]


@pytest.mark.nightly
def test_isolation_cuts_everything_abroad_and_little_at_home(outputs):
    before, after, home_before, home_after, detoured = map(
        percent, re.findall(r"[\d.]+%", outputs["isolate"])
    )
    assert before > 0.95
    assert after == 0
    assert 0.9 < home_after < home_before
    assert 0 < home_before - home_after <= detoured


@pytest.mark.nightly
def test_two_carriers_leave_and_russia_stays_reachable(outputs):
    before, after = map(percent, re.findall(r"([\d.]+%) (?:are|after\n)", outputs["leave"]))
    assert 0 <= before - after < 0.001
    bars = re.findall(r">([\d.]+%) \(([\d.]+%) before\)<", outputs["leave"])
    assert len(bars) == 7
    assert percent(bars[0][1]) > 2 * percent(bars[0][0])  # who loses most loses most of it


@pytest.mark.nightly
def test_who_builds_it_is_told_with_what_contradicts_it(outputs):
    told = outputs["builds"]
    assert re.search(r"2019-06-05  Mobile TeleSystems \(MTS\) partners_with Huawei", told)
    assert "Tele2 Russia contracts Nokia" in told
    assert "but: Essay" in told


@pytest.mark.nightly
def test_every_work_is_cited(outputs):
    named = {
        key for each in re.findall(r"\[([\w;-]+)\]", outputs["builds"]) for key in each.split(";")
    }
    cited = set(re.findall(r"^\[([\w-]+)\] .{20}", outputs["works"], re.MULTILINE))
    assert len(named) > 10
    assert named <= cited
    assert "spearman: 0.9" in outputs["works"]


@pytest.mark.nightly
def test_the_time_line_and_the_map(outputs):
    assert "2019-11-01, enacts" in outputs["time"]
    assert "(disputed)" in outputs["time"]
    assert "no figure" in outputs["map"]
    assert "Natural Earth" in outputs["map"]
