# Sets everything up in .venv and runs it; a second run finds it set up.
#
#   make serve    index corpus/ and serve it on http://127.0.0.1:8000
#   make test     every test this machine allows; says at the end which did not run
#   make check    format, lint, types, layers, known weaknesses
#   make ner      add the statistical model: names that no rule finds, marked as suggested
#   make soak     the slow loops in their long form: crashes, full disks, hostile load; hours
#   make bench    speed, measured beside Datasette and gunicorn
#   make lock     compile requirements/*.txt anew from pyproject.toml
#   make clean    remove what was set up
#
# PYTHON=python3.12 chooses the interpreter; ARGS="…" are handed on to what is run.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --upgrade

# The folders of tests with a long form.
SLOW := tests/durability tests/hostile tests/oracle tests/soak

.PHONY: serve test check soak ner bench lock clean

serve: $(VENV)/.runtime
	@$(BIN)/pilcrow serve $(ARGS)

test: $(VENV)/.test
	@$(BIN)/python -m pytest $(ARGS)

soak: $(VENV)/.test
	@$(BIN)/python -m pytest --soak $(SLOW) $(ARGS)

check: $(VENV)/.test $(VENV)/.check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml indexer webapp

ner: $(VENV)/.runtime
	@echo "Installing the statistical model …" >&2
	@$(PIP) -r requirements/ner.txt

bench: $(VENV)/.bench
	$(BIN)/python -m tests.benchmarks.datasette
	$(BIN)/python -m tests.benchmarks.index_cost
	$(BIN)/python -m tests.benchmarks.throughput
	$(BIN)/python -m tests.benchmarks.servers

lock: $(VENV)/.check
	$(COMPILE) pyproject.toml --group build --output-file requirements/runtime.txt
	$(COMPILE) --group test --constraint requirements/runtime.txt \
		--output-file requirements/test.txt
	$(COMPILE) pyproject.toml --extra ner --constraint requirements/runtime.txt \
		--output-file requirements/ner.txt
	$(COMPILE) --group check --constraint requirements/runtime.txt \
		--constraint requirements/test.txt --output-file requirements/check.txt
	$(COMPILE) --group bench --constraint requirements/runtime.txt \
		--constraint requirements/test.txt --output-file requirements/bench.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Each stamp says: what this lock names is installed.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Pilcrow needs Python 3.11 or newer; '$(PYTHON)' is not one." >&2; \
		echo "Install one and name it: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' cannot make virtual environments." >&2; \
		echo "On Debian or Ubuntu install the package python3-venv." >&2; exit 1; }
	@echo "Setting up $(VENV) …" >&2
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml $(VENV)/.made
	@echo "Installing what Pilcrow runs on …" >&2
	@$(PIP) -r requirements/runtime.txt
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet \
		--no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.runtime
	@echo "Installing what the tests need …" >&2
	@$(PIP) -r requirements/test.txt
	@touch $@

$(VENV)/.check: requirements/check.txt $(VENV)/.test
	@echo "Installing what the checks need …" >&2
	@$(PIP) -r requirements/check.txt
	@touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.runtime
	@echo "Installing what is measured against …" >&2
	@$(PIP) -r requirements/bench.txt
	@touch $@
