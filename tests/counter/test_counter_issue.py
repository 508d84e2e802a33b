"""Staff give a number to somebody who cannot use the kiosk."""

from __future__ import annotations

import re

from motcua.app import Box
from motcua.clock import SetClock
from tests.counter.clerk import BIRTH, Clerk


def give(clerk: Clerk, box: Box, what: str, **more: str) -> tuple[int, str]:
    """Press a button of the page; return the status and the page after it."""
    form = {"give": what, "request_id": f"issue1.{box.office.seq}", **more}
    answer = clerk.client.post("/counter/1/issue", data=form)
    page = clerk.client.get(answer.location).text if answer.status_code == 303 else answer.text
    return answer.status_code, page


def test_the_search_finds_what_is_done_here(clerk: Clerk) -> None:
    page = clerk.client.get("/counter/1/issue?q=lam+khai+sinh").text
    assert re.findall(r'value="procedure:([^"]+)"', page)[0] == BIRTH
    assert 'value="procedure:2.000200"' not in clerk.client.get("/counter/1/issue?q=can+cuoc").text


def test_a_number_is_given_with_its_wishes_and_shown_large(clerk: Clerk, box: Box) -> None:
    status, page = give(clerk, box, f"procedure:{BIRTH}", priority="older", purpose="submit")
    assert status == 303
    assert '<b class="number big">A001</b>' in page
    with box.office.today() as day:
        [ticket] = day.waiting("A")
    assert (ticket.procedure, ticket.priority, ticket.purpose) == (BIRTH, "older", "submit")


def test_a_number_is_given_by_service_alone(clerk: Clerk, box: Box) -> None:
    assert "N001" in give(clerk, box, "service:N")[1]


def test_the_same_press_twice_gives_one_number(clerk: Clerk, box: Box) -> None:
    form = {"give": "service:N", "request_id": "issue1.0"}
    first = clerk.client.post("/counter/1/issue", data=form).location
    assert clerk.client.post("/counter/1/issue", data=form).location == first
    with box.office.today() as day:
        assert len(day.line("N")) == 1


def test_a_wrong_wish_is_told_and_gives_no_number(clerk: Clerk, box: Box) -> None:
    for what in ("procedure:9.999999", "service:Z", "", "procedure:2.000200"):
        status, page = give(clerk, box, what)
        assert status in (404, 409, 422)
        assert 'class="notice bad" role="alert">' in page
    assert box.office.seq == 0


def test_outside_opening_hours_no_number_is_given(clerk: Clerk, box: Box, clock: SetClock) -> None:
    clock.advance(12 * 3600)
    assert give(clerk, box, "service:N")[0] == 409
