"""A ticket's link: nobody guesses one, and it shows its holder's number and nobody else's."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from motcua import web
from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue import commands as c
from tests.kiosk.touch import Touch

_NUMBER = re.compile(r"\b[A-ZĐ]\d{3}\b")
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_OUTSIDE = re.compile(r"""(?:href|src|action)="(?:https?:)?//""")
_BITS = 128


@pytest.fixture
def tickets(box: Box) -> dict[str, str]:
    """Five people of three services: ticket → number."""
    given = [box.office.execute(c.IssueTicket(service=letter)).ticket for letter in "AAHHK"]
    box.office.execute(c.OpenCounter(1))
    box.office.execute(c.CallNext(1))
    return {ticket.id: ticket.number for ticket in given if ticket}


def _wrong(ticket: str) -> Iterator[str]:
    """Yield links like that of a ticket which are nobody's."""
    yield from ("khong-co", "A001", "1", "0", "..", "%00", "*", "A", ticket[:-1], f"{ticket}A")
    yield from (f"{ticket}.1", f"{ticket}.2", ticket.swapcase(), ticket[::-1], " " + ticket)
    yield ("A" if ticket[0] != "A" else "B") + ticket[1:]


def test_a_link_is_random_and_too_long_to_guess(tickets: dict[str, str]) -> None:
    assert len(tickets) == 5
    for ticket in tickets:
        assert len(urlsafe_b64decode(f"{ticket}==")) * 8 >= _BITS


def test_every_wrong_link_is_answered_alike(phone: Touch, tickets: dict[str, str]) -> None:
    unknown = phone.open("/t/khong-co").text
    assert "Không có số này trong hôm nay" in unknown

    for wrong in _wrong(next(iter(tickets))):
        assert phone.open(f"/t/{wrong}/cancel").status == 404, wrong
        assert phone.client.post(f"/t/{wrong}/return").status_code == 404, wrong
        if wrong != "..":
            assert (phone.open(f"/t/{wrong}").status, phone.text) == (404, unknown), wrong
            assert phone.client.get(f"/api/v1/tickets/{wrong}").status_code == 404, wrong


def test_a_link_of_yesterday_tells_only_that_it_is_over(
    phone: Touch, tickets: dict[str, str], clock: SetClock, box: Box
) -> None:
    unknown = phone.open("/t/khong-co").html
    clock.advance(24 * 3600)

    for _ in range(2):
        for ticket in tickets:
            phone.open(f"/t/{ticket}")
            assert phone.status == 404
            assert _without_token(phone.html) == _without_token(unknown)
            assert phone.client.get(f"/api/v1/tickets/{ticket}").status_code == 404
        box.office.execute(c.IssueTicket(service="A"))  # another day has begun


def _without_token(html: str) -> str:
    return re.sub(r'"X-CSRFToken": "[^"]*"', "", html)


def test_a_phone_tells_its_holder_of_nobody_else(phone: Touch, tickets: dict[str, str]) -> None:
    for ticket, number in tickets.items():
        phone.open(f"/t/{ticket}")

        assert set(_NUMBER.findall(phone.html)) == {number}
        assert [other for other in tickets if other in phone.html] == [ticket]


def test_visitors_find_no_list_of_numbers_or_links(
    app: Flask, browse: Callable[[Role], FlaskClient], tickets: dict[str, str]
) -> None:
    visitor, read = browse(Role.VISITOR), 0
    for rule in app.url_map.iter_rules():
        mine = Role.VISITOR in web.needed_roles(app, rule.endpoint)
        if mine and "GET" in (rule.methods or ()) and rule.endpoint != "static":
            answer = visitor.get(_PARAMETER.sub("1", rule.rule))
            told = [one for one in (*tickets, *tickets.values()) if one in answer.text]
            assert told == [], rule.rule
            read += answer.status_code == 200
    assert read >= 3


def test_a_link_is_not_carried_elsewhere(phone: Touch, tickets: dict[str, str]) -> None:
    for address in (f"/t/{next(iter(tickets))}", "/t/khong-co"):
        answer = phone.client.get(address)

        assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Cache-Control"] == "no-store"
        assert not _OUTSIDE.search(answer.text)
