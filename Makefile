# `make` prints this list. PORT, DATA_DIR and every setting in .env.example may be given: make run PORT=8001
.DEFAULT_GOAL := help
.PHONY: help run test lint install system-pdf system-browser bench docs format pins demo-reset
export PORT DATA_DIR HOST PYTHON
BIN := .venv/bin
THROWAWAY := $(BIN)/python -m prevent_cases.local throwaway

help:  ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: install system-pdf  ## the demo on http://localhost:8000 with everything it needs, until Ctrl-C
	@exec $(BIN)/python -m prevent_cases.local run

test: install system-pdf system-browser lint  ## every check and every test, browser tests included
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint: install  ## every check that is not a test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(THROWAWAY) $(BIN)/python manage.py makemigrations --check --dry-run
	$(THROWAWAY) $(BIN)/python manage.py write_docs --check
	$(BIN)/python scripts/dependencies.py --check
	$(BIN)/python scripts/audit.py

bench: install system-pdf  ## the speed goals, measured; about 15 minutes
	@$(BIN)/python -m benchmarks

docs: install  ## write docs/generated from the code
	$(THROWAWAY) $(BIN)/python manage.py write_docs

format: install  ## put Python in its one form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pins: install  ## write the requirements' pins and hashes anew (UPGRADE="--upgrade" for newer ones)
	@for each in requirements requirements-dev; do \
	  CUSTOM_COMPILE_COMMAND="make pins" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options $(UPGRADE) \
	    --output-file $$each.txt $$each.in || exit 1; \
	done
	@$(BIN)/python scripts/dependencies.py

demo-reset: install  ## forget the demo's database and files
	@$(BIN)/python -m prevent_cases.local reset

install:
	@sh scripts/install.sh

system-pdf: install
	@sh scripts/system-packages.sh pdf || true

system-browser: install
	@sh scripts/system-packages.sh browser
