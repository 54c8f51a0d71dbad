#!/usr/bin/env bash
# What is too long for every change: other Pythons, the lowest versions allowed, many examples, BGPy on real snapshots.
# Usage: tools/nightly.sh [PYTHON ...]; each Python that is named, and found, gets an environment of its own in build/.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=.venv/bin/uv
failed=0

# The tests that ask the whole program, without those of a browser, BGPy and notebooks.
some=(tests/test_public.py tests/test_world.py tests/test_readers.py tests/test_routing.py tests/test_depend.py
    tests/test_ledger.py tests/test_scenario_language.py tests/test_cli_commands.py)

# Every processor has files of tests; tests/conftest.py says which begin.
spread=(--numprocesses auto --dist loadgroup --no-loadscope-reorder)

try() { # NAME PYTHON RESOLUTION
    local folder="build/nightly/$1"
    echo "== $1: $2, $3 versions"
    "$uv" venv --quiet --clear --python "$2" "$folder"
    # All at once: what came later would bring versions that what is there cannot do with.
    "$uv" pip install --quiet --python "$folder/bin/python" --resolution "$3" '.[pandas,networkx]' \
        'pytest>=8.2' 'pytest-xdist>=3.8' 'hypothesis>=6.140'
    HYPOTHESIS_PROFILE=dev "$folder/bin/python" -m pytest -p no:cacheprovider "${spread[@]}" \
        "${some[@]}" || failed=1
}

try lowest .venv/bin/python lowest-direct
for python in "$@"; do
    if command -v "$python" > /dev/null && "$python" -c '' 2> /dev/null; then
        try "$python" "$(command -v "$python")" highest
    else
        echo "== $python: not on this machine, left out"
    fi
done

echo "== many examples"
HYPOTHESIS_PROFILE=nightly .venv/bin/python -m pytest "${spread[@]}" -m 'not slow' || failed=1
echo "== what is too long for every change: every look of every page, every text"
SPLINTERNET_SCREENSHOTS=build/screenshots .venv/bin/python -m pytest "${spread[@]}" -m 'nightly and slow' || failed=1
echo "== BGPy on real snapshots"
BGPY_ORIGINS=300 .venv/bin/python -m pytest -m '' tests/test_bgpy.py || failed=1
exit "$failed"
