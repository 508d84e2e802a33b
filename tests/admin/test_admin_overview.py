"""What the administrator sees of copies, disk and clock, and what a watcher of the box is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import disk_usage

import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.admin_machinery import CopiesStand, DiskStand
from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue.commands import IssueTicket
from motcua.safekeeping import Safekeeping
from motcua.settings import BackupSection
from motcua.words import VIETNAMESE, Words
from tests.box.stick import Stick, names

DAY_S = 86400


@pytest.fixture
def stick(box: Box, clock: SetClock, tmp_path: Path) -> Stick:
    """A stick that the box keeps its copies on."""
    (tmp_path / "stick").mkdir()
    stick = Stick(tmp_path / "stick", box.home.path)
    settings = BackupSection(folder="/media/stick")
    box.safekeeping = Safekeeping(
        box.home, settings, stick, clock.now, box.office.rules.hours.local
    )
    return stick


def figures(text: str) -> dict[str, float]:
    """Return the figures in Prometheus' form."""
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


def test_without_a_folder_the_page_says_that_no_copies_are_made(admin: FlaskClient) -> None:
    page = admin.get("/admin").text
    assert "Chưa đặt thư mục lưu bản sao" in page
    assert 'action="/admin/backup"' not in page
    answer = admin.post("/admin/backup")
    assert answer.status_code == 409
    assert "Chưa đặt thư mục lưu bản sao" in answer.text


@pytest.mark.usefixtures("stick")
def test_a_copy_is_made_on_a_press_and_its_age_is_shown(
    admin: FlaskClient, browse: Callable[..., FlaskClient], clock: SetClock, tmp_path: Path
) -> None:
    assert "Chưa có bản sao lưu đầy đủ nào." in admin.get("/admin").text
    answer = admin.post("/admin/backup")
    assert answer.status_code == 303
    assert "Đã tạo xong bản sao lưu, đến sự kiện số 0." in admin.get(answer.location).text
    assert names(tmp_path / "stick") == ["motcua-20261123-080000.zip"]
    clock.advance(3 * 3600)
    page = browse(Role.ADMIN).get("/admin").text
    assert '<p class="fact">3 giờ trước</p>' in page
    assert '<p class="lamp ok">Bản sao lưu đầy đủ mới nhất ghi đến sự kiện số 0.</p>' in page
    clock.advance(4 * DAY_S)
    page = browse(Role.ADMIN).get("/admin?lang=en").text
    assert '<p class="fact">4 days ago</p>' in page
    assert '<p class="lamp stopped">The newest copy is too old.</p>' in page


def test_a_copy_that_fails_is_told_on_the_page_and_stops_nobody(
    stick: Stick, admin: FlaskClient, box: Box
) -> None:
    stick.room = 500
    answer = admin.post("/admin/backup")
    assert answer.status_code == 409
    assert answer.text.count("Thiết bị lưu bản sao đã đầy") == 2
    box.office.execute(IssueTicket(service="H"))
    assert '<p class="lamp stopped">Thiết bị lưu bản sao đã đầy' in admin.get("/admin").text


@pytest.mark.usefixtures("stick")
def test_what_is_watched_has_the_copies_the_disk_and_the_damage(
    box: Box, browse: Callable[..., FlaskClient], bearer: Callable[..., dict[str, str]],
    clock: SetClock,
) -> None:  # fmt: skip
    token = bearer(Role.BOARD)
    told = figures(browse().get("/metrics", headers=token).text)
    assert told["motcua_backup_age_seconds"] == -1
    box.safekeeping.copy()
    clock.advance(90)
    told = figures(browse().get("/metrics", headers=token).text)
    assert told["motcua_backup_age_seconds"] == 90
    assert told["motcua_backup_trouble"] == 0
    assert told["motcua_journal_damage"] == 0
    assert told["motcua_disk_free_bytes"] == pytest.approx(disk_usage(box.home.path).free, rel=0.2)


def test_without_a_folder_there_is_no_age_to_watch(
    browse: Callable[..., FlaskClient], bearer: Callable[..., dict[str, str]]
) -> None:
    told = figures(browse().get("/metrics", headers=bearer(Role.BOARD)).text)
    assert "motcua_disk_free_bytes" in told
    assert not [name for name in told if "backup" in name]


def test_a_clock_that_was_set_today_is_told(admin: FlaskClient, box: Box, clock: SetClock) -> None:
    box.office.execute(IssueTicket(service="H"))
    assert "đồng hồ đã được chỉnh" not in admin.get("/admin").text
    clock.step(15 * 60)
    box.office.execute(IssueTicket(service="H"))
    clock.step(-3 * 60)
    box.office.execute(IssueTicket(service="H"))
    page = admin.get("/admin").text
    assert "Lúc 08:15, đồng hồ đã được chỉnh tiến 15 phút." in page
    assert "Lúc 08:12, đồng hồ đã được chỉnh lùi 3,0 phút." in page


def test_a_clock_before_what_is_recorded_is_told_and_may_be_confirmed(
    admin: FlaskClient, box: Box, clock: SetClock
) -> None:
    box.office.execute(IssueTicket(service="H"))
    clock.reboot("another", -28 * DAY_S)
    box.office.execute(IssueTicket(service="H"))
    assert "Đồng hồ đang chậm hơn những gì đã ghi" in admin.get("/admin").text
    assert admin.post("/admin/clock").status_code == 303
    assert "Đồng hồ đang chậm hơn" not in admin.get("/admin").text
    assert admin.post("/admin/clock").status_code == 409


@pytest.mark.parametrize(("megabytes", "state"), [(100, "stopped"), (500, "soon"), (5000, "ok")])
def test_a_disk_warns_before_it_is_full(megabytes: int, state: str) -> None:
    disk = DiskStand(megabytes * 1024 * 1024)
    assert (disk.megabytes, disk.state) == (megabytes, state)


def test_copies_are_in_order_when_one_is_young_and_nothing_is_wrong() -> None:
    def state(folder: str, trouble: str, *, is_old: bool) -> str:
        return CopiesStand(folder, 60, 7, trouble, busy=False, is_old=is_old).state

    assert state("", "", is_old=True) == "unknown"
    assert state("/media/stick", "", is_old=False) == "ok"
    assert state("/media/stick", "It is full.", is_old=False) == "soon"
    assert state("/media/stick", "", is_old=True) == "stopped"


@pytest.mark.parametrize(
    ("age_s", "told"),
    [
        (0, "0 phút trước"), (59 * 60, "59 phút trước"), (3600, "1 giờ trước"),
        (47.9 * 3600, "47 giờ trước"), (48 * 3600, "2 ngày trước"), (9 * DAY_S, "9 ngày trước"),
    ],
)  # fmt: skip
def test_an_age_is_told_in_minutes_hours_or_days(age_s: float, told: str) -> None:
    sentence, n = CopiesStand("/x", age_s, 7, "", busy=False, is_old=False).age
    assert Words().say(VIETNAMESE, sentence, n=n) == told
