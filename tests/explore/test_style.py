"""The colours, as people with the three kinds of colour blindness see them, in grey, and against
the paper.

The simulation is that of Machado, Oliveira, Fernandes (2009), doi 10.1109/TVCG.2009.113, at full
severity: a matrix on linear RGB. Distances are those of CIELAB; from about 10 on two patches are
told apart at a glance.
"""

from itertools import combinations

import numpy as np
import pytest

from lecture_lib import activations
from lecture_lib.explore import style

SEEN = {
    "all colours": np.eye(3),
    "without red cones": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "without green cones": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "without blue cones": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
    "grey": np.full((3, 3), 1.0) * [0.2126, 0.7152, 0.0722],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(color):
    rgb = np.array([int(color[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one, other, eyes):
    return np.linalg.norm(lab(SEEN[eyes] @ linear(one)) - lab(SEEN[eyes] @ linear(other)))


def contrast(color, paper="#ffffff"):
    a, b = sorted(linear(c) @ TO_XYZ[1] for c in (color, paper))
    return (b + 0.05) / (a + 0.05)


@pytest.mark.parametrize("eyes", SEEN)
def test_the_signs_of_weights_are_told_apart_by_all_eyes_and_in_grey(eyes):
    assert apart(style.POSITIVE, style.NEGATIVE, eyes) > 20


@pytest.mark.parametrize("eyes", [eyes for eyes in SEEN if eyes != "grey"])
def test_the_two_classes_are_told_apart_by_all_eyes(eyes):
    assert apart(*(look["color"] for look in style.CLASS), eyes) > 20


@pytest.mark.parametrize("one, other", [*combinations(activations.MENU, 2)])
def test_activations_differ_in_colour_for_all_eyes_or_in_dash_and_marker(one, other):
    a, b = style.ACTIVATION[one], style.ACTIVATION[other]
    assert all(apart(a["color"], b["color"], eyes) > 8 for eyes in SEEN if eyes != "grey") or (
        a["linestyle"] != b["linestyle"] and a["marker"] != b["marker"]
    )


def test_no_two_activations_share_dash_and_marker():
    looks = [(str(look["linestyle"]), look["marker"]) for look in style.ACTIVATION.values()]
    assert len(set(looks)) == len(looks) and style.CLASS[0]["marker"] != style.CLASS[1]["marker"]


@pytest.mark.parametrize(
    "paper", ["#ffffff", *style.CLASS_FILL, style.VANISH, style.HOLD, style.EXPLODE]
)
def test_words_stand_out_from_what_is_behind_them(paper):
    assert contrast(style.INK, paper) >= 7 and contrast(style.GREY, paper) >= 4.5


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (-0.0, "0"),
        (9.99, "10"),
        (0.05536, "0.055"),
        (1204, "1,204"),
        (-0.5, "−0.50"),
        (99999.6, "1.0 × 10⁵"),
        (6.72e-6, "6.7 × 10⁻⁶"),
        (-1.7976931348623157e308, "−1.8 × 10³⁰⁸"),
        (5e-324, "4.9 × 10⁻³²⁴"),
        (np.inf, "infinite"),
        (-np.inf, "minus infinite"),
        (np.nan, "not a number"),
    ],
)
def test_a_number_is_written_for_people_whatever_its_size(value, said):
    assert style.number(value).replace("\u00a0", " ") == said
