"""Figures of the running product beside the floor of its parts: `python -m benchmarks`."""
