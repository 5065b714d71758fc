# make run    set up, start the database, load the sample articles, show answers
# make test   set up, run every test and check
# make torture   the fault tests with all their seeds: half an hour
# make test-bi   the same for BI tools, with real clients: JDBC, ODBC, Superset (packages: root on Debian)
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: run test test-bi torture lint setup clean

run: $(VENV)/.installed
	@$(BIN)/newshouse db upgrade
	@$(BIN)/newshouse load seeds/articles
	@$(BIN)/newshouse query top_countries
	@$(BIN)/newshouse query language_by_month
	@$(BIN)/newshouse query publication_date_methods
	@$(BIN)/newshouse query data_quality
	@echo "Connect:  $(BIN)/newshouse db psql"
	@echo "BI tools: $(BIN)/newshouse bi grant NAME --generate"

test: $(VENV)/.installed-dev lint
	$(BIN)/pytest --numprocesses auto --dist loadfile

torture: $(VENV)/.installed-dev
	$(BIN)/pytest -m '' tests/torture tests/db/reload

BI_PACKAGES := default-jdk-headless libpostgresql-jdbc-java unixodbc odbc-postgresql chromium chromium-driver
SUPERSET    := .venv-superset
PYTHON_BI   ?= python3.11

test-bi: $(VENV)/.installed-dev $(SUPERSET)/.installed
	dpkg --status $(BI_PACKAGES) >/dev/null 2>&1 || { apt-get update && apt-get install --yes --no-install-recommends $(BI_PACKAGES); }
	$(PIP) install pyodbc
	SUPERSET_BIN=$(abspath $(SUPERSET)/bin) $(BIN)/pytest tests/bi

$(SUPERSET)/.installed: bi/superset/requirements.txt
	$(PYTHON_BI) -m venv --clear $(SUPERSET)
	$(SUPERSET)/bin/pip install --quiet --requirement $<
	@touch $@

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

$(VENV)/.created:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newshouse needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# The lock files pin names, versions and hashes; the project itself is then installed without looking for more.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

$(VENV)/.installed: constraints.txt pyproject.toml | $(VENV)/.created
	$(PIP) install --require-hashes --requirement constraints.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: constraints-dev.txt $(VENV)/.installed
	$(PIP) install --require-hashes --requirement constraints-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) $(SUPERSET) build dist *.egg-info
