"""The real service on a disk that is really full: it says so everywhere, and goes on by itself."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.journal.tiny import TinyJournal
from tests.faults.house import NO_ROOM, TICKETS, Browser, House, assert_sound, motcua, take
from tests.faults.wire import answer_on, ask, line

OFFERS = "/kiosk/service/A/ask"
DISK_FULL = "Ổ đĩa đã đầy hoặc không ghi được"
Open = Callable[..., House]


@pytest.mark.parametrize("left", [NO_ROOM, 10])
def test_a_number_is_refused_leaves_no_byte_and_is_given_when_there_is_room(
    start: Open, left: int
) -> None:
    house = start()
    token = house.token("staff")
    assert take(house, token, "first").json["number"] == "A001"
    [day] = (house.home / "journal").glob("*.jsonl")
    before = day.read_bytes()
    house.room(len(before) + left)
    for _ in range(3):
        refused = take(house, token, "second")
        assert refused.status == 503
        assert refused.json["error"]["code"] == "journal.unavailable"
        assert day.read_bytes() == before
    assert ask(house.served, "GET", "/api/v1/queue", token=token).status == 200
    house.room()
    assert [take(house, token, "second").status for _ in range(2)] == [201, 200]
    assert take(house, token, "third").json["number"] == "A003"
    assert_sound(house, 3)


def test_the_visitor_is_told_and_served_once_there_is_room(start: Open) -> None:
    house = start()
    kiosk = Browser(house.served)
    wish = {"service": "A", "purpose": "ask", "request_id": "tap"}
    house.room(NO_ROOM)
    told = kiosk.send(OFFERS, "/kiosk/take", **wish)
    assert told.status == 503
    assert "Máy chưa cấp số và chưa in phiếu." in told.text
    house.room()
    for _ in range(2):
        assert "A001" in kiosk.send(OFFERS, "/kiosk/take", **wish).text
    assert_sound(house, 1)


FORMS = (
    ("/admin/staff", "/admin/staff", {"name": "Hoa", "role": "staff"}),
    ("/admin/staff", "/admin/staff/pin", {"name": "Lan"}),
    ("/admin/staff", "/admin/staff/remove", {"name": "Lan"}),
    ("/admin/devices", "/admin/devices", {"role": "kiosk"}),
    ("/admin/devices", "/admin/tokens", {"role": "staff"}),
)


@pytest.fixture
def admin_at(start: Open) -> tuple[House, Browser]:
    """A centre with one number given and a clerk named Lan, and its administrator's browser."""
    house = start()
    take(house, house.token("staff"), "first")
    admin = Browser(house.served)
    assert admin.sign_in("admin", house.pin).status == 200
    assert admin.send("/admin/staff", "/admin/staff", name="Lan", role="staff").status == 200
    return house, admin


def test_the_administrator_is_told_and_nothing_is_changed(
    admin_at: tuple[House, Browser],
) -> None:
    house, admin = admin_at
    before = house.files()
    house.room(NO_ROOM)
    for page, path, form in FORMS:
        refused = admin.send(page, path, **form)
        assert refused.status == 503, path
        assert DISK_FULL in refused.text, path
        assert f'href="{page}"' in refused.text, path
    assert admin.send("/admin", "/admin/day").status == 503
    listed = admin.get("/admin/staff").text
    assert "Lan" in listed
    assert "Hoa" not in listed
    assert house.files() == before
    house.room()
    for page, path, form in FORMS:
        assert admin.send(page, path, **form).status == 200, path
    assert "Hoa" in admin.get("/admin/staff").text


def test_a_catalogue_that_has_no_room_is_refused(admin_at: tuple[House, Browser]) -> None:
    house, admin = admin_at
    before = house.files()
    house.room(NO_ROOM)
    for size in (10, 900_000):  # the second is too large to be kept in memory
        content = "code,name_vi\n".ljust(size)
        upload = admin.upload("/admin/catalogue", "/admin/catalogue", "new.csv", content)
        assert upload.status == 503, size
        assert "disk.unavailable" in upload.text
    assert admin.get("/admin/catalogue").status == 200
    assert house.files() == before


