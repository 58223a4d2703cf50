# Two commands matter: `make demo` and `make test`. Both set themselves up on a machine with Python 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
ROOMS := alerts bot handlers sandbox services storage views

.PHONY: install demo test bench lint types check lock clean

# Compiled now: who runs it may not be allowed to keep what Python compiles.
install: .venv/.ready
	$(BIN)/python -m compileall -q $(ROOMS)

demo: install
	$(BIN)/warmgrid demo $(ARGS)

test: .venv/.ready-dev
	$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

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
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Warmgrid needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv

.venv/.ready: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

.venv/.ready-dev: .venv/.ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements-dev.lock
	touch $@

# Pins everything anew (needs uv): ranges live in pyproject.toml, exact versions with hashes in the two lock files.
lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate --upgrade -q -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate -q -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
