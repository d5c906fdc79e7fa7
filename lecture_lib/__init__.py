"""A small NumPy library behind the lecture companion on the vanishing gradient problem.

Read it in this order; each file holds one idea:

    activations     a function and its derivative are one value
    initialisers    what "variance 1, 1/n, 2/n" means
    costs           how wrong an output is, and in which direction
    perceptron      one neuron and its learning rule
    network         forward and backward pass: the heart
    optimisers      what a step does with a gradient
    training        the loop, one record a step
    chain           one neuron per layer: the product that vanishes
    theory          what the mathematics predicts, without simulation
    worked_example  the lecture's 2-2-1 numeric example
    illustration    the lecture's 2-3-2-1 network, node by node
    data            gates, blobs, moons, spirals, handwritten digits

    experiments     settings -> arrays: what each figure shows      (NumPy alone, like all above)
    plots           arrays -> axes                                  (adds matplotlib)
    explorers       the catalogue of what has sliders               (adds ipywidgets, when one is shown)
    exercises       questions that say which step of an answer is wrong

`W[i, j]` is the lecture's W_ij, the weight from unit i to unit j; rows are samples; leading axes are
experiments. Importing this package loads NumPy and nothing else.
"""

import os

# One BLAS thread gives the same numbers on every machine; it counts only if set before NumPy loads.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

__version__ = "0.1.0"
