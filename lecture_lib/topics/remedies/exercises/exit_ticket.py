"""The exit ticket: a question on each of notebooks 01 to 06."""

from lecture_lib.exercise import Exercise

ticket_1 = Exercise(
    "ticket_1",
    "S19",
    "A single neuron with a step function sees the four points of XOR. What does training do?",
    right="C",
    choices={
        "A": "it ends, after a few mistakes",
        "B": "it ends, if the learning rate is small enough",
        "C": "it never ends, because some answer is always wrong",
        "D": "it ends, once the bias is learned as well",
    },
    mistakes=(
        ("A", "the bound on the mistakes holds only if some line separates the classes."),
        ("B", "the learning rate changes the steps, not which points a line can separate."),
        ("D", "the bias shifts the line; does any shifted line separate them?"),
    ),
    hints=(
        "A neuron draws one straight line.",
        "Draw the four points of XOR and try a line.",
        "Can weights exist for which no point is wrong?",
    ),
    solution="No line separates XOR, so some point is always wrong and the weights keep changing.",
)

ticket_2 = Exercise(
    "ticket_2",
    "M3",
    "What does the hidden layer do to XOR, so that one line is enough?",
    right="B",
    choices={
        "A": "it adds a second output line",
        "B": "it moves the points to where one line separates them",
        "C": "it removes the points that are wrong",
        "D": "it makes the step function differentiable",
    },
    mistakes=(
        ("A", "there is one output unit, and it draws one line; but in which space?"),
        ("C", "all four points stay; but do they stay in their place?"),
        ("D", "a smooth function alone does not bend the line of a single neuron."),
    ),
    hints=(
        "Look at the outputs of the two hidden units for the four points.",
        "The output unit sees the hidden outputs, not the inputs.",
        "Plot the points in the plane of H₁ and H₂.",
    ),
    solution="The hidden outputs are new coordinates, in which one line separates the classes.",
)

ticket_3 = Exercise(
    "ticket_3",
    "B25",
    "What is the δ of a hidden unit made of?",
    right="D",
    choices={
        "A": "the weighted sum of the outputs before it, times its own F′",
        "B": "its output minus the target",
        "C": "the weighted sum of the δ after it, with the updated weights",
        "D": "the weighted sum of the δ after it, times its own F′",
    },
    mistakes=(
        ("A", "errors come from the other side: from the layer after it."),
        ("B", "a hidden unit has no target of its own."),
        ("C", "the old weights are needed, and one factor is missing."),
    ),
    hints=(
        "Through which units does a hidden unit act on J?",
        "Add up all paths to the output.",
        "The last step of each path goes through its own activation.",
    ),
    solution="δⱼ = F′(inⱼ) Σ Wⱼₖ δₖ, with the old weights.",
)

ticket_4 = Exercise(
    "ticket_4",
    "N18",
    "Which factors do all six weight gradients of the numeric example contain?",
    right="B",
    choices={
        "A": "the input X₁",
        "B": "the slope of the error with respect to the output, and the slope of the output unit",
        "C": "W₅",
        "D": "the slopes of both hidden units",
    },
    mistakes=(
        ("A", "X₁ is what W₁ and W₃ multiply; what do the other four weights multiply?"),
        ("C", "W₅ lies on the way from H₁ to the error; does W₆ act through it?"),
        ("D", "W₅ and W₆ come after the hidden units; and which hidden unit does W₁ enter?"),
    ),
    hints=(
        "A gradient has one factor for each step on the way from its weight to the error.",
        "Follow the way of W₅, and then that of W₁: which steps do both take?",
        "All six ways end with the same two steps: from in_o to out_o, and from out_o to E.",
    ),
    solution="B. Their product is δ_o = (out_o − t) · out_o (1 − out_o), and all six contain it.",
)

ticket_5 = Exercise(
    "ticket_5",
    "V14",
    "What decides whether the gradient of layer 1 vanishes, holds or explodes?",
    right="B",
    choices={
        "A": "whether the gradient of the last layer is above 1",
        "B": "the typical factor per layer, and the depth",
        "C": "the learning rate",
        "D": "the sign of the weights",
    },
    mistakes=(
        ("A", "a gradient of 5 still vanishes if every layer takes part of it away."),
        ("C", "the gradient is there before any step is made."),
        ("D", "the sign of a weight only reverses the gradient; think of sizes."),
    ),
    hints=(
        "The gradient of W₁ is a product.",
        "It has one pair W F′ for each later layer.",
        "What do 0.9 and 1.1 become if you multiply each by itself 50 times?",
    ),
    solution=(
        "A product of as many factors as there are layers: √χ per layer, to the power of the depth."
    ),
)

ticket_6 = Exercise(
    "ticket_6",
    "R8",
    "ReLU with 2/n, 56 layers, γ = 0.02: ‖δ₁‖ is about as large as ‖δ_L‖, and after 176 steps 75 % "
    "are wrong. What follows?",
    right="C",
    choices={
        "A": "the gradient has vanished after all",
        "B": "it has exploded",
        "C": "a gradient of the right size is not enough",
        "D": "56 layers cannot learn without skip connections",
    },
    mistakes=(
        ("A", "it vanishes if ‖δ₁‖ is below a tenth of ‖δ_L‖; compare the two."),
        ("B", "it explodes if ‖δ₁‖ is above ten times ‖δ_L‖; compare the two."),
        (
            "D",
            "one network at one γ, after 176 steps, cannot show that; what did a smaller γ do?",
        ),
    ),
    hints=(
        "Which of the two is known here: that the gradient arrives, or that the network learns?",
        "Compare ‖δ₁‖ with ‖δ_L‖: does the gradient vanish, hold or explode?",
        "Choose the sentence that says no more than these numbers do.",
    ),
    solution=(
        "The gradient holds, and the network does not learn within 176 steps. So the right size is "
        "not enough."
    ),
)
