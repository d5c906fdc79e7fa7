"""The catalogue: every explorer by name. `explorers.gradient_profile(depth=30)` shows one.

Each is declared in the folder of its notebook, `topics/.../explorers.py`: compute, pictures,
sentence, controls.
"""

from .topics.backpropagation.explorers import (
    activation_slope,
    backprop_player,
    derivation,
    gradient_descent,
    guess_turned_signs,
)
from .topics.lecture_notes.explorers import guess_spoken_size
from .topics.live.explorers import live_duel, live_network, live_point, live_training
from .topics.multilayer_perceptron.explorers import (
    guess_xor_learned,
    hidden_space,
    long_training,
    loss_surface,
    nested_formula,
)
from .topics.numeric_example.explorers import guess_frozen_biases, numeric_example, numeric_training
from .topics.remedies.explorers import (
    guess_relu_factor,
    phase_map,
    remedy_grid,
    remedy_profile,
    remedy_training,
    resilient,
)
from .topics.remedies.signal_explorers import activation_histograms
from .topics.single_layer_perceptron.explorers import (
    decision_boundary,
    guess_xor_mistakes,
    many_solutions,
    neuron,
    perceptron_training,
)
from .topics.start_here.explorers import guess_first_of_twenty
from .topics.vanishing_exploding_gradients.chain_explorers import chain_draws, scalar_chain
from .topics.vanishing_exploding_gradients.explorers import (
    depth_training,
    exploding,
    gradient_profile,
    guess_controls,
    guess_first_layer,
    jacobian,
)
from .topics.what_came_after.explorers import (
    guess_batch_growth,
    guess_skip_growth,
    layer_out,
    norm_and_skip,
    skip_knob,
    skip_map,
    skip_race,
)

EXPLORERS = {
    explorer.name: explorer
    for explorer in (
        guess_first_of_twenty,
        neuron,
        decision_boundary,
        perceptron_training,
        many_solutions,
        guess_xor_mistakes,
        hidden_space,
        long_training,
        nested_formula,
        loss_surface,
        guess_xor_learned,
        gradient_descent,
        activation_slope,
        derivation,
        backprop_player,
        guess_turned_signs,
        numeric_example,
        numeric_training,
        guess_frozen_biases,
        scalar_chain,
        chain_draws,
        gradient_profile,
        jacobian,
        depth_training,
        exploding,
        guess_first_layer,
        guess_controls,
        remedy_profile,
        activation_histograms,
        remedy_training,
        phase_map,
        remedy_grid,
        resilient,
        guess_relu_factor,
        live_training,
        live_duel,
        live_network,
        live_point,
        guess_skip_growth,
        skip_knob,
        skip_map,
        guess_batch_growth,
        norm_and_skip,
        skip_race,
        layer_out,
        guess_spoken_size,
    )
}

__all__ = [
    "EXPLORERS",
    "guess_first_of_twenty",
    "neuron",
    "decision_boundary",
    "perceptron_training",
    "many_solutions",
    "guess_xor_mistakes",
    "hidden_space",
    "long_training",
    "nested_formula",
    "loss_surface",
    "guess_xor_learned",
    "gradient_descent",
    "activation_slope",
    "derivation",
    "backprop_player",
    "guess_turned_signs",
    "numeric_example",
    "numeric_training",
    "guess_frozen_biases",
    "scalar_chain",
    "chain_draws",
    "gradient_profile",
    "jacobian",
    "depth_training",
    "exploding",
    "guess_first_layer",
    "guess_controls",
    "remedy_profile",
    "activation_histograms",
    "remedy_training",
    "phase_map",
    "remedy_grid",
    "resilient",
    "guess_relu_factor",
    "live_training",
    "live_duel",
    "live_network",
    "live_point",
    "guess_skip_growth",
    "skip_knob",
    "skip_map",
    "guess_batch_growth",
    "norm_and_skip",
    "skip_race",
    "layer_out",
    "guess_spoken_size",
]
