# `make` alone lists the targets.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: $(STAMP) ## build .venv with everything, development included

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(STAMP)

run: install ## migrate, load the demonstration into an empty database, serve it
	@$(BIN)/python main.py demo
	@exec $(BIN)/python main.py serve

test: install ## run the whole suite, on two processors
	$(BIN)/python -m pytest -n 2

check: install ## exactly what CI runs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint --quiet templates
	$(BIN)/python -m pytest -n 2

bench: install ## measure speed against a bare application that sends the same bytes
	$(BIN)/python -m bench

audit: install ## look at every public page in every language, width and colour scheme
	$(BIN)/python -m tests.audit

pictures: install ## make the pictures of the documents anew
	$(BIN)/python -m tests.pictures

messages: install ## bring the catalogues up to date with the code
	@for domain in public desk city; do \
	  PYTHONPATH=. $(BIN)/pybabel -q extract -F locales/$$domain.cfg --no-location --omit-header -o var/$$domain.pot . || exit 1; \
	  for catalogue in locales/*/$$domain.po; do \
	    $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-pot-creation-date --omit-header -w 110 -D $$domain -i var/$$domain.pot \
	      -o $$catalogue -l $$(basename $$(dirname $$catalogue) | sed 's/selko/fi/') || exit 1; \
	  done; \
	done

migration: install ## write a migration for changed models: make migration NAME=add_something
	$(BIN)/tortoise -c main.TORTOISE_ORM makemigrations -n $(NAME)

.PHONY: help install run test check bench audit pictures messages migration
.DEFAULT_GOAL := help
