# Each target does all of its own set-up; needed are Python 3.11 or newer (with venv and pip) and make.

SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3 python; do \
	$$python -c '$(SUITABLE)' 2>/dev/null && { echo $$python; break; }; done)
BIN := .venv/bin

.PHONY: table test search quality raise-floors bench clean

table: .venv/core.stamp  ## the claims table of the articles in corpus/
	$(BIN)/cryomine run pipelines/cryotherapy.toml
	@$(BIN)/python -c "import cryomine; print(cryomine.read_claims('outputs/claims.csv')[['source', 'relation', 'polarity', 'condition']].head(10).to_string(index=False))"

test: .venv/dev.stamp  ## style, types, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

search: .venv/dev.stamp  ## the property tests on examples drawn anew
	$(BIN)/python -m pytest -m hypothesis --hypothesis-profile=default

quality: .venv/core.stamp  ## the scores on annotated articles, against quality/floors.toml
	$(BIN)/python scripts/quality_gate.py

raise-floors: .venv/core.stamp
	$(BIN)/python scripts/quality_gate.py --raise

bench: .venv/bench.stamp  ## all benchmarks: docs/performance.md
	$(BIN)/python benchmarks/all.py

clean:
	rm -rf .venv out

.venv/core.stamp: pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer with venv found; install one, or name it: make PYTHON=/path/to/python3"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/dev.stamp: .venv/core.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

.venv/bench.stamp: .venv/core.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[scale]'
	touch $@
