"""The manager's screen: who may see it, what it offers, and that looking changes nothing."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box, create_app
from motcua.clock import SetClock
from motcua.queue import commands as c
from motcua.sessions import person_keys
from tests.reports.report_days import ListeningWords

Browse = Callable[[Role], FlaskClient]
_TODAY = "from=2026-11-23&to=2026-11-23"
_FILES = ("csv", "xlsx", "json")


@pytest.fixture
def morning(box: Box, clock: SetClock) -> Box:
    """A centre where eight people came in the last hour, one of them in vain."""
    office = box.office
    office.execute(c.OpenCounter(1, ("A",)))
    for _ in range(8):
        office.execute(c.IssueTicket(procedure="1.001193"))
        clock.advance(60)
    for _ in range(7):
        office.execute(c.CallNext(1))
        office.execute(c.StartService(1))
        clock.advance(300)
        office.execute(c.FinishTicket(1, "received"))
    office.execute(c.CallNext(1))
    office.execute(c.MissTicket(1))
    return box


@pytest.mark.parametrize("role", [Role.VISITOR, Role.KIOSK, Role.BOARD, Role.STAFF])
def test_only_managers_see_reports(browse: Browse, role: Role) -> None:
    assert browse(role).get("/reports").status_code in (303, 403)
    for form in _FILES:
        assert browse(role).get(f"/reports/waits.{form}").status_code in (303, 403)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN])
def test_managers_see_todays_answer_first(browse: Browse, morning: Box, role: Role) -> None:
    page = browse(role).get(f"/reports?{_TODAY}").text
    assert morning.office.seq > 20
    first = page.index("Thứ Hai, ngày 23/11/2026: 8 lượt.")
    # Waits of 8, 12, 16 … 36 minutes: half within 22, one of eight within … two within 15.
    assert "Một nửa số lượt chờ không quá 22 phút" in page
    assert "25,0% số người được gọi trong mục tiêu 15 phút" in page
    assert first < page.index("<svg") < page.index("<table") < page.index("Cách tính")
    assert "Ngày làm việc chưa kết thúc" in page


def test_looking_changes_nothing(browse: Browse, morning: Box) -> None:
    before = morning.office.seq
    manager = browse(Role.MANAGER)
    for address in (
        "/reports", f"/reports?{_TODAY}", "/reports?from=2020-01-01&to=2026-11-23",
        *(f"/reports/waits.{form}?{_TODAY}" for form in _FILES),
    ):  # fmt: skip
        assert manager.get(address).status_code == 200
    assert morning.office.seq == before
    assert list(morning.journal.days()) == ["2026-11-23"]
    assert manager.post("/reports").status_code == 405


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("from=2026-02-30&to=2026-03-01", "date.invalid"),
        ("from=2026-03-02&to=2026-03-01", "range.invalid"),
        ("from=2001-01-01&to=2026-03-01", "range.invalid"),
        ("from=soon", "date.invalid"),
        ("from=2026-11-01&to=2026-11-10&compare_from=2026-10-01", "range.invalid"),
    ],
)
def test_what_cannot_be_reported_is_refused_in_vietnamese(
    browse: Browse, query: str, code: str
) -> None:
    for address in (f"/reports?{query}", *(f"/reports/waits.{form}?{query}" for form in _FILES)):
        answer = browse(Role.MANAGER).get(address)
        assert answer.status_code == 422
        assert code in answer.text
        assert re.search("xin (viết|chọn|đổi|nhập|tách)", answer.text)


def test_two_times_that_overlap_are_not_compared(browse: Browse) -> None:
    query = "from=2026-11-01&to=2026-11-10&compare_from=2026-11-10&compare_to=2026-11-12"
    answer = browse(Role.MANAGER).get(f"/reports?{query}")
    assert (answer.status_code, "range.invalid" in answer.text) == (422, True)


def test_an_unknown_form_of_file_is_not_there(browse: Browse) -> None:
    assert browse(Role.MANAGER).get("/reports/waits.pdf").status_code == 404


def test_a_time_without_visits_is_honest(browse: Browse) -> None:
    page = browse(Role.MANAGER).get("/reports?from=2026-11-01&to=2026-11-22").text
    assert "không có lượt nào, nên chưa có gì để đo" in page
    assert "<svg" not in page
    assert "<table" not in page


def test_files_carry_the_rows_the_figures_and_the_range(browse: Browse, morning: Box) -> None:
    assert morning.office.seq
    manager = browse(Role.MANAGER)
    answers = {form: manager.get(f"/reports/waits.{form}?{_TODAY}") for form in _FILES}
    for form, answer in answers.items():
        name = f'attachment; filename="motcua-2026-11-23-2026-11-23.{form}"'
        assert answer.headers["Content-Disposition"] == name
    rows = list(csv.DictReader(answers["csv"].text.splitlines()))
    assert [row["counter"] for row in rows] == [""] * 8, "unless it is asked for"
    assert [row["outcome"] for row in rows] == ["received"] * 7 + ["missed"]
    assert json.loads(answers["json"].text)["wait"] == {
        "n": 8, "median_s": 22 * 60, "p90_s": 1992.0, "mean_s": 22 * 60, "hidden": False,
    }  # fmt: skip
    assert openpyxl.load_workbook(BytesIO(answers["xlsx"].data)).sheetnames[0] == "Tóm tắt"
    named = manager.get(f"/reports/waits.csv?{_TODAY}&counters=yes").text
    assert [row["counter"] for row in csv.DictReader(named.splitlines())] == ["1"] * 8


def test_the_api_answers_the_same_figures(
    browse: Browse, bearer: Callable[[Role], dict[str, str]], morning: Box
) -> None:
    assert morning.office.seq
    file = browse(Role.MANAGER).get(f"/reports/waits.json?{_TODAY}")
    manager, staff = bearer(Role.MANAGER), bearer(Role.STAFF)
    client = browse(Role.VISITOR)
    answer = client.get(f"/api/v1/reports/waits?{_TODAY}", headers=manager)
    assert answer.json == json.loads(file.text)
    assert client.get("/api/v1/reports/waits", headers=staff).status_code == 403
    bad = client.get("/api/v1/reports/waits?from=2026-02-30&to=2026-03-01", headers=manager)
    assert bad.status_code == 422
    assert bad.json is not None
    assert bad.json["error"]["code"] == "date.invalid"
    assert bad.json["error"]["details"] == {"value": "2026-02-30"}


def test_a_screen_that_has_seen_everything_gets_no_work(browse: Browse, morning: Box) -> None:
    manager = browse(Role.MANAGER)
    htmx = {"HX-Request": "true"}
    seen = manager.get(f"/reports?{_TODAY}&seen={morning.office.seq}", headers=htmx)
    assert (seen.text, seen.headers["HX-Reswap"]) == ("", "none")
    newer = manager.get(f"/reports?{_TODAY}&seen=1", headers=htmx)
    assert newer.text.startswith('<main id="report"')
    assert f"seen={morning.office.seq}" in newer.text


def test_only_a_range_with_today_in_it_keeps_itself_up_to_date(browse: Browse) -> None:
    manager = browse(Role.MANAGER)
    assert "sse-connect" in manager.get("/reports?from=2026-11-16&to=2026-11-29").text
    past = manager.get("/reports?from=2026-11-16&to=2026-11-22").text
    assert "sse-connect" not in past
    assert "hx-get" not in past


def test_the_bar_leads_to_day_week_month_quarter_year_and_their_neighbours(browse: Browse) -> None:
    page = browse(Role.MANAGER).get(f"/reports?{_TODAY}").text
    links = set(re.findall(r'href="/reports\?([^"]*)"', page.replace("&amp;", "&")))
    for wanted in (
        _TODAY, "from=2026-11-23&to=2026-11-29", "from=2026-11-01&to=2026-11-30",
        "from=2026-10-01&to=2026-12-31", "from=2026-01-01&to=2026-12-31",
        "from=2026-11-22&to=2026-11-22",
    ):  # fmt: skip
        assert wanted in links
    assert "from=2026-11-24&to=2026-11-24" not in links  # tomorrow has not begun
    assert "from=2026-11-23&to=2026-11-23" in browse(Role.MANAGER).get(
        "/reports?from=2026-11-22&to=2026-11-22"
    ).text.replace("&amp;", "&")


def test_everything_on_the_page_is_said_in_vietnamese(box: Box) -> None:
    box.words = words = ListeningWords()
    client = create_app(box).test_client()
    box.access.add_staff("An", Role.MANAGER)
    with client.session_transaction() as session:
        session.update(person_keys(box.access, box.office, "An"))
    for address in (f"/reports?{_TODAY}", "/reports?from=2026-11-16&to=2026-11-29"):
        assert client.get(address).status_code == 200
    assert words.unknown == set()


def test_english_is_one_press_away_and_keeps_the_question(browse: Browse, morning: Box) -> None:
    assert morning.office.seq
    manager = browse(Role.MANAGER)
    page = manager.get(f"/reports?lang=en&{_TODAY}").text
    assert "On Monday 23/11/2026: 8 visits. Half of the waits lasted at most 22 minutes" in page
    assert "lang=vi" in page
    assert "Báo cáo" not in page


def test_nothing_on_the_page_needs_an_inline_script_or_style(browse: Browse, morning: Box) -> None:
    assert morning.office.seq
    page = browse(Role.MANAGER).get(f"/reports?{_TODAY}").text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
