"""A clerk at counter 1, and visitors who take numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.queue.commands import IssueTicket
from tests.counter.clerk import BIRTH, Clerk


@pytest.fixture
def clerk(browse: Callable[..., FlaskClient]) -> Clerk:
    """A clerk at counter 1, which is closed."""
    return Clerk(browse(Role.STAFF))


@pytest.fixture
def take(box: Box) -> Callable[..., str]:
    """Let a visitor take a number; return the ticket's id."""

    def take(procedure: str | None = BIRTH, **wishes: str) -> str:
        ticket = box.office.execute(IssueTicket(procedure, **wishes)).ticket
        assert ticket is not None
        return ticket.id

    return take
