"""The first gradient of many chains at every depth, against chains one by one."""

import numpy as np
import pytest

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.chain import run_chain
from lecture_lib.chain_by_depth import first_gradient_by_depth


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_first_gradient_by_depth_equals_a_chain_of_each_depth(activation):
    W = np.random.default_rng(3).standard_normal((5, 30))
    W[0, 0] = W[1, 4] = 0.0  # a slider that stands on 0
    by_depth = first_gradient_by_depth(W, 0.6, activation)
    for depth in range(1, 31):
        single = run_chain(W[:, :depth], 0.6, activation).log10_gradients()[:, 0]
        np.testing.assert_allclose(by_depth[:, depth - 1], single, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("block", (1, 2, 3, 4000, np.int8(2), 2.0))
def test_the_size_of_a_block_changes_nothing(block):
    W = np.random.default_rng(7).standard_normal((5, 4))
    whole = first_gradient_by_depth(W)
    np.testing.assert_array_equal(first_gradient_by_depth(W, block=block), whole)


@pytest.mark.parametrize("block", (-3, 0, 1.5, "a", None, np.nan))
def test_a_block_that_is_no_number_of_chains_is_told(block):
    with pytest.raises((ValueError, TypeError), match=r"^block was .*\.$"):
        first_gradient_by_depth([[0.5, 0.5]], block=block)
