# Two commands: `make lab` opens the lecture, `make test` checks all of it.
PYTHON ?= python3
LAB_ARGS ?=
# Jupyter asks for this where everybody is root, as in many containers.
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] && echo --allow-root)
PYTEST_ARGS ?=
PY := .venv/bin/python

# One BLAS thread: the same numbers on every machine, and room for a class on one server.
export OPENBLAS_NUM_THREADS = 1
export OMP_NUM_THREADS = 1
export MKL_NUM_THREADS = 1

.PHONY: lab test test-long notebooks site bench bench-ui bench-site matrix clean help

help:
	@echo "make lab        open the notebooks in JupyterLab (LAB_ARGS=... are passed on)"
	@echo "make test       run every check (PYTEST_ARGS=... are passed on)"
	@echo "make test-long  the checks that take longer: many seeds, Notebook 7, Voila, axe"
	@echo "make bench      speed beside PyTorch, JAX and others, in an environment of its own (large download)"
	@echo "make bench-ui   from key press to picture in a browser, beside interact (EXPLORERS=\"neuron\" for some)"
	@echo "make bench-site the static site as a phone meets it: bytes, first picture, slider to picture"
	@echo "make site       build site/, pages for any web host whose sliders need no kernel (10 to 15 minutes)"
	@echo "make matrix     the tests on all Pythons of this machine, with pinned, oldest and newest packages"
	@echo "make notebooks  run all notebooks and store their outputs, the same bytes each time"

lab: .venv/lab.stamp
	$(PY) -m jupyter lab $(AS_ROOT) $(LAB_ARGS) notebooks/00_start_here.ipynb

NBVAL := --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg

test: .venv/test.stamp
	$(PY) -m ruff check .
	$(PY) -m pytest -n 2 --dist loadfile $(NBVAL) -m "not long" tests notebooks $(PYTEST_ARGS)

test-long: .venv/fronts.stamp
	$(PY) -m pytest -n 2 --dist loadfile -m long tests $(PYTEST_ARGS)

notebooks: .venv/test.stamp
	$(PY) tools/lecture_table.py
	$(PY) tools/build_notebooks.py $(NOTEBOOKS)

matrix: .venv/python.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check uv
	$(PY) tools/matrix.py

site: .venv/test.stamp
	$(PY) tools/build_site.py

bench: .bench/stamp
	.bench/bin/python benchmarks/bench.py

bench-ui: .venv/test.stamp
	$(PY) benchmarks/bench_ui.py $(EXPLORERS)

bench-site: site
	$(PY) benchmarks/bench_site.py

.bench/stamp: requirements.txt benchmarks/requirements.txt
	$(PYTHON) -m venv .bench
	.bench/bin/python -m pip install --quiet -r benchmarks/requirements.txt --editable .
	touch $@

.venv/fronts.stamp: .venv/test.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt --editable ".[test,fronts]"
	touch $@

clean:
	rm -rf .venv .bench .matrix .site site build *.egg-info

.venv/python.stamp:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	  echo "Python 3.11 or newer is needed, but $(PYTHON) is `$(PYTHON) --version 2>&1`; name another one with: make PYTHON=python3.12 lab"; exit 1; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/lab.stamp: requirements.txt pyproject.toml .venv/python.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt --editable .
	$(PY) -m jupyter labextension disable --level=sys_prefix "@jupyterlab/apputils-extension:announcements"
	touch $@

.venv/test.stamp: .venv/lab.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt --editable ".[test]"
	touch $@
