# Two commands on a fresh machine: `make demo` shows the main job, `make test` passes the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml

.PHONY: demo test lint reliability fuzz lock clean

demo: $(VENV)/.installed  ## the sample newsroom, from feeds to answers in SQL
	@$(BIN)/newsbeam demo

test: $(VENV)/.tested-with lint  ## all tests
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

reliability: $(VENV)/.tested-with  ## hostile inputs, faults and hundreds of kills, as a table; takes a quarter of an hour
	$(BIN)/python tests/reliability.py

# atheris has an environment of its own; FUZZ_SECONDS for each target.
FUZZ_SECONDS ?= 300
fuzz:  ## made-up feeds, addresses, bodies and texts
	$(PYTHON) -m venv build/fuzz
	build/fuzz/bin/pip install --quiet --disable-pip-version-check atheris==3.0.0 ada-url feedparser tld
	for target in feeds urls decoding text; do \
	  PYTHONPATH=. build/fuzz/bin/python tests/fuzz.py $$target -max_total_time=$(FUZZ_SECONDS) || exit 1; \
	done

lint: $(VENV)/.tested-with
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .

# The environment follows its lock file; the project itself is installed from its folder.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.tested-with: requirements-dev.lock $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

lock:  ## writes the lock files anew from pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --constraint requirements.lock --extra dev --output-file requirements-dev.lock
	$(COMPILE) --constraint requirements.lock --extra gcp --output-file deploy/requirements.lock

clean:
	rm -rf $(VENV) .venv-bqemulator demo-out build *.egg-info
