# noticetab: `make run` turns the sample notices into tables, `make test` checks everything.
# Needs Python 3.11 or newer with its venv module; everything else goes into .venv, and the programs that
# the tests use beside Python are packages of the system (setup-system.sh).

VENV   ?= .venv
BIN    := $(VENV)/bin
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV     := uv==0.13.9
JOBS   ?= 2
EXTRAS := ocr postgres export compare review dev
LOCK   := $(UPGRADE) --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url --quiet

.DEFAULT_GOAL := help
.PHONY: help run setup test lint docs bench proof lock clean

help: ## say what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

run: $(VENV)/.core ## set up, then extract corpus/notices to outputs/
	$(BIN)/noticetab run corpus/notices -o outputs

setup: $(VENV)/.dev ## set up everything that development needs

test: ## set up everything, then run every check: ruff, mypy, pytest (NO_SYSTEM=1 installs no package)
	@./setup-system.sh
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(PYTEST_ARGS)

lint: $(VENV)/.dev ## ruff and mypy alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.dev run ## write what documents quote: outputs/, the READMEs' excerpts, docs/cli.md
	$(BIN)/python tests/docs/excerpts.py
	$(BIN)/python tests/docs/cli_reference.py

bench: $(VENV)/.dev ## measure speed and memory (ratios, not part of the tests)
	$(BIN)/python benchmarks/extract.py

proof: $(VENV)/.dev ## run the whole figures (hours) and write benchmarks/RESULTS.md (PART=name runs one)
	$(BIN)/python benchmarks/proof.py $(PART:%=--part %)

lock: $(VENV)/.uv ## write both lock files from pyproject.toml (UPGRADE=--upgrade takes newer versions)
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --extra compare -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml $(LOCK) $(EXTRAS:%=--extra %) -c requirements.lock -o requirements-dev.lock

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build

# The stamps below make the second call quick: an environment is set up once for each state of the locks.

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and neither python3.11 nor python3 was found." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than Python 3.11: install a newer one, or call make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# uv installs the same locked files several times faster than pip; without it pip does the job.
$(VENV)/.uv: | $(BIN)/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --default-pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$(UV)" || \
	  echo "uv could not be installed; going on with pip, which takes longer" >&2
	@touch $@

define install
	@if [ -x $(BIN)/uv ]; then \
	  VIRTUAL_ENV=$(abspath $(VENV)) $(BIN)/uv pip install --require-hashes -r $(1) && \
	  VIRTUAL_ENV=$(abspath $(VENV)) $(BIN)/uv pip install --quiet --no-deps -e . ; \
	else \
	  $(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r $(1) && \
	  $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps -e . ; \
	fi
	@touch $@
endef

$(VENV)/.core: requirements.lock pyproject.toml | $(VENV)/.uv
	$(call install,requirements.lock)

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/.uv
	$(call install,requirements-dev.lock)
	@touch $(VENV)/.core
