"""The tests on several Pythons, each with pinned, oldest allowed and newest dependencies: `make
matrix`.

Every pair gets an environment of its own in .nox/, made by uv, which knows the oldest version that
a range allows and a Python can run. A Python that this machine does not have is skipped. Strict
nbval on the pinned set, lax elsewhere; browser and long tests are left to `make test` and `make
test-long`.
"""

import nox

PYTHONS = ("3.11", "3.12", "3.13", "3.14")  # what NumPy supports
EDITABLE = ("--editable", ".[test]")
# Matplotlib 3.10 meets deprecation warnings in younger versions of pyparsing.
OLDEST = ("--resolution", "lowest-direct", "--only-binary", ":all:", "pyparsing>=3.1,<3.3")
SETS = {
    "pinned": ("-r", "requirements.txt", *EDITABLE),
    "oldest": (*OLDEST, *EDITABLE),
    "newest": ("--upgrade", *EDITABLE),
}
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}

nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False


@nox.session(python=PYTHONS)
@nox.parametrize("dependencies", list(SETS))
def tests(session, dependencies):
    """Install one set of dependencies and run the tests and notebooks with it."""
    session.install(*SETS[dependencies])
    nbval = "--nbval" if dependencies == "pinned" else "--nbval-lax"
    session.run(
        "python",
        "-m",
        "pytest",
        "-q",
        *("-n", "2", "--dist", "loadfile"),
        *("-m", "not long and not browser"),
        *(nbval, "--nbval-current-env", "--nbval-sanitize-with", "tests/nbval_sanitize.cfg"),
        "tests",
        "notebooks",
        *session.posargs,
        env=ONE_THREAD,
    )
