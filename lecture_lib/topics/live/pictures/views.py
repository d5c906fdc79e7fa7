"""What can be shown of the layers of a watched network, by the name of the view."""

from .view_activations import ACTIVATIONS_VIEW
from .view_history import HISTORY_VIEW
from .view_layers import LAYERS_VIEW
from .view_updates import UPDATES_VIEW

VIEWS = {
    "layers": LAYERS_VIEW,
    "over time": HISTORY_VIEW,
    "activations": ACTIVATIONS_VIEW,
    "updates": UPDATES_VIEW,
}
