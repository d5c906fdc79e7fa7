"""Settings in, arrays out: what each figure and explorer shows, one module a notebook, NumPy alone."""
