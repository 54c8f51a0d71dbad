"""A small torture in every run of the tests; ``make torture`` is the large one."""

from time import monotonic

import pytest

from budgets import PROFILE
from hostile import TARGETS, attempt, attempt_by_command
from mutations import CHANGES

#: Seconds for all targets together, by their shares: what a slow machine does not get done in it
#: is left to the next.
SECONDS = {"dev": 6.0, "ci": 8.0, "nightly": 60.0}[PROFILE]

every_target = pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)


@every_target
def test_damaged_files_are_read_or_refused_in_one_line(target):
    until = monotonic() + SECONDS * target.share / sum(each.share for each in TARGETS)
    found = []
    for seed in range(1_000_000, 1_003_000):
        found.append(attempt(target, seed))
        if monotonic() > until and len(found) >= len(CHANGES):
            break
    assert "refused" in found


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("import", marks=pytest.mark.nightly),
        "vantages",
        "datasets",
        "scenario",
        "essay",
        "ledger",
        "world",
        "sweep",
    ],
)
def test_commands_say_one_line_of_damaged_files(name):
    (target,) = [target for target in TARGETS if target.name == name]
    for seed in range(1_000_000, 1_000_002):
        assert attempt_by_command(target, seed) in ("read", "refused")