def test_who_only_looks_or_signs_in_needs_no_room(start: Open) -> None:
    house = start()
    token = house.token("admin")
    ticket = take(house, token, "first").json
    for act in ("open", "call-next"):
        acted = ask(house.served, "POST", f"/api/v1/counters/1/{act}", {}, token)
        assert acted.status == 200
    called = ask(house.served, "GET", "/api/v1/board", token=token).json["calls"][0]
    house.room(NO_ROOM)
    admin = Browser(house.served)
    assert admin.sign_in("admin", house.pin).status == 200
    for path in (
        "/kiosk", "/kiosk?lang=en", "/kiosk?text=larger", "/board", "/counter", "/counter/1",
        "/reports", "/admin", "/admin/staff", "/admin/journal", "/admin/catalogue", "/metrics",
        f"/t/{ticket['id']}", "/api/v1/queue", "/board/chime.wav",
    ):  # fmt: skip
        assert ask(house.served, "GET", path, token=token).status == 200, path
    assert admin.get("/counter/1").status == 200
    spoken = ask(house.served, "GET", f"/board/call/{called['seq']}.wav", token=token)
    assert spoken.text.startswith("RIFF")
    assert not list((house.home / "cache").rglob("*.part")), "half a clip was left"


def test_a_body_beyond_the_limit_is_kept_nowhere(start: Open) -> None:
    house = start()
    head = (
        f"POST {TICKETS} HTTP/1.1\r\nHost: box\r\nAuthorization: Bearer {house.token('kiosk')}\r\n"
    )
    size = 3_000_000
    body = b"x" * size
    house.room(NO_ROOM)
    for sent in (
        b"Content-Length: %d\r\n\r\n%s" % (size, body),
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (size, body),
    ):
        with line(house.served) as client:
            client.sendall(head.encode() + b"Content-Type: application/json\r\n" + sent)
            refused = answer_on(client)
        assert refused.status == 413
        assert refused.json["error"]["code"] == "request.too_large"


def test_a_slip_that_cannot_be_kept_does_not_undo_the_number(start: Open) -> None:
    house = start()
    token = house.token("staff")
    house.room(4_000)  # enough for the journal, not for the picture of a slip
    ticket = take(house, token, "first")
    assert ticket.status == 201
    number = Browser(house.served).get(f"/kiosk/number/{ticket.json['id']}")
    assert number.status == 200
    assert "A001" in number.text


def test_reports_of_past_days_need_no_room(start: Open, tmp_path: Path) -> None:
    home = tmp_path / "centre"
    past = ["--days", "5", "--tickets-per-day", "200"]
    subprocess.run(motcua("simulate", "--home", str(home), *past), check=True, capture_output=True)
    days = TinyJournal(home / "journal").days()
    house = start(home)
    house.room(NO_ROOM)
    token = house.token("manager")
    span = f"from={days[0]}&to={days[-1]}"
    assert ask(house.served, "GET", f"/api/v1/reports/waits?{span}", token=token).json["visits"]
    for form in ("", "&format=csv", "&format=html"):
        answer = ask(house.served, "GET", f"/reports?{span}{form}", token=token)
        assert answer.status == 200, form
    assert not list((home / "visits").glob("*.json"))


def test_it_starts_on_a_full_disk_and_gives_numbers_once_there_is_room(start: Open) -> None:
    first = start()
    token = first.token("staff")
    take(first, token, "first")
    first.process.kill()
    first.process.wait()
    house = start(full=True)
    assert ask(house.served, "GET", "/board", token=token).status == 200
    assert take(house, token, "second").status == 503
    house.room()
    assert take(house, token, "second").json["number"] == "A002"
    assert_sound(house, 2)
