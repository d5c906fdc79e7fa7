"""Where a function crosses 0, in few evaluations."""

CLOSE = 1e-13  # distance of two steps after which the search ends
MOST = 200  # steps, for a function that is no number somewhere


def find_crossing(f, near, far):
    """The x between `near` and `far` at which f crosses 0.

    f(near) and f(far) have other signs. Each step goes to where the line between the two ends
    crosses 0, or to the middle where that is no place between them (f may be infinite or no
    number); where one end stays twice, its value is halved (the Illinois rule). That takes some 10
    evaluations, where halving the interval takes 40.
    """
    at_near = f(near)
    at_far = f(far)
    place = near
    for _ in range(MOST):
        before = place
        place = (near * at_far - far * at_near) / (at_far - at_near)
        if not min(near, far) < place < max(near, far):
            place = (near + far) / 2
        here = f(place)
        if here == 0.0 or abs(place - before) < CLOSE:
            break
        if here * at_far < 0:
            near = far
            at_near = at_far
        else:
            at_near /= 2
        far = place
        at_far = here
    return place
