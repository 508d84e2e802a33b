"""The audit trail as an IT officer reads it: who came in, who tried, what administrators did."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.admin_audit import ACT_OF, CHANGE_NOTHING
from motcua.app import Box, create_app
from motcua.audit import ACTS, Audit
from motcua.backup import take
from motcua.clock import SetClock
from motcua.home import Home
from motcua.journal.disk import Disk
from motcua.queue.commands import IssueTicket
from motcua.restoration import restore
from tests.admin.test_admin_people import secret_on
from tests.counter.test_counter_signin import sign_in


def acts(box: Box) -> list[tuple[str, str, str, str]]:
    """Return the trail, oldest first: act, about, who, address."""
    told = [(one.act, one.about, one.who, one.address) for one in box.audit.entries()]
    return told[::-1]


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A browser nobody knows yet, on another machine of the network."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    return client


def test_a_morning_at_the_door_is_told_in_order(stranger: FlaskClient, box: Box) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    sign_in(stranger, "Lan", "000000x")
    sign_in(stranger, "Lan", pin)
    page = stranger.get("/counter").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    stranger.post("/signin/out", data={"csrf_token": token})
    assert acts(box) == [
        ("signin.failed", "Lan", "", "192.0.2.9"),
        ("signin.done", "", "Lan", "192.0.2.9"),
        ("signin.out", "", "Lan", "192.0.2.9"),
    ]


def test_the_fifth_wrong_pin_is_told_with_its_pause(stranger: FlaskClient, box: Box) -> None:
    box.access.add_staff("Lan", Role.STAFF)
    for _ in range(7):
        sign_in(stranger, "Lan", "wrong")
    told = [act for act, *_ in acts(box)]
    assert told == ["signin.failed"] * 5 + ["signin.delayed"]
    assert acts(box)[-1][1] == "Lan 11 s"


def test_a_pin_typed_where_the_name_belongs_is_written_nowhere(
    stranger: FlaskClient, box: Box
) -> None:
    pin = box.access.add_staff("Lan", Role.STAFF)
    for _ in range(6):
        sign_in(stranger, pin, "Lan")
    assert {act for act, *_ in acts(box)} == {"signin.unknown", "signin.delayed"}
    assert pin not in trail_text(box)


def trail_text(box: Box) -> str:
    """Return every file of the trail."""
    return "".join(file.read_text("utf-8") for file in box.home.audit.iterdir())


def lets_in(admin: FlaskClient, app: Flask) -> list[str]:
    """Let a person, a device and a program in; return every secret that was shown."""
    secrets = [
        secret_on(admin.get(admin.post(address, data=form).location).text)
        for address, form in (
            ("/admin/staff", {"name": "Lan", "role": "staff"}),
            ("/admin/staff/pin", {"name": "Lan"}),
            ("/admin/devices", {"name": "Kiosk 2", "role": "kiosk"}),
            ("/admin/tokens", {"name": "Sign", "role": "board"}),
        )
    ]
    other = app.test_client()
    other.environ_base.update(admin.environ_base)
    with other.session_transaction() as session, admin.session_transaction() as same:
        session["csrf_token"] = same["csrf_token"]
    other.post("/", data={"code": secrets[2]})
    return secrets


def test_whatever_an_administrator_does_is_told_and_no_secret_with_it(
    admin: FlaskClient, box: Box, app: Flask
) -> None:
    secrets = lets_in(admin, app)
    admin.post("/admin/staff/role", data={"name": "Lan", "role": "manager"})
    admin.post("/admin/devices/end", data={"id": box.access.devices()[-1].id})
    admin.post("/admin/tokens/end", data={"id": box.access.tokens()[-1].id})
    admin.post("/admin/staff/remove", data={"name": "Lan"})
    box.office.execute(IssueTicket(service="H"))
    admin.post("/admin/day")
    assert [(act, about) for act, about, *_ in acts(box)] == [
        ("staff.added", "Lan · staff"),
        ("staff.pin", "Lan"),
        ("code.made", "Kiosk 2 · kiosk"),
        ("token.made", "Sign · board"),
        ("device.enrolled", "Kiosk 2 · kiosk"),
        ("staff.role", "Lan · manager"),
        ("device.ended", "Kiosk 2 · kiosk"),
        ("token.ended", "Sign · board"),
        ("staff.removed", "Lan"),
        ("day.closed", ""),
    ]
    assert {(who, address) for *_, who, address in acts(box)} == {("An (admin)", "192.0.2.7")}
    assert all(secrets)
    assert not [secret for secret in secrets if secret in trail_text(box)]


def test_a_catalogue_and_a_test_slip_are_told(admin: FlaskClient, box: Box) -> None:
    box.paper.start(box.home.slips)
    admin.post("/admin/printers/test", data={"printer": "kiosk"})
    file = (BytesIO(box.home.procedures.read_bytes()), "list.csv")
    plan = admin.post("/admin/catalogue", data={"file": file}).location.split("plan=")[1]
    admin.post("/admin/catalogue/apply", data={"plan": plan})
    told = [(act, about) for act, about, *_ in acts(box)]
    assert told == [("printer.tested", "kiosk"), ("catalogue.imported", "")]


def test_what_was_refused_is_not_told_as_done(admin: FlaskClient, box: Box) -> None:
    admin.post("/admin/staff", data={"name": "", "role": "staff"})
    admin.post("/admin/staff/remove", data={"name": "An (admin)"})
    admin.post("/admin/devices/end", data={"id": "nothing"})
    assert acts(box) == []


def test_every_press_of_the_administrator_has_its_words(app: Flask) -> None:
    pressed = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("admin.") and "POST" in (rule.methods or ())
    }
    assert pressed == {*ACT_OF, *CHANGE_NOTHING}
    assert set(ACT_OF.values()) <= set(ACTS)


def test_the_page_shows_the_newest_first_and_one_day_alone(
    admin: FlaskClient, box: Box, clock: SetClock
) -> None:
    box.audit.note("staff.added", "An", "192.0.2.7", "Lan")
    clock.advance(86_400)
    box.audit.note("staff.removed", "", "command line", "<Lan>")
    with admin.session_transaction() as session:
        session["day"] = "2026-11-24"
    page = admin.get("/admin/audit").text
    assert page.index("24/11/2026 08:00") < page.index("23/11/2026 08:00")
    assert "&lt;Lan&gt;" in page
    assert "dòng lệnh" in page
    monday = admin.get("/admin/audit?day=2026-11-23").text
    assert "Thêm cán bộ" in monday
    assert "Xóa cán bộ" not in monday
    assert admin.get("/admin/audit?day=tomorrow").status_code == 200


def test_a_spreadsheet_gets_every_line_and_no_formula(admin: FlaskClient, box: Box) -> None:
    box.audit.note("staff.added", "An", "192.0.2.7", "=1+1")
    answer = admin.get("/admin/audit.csv?day=2026-11-23")
    assert answer.headers["Content-Disposition"] == "attachment; filename=audit-2026-11-23.csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows == [
        ["at", "act", "who", "address", "about"],
        ["2026-11-23T08:00:00+07:00", "staff.added", "An", "192.0.2.7", "'=1+1"],
    ]


def test_the_trail_is_for_the_administrator_alone(browse: Callable[..., FlaskClient]) -> None:
    for role in (Role.VISITOR, Role.KIOSK, Role.STAFF, Role.MANAGER):
        for address in ("/admin/audit", "/admin/audit.csv"):
            assert browse(role).get(address).status_code == 303


def test_fourteen_months_are_kept_whatever_the_clock_says(box: Box, clock: SetClock) -> None:
    start = datetime.fromisoformat("2026-01-15T08:00:00+07:00")
    for month in range(16):
        clock.wall = start + timedelta(days=31 * month)
        box.audit.note("signin.done", "Lan")
    names = sorted(file.name for file in box.home.audit.iterdir())
    assert (len(names), names[0], names[-1]) == (14, "2026-03.jsonl", "2027-04.jsonl")
    clock.wall = datetime.fromisoformat("1970-01-01T08:00:00+07:00")
    box.audit.note("signin.done", "Minh")
    assert [one.who for one in box.audit.entries("1970-01-01")] == ["Minh"]
    assert len(list(box.audit.entries())) == 15


def test_a_line_torn_by_a_power_cut_takes_no_other_with_it(box: Box) -> None:
    box.audit.note("signin.done", "Lan")
    file = next(box.home.audit.iterdir())
    whole = file.read_bytes()
    for cut in range(1, len(whole)):
        file.write_bytes(whole + whole[:cut])
        box.audit.note("signin.out", "Lan")
        assert [one.act for one in box.audit.entries()][:1] == ["signin.out"]
        assert [one.act for one in box.audit.entries()][-1:] == ["signin.done"]


def test_strangers_cannot_fill_the_disk_nor_keep_an_administrator_s_act_out(box: Box) -> None:
    box.audit.note("signin.failed", about="Lan")
    file = next(box.home.audit.iterdir())
    with file.open("ab") as grown:
        grown.truncate(5 * 1024 * 1024)
    before = file.stat().st_size
    box.audit.note("signin.unknown")
    assert file.stat().st_size == before
    box.audit.note("staff.removed", "An", about="Lan")
    assert [one.act for one in box.audit.entries()] == ["staff.removed", "signin.failed"]


def test_only_the_owner_may_read_it(box: Box) -> None:
    box.audit.note("signin.done", "Lan")
    assert box.home.audit.stat().st_mode & 0o077 == 0


class FullDisk(Disk):
    """A disk on which there is room for half a line."""

    def append(self, file: int, data: bytes) -> int:
        """Write what there is room for."""
        return super().append(file, data[: len(data) // 2])


def test_a_full_disk_stops_nobody_and_is_told(box: Box, clock: SetClock) -> None:
    box.audit.note("signin.done", "An")
    disk = FullDisk()
    box.audit = Audit(box.home.audit, lambda: clock.now().wall, disk)
    pin = box.access.add_staff("An", Role.ADMIN)
    admin = create_app(box).test_client()
    assert sign_in(admin, "An", pin).status_code == 303
    assert "Có 1 dòng không ghi được" in admin.get("/admin/audit").text
    Audit(box.home.audit, lambda: clock.now().wall).note("signin.out", "An")
    assert [one.act for one in box.audit.entries()] == ["signin.out", "signin.done"]


def test_a_backup_put_back_does_not_unsay_what_was_done_since(
    box: Box, home: Home, tmp_path: Path, clock: SetClock
) -> None:
    box.audit.note("staff.added", "An", about="Lan")
    take(home, tmp_path / "monday.zip", clock.now())
    clock.advance(3600)
    box.audit.note("staff.removed", "An", about="Lan")
    box.close()
    restore(home, tmp_path / "monday.zip", force=True)
    assert [one.act for one in box.audit.entries()] == ["staff.removed", "staff.added"]
