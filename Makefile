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

# Jupyter writes below the home directory; where that may not be written to, a folder of this project takes its place.
ifneq ($(shell [ -w "$$HOME" ] && echo yes),yes)
export HOME := $(CURDIR)/.venv/home
endif

.PHONY: lab app test test-long test-long-extras notebooks slides site pictures address class bench bench-start bench-ui bench-site bench-class lite bench-lite matrix test-bare check-binder clean help

help:
	@echo "make lab        open the notebooks in JupyterLab (LAB_ARGS=... are passed on)"
	@echo "make app        the notebooks as pages without code (Voila)"
	@echo "make test       run every check (PYTEST_ARGS=... are passed on)"
	@echo "make test-long  the checks that take longer: many seeds, Notebook 7, Voila, axe"
	@echo "make test-long-extras what test-long needs for Firefox and for pages without a kernel (needs Node.js)"
	@echo "make bench      speed beside PyTorch, JAX and others, in an environment of its own (large download)"
	@echo "make bench-start what a student waits for: imports, first pictures, Run All (COMMANDS=\"test site\" for these too)"
	@echo "make bench-ui   from key press to picture in a browser, beside interact (EXPLORERS=\"neuron\" for some)"
	@echo "make bench-site the static site as a phone meets it: bytes, first picture, slider to picture"
	@echo "make bench-lite the browser edition: bytes, seconds to the first picture, Run All, memory"
	@echo "make site       build site/, pages for any web host whose sliders need no kernel (10 to 15 minutes; needs Node.js with npm, and a network)"
	@echo "make slides     slides/, for each notebook a page with the pictures of its explorers (NOTEBOOKS=... for some)"
	@echo "make pictures   the moving picture of the front page and the thumbnails of the notebooks"
	@echo "make address    set the public address, REPO=owner/name, and so the links to Binder and the site"
	@echo "make lite       build site/lite/, the notebooks with Python in the reader's browser; needs the same (LITE_ARGS=--self-hosted ...)"
	@echo "make class      a JupyterHub for a class on this machine (CLASS_PASSWORD=... is its password; needs Node.js)"
	@echo "make bench-class answer time and memory with students who move sliders (STUDENTS=\"10 30\" for others)"
	@echo "make test-bare  lab and test in a guest's clone: odd path, not root, no home, no network (Linux, as root)"
	@echo "make check-binder build what binder/ describes, open it, measure size, seconds and memory"
	@echo "make matrix     the tests on all Pythons of this machine, with pinned, oldest and newest packages"
	@echo "make notebooks  run all notebooks and store their outputs, the same bytes each time"
	@echo "make clean      delete the environments, site, slides and what was kept for it; class-data/ stays"

lab: .venv/lab.stamp
	$(PY) -m jupyter lab $(AS_ROOT) $(LAB_ARGS) notebooks/00_start_here.ipynb

app: .venv/lab.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt --editable ".[app]"
	$(PY) -m voila $(LAB_ARGS) notebooks

NBVAL := --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg

test: .venv/test.stamp
	$(PY) -m ruff check .
	$(PY) -m ruff format --check --quiet .
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(NBVAL) -m "not long" tests notebooks $(PYTEST_ARGS)

test-long: .venv/fronts.stamp
	$(PY) -m pytest -n 2 --dist loadfile -m long tests $(PYTEST_ARGS)

notebooks: .venv/test.stamp
	$(PY) tools/lecture_table.py
	$(PY) tools/build_notebooks.py $(NOTEBOOKS)

test-bare:
	$(PYTHON) tools/bare.py $(if $(PYTEST_ARGS),"PYTEST_ARGS=$(PYTEST_ARGS)")

check-binder: .venv/test.stamp
	$(PY) tools/check_binder.py

matrix: .venv/python.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check nox uv
	$(PY) -m nox $(NOX_ARGS)

slides: .venv/test.stamp
	$(PY) tools/build_slides.py $(NOTEBOOKS)

site: .venv/test.stamp
	@$(PY) tools/build_lite.py --check $(LITE_ARGS)
	$(PY) tools/build_site.py
	$(PY) tools/build_lite.py $(LITE_ARGS)

lite: .venv/test.stamp
	$(PY) tools/build_lite.py $(LITE_ARGS)

pictures: .venv/lab.stamp
	$(PY) tools/build_front_picture.py

address:
	@$(PYTHON) tools/set_address.py "$(REPO)"

bench: .bench/stamp
	.bench/bin/python benchmarks/bench.py
	.bench/bin/python benchmarks/four_numbers.py

bench-start: .venv/test.stamp
	$(PY) benchmarks/bench_start.py $(COMMANDS)

bench-ui: .venv/test.stamp
	$(PY) benchmarks/bench_ui.py $(EXPLORERS)

bench-site: site
	$(PY) benchmarks/bench_site.py

class: .class/stamp
	.class/bin/jupyterhub --config classroom/jupyterhub_config.py

STUDENTS ?= 30
bench-class: .class/stamp
	.class/bin/python benchmarks/bench_class.py $(STUDENTS)

test-long-extras: .browsers/stamp

# What tests in Firefox and in a page without a kernel need beside Node.js and the browser.
.browsers/stamp:
	npm install --silent --no-save --prefix .browsers puppeteer-core@24.43.1 @jupyter-widgets/html-manager@1.0.15 requirejs@2.3.8
	touch $@

bench-lite: .venv/test.stamp
	$(PY) benchmarks/bench_lite.py

.class/stamp: requirements.txt classroom/requirements.txt pyproject.toml
	@command -v npm >/dev/null || { echo "The proxy of JupyterHub needs Node.js 20 or newer with npm; install both first."; exit 1; }
	$(PYTHON) -m venv .class
	.class/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r classroom/requirements.txt --editable .
	.class/bin/jupyter labextension disable --level=sys_prefix "@jupyterlab/apputils-extension:announcements"
	.class/bin/python tools/set_up_lab.py
	npm install --silent --no-save --prefix .class configurable-http-proxy@5.2.0
	touch $@

.bench/stamp: requirements.txt benchmarks/requirements.txt
	$(PYTHON) -m venv .bench
	.bench/bin/python -m pip install --quiet -r benchmarks/requirements.txt --editable .
	touch $@

.venv/fronts.stamp: .venv/test.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt --editable ".[test,fronts]"
	touch $@

clean:
	rm -rf .venv .bench .browsers .class .lite .nox .site site slides build *.egg-info

.venv/python.stamp:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	  echo "Python 3.11 or newer is needed, but $(PYTHON) is `$(PYTHON) --version 2>&1`; name another one with: make PYTHON=python3.12 lab"; exit 1; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/lab.stamp: requirements.txt pyproject.toml .venv/python.stamp
	@echo "Setting up .venv, once: about a minute or two."
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt --editable .
	$(PY) -m jupyter labextension disable --level=sys_prefix "@jupyterlab/apputils-extension:announcements"
	$(PY) tools/set_up_lab.py
	touch $@

.venv/test.stamp: .venv/lab.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt --editable ".[test]"
	touch $@
