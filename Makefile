# The commands of README. Each sets up what it needs; a second run starts at once.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin

.PHONY: serve lab test bench check clean

serve: $(VENV)/.ready
	@$(RUN)/equitykit serve

lab: $(VENV)/.ready
	@$(RUN)/equitykit lab

test: $(VENV)/.ready
	@$(RUN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

bench: $(VENV)/.ready
	@$(RUN)/python -m pytest tests/benchmarks -s -q -p no:cacheprovider --override-ini testpaths=tests/benchmarks --override-ini python_files="bench_*.py"

check: $(VENV)/.ready
	@$(RUN)/equitykit check

clean:
	rm -rf _build $(VENV)

$(VENV)/.ready: requirements.txt pyproject.toml
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh .ci/environment
	@touch $@
