# Everything begins here. `make demo` to look around; `make check` and `make test` before a change is handed in.
#
# Needed: git, make, Python 3.11 or newer. All else goes into .venv and node_modules, from lock files that name
# versions and hashes. A step is repeated only when its lock changed: .venv/stamps remembers.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check install --no-input --no-compile --require-hashes
# What pip compiles it compiles on one core. Of what only checks and tests need, what is used is compiled when it is used.
COMPILE := $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true  # what is no Python is passed over, as pip does
CATALOGUES := $(wildcard src/fieldcast/locale/*/*/LC_MESSAGES/django.po)

# Options of the platform, taken from make's own command line alone: LANGUAGE and PORT often mean something else in
# the environment around it.
option = $(if $(filter command,$(origin $(1))),$(2) $($(1)))
OPTIONS = $(call option,PORT,--port) $(call option,PROVIDER_PORT,--provider-port) \
  $(call option,LANGUAGE,--language) $(call option,WORKERS,--workers) $(call option,DATA,--home)

step = @printf '\n\033[1m==> %s\033[0m\n' $(1)

# Dozens of processes of the same code start here; without its compiled files each would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo up test check bench soak pictures lock clean browser
MAKEFLAGS += --no-print-directory

help: ## Show what can be made
	@printf 'Fieldcast. First of all: make demo\n\n'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'
	@printf '\nOptions of demo and up: PORT=8000 PROVIDER_PORT=8001 LANGUAGE=zh|en WORKERS=2 DATA=var; of demo: RESET=1 VIEWERS=24\n'
	@printf 'Another Python:         make demo PYTHON=python3.12\n'

setup: $(STAMPS)/package $(STAMPS)/scripts $(STAMPS)/messages ## Install everything the platform needs, in this directory

demo: setup ## Run the platform with an invented county in it
	@exec $(BIN)/fieldcast demo $(OPTIONS) $(call option,VIEWERS,--viewers) $(if $(call option,RESET,x),--reset)

up: setup ## Run the platform on its own data
	@exec $(BIN)/fieldcast up $(OPTIONS)

SOAK_MINUTES := 30
SLOWER := browser or concurrency or thorough or soak
EVENLY := -n 2 --dist worksteal --durations=20

test: setup $(STAMPS)/dev browser ## Run every test
	$(call step,"Tests")
	@status=0; \
	$(BIN)/python -m pytest $(EVENLY) -m "not ($(SLOWER) or pages)" || status=$$?; \
	printf '\n\033[1m==> Pages\033[0m\n'; \
	$(BIN)/python -m pytest $(EVENLY) -m "pages and not ($(SLOWER))" || status=$$?; \
	printf '\n\033[1m==> Every door, every request, every life of an order; the browser; races\033[0m\n'; \
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=20 -m "($(SLOWER)) and not soak" || status=$$?; \
	exit $$status

check: setup $(STAMPS)/dev ## Check style, types and who imports whom
	@status=0; run() { printf '\n\033[1m==> %s\033[0m\n' "$$1"; shift; "$$@" || status=1; }; \
	run 'Style' $(BIN)/ruff check .; \
	run 'Format' $(BIN)/ruff format --check .; \
	run 'Types' env FIELDCAST_HOME=$(VENV)/check $(BIN)/mypy; \
	run 'Imports' $(BIN)/lint-imports; \
	exit $$status

bench: setup $(STAMPS)/bench ## Measure the figures the platform is to reach
	@for file in benchmarks/[a-z]*.py; do \
	  name=$$(basename $$file .py); printf '\n\033[1m==> %s\033[0m\n' "$$name"; $(BIN)/python -m benchmarks.$$name || exit 1; \
	done

soak: setup ## Kill every kind of process for MINUTES=30 while sales go on, then read every invariant
	@$(BIN)/fieldcast rehearse --kills --minutes $(or $(call option,MINUTES,),$(SOAK_MINUTES)) --json

pictures: setup $(STAMPS)/dev ## Draw the documentation's pictures of the house anew
	@$(BIN)/python -m tests.docs.drawn

lock: $(STAMPS)/dev ## Choose newer versions and write the lock files
	$(call step,"Lock files")
	@for name in build node base; do $(LOCK) requirements/$$name.in -o requirements/$$name.txt; done
	@$(LOCK) -c requirements/base.txt requirements/dev.in -o requirements/dev.txt
	@$(LOCK) -c requirements/dev.txt requirements/bench.in -o requirements/bench.txt
	@.ci/npm update --package-lock-only --save=false
	@$(BIN)/python -c '$(STRIP_LOCK)'

LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
# where to send money is not part of a lock, and a lock is to name no host at all
STRIP_LOCK = import json, pathlib; path = pathlib.Path("package-lock.json"); lock = json.loads(path.read_text()); \
  [entry.pop(field, None) for entry in lock["packages"].values() for field in ("funding", "resolved")]; \
  path.write_text(json.dumps(lock, indent=2) + "\n")

clean: ## Remove what setup, checks and tests made; data in var/ stays
	rm -rf $(VENV) node_modules build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete
	rm -rf src/*.egg-info

$(BIN)/python:
	@command -v $(PYTHON) > /dev/null || { \
	  echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V). Name another: make PYTHON=python3.12"; exit 1; }
	$(call step,"A virtual environment in $(VENV)")
	@$(PYTHON) -c 'import ensurepip' 2> /dev/null || .ci/apt python3-venv || { \
	  echo "This Python cannot make virtual environments. Install its venv package (Debian: apt install python3-venv)."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(STAMPS)/python: requirements/base.txt requirements/build.txt | $(BIN)/python
	$(call step,"Python packages")
	@$(PIP) -r requirements/base.txt -r requirements/build.txt
	@$(COMPILE)
	@mkdir -p $(@D) && touch $@

$(STAMPS)/package: pyproject.toml $(STAMPS)/python
	$(call step,"The platform itself")
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/package
	$(call step,"Packages for tests and checks")
	@$(PIP) -r requirements/dev.txt
	@touch $@

$(STAMPS)/bench: requirements/bench.txt $(STAMPS)/dev
	$(call step,"Peers to measure against")
	@$(PIP) -r requirements/bench.txt
	@touch $@

$(STAMPS)/scripts: package.json package-lock.json .npmrc requirements/node.txt | $(STAMPS)/python
	$(call step,"The pages' scripts and styles")
	@.ci/npm ci
	@touch $@

$(STAMPS)/messages: $(CATALOGUES) $(STAMPS)/package
	$(call step,"Translations")
	@$(BIN)/fieldcast compile-messages
	@touch $@

browser: $(STAMPS)/dev
	@.ci/browser
