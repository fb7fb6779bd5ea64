# Everything that is done with this repository. Each target installs what it needs; `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TEMPLATES := template.yaml config-rules/template.yaml
# `sam validate` looks for a region even where it calls nothing.
OFFLINE := AWS_DEFAULT_REGION=$${AWS_DEFAULT_REGION:-eu-west-1} SAM_CLI_TELEMETRY=0

.DEFAULT_GOAL := help
.PHONY: help demo test check render deploy bench pictures lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(INSTALLED) ## Watch it at work: three releases to an AWS on this machine
	@$(BIN)/fitness demo

test: check ## Check everything, then run the tests
	$(BIN)/pytest -n 2 --dist loadfile

check: $(INSTALLED) ## Lint, types, imports, the catalogue and the templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/fitness check
	$(BIN)/cfn-lint $(TEMPLATES)
	$(OFFLINE) $(BIN)/sam validate --lint

render: $(INSTALLED) ## Write what is generated from rules.yaml
	$(BIN)/fitness render

deploy: $(INSTALLED) check ## Build and deploy to AWS; ARGS="--profile me" goes to sam deploy
	$(BIN)/sam build
	$(BIN)/sam deploy --parameter-overrides Release=$$($(BIN)/python -m workbench.release) $(PARAMETERS) $(ARGS)

bench: $(INSTALLED) ## Measure speed, each figure beside a yardstick
	@$(BIN)/python -m workbench.bench

pictures: $(INSTALLED) ## Draw the pictures of the documentation from real runs
	$(BIN)/python -m workbench.pictures

lock: ## Pin the newest versions that pyproject.toml allows
	$(PYTHON) -m venv .local/uv
	.local/uv/bin/pip install --quiet uv
	.local/uv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --group dev pyproject.toml \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' -o requirements/dev.lock

$(INSTALLED): requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/a/newer/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || { echo "Python lacks venv: install it (Debian: python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
