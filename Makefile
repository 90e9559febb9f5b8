# make run      opens the application on a demo hospital
# make test     installs what it needs, then lint, types, import contracts and all tests
# make package  builds what is installed elsewhere: the wheel, in dist
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

RUN_PACKAGES  := python3-venv libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 libxkbcommon0 \
	libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 \
	libxkbcommon-x11-0
TEST_PACKAGES := $(RUN_PACKAGES) xvfb xdotool poppler-utils postgresql openssl

.PHONY: run test lock package wheel clean screenshots pictures bench torture

run: $(VENV)/run
	$(BIN)/wardbeds --demo

test: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 4 --dist loadscope --no-loadscope-reorder

$(VENV)/run: requirements.lock pyproject.toml
	sh packaging/system-packages.sh $(RUN_PACKAGES)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/test: $(VENV)/run
	sh packaging/system-packages.sh $(TEST_PACKAGES)
	touch $@

# Versions and hashes only: where they come from is the machine's business.
lock:
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --extra test --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
		--no-emit-trusted-host --no-emit-find-links --no-emit-options --no-header --no-annotate \
		--output-file requirements.lock pyproject.toml

# Every screen and dialog, both sizes, light and dark.
screenshots: $(VENV)/run
	$(BIN)/wardbeds screenshot all --out build/screenshots --size 1366x768 --size 1920x1080 --theme light --theme dark

# The stored pictures that the tests compare with, after they were looked at.
pictures: $(VENV)/test
	WARDBEDS_STORE_PICTURES=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/gui/test_pictures.py

# Figures with the machine they were taken on; exit code 1 if more than two budgets are missed.
bench: $(VENV)/test
	$(BIN)/python -m bench

# Races, interleavings, kills, cuts, bad networks, failovers and a soak at full size, three hours and more; writes
# tests/RELIABILITY.md and ends with an error if a figure is not met. PART=race SCALE=0.1 for less.
PART  ?= all
SCALE ?= 1
torture: $(VENV)/test
	$(BIN)/python -m tests.torture $(PART) --scale $(SCALE)

package: wheel

wheel: $(VENV)/test
	$(BIN)/python -m build --no-isolation --wheel

clean:
	rm -rf $(VENV) build dist
