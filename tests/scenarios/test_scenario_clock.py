"""A box without a battery: it wakes a year back, and the network puts it right in mid-queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from motcua.access import Role
from motcua.app import Box, create_app, open_box
from motcua.clock import SetClock
from motcua.home import Home
from tests.conftest import MONDAY_8_AM

Ask = Callable[..., Any]
_YEAR = timedelta(days=365)


@pytest.fixture
def clock() -> SetClock:
    """A clock that believes it is last year."""
    return SetClock(MONDAY_8_AM - _YEAR)


@pytest.fixture
def box(home: Home, clock: SetClock) -> Iterator[Box]:
    """A centre on its real journal."""
    box = open_box(home, clock=clock, always_open=True)
    yield box
    box.close()


@pytest.fixture
def ask(app: Flask, bearer: Callable[[Role], dict[str, str]]) -> Ask:
    """Ask the API as the manager; returns the JSON of the answer."""
    headers = bearer(Role.MANAGER)

    def ask(path: str, **body: object) -> Any:  # noqa: ANN401
        client = app.test_client()
        if body or path.startswith("counters/"):
            return client.post(f"/api/v1/{path}", json=body, headers=headers).json
        return client.get(f"/api/v1/{path}", headers=headers).json

    return ask


def _reported(ask: Ask, day: str) -> Any:  # noqa: ANN401
    return ask(f"reports/waits?from={day}&to={day}")


def test_the_hall_notices_nothing_and_the_report_stands_under_the_true_date(
    ask: Ask, clock: SetClock, box: Box
) -> None:
    ask("counters/1/open")
    lan = ask("tickets", service="A")
    clock.advance(120)
    minh = ask("tickets", service="A")
    assert (lan["number"], minh["number"]) == ("A001", "A002")

    clock.step(_YEAR.total_seconds())  # network time arrives
    box.office.end_day_if_over()
    hoa = ask("tickets", service="A")
    assert (hoa["number"], hoa["ahead"]) == ("A003", 2)
    called = []
    for _ in range(3):
        clock.advance(60)
        called.append(ask("counters/1/call-next")["ticket"])
        ask("counters/1/start")
        ask("counters/1/finish", outcome="done")
    assert [ticket["id"] for ticket in called] == [one["id"] for one in (lan, minh, hoa)]
    assert called[0]["issued_at"].startswith("2026-11-23T08:00:00")
    assert ask("board")["calls"][0]["number"] == "A003"

    report = _reported(ask, "2026-11-23")
    assert (report["visits"], report["wait"]["median_s"]) == (3, 180)
    assert report["uncertain"]["legs"] == 0
    assert _reported(ask, "2025-11-23")["visits"] == 0


def test_what_a_power_cut_hides_is_counted_as_not_measured(
    home: Home, clock: SetClock, box: Box, ask: Ask, bearer: Callable[[Role], dict[str, str]]
) -> None:
    ask("counters/1/open")
    ask("tickets", service="A")
    box.close()
    clock.reboot("the mains came back", 300)
    again = open_box(home, clock=clock, always_open=True)
    try:
        client = create_app(again).test_client()
        headers = bearer(Role.MANAGER)
        call = client.post("/api/v1/counters/1/call-next", json={}, headers=headers).json
        assert call
        assert call["ticket"]["number"] == "A001"
        day = (MONDAY_8_AM - _YEAR).date()
        path = f"/api/v1/reports/waits?from={day}&to={day}"
        report = client.get(path, headers=headers).json
        assert report
        assert (report["visits"], report["wait"]["n"]) == (1, 0)
        assert report["uncertain"] == {"legs": 1, "intervals": {"wait": 1}}
    finally:
        again.close()
