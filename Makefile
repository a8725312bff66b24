# The one command surface: `make` lists what there is.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check lint types imports coverage bench lock

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Make .venv from the lock file (again only when the lock or pyproject.toml changes)

run: $(READY) ## Serve the pages on sample data, with a link to sign in for each kind of user
	$(BIN)/goldthread serve --sample

demo: $(READY) ## Tell the main job step by step in an empty folder
	$(BIN)/goldthread demo

test: $(READY) ## Run every test on both databases, then hold the coverage of events and workflow
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered
	@$(MAKE) --no-print-directory coverage

check: lint types imports ## Everything that is checked without running the code

lint: $(READY) ## Style (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## Types (mypy, strict)
	$(BIN)/mypy

imports: $(READY) ## Who may import whom (import-linter)
	$(BIN)/lint-imports --no-logo

# Silent when all is well, so that the closing line of pytest stays the last thing read.
coverage: $(READY) ## Hold events and workflow to full coverage in the figures of the last `make test`
	@$(BIN)/coverage report --include='events/*,workflow/*' --fail-under=100 > .coverage-report \
		|| { cat .coverage-report; echo "events and workflow must be covered wholly, branches too."; exit 1; }

bench: $(READY) ## Measure beside the eventsourcing library
	$(BIN)/python -m bench

lock: $(READY) ## Renew requirements.lock after pyproject.toml changed (UPGRADE=--upgrade takes newer versions)
	$(BIN)/uv pip compile pyproject.toml --group dev --group bench \
		--no-config --universal --python-version 3.11 --generate-hashes --quiet $(UPGRADE) \
		--custom-compile-command 'make lock' --output-file requirements.lock

# The lock names everything, so pip is to resolve nothing (--no-deps): the one that comes with Python
# 3.11 stumbles over `coverage[toml]` as soon as there is a newer release than the pinned one.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Goldthread needs Python 3.11 or newer, and '$(PYTHON)' is not that."; \
		echo "Name another one: make setup PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip --disable-pip-version-check check --quiet
	@touch $@
