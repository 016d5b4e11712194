# make demo    build the example site          make test      run every test
# make look    screenshots of it               make format    put the code in order
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := demo
.PHONY: demo test check look format clean

demo: $(VENV)/installed
	@$(BIN)/linkhome build example-site
	@echo "Or serve it:  $(BIN)/python -m http.server --bind 127.0.0.1 --directory example-site/public 8000"

test: check
	$(BIN)/pytest -n auto --dist loadfile

check: $(VENV)/installed-for-tests tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

look: $(VENV)/installed tools
	$(BIN)/linkhome build example-site
	scripts/node scripts/look.mjs example-site/public build/look

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
