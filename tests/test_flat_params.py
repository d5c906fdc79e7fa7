"""Parameters as one vector, and back."""

import numpy as np
import pytest

from lecture_lib.flat_params import as_flat, as_params
from lecture_lib.network import Params, mlp

NET = mlp([2, 3, 1])
REFUSED = (ValueError, TypeError)


def test_what_is_no_vector_of_weights_or_no_set_of_them_is_told():
    for flat in (None, "a", 1.0, [1.0, 2.0], np.ones((13, 2))):
        with pytest.raises(REFUSED, match=r"^flat (was|had) .*; it must .*\.$"):
            as_params(NET, flat)
    with pytest.raises(TypeError, match="^net was None"):
        as_params(None, np.ones(13))
    none = Params((None,), (None,))
    ragged = Params((None, [[1.0], [1.0, 2.0]]), (None, [[1.0]]))
    for params in (None, none, ragged, Params(1, 2), Params((None, 1.0), (None, 1.0))):
        with pytest.raises(REFUSED, match=r"^(params|an array of params) (was|held|had) .*\.$"):
            as_flat(params)
    flat = np.arange(13.0)
    assert np.array_equal(as_flat(as_params(NET, flat)), flat)
    lists = Params((None, [[1, 2]]), (None, [[3, 4]]))
    assert as_flat(lists).tolist() == [1.0, 2.0, 3.0, 4.0]
