# The one list of verbs, used alike by people and by CI. What each does stands in scripts/, in plain bash.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-spec test-acceptance check fix bench soak docs lock assets

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

setup: ## install what Rowan needs, inside the checkout; the command is then .venv/bin/rowan
	@./scripts/setup

demo: ## an invented county at http://localhost:8000 (RESET=1 starts over)
	@./scripts/demo $(if $(RESET),--reset)

test: ## set everything up and run every test
	@./scripts/test all $(ARGS)

test-spec: ## only the specs: small tables in, small table out (ARGS="-k missing" picks some)
	@./scripts/test spec $(ARGS)

test-acceptance: ## only the journeys in a real browser
	@./scripts/test acceptance $(ARGS)

check: ## format, lint, types, contracts, migrations, generated pages, templates, locks: all faults at once
	@./scripts/check

fix: ## put right what a machine can put right: format and lint
	@./scripts/fix

bench: ## how long and how much memory an invented county takes, small against large
	@./scripts/bench $(ARGS)

soak: ## the long assurance runs
	@./scripts/soak $(ARGS)

docs: ## make docs/generated from the code
	@./scripts/docs

lock: ## make the locks from pyproject.toml and package.json (UPGRADE=1 takes newer versions)
	@./scripts/lock $(if $(UPGRADE),--upgrade)

assets: ## build style sheets and scripts again
	@./scripts/assets
