"""A clerk at counter 1, and visitors who take numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.queue.commands import IssueTicket
from tests.counter.clerk import BIRTH, Clerk

if TYPE_CHECKING:
    from playwright.sync_api import Page


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


@pytest.fixture
def desk(box: Box, served: str, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open the desk of counter 1 in a window of its own, signed in by name and PIN."""
    from playwright.sync_api import expect

    name = "Nguyễn Thị Hồng An"
    pin = box.access.add_staff(name, Role.STAFF)

    def desk(width: int = 1366, height: int = 768) -> Page:
        page = open_page(f"{served}/counter/1", width, height)
        page.fill("#name", name)
        page.fill("#pin", pin)
        page.keyboard.press("Enter")
        expect(page).to_have_title(re.compile("· Quầy 1$"))  # its script has run
        return page

    return desk
