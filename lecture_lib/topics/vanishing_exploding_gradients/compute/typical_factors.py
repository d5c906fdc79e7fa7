"""Constants of random chains: what a typical factor is."""

# For W ~ N(0, 1): exp(E ln |W|), what a typical factor is, and E |W|.
TYPICAL_WEIGHT = 0.529839354694838
MEAN_WEIGHT = 0.797884560802865
# exp(E ln |W F'|) far from the input of a sigmoid chain.
TYPICAL_SIGMOID = 0.124282365
