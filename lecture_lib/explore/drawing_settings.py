"""Matplotlib's settings as the library draws with them, whatever the reader has set for their own
figures.
"""

import warnings
from contextlib import ExitStack, contextmanager

import matplotlib

RC = {
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "axes.titlesize": 11,
    "axes.labelsize": 10.5,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#666666",
    "axes.grid": False,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.7,
    "xtick.color": "#444444",
    "ytick.color": "#444444",
    "axes.labelcolor": "#222222",
    "text.color": "#222222",
    "lines.linewidth": 2.0,
    "lines.markersize": 5,
    "figure.facecolor": "white",
    "legend.frameon": False,
    "mathtext.fontset": "dejavusans",
    "axes.unicode_minus": True,
}

# The families of Matplotlib's settings that a picture can depend on.
FAMILIES = (
    "_internal.",  # the mode of the style "classic"
    "agg.",
    "axes.",
    "contour.",
    "figure.",
    "font.",
    "grid.",
    "hatch.",
    "image.",
    "legend.",
    "lines.",
    "markers.",
    "mathtext.",
    "patch.",
    "path.",
    "pcolor",
    "pdf.",
    "ps.",
    "savefig.",
    "scatter.",
    "svg.",
    "text.",
    "xaxis.",
    "xtick.",
    "yaxis.",
    "ytick.",
)

SETTINGS = {
    key: value for key, value in matplotlib.rcParamsDefault.items() if key.startswith(FAMILIES)
} | RC


@contextmanager
def own_settings():
    """Draw with the library's settings of Matplotlib, whatever the reader has set for their own
    figures; theirs are back afterwards.
    """
    theirs = matplotlib.rcParams
    with ExitStack() as stack:
        with warnings.catch_warnings():
            # Some keys are on their way out, and even to look at them warns.
            warnings.simplefilter("ignore", matplotlib.MatplotlibDeprecationWarning)
            # To set a key takes longer than to look at it, and most are as they should be.
            differ = {key: value for key, value in SETTINGS.items() if theirs[key] != value}
            stack.enter_context(matplotlib.rc_context(differ))
        yield
