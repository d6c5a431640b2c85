# Everything a developer runs. Each target sets up the environment first, which is instant when nothing changed.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.setup-done
export PIP_DISABLE_PIP_VERSION_CHECK := 1

DATABASE_TESTS := tests/store tests/ledger tests/property

.DEFAULT_GOAL := help
.PHONY: help setup demo test pooler coverage older given check docs bench migrations soak soak-api constraints clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## Make .venv with onhand and the tools for its development

$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "onhand needs Python 3.11 or newer; '$(PYTHON)' was not found. Try: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "onhand needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Try: make setup PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up .venv (about a minute the first time) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq -c constraints.txt -e '.[all,dev]'
	@touch $@

demo: setup ## Show onhand at work, on a PostgreSQL of its own
	@$(BIN)/onhand demo

test: setup ## Run the tests
	@$(BIN)/python -m pytest -n auto --maxprocesses=4

older: setup ## Run the tests of the ledger and its store on PostgreSQL 16
	@ONHAND_POSTGRES=16 $(BIN)/python -m pytest -n auto --maxprocesses=4 $(DATABASE_TESTS)

given: setup ## The same on a server of your own: make given URL=postgresql://postgres@host/postgres
	@test -n '$(URL)' || { echo "Say which server, as superuser: make given URL=postgresql://postgres@host/postgres" >&2; exit 2; }
	@ONHAND_TEST_DATABASE_URL='$(URL)' $(BIN)/python -m pytest -n auto --maxprocesses=4 $(DATABASE_TESTS)

pooler: setup ## Run race, demo, service and the faults of the wire through PgBouncer, installed where that is possible
	@command -v pgbouncer /usr/sbin/pgbouncer >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
		apt-get update -qq && apt-get install -y -qq pgbouncer >/dev/null; } || true
	@if command -v pgbouncer /usr/sbin/pgbouncer >/dev/null; then \
		$(BIN)/python -m pytest -n auto --maxprocesses=4 tests/faults/test_poolers.py tests/faults/test_engine_wire.py -k pooler; \
	else echo "PgBouncer is not installed and cannot be installed here; nothing was run through it."; fi

coverage: setup ## Measure what the tests reach: all of the kernel, nine tenths of store and service
	@$(BIN)/coverage erase
	@$(BIN)/python -m pytest -n auto --maxprocesses=4 --cov --cov-report=
	@$(BIN)/coverage report --include='src/onhand/kernel/*' --skip-covered --fail-under=100
	@$(BIN)/coverage report --include='src/onhand/store/*' --skip-covered --fail-under=90
	@$(BIN)/coverage report --include='src/onhand/api/*' --skip-covered --fail-under=90

check: setup ## Lint, check the format and the types, and keep the house tidy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy $(wildcard src tests bench docs examples)
	@$(BIN)/python -m pytest -q tests/tidy

docs: setup ## Write docs/reference from the code
	@$(BIN)/python -m docs.generate

bench: setup ## Measure, and write bench/results.json
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.rest
	@$(BIN)/python -m bench.lists

migrations: setup ## Take the schema down and up, step by step, with a million movements
	@$(BIN)/python -m bench.migrations

soak: setup ## Run the long tests
	@$(BIN)/python -m pytest -m soak

soak-api: setup ## Send 20,000 made-up requests to the service
	@$(BIN)/python -m pytest -m soak tests/api/test_generated.py

constraints: setup ## Pin the newest versions that pyproject.toml allows
	@$(BIN)/uv pip compile --quiet --universal --upgrade --extra all --extra dev \
		--no-header --no-emit-index-url --output-file constraints.txt pyproject.toml

clean: ## Remove what was made, but no data
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage htmlcov build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
