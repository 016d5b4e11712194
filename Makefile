# make demo    build the example site          make test      run every test
# make look    screenshots of it               make format    put the code in order
# make looks   every theme, five creators      make audit     Lighthouse and the rest on every theme
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := demo
.PHONY: demo test check look looks previews audit format clean

demo: $(VENV)/installed
	@$(BIN)/linkhome build example-site
	@echo "Or change it and watch:  $(BIN)/linkhome serve example-site --open"

test: check
	$(BIN)/pytest -n auto --dist loadfile

check: $(VENV)/installed-for-tests tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

look: $(VENV)/installed tools
	$(BIN)/linkhome build example-site
	scripts/node scripts/look.mjs example-site/public build/look

looks: $(VENV)/installed tools
	$(BIN)/python scripts/looks.py build/looks

previews: $(VENV)/installed tools
	$(BIN)/python scripts/looks.py build/previews --previews

audit: $(VENV)/installed tools
	scripts/audit/run

format: $(VENV)/installed-for-tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf build dist example-site/public example-site/.cache .mypy_cache .ruff_cache .pytest_cache

.PHONY: tools
tools:
	@scripts/prepare tools

$(VENV)/installed: pyproject.toml
	@scripts/prepare python .
	@touch $@

$(VENV)/installed-for-tests: pyproject.toml
	@scripts/prepare python '.[test]'
	@touch $@ $(VENV)/installed
