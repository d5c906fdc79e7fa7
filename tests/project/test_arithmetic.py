"""The stored notebooks hold on every kind of processor: the last digits of products, exponentials
and tanh differ between them, and a training makes large differences of small ones.
"""

import os
import subprocess
import sys

import pytest

from shared.paths import NOTEBOOKS, ROOT

# Vector instructions of NumPy that are switched off, and the kernel of the matrix products.
WITHOUT_AVX512 = {"NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL"}
ARITHMETICS = {
    "no AVX-512": WITHOUT_AVX512,
    "products of an older processor": {"OPENBLAS_CORETYPE": "Sandybridge"} | WITHOUT_AVX512,
    "products with AVX-512": {"OPENBLAS_CORETYPE": "SkylakeX"},
}
NBVAL = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/nbval_sanitize.cfg"]
NAMES = sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))


def can_compute(arithmetic):
    """Whether this machine has what an arithmetic asks for."""
    begun = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "import numpy; numpy.ones((9, 9)) @ numpy.ones(9)"],
        env=os.environ | arithmetic,
        capture_output=True,
    )
    return begun.returncode == 0


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("arithmetic", ARITHMETICS.values(), ids=ARITHMETICS)
def test_a_stored_notebook_says_the_same_with_another_arithmetic(arithmetic, name):
    if not can_compute(arithmetic):
        pytest.skip("this processor has no such instructions")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *NBVAL, NOTEBOOKS / name],
        cwd=ROOT,
        env=os.environ | arithmetic,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
