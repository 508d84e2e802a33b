"""An administrator, and a box whose parts the stories choose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from motcua.access import Role


@pytest.fixture
def admin(browse: Callable[..., FlaskClient]) -> FlaskClient:
    """The browser of somebody signed in as administrator."""
    return browse(Role.ADMIN)
