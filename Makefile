# Needs make and Python 3.11 or later with its venv and pip, nothing else. `make help` lists the
# targets. Everything is installed into .venv here, from the package registry.

PYTHON ?= python3
COUNTRY ?= RU
# The published files, for `make shipped`.
DATA ?= ../shared/data

BIN := .venv/bin
# Modules are compiled when they are first used: all of them would take half a minute more.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
# Tests start the program hundreds of times: what Python has compiled is kept, whatever is set.
unexport PYTHONDONTWRITEBYTECODE
# A file of tests stays in one process, which its fixtures need; tests/conftest.py says which begin.
SPREAD := --numprocesses auto --dist loadgroup --no-loadscope-reorder
PYTEST := $(BIN)/python -m pytest $(SPREAD)
CODE := src tests benchmarks docs examples tools validation

.PHONY: help brief test quick coverage check docs bench peers validate validate-paths nightly torture picture shipped clean
.DEFAULT_GOAL := help

help: ## list these targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 16

brief: .venv/.stamp-program ## on whom Russia's Internet depends, also as a page; COUNTRY=CU for another
	@mkdir -p build
	$(BIN)/splinternet brief "$(COUNTRY)" -o "build/brief-$(COUNTRY).html" -o -

test: .venv/.stamp-tools ## run every test on all cores; ARGS='-k cuba' for some
	HYPOTHESIS_PROFILE=ci $(PYTEST) $(ARGS)

quick: .venv/.stamp-tools ## run what a minute is enough for, with few examples, while editing
	HYPOTHESIS_PROFILE=dev $(PYTEST) -m "not slow and not nightly" $(ARGS)

coverage: .venv/.stamp-tools ## lines that the tests of `make quick` run, in one process
	@mkdir -p build
	HYPOTHESIS_PROFILE=dev $(BIN)/python -m coverage run -m pytest -m "not slow and not nightly" $(ARGS)
	$(BIN)/python -m coverage report --include='src/splinternet/*'

check: .venv/.stamp-tools ## style, types, layers, documents
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/check.py
	$(BIN)/python docs/make_cli_reference.py --check
	$(BIN)/python docs/make_cases.py --check
	$(BIN)/mkdocs build --quiet --strict

docs: .venv/.stamp-tools ## build the documentation site in build/site
	$(BIN)/mkdocs build --strict

bench: .venv/.stamp-tools ## time the table of speeds; needs the real data
	$(BIN)/python -m pytest -o addopts= benchmarks

peers: .venv/.stamp-tools ## time other simulators too, and write docs/performance.md
	$(BIN)/python benchmarks/against_peers.py

validate: .venv/.stamp-tools ## compare 300 origins of a real snapshot with BGPy; six minutes
	BGPY_ORIGINS=300 $(BIN)/python -m pytest -m "" tests/test_bgpy.py

validate-paths: .venv/.stamp-tools ## compare whole paths with those that RouteViews saw in May 2008
	$(BIN)/python validation/paths.py $(DATA)

PYTHONS ?= python3.12 python3.13
nightly: .venv/.stamp-tools ## other Pythons, lowest versions, many examples, BGPy on real snapshots; hours
	tools/nightly.sh $(PYTHONS)

HOURS ?= 1
torture: .venv/.stamp-tools ## a million damaged files for each of HOURS, ten thousand by command; routing tables, three million
	$(BIN)/python tests/torture.py --hours $(HOURS)
	$(BIN)/python tests/fuzz_rib.py --hours $(HOURS)

picture: brief ## take the README's picture of the brief; needs Chromium
	$(PIP) --editable '.[dev]'
	$(BIN)/python tools/brief_picture.py "build/brief-$(COUNTRY).html"

shipped: .venv/.stamp-program ## make all that is shipped again from $(DATA): figures, digests, history; some 40 minutes on two cores
	$(BIN)/python tools/make_shipped.py $(DATA) build

clean: ## remove what these targets made
	rm -rf .venv .venv-peers .hypothesis .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache .benchmarks build dist
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps say what is installed; a change of pyproject.toml installs it again.
.venv/.stamp-made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "$(PYTHON) is not Python 3.11 or later; name one: make PYTHON=/path/to/python3.11" >&2; \
		exit 1; }
	$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/.stamp-program: .venv/.stamp-made pyproject.toml
	$(PIP) --editable .
	@touch $@

.venv/.stamp-tools: .venv/.stamp-made pyproject.toml
	$(PIP) --editable '.[dev]'
	@touch .venv/.stamp-program $@
