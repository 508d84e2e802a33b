"""A phone that is up to date is answered ahead of everything else."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.queue.commands import IssueTicket


def _phone(box: Box) -> str:
    """Return the link of somebody who just took a number."""
    ticket = box.office.execute(IssueTicket(service="A")).ticket
    assert ticket is not None
    return f"/t/{ticket.id}"


def test_a_phone_that_has_seen_the_last_event_is_answered_like_any_screen(
    box: Box, browse: Callable[[Role], FlaskClient]
) -> None:
    link = _phone(box)
    board = browse(Role.BOARD)
    look = board.get("/board").text.partition("look=")[2].partition('"')[0]

    phone = browse(Role.VISITOR).get(f"{link}?seen={box.office.seq}")
    screen = board.get(f"/board?seen={box.office.seq}&look={look}")

    assert (phone.status, phone.data) == (screen.status, screen.data) == ("200 OK", b"")
    assert phone.headers["HX-Reswap"] == "none"
    assert set(phone.headers) == {pair for pair in screen.headers if pair[0] != "Vary"}


def test_a_phone_learns_of_the_next_event(box: Box, browse: Callable[[Role], FlaskClient]) -> None:
    link = _phone(box)
    seen = box.office.seq
    _phone(box)

    page = browse(Role.VISITOR).get(f"{link}?seen={seen}")

    assert "A001" in page.text


def test_what_only_looks_like_a_phone_is_answered_by_the_application(
    box: Box, browse: Callable[[Role], FlaskClient]
) -> None:
    link = _phone(box)
    visitor = browse(Role.VISITOR)
    seen = f"seen={box.office.seq}"

    assert "A001" in visitor.get(link).text
    assert "A001" in visitor.get(f"{link}?{seen}0").text
    assert visitor.get(f"/counter/1?{seen}").status_code == 303
    assert visitor.post(f"{link}/cancel?{seen}").status_code == 303
