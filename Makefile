# Two commands on a fresh machine: `make demo` and `make test`. Everything is installed from a committed, hashed lock.
# Needs: Linux, Python >= 3.11 with venv and pip, make. Nothing else. `make help` lists the rest.

PYTHON ?= python3
UV ?= uv
VENV := .venv
DEMO ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps
.DEFAULT_GOAL := help
.PHONY: help demo test lint check format lock clean

help:
	@echo "make demo    set up, build a mission from the packaged example and serve it (DEMO=--no-serve ends with its report's address)"
	@echo "make test    set up and run the tests"
	@echo "make lint    lint, format, types, import contracts"
	@echo "make check   the same, and limits, migrations and documentation, which make test looks at too"
	@echo "make format  put the code into the one format"
	@echo "make lock    write requirements.lock and requirements-dev.lock anew (needs uv; UPGRADE=--upgrade takes newer versions)"
	@echo "make clean   remove the environment and what was built"

demo: $(VENV)/run.stamp
	@$(BIN)/merestone demo $(DEMO)

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n auto --maxprocesses 2 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint
	$(BIN)/python -m pytest -q tests/architecture

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

# make compares dates: a changed lock, a fresh clone and a half-made environment all lead to an installation.
$(VENV)/run.stamp: requirements.lock pyproject.toml $(VENV)/pyvenv.cfg
	@echo "Installing what it runs on (once) ..." >&2
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what it is tested with (once) ..." >&2
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/pyvenv.cfg:
	@set -eu; found=; \
	for python in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "No Python of version 3.11 or later was found (looked for: $(PYTHON), python3, python3.11 to python3.14)." >&2; \
	  echo "Install one, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 2; \
	fi; \
	if ! "$$found" -c 'import venv, ensurepip' >/dev/null 2>&1; then \
	  echo "$$found cannot make a virtual environment. On Debian: apt-get install python3-venv python3-pip" >&2; exit 2; \
	fi; \
	rm -rf $(VENV); "$$found" -m venv $(VENV) || { rm -rf $(VENV); exit 2; }

lock:
	@command -v "$(UV)" >/dev/null || { echo "make lock needs uv (pip install uv), or name it: make UV=/path/to/uv lock" >&2; exit 2; }
	@$(UV) pip compile pyproject.toml --group build $(LOCKING) -o requirements.lock >/dev/null
	@$(UV) pip compile pyproject.toml --group dev --constraint requirements.lock $(LOCKING) -o requirements-dev.lock >/dev/null

# --universal: one lock for every Python from 3.11; no machine's path or address gets in.
LOCKING = --universal --generate-hashes --no-emit-find-links --no-emit-index-url --no-annotate --quiet \
  --custom-compile-command "make lock" $(UPGRADE)

clean:
	rm -rf $(VENV) dist build demo out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
