"""A small NumPy library behind the lecture companion on the vanishing gradient problem.

Read it in this order; each file holds one idea.

The lecture's ideas, in NumPy alone:

    activation_functions  the functions F and their derivatives F'
    activations           a function and its derivative are one value
    initialisers          what "variance 1, 1/n, 2/n" means
    own                   what is checked before a function of one's own joins the menus
    costs                 how wrong an output is, and in which direction
    perceptron            one neuron and its learning rule
    params                the weights and biases, and the door through which they come in
    architecture          what a network is, and its initial weights
    network               forward and backward pass: the heart
    network_checks        what fits a network: samples, targets, its own passes
    normalisation         means and spreads taken out before an activation (after the lecture)
    optimisers            what a step does with a gradient
    training              the loop
    training_step         the record of each of its steps
    chain                 one neuron per layer: the product that vanishes
    bounds                the largest slope of an activation, and what a chain can have at most
    chain_by_depth        the first gradient of many chains, at every depth
    gaussian              means over a normal distribution, by quadrature
    crossing              where a function crosses 0
    theory                what the mathematics predicts, without simulation
    theory_residual       the same with skip connections and normalisation
    jacobian              one matrix, both ways: a nudge going forward, the gradient coming back
    data                  gates, blobs, moons, spirals, handwritten digits
    small_networks        the lecture's own networks, number by number
    digits_networks       deep networks for the digits: their start, their training, a map of many
    fast_pass             the passes of `network` again, for speed
    residual_pass         the same with skip connections and normalisation
    flat_params           the weights and biases as one vector, and back
    wide                  numbers with an exponent of their own, for chains beyond float64
    wide_powers           the same for activations of one's own: powers near 0 and far from it
    wide_chain            a chain with such numbers
    powers_of_ten         sizes that leave what float64 holds

Behind them: check (one clear sentence for bad input), written (numbers as people write them),
quiet (no warning for an overflow that is the lesson), slices (long work pauses), fast_activations
and stack_pass (parts of the fast passes).

What shows them:

    explore               what makes a function an explorer: declaration, controls, page, canvas
    topics                one folder per notebook: compute, pictures, explorers, exercises
    explorers             the catalogue of what has sliders
    answers               what a student means by an answer, whatever it is written as
    exercises             the catalogue of questions that say which step of an answer is wrong
    exercise              what makes a question with its hints and diagnoses
    feedback              what is said of a blank answer, or of one that no mistake explains
    selftest              whether this installation is complete

`W[i, j]` is the lecture's W_ij, the weight from unit i to unit j; rows are samples; leading axes
are experiments. Importing this package loads nothing but Python's own modules; each file loads what
it needs.
"""

import logging
import os
import sys

# One BLAS thread gives the same numbers on every machine; it counts only if set before NumPy loads.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

if sys.platform == "emscripten":  # in a browser every visit builds the list of fonts anew, unasked
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

__version__ = "0.1.0"
