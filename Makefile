# One command each; every target prepares what it needs first.
SHELL := /bin/bash
PYTHON ?= $(firstword $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] <= (3,13))' 2>/dev/null && echo $$p; done) python3)
BIN := .venv/bin
PORT ?= 8000
export PORT

.PHONY: help setup demo demo-reset run test check bench fmt lock

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## Prepare .venv and what it needs
	@$(PYTHON) deploy/setup.py

demo: setup ## Set up everything and serve the 2019 edition (PORT=8000)
	@exec env MODE=demo $(BIN)/python manage.py demo

demo-reset: setup ## The same from an empty data folder
	@exec env MODE=demo $(BIN)/python manage.py demo --reset

run: setup ## Development server with reload on the demo's data
	MODE=demo $(BIN)/python manage.py migrate --no-input
	MODE=demo $(BIN)/python manage.py runserver $(PORT)

test: ## All tests, against real PostgreSQL, Redis, Celery and Chromium
	@$(PYTHON) deploy/setup.py --chromium
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

check: setup ## Lint, architecture rules and the tests that need no service
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports
	MODE=demo EMBEDDED=off $(BIN)/python -W ignore manage.py makemigrations --check --dry-run
	EMBEDDED=off $(BIN)/pytest -q -m fast -p no:cacheprovider

bench: setup ## Measurements of bench/
	$(BIN)/python -m bench

fmt: setup ## Format our Python
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: setup ## Renew the lock files from the *.in files, without any address in them
	@for name in requirements requirements-demo requirements-dev requirements-setup; do \
		$(BIN)/uv pip compile --no-config --universal --python-version 3.11 --generate-hashes \
			--no-header --no-annotate --quiet $(LOCK_OPTIONS) $$name.in -o $$name.txt || exit 1; done
	@! grep -nE '^(-|--)|https?://|file:' requirements*.txt
