"""A program that heard nothing asks again, and gets the answer it should have heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue import commands as c
from tests.concurrency.crowd import at_once
from tests.conftest import MONDAY_8_AM

Post = Callable[..., Any]
_TAPS, _ROUNDS = 16, 10


@pytest.fixture
def post(
    browse: Callable[..., FlaskClient], bearer: Callable[[Role], dict[str, str]], box: Box
) -> Post:
    """Post to the API as staff; counters 1 and 2 are open, A001 is called to counter 1."""
    client, headers = browse(), bearer(Role.STAFF)
    for command in (c.OpenCounter(1), c.OpenCounter(2), c.IssueTicket(service="A")):
        box.office.execute(command)

    def post(path: str, **body: object) -> Any:  # noqa: ANN401
        answer = client.post(f"/api/v1/counters/{path}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    return post


def test_an_answer_stays_the_first_one_though_what_it_tells_of_was_taken_back(post: Post) -> None:
    post("1/call-next")
    post("1/transfer", service="H")
    first = post("2/call-next", request_id="press")
    assert first["counter"]["ticket"] == first["ticket"]["number"] == "A001"
    post("2/undo")
    post("1/undo")
    assert post("2/call-next", request_id="press") == first


def test_an_answer_stays_the_first_one_though_the_day_is_over(post: Post, clock: SetClock) -> None:
    clock.advance_to(MONDAY_8_AM + timedelta(hours=15, minutes=59, seconds=58))
    first = post("1/call-next", request_id="press")
    clock.advance(4)
    assert post("1/call-next", request_id="press") == first


def test_of_sixteen_equal_wishes_at_once_one_is_new_and_all_get_the_same_ticket(
    browse: Callable[..., FlaskClient], bearer: Callable[[Role], dict[str, str]], box: Box
) -> None:
    headers = bearer(Role.KIOSK)
    clients = [browse() for _ in range(_TAPS)]
    for turn in range(1, _ROUNDS + 1):
        wish = {"service": "A", "priority": "older", "request_id": f"wish {turn}"}
        taps = [partial(one.post, "/api/v1/tickets", json=wish, headers=headers) for one in clients]
        answers = at_once(taps)
        assert sorted(answer.status_code for answer in answers) == [200] * (_TAPS - 1) + [201]
        assert {answer.get_data() for answer in answers} == {answers[0].get_data()}
        assert answers[0].get_json()["number"] == f"A{turn:03}"
    with box.office.today() as day:
        assert len(day.tickets) == _ROUNDS
