"""What a test registers must be gone after it."""

from contextlib import contextmanager

from lecture_lib import activations, data, initialisers


@contextmanager
def own_session():
    """A session of its own: what is registered in it is forgotten at its end."""
    registries = (activations.ACTIVATIONS, initialisers.INITIALISERS)
    kept = [dict(registry) for registry in registries]
    try:
        yield
    finally:
        for registry, old in zip(registries, kept):
            registry.clear()
            registry.update(old)
        for names in (activations.REGISTERED, initialisers.REGISTERED, data.REGISTERED):
            names.clear()
