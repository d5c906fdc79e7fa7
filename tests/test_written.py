"""A written number is the same wherever it is read, however a person writes it."""

import re

import pytest

from lecture_lib import written
from lecture_lib.answers import read_number
from lecture_lib.explore.controls import Slider
from lecture_lib.initialisers import weight_variance

WRITTEN = {
    "10,5": 10.5, "0,125": 0.125, "-0,125": -0.125, "1234,567": 1234.567, "1,0000": 1.0,
    "1,5/2": 0.75, "1/2,5": 0.4, "\N{MINUS SIGN}1": -1.0, "10 000": 10000.0, "1e3": 1000.0,
    "1\N{NO-BREAK SPACE}000": 1000.0, "1000/10": 100.0, "1 000 000": 1e6, "½": 0.5, "1½": 1.5,
    "1 1/2": 1.5, "-1 1/2": -1.5, "−¼": -0.25, "1⁄4": 0.25, "1÷4": 0.25, "–1": -1.0, "25 %": 0.25,
    "2,5%": 0.025, "1e-3": 1e-3, "10^-3": 1e-3, "2.5·10⁻³": 2.5e-3, "3 x 10^(-2)": 0.03,
    "2**-3": 0.125, "1/2^3": 0.125, "3*10**2": 300.0, "= 0.5": 0.5, "≈0,5": 0.5, "5²": 25.0,
}  # fmt: skip
UNCLEAR = ("10,000", "1,000", "999,999", "-1,234", "\N{MINUS SIGN}1,234", "1,000/3", "3/1,000")
NONE_WRITTEN = (
    "", "a", "1,000,000", "1.000,5", "1,000.5", "1/", "/2", "1/0", "1/2/3", ",",
    "1 2", "1 2345", "1 1/2/3", "%", "⅟", "²", "1 1/0", "10^10^2", "2*3", "x = 1", "1//4",
)  # fmt: skip


def read_as(text):
    """What the exercises, a slider and an initial variance take this text for."""
    slider = Slider("x", "x", 1.0, low=-1e6, high=1e6, log=True)
    readers = [read_number, slider.check, lambda text: written.read_number("x", text, "a number")]
    if text[:1] not in ("-", "\N{MINUS SIGN}", "\N{EN DASH}"):
        readers.append(lambda text: weight_variance(text, 1, 1))
    return readers


@pytest.mark.parametrize("text", WRITTEN)
def test_a_written_number_is_the_same_everywhere(text):
    for read in read_as(text):
        assert read(text) == pytest.approx(WRITTEN[text], rel=1e-3)


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_comma_that_may_be_two_things_is_told(text):
    for read in read_as(text):
        with pytest.raises(ValueError, match="can be read in two ways; write '.*' or '.*'\\.$"):
            read(text)


@pytest.mark.parametrize("text", NONE_WRITTEN)
def test_what_writes_no_number_is_told(text):
    for read in read_as(text):
        with pytest.raises(ValueError, match=f"was '{re.escape(text)}'; it must be .*\\.$"):
            read(text)
