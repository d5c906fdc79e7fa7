"""The exercises by name: `exercises.delta_output(my_function)` says whether it is right, or which
step is wrong.

Each is written down in the folder of its notebook, `topics/.../exercises`.
"""

from .exercise import Answer, Exercise
from .topics.backpropagation.exercises.deltas import delta_1, delta_hidden, delta_output
from .topics.backpropagation.exercises.descent import one_step_rate, which_path
from .topics.backpropagation.exercises.gradient_check import gradient_check
from .topics.backpropagation.exercises.update import own_update
from .topics.lecture_notes.exercises import grows_to, left_out_slopes
from .topics.multilayer_perceptron.exercises.cost import cost, why_square
from .topics.multilayer_perceptron.exercises.hidden_layer import (
    collapse,
    count_parameters,
    shared_place,
    xor_line,
)
from .topics.multilayer_perceptron.exercises.nested_formula import (
    hidden_sum,
    network_321,
    no_bias,
)
from .topics.numeric_example.exercises.backward import (
    gradient_W5,
    gradient_W6,
    slope_out_H1,
)
from .topics.numeric_example.exercises.forward import error, in_H2, out_o
from .topics.numeric_example.exercises.second_numbers import (
    second_forward,
    second_gradients,
)
from .topics.numeric_example.exercises.update import new_biases, new_W1, why_slow
from .topics.remedies.exercises.exit_ticket import (
    ticket_1,
    ticket_2,
    ticket_3,
    ticket_4,
    ticket_5,
    ticket_6,
)
from .topics.remedies.exercises.variance import (
    chi_of_a_layer,
    leaky_constant,
    old_rule,
    which_variance,
)
from .topics.single_layer_perceptron.exercises.learning import (
    learning_rule,
    mean_error,
    step_by_hand,
)
from .topics.single_layer_perceptron.exercises.limits import sigmoid_layer, xor_output
from .topics.single_layer_perceptron.exercises.line import (
    line_offset,
    moved_line,
    nand_line,
)
from .topics.single_layer_perceptron.exercises.neuron import neuron_sum, step_neuron
from .topics.start_here.exercises import chain_of_three, powers_of_ten, shape_of_sums
from .topics.vanishing_exploding_gradients.exercises.chain import (
    first_gradient,
    gradient_w3,
    lost_step,
)
from .topics.vanishing_exploding_gradients.exercises.deep_networks import (
    holding_gain,
    lost_scale,
    smallest_factor,
    which_vanished,
)
from .topics.what_came_after.exercises import (
    batch_factor,
    skip_backward,
    skip_factor,
    start_network,
    ticket_7,
    which_end,
    which_learn,
)

EXERCISES = {
    exercise.name: exercise
    for exercise in (
        chain_of_three,
        powers_of_ten,
        shape_of_sums,
        neuron_sum,
        step_neuron,
        moved_line,
        line_offset,
        nand_line,
        step_by_hand,
        learning_rule,
        mean_error,
        xor_output,
        sigmoid_layer,
        count_parameters,
        xor_line,
        shared_place,
        collapse,
        network_321,
        hidden_sum,
        no_bias,
        cost,
        why_square,
        which_path,
        one_step_rate,
        delta_output,
        delta_hidden,
        own_update,
        delta_1,
        gradient_check,
        in_H2,
        out_o,
        error,
        gradient_W5,
        gradient_W6,
        slope_out_H1,
        new_W1,
        new_biases,
        why_slow,
        second_forward,
        second_gradients,
        gradient_w3,
        first_gradient,
        lost_step,
        holding_gain,
        smallest_factor,
        which_vanished,
        lost_scale,
        leaky_constant,
        chi_of_a_layer,
        which_variance,
        old_rule,
        ticket_1,
        ticket_2,
        ticket_3,
        ticket_4,
        ticket_5,
        ticket_6,
        skip_factor,
        start_network,
        skip_backward,
        which_end,
        batch_factor,
        which_learn,
        ticket_7,
        left_out_slopes,
        grows_to,
    )
}

__all__ = [
    "EXERCISES",
    "Answer",
    "Exercise",
    "chain_of_three",
    "powers_of_ten",
    "shape_of_sums",
    "neuron_sum",
    "step_neuron",
    "moved_line",
    "line_offset",
    "nand_line",
    "step_by_hand",
    "learning_rule",
    "mean_error",
    "xor_output",
    "sigmoid_layer",
    "count_parameters",
    "xor_line",
    "shared_place",
    "collapse",
    "network_321",
    "hidden_sum",
    "no_bias",
    "cost",
    "why_square",
    "which_path",
    "one_step_rate",
    "delta_output",
    "delta_hidden",
    "own_update",
    "delta_1",
    "gradient_check",
    "in_H2",
    "out_o",
    "error",
    "gradient_W5",
    "gradient_W6",
    "slope_out_H1",
    "new_W1",
    "new_biases",
    "why_slow",
    "second_forward",
    "second_gradients",
    "gradient_w3",
    "first_gradient",
    "lost_step",
    "holding_gain",
    "smallest_factor",
    "which_vanished",
    "lost_scale",
    "leaky_constant",
    "chi_of_a_layer",
    "which_variance",
    "old_rule",
    "ticket_1",
    "ticket_2",
    "ticket_3",
    "ticket_4",
    "ticket_5",
    "ticket_6",
    "skip_factor",
    "start_network",
    "skip_backward",
    "which_end",
    "batch_factor",
    "which_learn",
    "ticket_7",
    "left_out_slopes",
    "grows_to",
]
