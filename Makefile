# Two commands matter: `make demo` and `make test`. Both set themselves up on a machine with Python 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
ROOMS := alerts bot handlers sandbox services storage views
packages = $(shell grep -c == $(1))

.PHONY: install demo test bench lint types check lock clean

# Compiled now: who runs it may not be allowed to keep what Python compiles.
install: .venv/.ready
	@$(BIN)/python -m compileall -q $(ROOMS)

demo: install
	@echo "Starting the demo ..."
	@$(BIN)/warmgrid demo $(ARGS)

test: .venv/.ready-dev
	@$(BIN)/python -m compileall -q $(ROOMS)
	$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

bench: install
	$(BIN)/warmgrid bench $(ARGS)

lint: .venv/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/.ready-dev
	$(BIN)/mypy

check: lint types test

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Warmgrid needs Python 3.11 or newer")'
	@echo "Making an environment of its own in .venv ..."
	@$(PYTHON) -m venv .venv

.venv/.ready: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing $(call packages,requirements.lock) packages into it: some minutes the first time, depending on the network ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements.lock
	@echo "Installing Warmgrid itself ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/.ready-dev: .venv/.ready requirements-dev.lock
	@echo "Installing what the tests need: $(call packages,requirements-dev.lock) packages in all ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements-dev.lock
	@touch $@

# Pins everything anew (needs uv): ranges live in pyproject.toml, exact versions with hashes in the two lock files.
lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate --upgrade -q -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate -q -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
