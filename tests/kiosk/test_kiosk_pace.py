"""Number after number: the touch screen slows down, staff are told, and nobody real ever waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from motcua.kiosk.pace import Pace, spans
from motcua.queue.commands import IssueTicket
from tests.conftest import MONDAY_8_AM
from tests.kiosk.touch import Touch

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FORM = {"service": "H", "purpose": "submit"}
_PAUSES = st.lists(st.floats(0, 200), max_size=80)


@dataclass(frozen=True)
class Kiosk:
    """A kiosk that allows `burst` numbers at once, then one every `pace_s` seconds."""

    burst: int = 3
    pace_s: int = 5
    name: str = "sanh"


def _press(pace: Pace, kiosk: Kiosk) -> float:
    """Take a number if the kiosk lets us; return the seconds it asks for otherwise."""
    wait_s = pace.ask(kiosk)
    if not wait_s:
        pace.note(kiosk, "A001")
    return wait_s


def _take(touch: Touch, request_id: str = "") -> int:
    """Send the form of one wish; return the status."""
    answer = touch.client.post("/kiosk/take", data={**_FORM, "request_id": request_id})
    return answer.status_code


@given(st.integers(1, 60), st.integers(0, 60), _PAUSES)
def test_people_who_come_one_after_the_other_never_wait(
    burst: int, pace_s: int, pauses: list[float]
) -> None:
    clock, kiosk = SetClock(MONDAY_8_AM), Kiosk(burst, pace_s)
    pace = Pace(clock.now)

    for pause_s in pauses:
        clock.advance(pace_s + pause_s)
        assert _press(pace, kiosk) == 0
    assert pace.hurries() == []


@given(st.integers(1, 10), st.integers(1, 20), st.lists(st.floats(0, 8), max_size=60))
def test_no_stretch_of_time_yields_more_than_the_burst_and_one_a_pace(
    burst: int, pace_s: int, pauses: list[float]
) -> None:
    clock, kiosk = SetClock(MONDAY_8_AM), Kiosk(burst, pace_s)
    pace = Pace(clock.now)
    given_at = []
    for at_s in accumulate(pauses):
        clock.advance(at_s - clock.mono)
        if _press(pace, kiosk) == 0:
            given_at.append(at_s)

    for first, begun_s in enumerate(given_at):
        for last, now_s in enumerate(given_at[first:], first):
            assert last - first + 1 <= burst + (now_s - begun_s + 0.01) / pace_s


@given(st.integers(1, 10), st.integers(1, 20), st.lists(st.floats(0, 3), max_size=40))
def test_whoever_waits_as_long_as_asked_is_let_in(
    burst: int, pace_s: int, pauses: list[float]
) -> None:
    clock, kiosk = SetClock(MONDAY_8_AM), Kiosk(burst, pace_s)
    pace = Pace(clock.now)
    for pause_s in pauses:
        clock.advance(pause_s)
        wait_s = _press(pace, kiosk)
        assert wait_s <= pace_s
        if wait_s:
            clock.advance(wait_s)
            assert _press(pace, kiosk) == 0


def test_one_kiosk_does_not_slow_another(clock: SetClock) -> None:
    pace = Pace(clock.now)
    hall, yard = Kiosk(1, name="sanh"), Kiosk(1, name="san")

    assert _press(pace, hall) == 0
    assert _press(pace, hall) == 5
    assert _press(pace, yard) == 0


def test_a_restart_of_the_machine_forgives(clock: SetClock) -> None:
    pace = Pace(clock.now)
    assert _press(pace, Kiosk(1)) == 0
    clock.reboot("again", off_s=1)

    assert _press(pace, Kiosk(1)) == 0


def test_numbers_are_told_in_few_words() -> None:
    assert spans(("A009", "A010", "H002", "A011", "Đ001", "A013")) == "A009–A011, A013, H002, Đ001"
    assert spans(("A999", "A1000")) == "A999–A1000"


def test_a_child_that_presses_on_and_on_gets_a_pause(kiosk: Touch, clock: SetClock) -> None:
    assert {_take(kiosk) for _ in range(30)} == {303}

    answer = kiosk.client.post("/kiosk/take", data={**_FORM, "request_id": "tap-31"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "5")
    assert 'data-code="kiosk.pause"' in answer.text
    assert "Xin ông/bà chờ một chút" in answer.text
    clock.advance(5)
    assert _take(kiosk) == 303
    assert _take(kiosk) == 429


def test_nothing_is_recorded_of_a_pause(kiosk: Touch, box: Box) -> None:
    assert [_take(kiosk) for _ in range(31)][-1] == 429
    before = box.office.seq

    assert _take(kiosk) == 429
    assert box.office.seq == before


@pytest.mark.parametrize("wishes", [{"burst": 1}])
def test_the_wish_is_kept_and_goes_on_after_the_pause(
    kiosk: Touch, box: Box, clock: SetClock
) -> None:
    _take(kiosk)
    kiosk.open("/kiosk/priority?procedure=1.001193").press("Người cao tuổi")
    assert kiosk.status == 429
    assert 'data-go-on-s="5"' in kiosk.html
    sent = kiosk.button("Lấy số").form
    assert sent
    assert len(sent.fields["request_id"]) == 16

    kiosk.press("Lấy số")
    assert kiosk.status == 429
    clock.advance(5)
    kiosk.press("Lấy số")

    assert "Số của ông/bà A001" in kiosk.text
    with box.office.today() as day:
        ticket = next(one for one in day.tickets.values() if one.number == "A001")
        assert (ticket.procedure, ticket.priority) == ("1.001193", "older")
        assert len(day.answers) == 1


@pytest.mark.parametrize("wishes", [{"burst": 1}])
def test_a_press_repeated_still_finds_its_number(kiosk: Touch, box: Box) -> None:
    assert [_take(kiosk, "tap"), _take(kiosk, "tap"), _take(kiosk, "tap")] == [303, 303, 303]
    with box.office.today() as day:
        assert len(day.tickets) == 1
    assert _take(kiosk, "another") == 429


def test_presses_repeated_cost_nothing(kiosk: Touch) -> None:
    assert {_take(kiosk, "tap") for _ in range(40)} == {303}

    assert {_take(kiosk) for _ in range(29)} == {303}


@pytest.mark.parametrize("wishes", [{"pace_s": 0, "burst": 1}])
def test_a_centre_may_switch_it_off(kiosk: Touch) -> None:
    assert {_take(kiosk) for _ in range(40)} == {303}


def test_what_is_refused_costs_nothing(kiosk: Touch, clock: SetClock) -> None:
    clock.advance(4 * 3600)  # noon
    assert {_take(kiosk) for _ in range(40)} == {303}
    clock.advance(1.5 * 3600)

    assert {_take(kiosk) for _ in range(30)} == {303}


@pytest.mark.parametrize("wishes", [{"burst": 1}])
def test_looking_searching_and_printing_again_are_never_slowed(kiosk: Touch, box: Box) -> None:
    _take(kiosk)
    assert _take(kiosk) == 429
    with box.office.today() as day:
        ticket = next(iter(day.tickets))

    pages = ["/kiosk", "/kiosk/search?q=khai", "/kiosk/procedure/1.001193",
             "/kiosk/procedure/2.000200", f"/kiosk/number/{ticket}"]  # fmt: skip
    assert {kiosk.client.get(page).status_code for page in pages * 3} == {200}
    looks = [kiosk.client.post("/kiosk/procedure/2.000200/referral") for _ in range(5)]
    assert {answer.status_code for answer in looks} == {303}


@pytest.mark.parametrize("wishes", [{"burst": 1}])
def test_staff_and_programs_give_numbers_as_they_like(
    kiosk: Touch, browse: Callable[[Role], FlaskClient], bearer: Callable[[Role], dict[str, str]]
) -> None:
    _take(kiosk)
    clerk, token = browse(Role.STAFF), bearer(Role.KIOSK)

    given = [clerk.post("/counter/1/issue", data={"give": "service:A"}) for _ in range(5)]
    issued = [
        kiosk.client.post("/api/v1/tickets", json={"service": "A"}, headers=token) for _ in range(5)
    ]

    assert {answer.status_code for answer in given} == {303}
    assert {answer.status_code for answer in issued} == {201}


def test_staff_are_told_which_numbers_for_ten_minutes(
    kiosk: Touch, browse: Callable[[Role], FlaskClient], clock: SetClock, box: Box
) -> None:
    clerk, admin = browse(Role.STAFF), browse(Role.ADMIN)
    for _ in range(25):
        _take(kiosk)
    box.office.execute(IssueTicket(service="H"))  # staff give one in between
    for _ in range(5):
        _take(kiosk)
    assert "nhanh bất thường" not in clerk.get("/counter/1").text
    _take(kiosk)

    told = "Ki-ốt sanh vừa cấp số nhanh bất thường: 30 số trong 1 phút (H001–H025, H027–H031)."
    for text in (clerk.get("/counter/1").text, clerk.get("/counter/paper").text,
                 admin.get("/admin").text):  # fmt: skip
        assert told in text
    clock.advance(200)  # at rest again, and somebody real comes
    _take(kiosk)
    assert told in clerk.get("/counter/paper").text
    clock.advance(400)
    assert "nhanh bất thường" not in clerk.get("/counter/paper").text


def test_the_page_of_priority_groups_keeps_the_matter_in_another_language(kiosk: Touch) -> None:
    kiosk.open("/kiosk/priority?procedure=1.001193").press("English")

    kiosk.press("Older person")

    assert "Your number is A001" in kiosk.text


@pytest.mark.parametrize("wishes", [{"burst": 1}])
def test_a_page_that_answers_a_press_offers_no_other_language(kiosk: Touch) -> None:
    _take(kiosk)
    kiosk.open("/kiosk/procedure/1.001193").press("Lấy số")

    assert kiosk.status == 429
    assert not kiosk.offers("English")
    assert not kiosk.offers("Chữ to hơn")
    assert kiosk.press("Trang đầu").offers("English")


@pytest.mark.browser
@pytest.mark.parametrize("wishes", [{"burst": 1}])
def test_the_screen_goes_on_by_itself(
    served: str, open_page: Callable[..., Page], clock: SetClock, box: Box
) -> None:
    box.office.execute(IssueTicket(service="H"))
    page = open_page(f"{served}/kiosk/procedure/2.000815")
    page.get_by_role("button", name="Lấy số", exact=True).click()
    page.locator(".the-number").wait_for()
    page.get_by_role("button", name="Xong").click()
    page.wait_for_url("**/kiosk")
    clock.advance(4)
    page.goto(f"{served}/kiosk/procedure/1.001193")

    page.get_by_role("button", name="Lấy số", exact=True).click()
    page.get_by_text("Xin ông/bà chờ một chút").wait_for()
    clock.advance(1)

    page.locator(".the-number").wait_for()
    assert page.locator(".the-number").inner_text() == "A001"
