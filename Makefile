# make demo and make test set up their own .venv from nothing. Python 3.11 or later, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint check regold bench bench-linking bench-web screenshots calibrate docs lock russian ukrainian estimation mse mse-sim clean

demo: $(VENV)/core.ready  ## build a record from the bundled sample reports and print it
	$(BIN)/khronika demo

test: $(VENV)/dev.ready  ## the test command
	$(BIN)/python -m pytest -q

lint: $(VENV)/dev.ready  ## style, types, layers, spelling
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/codespell

check: lint test docs  ## all that must hold before a merge

regold: $(VENV)/dev.ready  ## rewrite the golden records and what the docs print; the diff is the review
	KHRONIKA_REGOLD=1 $(BIN)/python -m pytest -q tests/golden
	$(BIN)/python tools/run_docs.py --write

bench: $(VENV)/dev.ready  ## print the benchmark tables
	$(BIN)/python benchmarks/add.py 60
	$(BIN)/python benchmarks/scale.py 500 600
	$(BIN)/python benchmarks/linking.py 10000
	$(BIN)/python benchmarks/names.py
	$(BIN)/python benchmarks/copies.py 2000

bench-linking: $(VENV)/dev.ready  ## how linking grows from 10,000 to 1,000,000 mentions (an hour), names and copies beside their peers
	$(PIP) install duckdb splink datasketch rensa jellyfish || true
	$(BIN)/python benchmarks/names.py
	$(BIN)/python benchmarks/copies.py
	$(BIN)/python benchmarks/linking.py

bench-web: $(VENV)/dev.ready  ## make a record of 100,000 acts (half an hour) and load every page by 8 readers; review 100 items by keyboard
	$(BIN)/python benchmarks/web_record.py bench-record
	$(BIN)/python benchmarks/web.py bench-record
	$(BIN)/python benchmarks/review_journey.py

mse: $(VENV)/dev.ready  ## every published estimate beside ours, row by row, and times beside R; needs ../shared
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/mse.py --workers 2
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/mse_speed.py

mse-sim: $(VENV)/dev.ready  ## how often intervals hold a number that is known (hours; nightly)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/mse_sim.py --workers 2

screenshots: $(VENV)/dev.ready  ## make the pictures of the documentation again; needs Chromium
	$(BIN)/python tools/make_screenshots.py
	$(BIN)/python tools/make_estimate_pictures.py

calibrate: $(VENV)/dev.ready  ## learn anew how sure the coder is, after it or the codebook changed; needs ../shared
	$(PIP) install "scikit-learn>=1.5,<2"
	$(BIN)/python tools/train_confidence.py
	$(BIN)/python benchmarks/calibration.py

docs: $(VENV)/docs.ready  ## build the documentation, strictly; generated pages must be current
	$(BIN)/python tools/make_reference.py --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

lock: $(VENV)/dev.ready  ## pin every dependency again, with hashes
	$(BIN)/python tools/make_locks.py

$(VENV)/core.ready: requirements/core.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/core.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

russian: $(VENV)/russian.ready  ## what the Russian coder needs: wheels, with the weights inside

$(VENV)/russian.ready: requirements/russian.lock $(VENV)/core.ready
	$(PIP) install --no-deps --only-binary :all: --require-hashes -r requirements/russian.lock
	touch $@

ukrainian: $(VENV)/ukrainian.ready  ## what the Ukrainian coder needs: a dictionary in wheels

$(VENV)/ukrainian.ready: requirements/ukrainian.lock $(VENV)/core.ready
	$(PIP) install --no-deps --only-binary :all: --require-hashes -r requirements/ukrainian.lock
	touch $@

estimation: $(VENV)/estimation.ready  ## what estimates need: scipy, and numba for speed

$(VENV)/estimation.ready: requirements/estimation.lock $(VENV)/core.ready
	$(PIP) install --no-deps --only-binary :all: --require-hashes -r requirements/estimation.lock
	touch $@

$(VENV)/dev.ready: requirements/dev.lock $(VENV)/russian.ready $(VENV)/ukrainian.ready $(VENV)/estimation.ready
	$(PIP) install --require-hashes -r requirements/dev.lock
	touch $@

$(VENV)/docs.ready: requirements/docs.lock $(VENV)/dev.ready
	$(PIP) install --require-hashes -r requirements/docs.lock
	touch $@

clean:  ## remove what was made
	rm -rf $(VENV) site .mypy_cache .ruff_cache .pytest_cache .hypothesis
