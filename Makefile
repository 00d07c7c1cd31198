# The one task runner.  It needs python3 (3.11 or later) and make; the first
# target that is asked for sets everything else up in .venv.
#
#   make            says what there is
#   make demo ARGS=--no-serve

.DEFAULT_GOAL := help
.PHONY: help demo test coverage mutants check bench docs client lock clean

BIN := .venv/bin
ARGS ?=
# What `make bench` runs, of tests/benchmarks: make bench BENCH=importing
BENCH ?= ranking importing planning serving receipts
# Workers, of one thread each so that they do not wait for each other; TESTS
# narrows what they run: make test TESTS=tests/features
JOBS ?= 2
TESTS ?=

# The interpreter that .venv is made of: the first that runs and can make
# environments, one that requirements.lock was tried on (to 3.13) before a newer.
PYTHON ?= $(shell for limit in 14 99; do for candidate in python3 python3.13 python3.12 python3.11; do \
	$$candidate -c "import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, $$limit))" \
	>/dev/null 2>&1 && { command -v $$candidate; exit; }; done; done)

# Least coverage of lines and branches, in percent: folder:percent.
THRESHOLDS := mutasi/rules:100 features:100 mutasi:90 models:90 pipelines:90 serving:90

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.ready ## Show the main job on a simulated region, then serve it
	@$(BIN)/mutasi demo $(ARGS)

test: .venv/.ready .venv/client/.ready ## Run all tests with branch coverage, and hold the coverage to its thresholds
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n $(JOBS) \
		--cov --cov-report= $(ARGS) $(TESTS)
	@test -n "$(TESTS)" || $(MAKE) --no-print-directory coverage

coverage: .venv/.ready ## Print the coverage of the last `make test`, folder by folder
	@failed=0; \
	for threshold in $(THRESHOLDS); do \
		folder=$${threshold%:*}; least=$${threshold#*:}; \
		share=$$($(BIN)/coverage report --include="$$folder/*" --format=total --precision=1); \
		printf 'coverage  %-12s %6s %%  (at least %s %%)\n' "$$folder" "$$share" "$$least"; \
		$(BIN)/coverage report --include="$$folder/*" --fail-under="$$least" >/dev/null || { \
			failed=1; \
			$(BIN)/coverage report --include="$$folder/*" --skip-covered --show-missing; }; \
	done; \
	exit $$failed

mutants: .venv/.ready ## Change the rules in every small way; at least 95 of 100 changes must fail a test
	@$(BIN)/python -m tests.mutation $(ARGS)

check: .venv/.ready ## Check format, lint, types and the walls between layers; reads, never writes
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check .; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: .venv/.ready ## Measure ranking, imports, plans and the service against naive ways, solvers and MLflow
	@failed=0; for name in $(BENCH); do \
		$(BIN)/python -m tests.benchmarks.$$name $(ARGS) || failed=1; \
	done; exit $$failed

docs: .venv/.ready ## Write again the documents that follow from the code
	@$(BIN)/python -m mutasi.glossary > .venv/glossary.md && mv .venv/glossary.md docs/glossary.md
	@$(BIN)/python -m mutasi.rulebook > .venv/rules.md && mv .venv/rules.md docs/rules.md
	@$(BIN)/python -m mutasi.bundle.documentation > .venv/bundle.md && mv .venv/bundle.md docs/bundle.md
	@$(BIN)/python -m mutasi.education.documentation > .venv/education.md && mv .venv/education.md docs/education.md
	@$(BIN)/python -m mutasi.quality.documentation > .venv/quality.md && mv .venv/quality.md docs/quality.md
	@$(BIN)/python -m mutasi.siasn.documentation > .venv/siasn.md && mv .venv/siasn.md docs/siasn.md
	@$(BIN)/python -m serving.documentation > .venv/access.md && mv .venv/access.md docs/access.md
	@$(BIN)/python -m serving.calls > .venv/calls.md && mv .venv/calls.md docs/calls.md

client: .venv/client/.ready ## Generate a Python client of the service into examples/client
	@$(BIN)/python -m serving.calls description > .venv/client/openapi.json
	@PATH="$(CURDIR)/.venv/client/bin:$$PATH" openapi-python-client generate --path .venv/client/openapi.json \
		--meta none --overwrite --output-path examples/client/mutasi_client

lock: ## Resolve the dependencies again: all, what the service needs of them, the generator's (UPGRADE=--upgrade)
	@test -n "$(PYTHON)" || { echo "make lock: no working python3, 3.11 or later" >&2; exit 1; }
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	$(PYTHON) -m venv "$$folder" && "$$folder/bin/pip" install --quiet uv && \
	compile="$$folder/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)" && \
	$$compile pyproject.toml --extra dev --output-file requirements.lock && \
	$$compile pyproject.toml --extra serve --extra plan --constraint requirements.lock \
		--output-file deploy/service.lock && \
	echo openapi-python-client | $$compile - --output-file examples/client/generator.lock

clean: ## Remove .venv and all that tools left behind; data and artifacts stay
	@rm -rf .venv dist htmlcov .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache \
		.pytest_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip says much and nobody reads it, so it goes to a log that a failure shows.  The
# lock names everything, so pip resolves nothing: its older resolvers leave the lock
# for a newer release of what is asked for with an extra.  `pip check` says if one is missing.
.venv/.ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { \
		echo "Mutasi needs a python3, 3.11 or later, that can make virtual environments." >&2; \
		echo "On Debian and Ubuntu: apt-get install python3 python3-venv" >&2; exit 1; }
	@echo "set-up 1/3: virtual environment in .venv ($$($(PYTHON) --version))"
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@echo "set-up 2/3: $$(grep -c '^[a-z].*==' requirements.lock) locked packages (some minutes the first time)"
	@$(BIN)/python -m pip install --require-hashes --no-deps -r requirements.lock \
		>.venv/install.log 2>&1 || { tail -n 40 .venv/install.log >&2; exit 1; }
	@echo "set-up 3/3: mutasi itself"
	@$(BIN)/python -m pip install --no-deps --no-build-isolation --editable . \
		>>.venv/install.log 2>&1 || { tail -n 40 .venv/install.log >&2; exit 1; }
	@$(BIN)/python -m pip check >>.venv/install.log 2>&1 || { tail -n 5 .venv/install.log >&2; exit 1; }
	@touch $@

# The generator of clients wants other releases of what mutasi stands on, so it has its own place.
.venv/client/.ready: .venv/.ready examples/client/generator.lock
	@echo "set-up: the generator of clients, for its test"
	@$(BIN)/python -m venv --clear .venv/client
	@.venv/client/bin/python -m pip install --require-hashes --no-deps -r examples/client/generator.lock \
		>.venv/client/install.log 2>&1 || { tail -n 40 .venv/client/install.log >&2; exit 1; }
	@touch $@
