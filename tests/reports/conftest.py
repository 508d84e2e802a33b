"""A story's first lines stand in the docstring of its test."""

from __future__ import annotations

import pytest

from tests.queue.queue_story import Story


@pytest.fixture
def story(request: pytest.FixtureRequest) -> Story:
    """The day as the docstring of the test tells it."""
    return Story(request.function.__doc__ or "")
