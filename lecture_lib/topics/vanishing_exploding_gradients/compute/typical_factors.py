"""Constants of random chains: what a typical factor is, and the largest slope of each activation."""

from lecture_lib import theory

TYPICAL_WEIGHT = 0.529839354694838
MEAN_WEIGHT = 0.797884560802865  # exp(E ln |W|) and E |W| for W ~ N(0, 1)
TYPICAL_SIGMOID = 0.124282365  # exp(E ln |W F'|) far from the input of a sigmoid chain
largest_slope = lambda activation: (
    theory.SIGMOID_SLOPE_BOUND if activation == "sigmoid" else 1.0
)  # V12
