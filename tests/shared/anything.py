"""What the tests with random arguments share: settings of hypothesis, and values of any kind."""

from hypothesis import HealthCheck
from hypothesis import strategies as st

CHECKS = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


def anything():
    odd = st.sampled_from(["<script>alert(1)</script>", "1e400", "-0", "٣", "2/n/n", "/n", "1_0"])
    return st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=30),
        st.binary(max_size=4),
        st.lists(st.integers(), max_size=3),
        odd,
    )
