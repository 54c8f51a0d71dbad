# Needs make and Python 3.11 or later with its venv and pip, nothing else. `make help` lists the
# targets. Everything is installed into .venv here, from the package registry.

PYTHON ?= python3
COUNTRY ?= RU
# The published files, for `make digests`.
DATA ?= ../shared/data

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# A file of tests stays in one process, which its fixtures need.
PYTEST := $(BIN)/python -m pytest --numprocesses logical --dist loadfile
CODE := src tests benchmarks docs examples tools validation

.PHONY: help brief test quick check docs bench peers validate nightly torture picture digests clean
.DEFAULT_GOAL := help

help: ## list these targets
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 12

brief: .venv/.stamp-program ## on whom Russia's Internet depends, also as a page; COUNTRY=CU for another
	@mkdir -p build
	$(BIN)/splinternet brief "$(COUNTRY)" -o "build/brief-$(COUNTRY).html" -o -

test: .venv/.stamp-tools ## run every test on all cores; ARGS='-k cuba' for some
	HYPOTHESIS_PROFILE=ci $(PYTEST) $(ARGS)

quick: .venv/.stamp-tools ## run what a minute is enough for, with few examples, while editing
	HYPOTHESIS_PROFILE=dev $(PYTEST) -m "not slow" $(ARGS)

check: .venv/.stamp-tools ## style, types, layers, documents
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/check.py
	$(BIN)/python docs/make_cli_reference.py --check
	$(BIN)/mkdocs build --quiet --strict

docs: .venv/.stamp-tools ## build the documentation site in build/site
	$(BIN)/mkdocs build --strict

bench: .venv/.stamp-tools ## time the table of speeds; needs the real data
	$(BIN)/python -m pytest -o addopts= benchmarks

peers: .venv/.stamp-tools ## time other simulators too, and write docs/performance.md
	$(BIN)/python benchmarks/against_peers.py

validate: .venv/.stamp-tools ## compare 300 origins of a real snapshot with BGPy; six minutes
	BGPY_ORIGINS=300 $(BIN)/python -m pytest tests/test_bgpy.py

PYTHONS ?= python3.12 python3.13
nightly: .venv/.stamp-tools ## other Pythons, lowest versions, many examples, BGPy on real snapshots; hours
	tools/nightly.sh $(PYTHONS)

HOURS ?= 1
torture: .venv/.stamp-tools ## a million damaged files for each of HOURS, and ten thousand by command
	$(BIN)/python tests/torture.py --hours $(HOURS)

INFO := $(DATA)/as-info
PREFIXES := $(DATA)/prefixes
IHR := --as-country $(INFO)/ihr-classified-as-20191119.txt.gz
AS_RANK := $(INFO)/asrank-202003.csv.gz
LIBLOC := $(INFO)/libloc-as-20221029.csv.gz
ASN_RANGES := $(PREFIXES)/ip-location-db-asn-ipv4-num-20260617.csv.gz
COUNTRY_RANGES := $(PREFIXES)/ip-location-db-asn-country-ipv4-num-20260617.csv.gz
OWNERS := --owners $(DATA)/ownership/state_owned_ases.csv
SHIPPED := src/splinternet/world/shipped
FIGURES := src/splinternet/figures/shipped

picture: brief ## take the README's picture of the brief; needs Chromium
	$(PIP) --editable '.[dev]'
	$(BIN)/python tools/brief_picture.py "build/brief-$(COUNTRY).html"

digests: .venv/.stamp-program ## make the shipped digests again from $(DATA); a quarter of an hour
	rm -rf build/worlds
	$(BIN)/splinternet import --date 2019-12-01 -o build/worlds/2019-12 \
		--as-rel $(DATA)/as-rel/20191201.as-rel2.txt.bz2 \
		$(IHR) --as-country $(AS_RANK) --as-country $(LIBLOC) \
		--as-names $(AS_RANK) --as-names $(LIBLOC) --as-names $(ASN_RANGES) \
		--prefixes $(PREFIXES)/routeviews-rv2-20170329-0200.pfx2as.gz \
		--prefixes $(LIBLOC) --prefixes $(ASN_RANGES) \
		--exchanges $(DATA)/ixp/rghvv_ixs_201910.json.gz \
		--exchanges $(DATA)/ixp/rghvv_ix-asns_201910.json.gz $(OWNERS)
	$(BIN)/splinternet import --date 2025-09-01 -o build/worlds/2025-09 \
		--as-rel $(DATA)/as-rel/20250901.as-rel2.txt.bz2 \
		$(IHR) --as-country $(AS_RANK) --as-country $(LIBLOC) --as-country $(COUNTRY_RANGES) \
		--as-names $(AS_RANK) --as-names $(LIBLOC) --as-names $(ASN_RANGES) \
		--prefixes $(ASN_RANGES) --prefixes $(LIBLOC) $(OWNERS)
	for world in 2019-12 2025-09; do \
		$(BIN)/splinternet digest build/worlds/$$world -o $(SHIPPED)/$$world --force || exit 1; \
	done

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
