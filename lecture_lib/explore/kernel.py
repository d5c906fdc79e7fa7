"""What all explorers of one kernel share: its event loop, its main thread, and whose turn it is.

JupyterLab calls a widget from a thread of its own, and drawing knows no threads; so whatever the
page asks for is done in the main thread, where the cells run.
"""

import asyncio
import signal
import threading
import weakref

from IPython import get_ipython

from .look import Look

# Seconds after which Jupyter has dealt with a move, and has put back what listened before.
ANSWERED = 0.1
ANSWER = 5  # seconds that the page waits for an answer before it sends its next move


class Kernel:
    """The state of this kernel."""

    def __init__(self):
        self.loop = None  # where cells and all explorers run
        self.player = None  # the explorer that plays; no two do at a time
        self.moved = None  # a weak reference to the page.View that the page moved last
        # Explorers with work left, the one last touched first: long work waits for its turn,
        # playing does not.
        self.waiting = []
        self.look = Look()  # how the page showed the last explorer
        self.front_end = None  # page.FrontEnd, once there is one
        self.before_interrupt = None  # what listened to SIGINT before pause_player


KERNEL = Kernel()


def is_watched():
    """Whether a page waits for this cell: pages name the cell they run, programs that store its
    output do not.
    """
    shell = get_ipython()
    # The shell knows the message that it answers; where Python runs in a browser, its kernel does.
    for part in (shell, getattr(shell, "kernel", None)):
        if hasattr(part, "get_parent"):
            return "cellId" in part.get_parent().get("metadata", {})
    return False


def get_running_loop():
    """The event loop that runs here, or None."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def is_main_thread():
    """Whether this is the thread where the cells run."""
    return threading.current_thread() is threading.main_thread()


def run_in_main_thread(act):
    """Call `act()` where the cells run, and wait for it: the page sends its next move when this one
    is answered.
    """
    if is_main_thread() or KERNEL.loop is None:
        act()
        return
    done = threading.Event()

    def answer():
        try:
            act()
        finally:
            done.set()

    KERNEL.loop.call_soon_threadsafe(answer)
    done.wait(ANSWER)


def listen_to_interrupt():
    """Let the interrupt button of the page (the signal SIGINT) pause what is played.

    Between two cells nothing else listens to it. Within a cell Jupyter puts a handler of its own in
    this one's place, so this is called again and again while something plays.
    """
    if not is_main_thread():
        return
    before = signal.getsignal(signal.SIGINT)
    if before is not pause_player:
        KERNEL.before_interrupt = before
        signal.signal(signal.SIGINT, pause_player)


def listen_after_move(view):
    """Let the interrupt button pause the sliders of `view` as well: the page moves them by itself,
    and no kernel knows whether it does.
    """
    KERNEL.moved = weakref.ref(view)
    if KERNEL.loop is not None and not KERNEL.loop.is_closed():
        KERNEL.loop.call_later(ANSWERED, listen_to_interrupt)


def pause_sliders():
    """Ask the page of the explorer that was moved last to pause its sliders."""
    view = KERNEL.moved() if KERNEL.moved is not None else None
    if view is not None:
        view.send({"kind": "pause"})


def pause_player(number, frame):
    """Pause what plays, as soon as the event loop comes to it; if no work does, as before."""
    if KERNEL.loop is not None:
        KERNEL.loop.call_soon_threadsafe(pause_sliders)
    if KERNEL.loop is not None and KERNEL.player is not None:
        KERNEL.loop.call_soon_threadsafe(KERNEL.player.play, False)
    elif callable(KERNEL.before_interrupt):
        KERNEL.before_interrupt(number, frame)
