# Everything that people who work on Kutse need; `make help` lists it.
# All is installed into .venv, in the versions of the lock files, and only when those change.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

fits := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(fits)' 2>/dev/null && echo $$python && break; done)
pip_version := 26.3
bin := .venv/bin
pip := $(bin)/python -m pip --disable-pip-version-check -qq
pure := journeys/*,bot/conversation/*,bot/matching/*,bot/domain/*

.PHONY: help run install install-dev test lint format bench docs lock clean

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install  ## install what is needed and start the demo school
	@$(bin)/kutse demo

install: .venv/installed  ## install what Kutse needs to run

install-dev: .venv/installed-dev  ## install what is needed to work on it, too

.venv/pip:
	@$(PYTHON) -c '$(fits)' 2>/dev/null || \
		{ echo "Kutse needs Python 3.11 to 3.14. Name one that you have: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python cannot make virtual environments here; on Debian, install the package python3-venv." >&2; exit 1; }
	@echo "== Make .venv"
	@$(PYTHON) -m venv .venv
	@$(pip) install pip==$(pip_version)
	@touch $@

.venv/installed: .venv/pip requirements.lock pyproject.toml
	@echo "== Install what Kutse needs"
	@$(pip) install -r requirements.lock
	@$(pip) install --no-deps --editable .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	@echo "== Install what its tests need"
	@$(pip) install -r requirements-dev.lock
	@touch $@

lint: install-dev  ## check format, style, types and imports
	@echo "== Format"
	@$(bin)/ruff format --check .
	@echo "== Style"
	@$(bin)/ruff check .
	@echo "== Types"
	@$(bin)/mypy
	@echo "== Imports"
	@$(bin)/lint-imports --no-logo

test: lint  ## all checks, all tests, and how much of the code they reach
	@echo "== Tests"
	@$(bin)/coverage erase
	@$(bin)/coverage run -m pytest -n 2
	@$(bin)/coverage combine --quiet
	@echo "== Coverage below the line, at least 100 %"
	@$(bin)/coverage report --include='$(pure)' --fail-under=100
	@echo "== Coverage, at least 90 %"
	@$(bin)/coverage report --fail-under=90

format: install-dev  ## lay the code out and sort its imports
	@$(bin)/ruff check --select I --fix .
	@$(bin)/ruff format .

bench: install-dev  ## measure what a turn and a match cost on this machine, and how fast many are written to
	@for bench in $(notdir $(basename $(wildcard bench/*.py))); do \
		echo "== $$bench"; $(bin)/python -m "bench.$$bench" || exit 1; done

docs: install  ## write the journeys' matrices and diagrams anew
	@KUTSE_SCHOOL= $(bin)/kutse journeys > docs/journeys.md

lock:  ## resolve the versions in pyproject.toml anew and write the lock files
	@rm -rf .venv/lock && $(PYTHON) -m venv .venv/lock
	@.venv/lock/bin/python -m pip -qq install pip==$(pip_version)
	@.venv/lock/bin/python -m pip -qq install .
	@.venv/lock/bin/python -m pip freeze --exclude kutse > requirements.lock
	@.venv/lock/bin/python -m pip -qq install --group dev
	@.venv/lock/bin/python -m pip freeze --exclude kutse > requirements-dev.lock
	@rm -rf .venv/lock build

clean:  ## remove what tools made, the virtual environment too
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.*
