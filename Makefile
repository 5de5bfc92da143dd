# Two commands are all you need: `make demo` and `make test`. Both set themselves up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: browser-tools demo test test-all lint types contracts check cases bench mutate docs ci clean

demo: $(STAMP)
	$(BIN)/rambu assess examples/korean-battery-maker.yaml

test: $(STAMP) browser-tools
	$(BIN)/python -m pytest -m "not spark and not slow"

# Debian's Chromium with fonts for every script of the pages, and axe; nothing of it is needed to use Rambu.
browser-tools: node_modules/.ready
	@test -x /usr/bin/chromium || tools/system-packages chromium
	@test -d /usr/share/fonts/opentype/noto && test -d /usr/share/fonts/truetype/noto || tools/system-packages fonts-noto-core fonts-noto-cjk

node_modules/.ready: package.json package-lock.json
	@command -v npm >/dev/null || tools/system-packages npm
	npm ci --silent --no-audit --no-fund
	touch $@

test-all: $(STAMP) browser-tools
	$(BIN)/uv sync --quiet --frozen --all-groups
	@command -v java >/dev/null || tools/system-packages openjdk-17-jre-headless
	@command -v soffice >/dev/null || tools/system-packages libreoffice-writer
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check src tests

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

check: $(STAMP)
	$(BIN)/rambu check

cases: $(STAMP)
	$(BIN)/rambu cases

bench: $(STAMP)
	$(BIN)/python -m tests.bench

mutate: $(STAMP)
	$(BIN)/python -m tests.mutate

docs: $(STAMP)
	$(BIN)/python -m tools.readme
	$(BIN)/python -m tools.reference

ci: test lint types contracts check

# The lock file fixes every version; uv reads it and comes from the same registry as everything else.
$(STAMP): pyproject.toml uv.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv sync --quiet --frozen --inexact --group dev
	touch $(STAMP)

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
