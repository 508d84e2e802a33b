"""The clerk, the desk and the visitors of the counter's tests."""

from tests.counter.conftest import clerk, desk, take

__all__ = ["clerk", "desk", "take"]
