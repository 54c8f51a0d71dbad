"""Making what is shipped, in parts side by side."""

import importlib.util
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from splinternet.world.catalogue import SHIPPED

TOOL = Path(__file__).parent.parent / "tools" / "make_shipped.py"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("make_shipped", TOOL)
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found  # where dataclasses look for types
    spec.loader.exec_module(found)
    yield found
    del sys.modules[spec.name]


def test_parts_have_each_step_of_each_world_once_and_in_order(tool):
    made = Counter()
    for part in tool.PARTS:
        steps = [each for each in part if each in tool.STEPS]
        assert steps == [each for each in tool.STEPS if each in part]
        worlds = [each for each in part if each not in tool.STEPS] or [None]
        made.update((step, world) for step in steps for world in worlds)
    every = [(step, each.name) for step in tool.STEPS for each in tool.WORLDS if step != "history"]
    assert made == Counter([*every, ("history", None)])


@pytest.mark.slow
def test_a_part_that_fails_is_named_with_the_reason(tool, tmp_path):
    with pytest.raises(SystemExit, match=r"(?s)figures 2019-12 failed:.*20191201.*no such file"):
        tool.make_part(str(tmp_path), str(tmp_path / "build"), ("figures", "2019-12"))


@pytest.mark.slow
def test_the_package_stays_under_four_megabytes():
    package = SHIPPED.parents[1]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as wheel:
        for file in package.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                wheel.write(file, file.relative_to(package.parent))
    of_the_wheel = 45_000  # the list of its files, and what it says of the package
    assert len(packed.getvalue()) + of_the_wheel < 4_000_000
