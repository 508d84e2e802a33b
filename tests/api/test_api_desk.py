"""A morning at the counters, through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock

Api = Callable[..., Any]


@pytest.fixture
def api(browse: Callable[..., FlaskClient], bearer: Callable[[Role], dict[str, str]]) -> Api:
    """Ask the API as an administrator; returns status and JSON."""
    client = browse()
    headers = bearer(Role.ADMIN)

    def api(method: str, path: str, body: object = None) -> tuple[int, Any]:
        response = client.open(f"/api/v1{path}", method=method, json=body, headers=headers)
        return response.status_code, response.get_json()

    return api


def refused(answer: tuple[int, Any]) -> tuple[int, str]:
    """Return status and code of a refusal."""
    return answer[0], answer[1]["error"]["code"]


def test_a_visitor_is_called_served_and_sent_home(api: Api, clock: SetClock) -> None:
    api("POST", "/tickets", {"procedure": "1.001193"})
    assert api("POST", "/counters/1/open")[1]["counter"]["services"] == ["A", "H", "N"]
    clock.advance(300)
    status, called = api("POST", "/counters/1/call-next", {"request_id": "press-1"})
    assert (status, called["ticket"]["state"]) == (200, "called")
    assert called["counter"]["number"] == 1
    clock.advance(30)
    assert api("POST", "/counters/1/start")[1]["ticket"]["state"] == "serving"
    clock.advance(240)
    finished = api("POST", "/counters/1/finish", {"outcome": "received"})[1]["ticket"]
    assert (finished["state"], finished["outcome"]) == ("finished", "received")
    assert finished["called_at"] == "2026-11-23T08:05:00.000+07:00"
    assert finished["finished_at"] == "2026-11-23T08:09:30.000+07:00"


def test_the_same_press_twice_calls_one_visitor(api: Api) -> None:
    for _ in range(2):
        api("POST", "/tickets", {"service": "A"})
    api("POST", "/counters/1/open")
    first = api("POST", "/counters/1/call-next", {"request_id": "press"})
    again = api("POST", "/counters/1/call-next", {"request_id": "press"})
    assert first[1]["ticket"]["number"] == again[1]["ticket"]["number"] == "A001"
    assert again[0] == 200


def test_what_a_counter_cannot_do_now_is_refused_by_code(api: Api) -> None:
    api("POST", "/tickets", {"service": "A"})
    assert refused(api("POST", "/counters/1/call-next")) == (409, "counter.closed")
    api("POST", "/counters/1/open")
    assert refused(api("POST", "/counters/1/start")) == (409, "counter.idle")
    api("POST", "/counters/1/call-next")
    assert refused(api("POST", "/counters/1/call-next")) == (409, "counter.busy")
    assert refused(api("POST", "/counters/1/finish", {"outcome": "done"})) == (
        409, "ticket.illegal_move",
    )  # fmt: skip
    assert refused(api("POST", "/counters/1/finish", {"outcome": "great"})) == (
        422, "outcome.unknown",
    )  # fmt: skip
    assert refused(api("POST", "/counters/1/close")) == (409, "counter.busy")
    assert refused(api("POST", "/counters/9/open")) == (404, "counter.unknown")
    assert refused(api("POST", "/counters/2/open", {"services": ["Q"]})) == (
        422, "service.unknown",
    )  # fmt: skip
    assert refused(api("POST", "/counters/2/open", {"services": []})) == (422, "service.missing")
    assert refused(api("POST", "/counters/1/call", {"ticket": "nobody"})) == (409, "counter.busy")


def test_a_paused_counter_calls_nobody(api: Api) -> None:
    api("POST", "/tickets", {"service": "A"})
    api("POST", "/counters/1/open")
    assert api("POST", "/counters/1/pause")[1]["counter"]["state"] == "paused"
    assert refused(api("POST", "/counters/1/call-next")) == (409, "counter.paused")


def test_the_queue_stands_in_the_order_of_calling(api: Api, clock: SetClock) -> None:
    for body in ({"service": "A"}, {"service": "H"}, {"service": "A", "priority": "older"}):
        clock.advance(60)
        assert api("POST", "/tickets", body)[0] == 201
    tickets = api("GET", "/queue")[1]["tickets"]
    assert [(one["number"], one["ahead"]) for one in tickets] == [
        ("A002", 0), ("A001", 1), ("H001", 0),
    ]  # fmt: skip


def test_the_board_shows_the_newest_call_first_and_no_secret(api: Api) -> None:
    for service in ("A", "A"):
        api("POST", "/tickets", {"service": service, "priority": "merit"})
    api("POST", "/counters/1/open")
    api("POST", "/counters/2/open", {"services": ["A"]})
    api("POST", "/counters/1/call-next")
    api("POST", "/counters/2/call-next")
    board = api("GET", "/board")[1]
    assert [(call["number"], call["counter"]) for call in board["calls"]] == [
        ("A002", 2), ("A001", 1),
    ]  # fmt: skip
    assert not {"id", "priority", "procedure"} & set(board["calls"][0])
    assert {"letter": "A", "name_vi": "Hộ tịch", "name_en": "Civil status", "waiting": 0} in (
        board["waiting"]
    )


def test_everyday_words_find_the_procedure_first(api: Api) -> None:
    found = {
        words: api("GET", f"/procedures?q={words}&limit=3")[1]["procedures"][0]["code"]
        for words in ("sao y", "giay doc than", "so do", "lam khai sinh", "Làm Khai Sinh")
    }
    assert found == {
        "sao y": "2.000815", "giay doc than": "1.004873", "so do": "1.013978",
        "lam khai sinh": "1.001193", "Làm Khai Sinh": "1.001193",
    }  # fmt: skip


def test_a_program_learns_where_a_thing_is_done(api: Api) -> None:
    assert api("GET", "/procedures/2.000200")[1]["where"] == "elsewhere"
    assert api("GET", "/procedures/1.001193")[1]["service"] == "A"
    assert refused(api("GET", "/procedures/0.0")) == (404, "procedure.unknown")
    assert refused(api("GET", "/procedures?limit=0")) == (422, "field.invalid")
    assert refused(api("GET", "/procedures?limit=²")) == (422, "field.invalid")


def test_an_act_can_be_taken_back_for_ten_seconds(api: Api, clock: SetClock, box: Box) -> None:
    api("POST", "/tickets", {"service": "A"})
    api("POST", "/counters/1/open")
    api("POST", "/counters/1/call-next")
    clock.advance(9)
    assert api("POST", "/counters/1/undo")[1]["ticket"]["state"] == "waiting"
    assert api("GET", "/board")[1]["calls"] == []
    api("POST", "/counters/1/call-next")
    clock.advance(11)
    before = box.office.seq
    assert refused(api("POST", "/counters/1/undo")) == (409, "undo.too_late")
    assert box.office.seq == before
