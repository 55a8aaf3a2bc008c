# `make` alone lists what there is. Everything needs only Python 3.11+ and make; set-up is part of each target.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
# Where Python is told to keep no bytecode, each of the many processes of a test run would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help chat test tests lint style types evidence bench lock weights clean

help: ## list the targets
	@grep -E '^[a-z.]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

# Installed from the lock, every file checked against its hash. uv is several times quicker and is tried first; pip,
# which also knows a mirror set in its own configuration, does the same when uv cannot be had.
.venv: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Warmline needs Python 3.11 or newer."; exit 1; }
	@echo "Setting up .venv (once, a few minutes) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python tools/install.py requirements-dev.lock
	@$(BIN)/python -m compileall -q bot nlp responses
	@touch .venv

chat: .venv ## talk with Warmline in the terminal
	@$(BIN)/warmline chat

lint: style types ## format, style, types, layers, the library
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/warmline library check

style: .venv
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .

types: .venv
	@$(BIN)/mypy

tests: .venv
	@$(BIN)/python tools/chromium.py
	@$(BIN)/pytest -n 2 -m "not evidence"

# What is quick to fail comes first; types are checked beside the tests, which hold the layers and the library too.
test: style ## everything that must hold, in five to ten minutes
	@$(MAKE) --no-print-directory -j2 types tests

evidence: .venv ## what takes long: kills, soaks
	@$(BIN)/pytest -m evidence

bench: .venv ## stages, throughput and memory, beside a plain bot
	@$(BIN)/warmline bench

weights: .venv ## rebuild the ear's heads from the example sentences
	@$(BIN)/python -m nlp.train

lock: ## pin every package again, hashes and no addresses
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock

clean: ## remove what set-up and tests made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
