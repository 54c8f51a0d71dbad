# Needs make and Python 3.11 or later with its venv and pip, nothing else. `make help` lists the
# targets. Everything is installed into .venv here, from the package registry.

PYTHON ?= python3
COUNTRY ?= RU

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CODE := src tests benchmarks docs

.PHONY: help brief test check bench peers validate clean
.DEFAULT_GOAL := help

help: ## list these targets
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 12

brief: .venv/.stamp-program ## on whom Russia's Internet depends; COUNTRY=CU for another
	$(BIN)/splinternet brief "$(COUNTRY)"

test: .venv/.stamp-tools ## run every test; ARGS='-k cuba' for some
	$(BIN)/python -m pytest $(ARGS)

check: .venv/.stamp-tools ## style, types, layers, documents
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/check.py
	$(BIN)/python docs/make_cli_reference.py --check

bench: .venv/.stamp-tools ## time the table of speeds; needs the real data
	$(BIN)/python -m pytest -o addopts= benchmarks

peers: .venv/.stamp-tools ## time other simulators too, and write docs/performance.md
	$(BIN)/python benchmarks/against_peers.py

validate: .venv/.stamp-tools ## compare 300 origins of a real snapshot with BGPy; six minutes
	BGPY_ORIGINS=300 $(BIN)/python -m pytest tests/test_bgpy.py

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
