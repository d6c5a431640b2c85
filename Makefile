# Everything a developer runs. Each target sets up the environment first, which is instant when nothing changed.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.setup-done
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test check docs bench migrations soak constraints clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## Make .venv with onhand and the tools for its development

$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "onhand needs Python 3.11 or newer; '$(PYTHON)' was not found. Try: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "onhand needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Try: make setup PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up .venv (about a minute the first time) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq -c constraints.txt -e '.[dev,telemetry]'
	@touch $@

demo: setup ## Show onhand at work, on a PostgreSQL of its own
	@$(BIN)/onhand demo

test: setup ## Run the tests
	@$(BIN)/python -m pytest -n auto --maxprocesses=4

check: setup ## Lint, check the format and the types, and keep the house tidy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy $(wildcard src tests bench docs)
	@$(BIN)/python -m pytest -q tests/tidy

docs: setup ## Write docs/reference from the code
	@$(BIN)/python -m docs.generate

bench: setup ## Measure, and write bench/results.json
	@$(BIN)/python -m bench

migrations: setup ## Take the schema down and up, step by step, with a million movements
	@$(BIN)/python -m bench.migrations

soak: setup ## Run the long tests
	@$(BIN)/python -m pytest -m soak

constraints: setup ## Pin the newest versions that pyproject.toml allows
	@$(BIN)/uv pip compile --quiet --universal --upgrade --extra dev --extra telemetry \
		--no-header --no-emit-index-url --output-file constraints.txt pyproject.toml

clean: ## Remove what was made, but no data
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage htmlcov build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
