"""The manager's screen of dossiers: what it takes, what it refuses, what it keeps and forgets."""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.clock import SetClock
from motcua.queue import commands as c
from motcua.reports.dossier_forms import as_csv, as_json, rendered
from motcua.reports.dossier_report import DossierReport, from_counters, from_file
from motcua.reports.dossier_screen import MOST_BYTES
from motcua.reports.period import Period
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.reports.dossier_log import SEED, lines, rules, seed_log
from tests.reports.dossier_upload import sent, upload
from tests.reports.report_days import MONDAY, ListeningWords, archived

if TYPE_CHECKING:
    from playwright.sync_api import Page

Browse = Callable[[Role], FlaskClient]
_ROOT = Path(__file__).resolve().parents[2]
_JULY = {"from": "2025-07-01", "to": "2025-07-31"}
_TWO = lines("H1;01/07/2025;04/07/2025;03/07/2025", "H2;02/07/2025;04/07/2025;")
_SENTENCE = re.compile(r"[A-Z%].* .*[.?!:]", re.DOTALL)


@pytest.fixture
def morning(box: Box, clock: SetClock) -> Box:
    """A centre where six dossiers were taken this morning, one of them with help to file online."""
    office = box.office
    office.execute(c.OpenCounter(1, ("H",)))
    for number in range(6):
        purpose = "assist" if number == 0 else "submit"
        office.execute(c.IssueTicket(procedure="2.001035", purpose=purpose))
        clock.advance(60)
        office.execute(c.CallNext(1))
        office.execute(c.StartService(1))
        clock.advance(60)
        office.execute(c.FinishTicket(1, "received"))
    return box


@pytest.mark.parametrize("role", [Role.VISITOR, Role.KIOSK, Role.BOARD, Role.STAFF])
def test_only_managers_see_or_bring_dossiers(browse: Browse, role: Role) -> None:
    client = browse(role)
    assert client.get("/reports/dossiers").status_code in (303, 403)
    assert client.get("/reports/dossiers.csv").status_code in (303, 403)
    assert sent(client, _TWO, **_JULY).status_code in (303, 403)
    assert "reading=" not in sent(client, _TWO, **_JULY).headers.get("Location", "")


def test_without_a_file_the_counters_are_told_and_nothing_is_called_overdue(
    browse: Browse, morning: Box
) -> None:
    assert morning.office.seq
    page = browse(Role.MANAGER).get("/reports/dossiers").text
    assert "các quầy tiếp nhận 6 hồ sơ, trong đó 1 hồ sơ được hỗ trợ nộp trực tuyến" in page
    assert "ở quầy không biết được" in page
    assert re.search(r'<th scope="row">Quá hạn</th>(<td class="figure">–</td>){2}', page)
    assert "<svg" not in page
    answer = json.loads(browse(Role.MANAGER).get("/reports/dossiers.json").text)
    assert answer["source"] == "counters"
    assert answer["counters"] == {"taken": 6, "at_once": 0, "handed_out": 0, "due": 6}
    assert answer["received"]["statuses"]["not_due_yet"] == 6
    assert "shares" not in answer


def test_looking_and_reading_change_nothing_of_the_centre(browse: Browse, morning: Box) -> None:
    manager = browse(Role.MANAGER)
    before, files = morning.office.seq, sorted(morning.home.path.rglob("*"))
    upload(manager, _TWO, **_JULY)
    sent(manager, b"nothing", **_JULY)
    assert morning.office.seq == before
    assert sorted(morning.home.path.rglob("*")) == files


def test_what_a_file_said_can_be_seen_saved_and_read_in_english(browse: Browse) -> None:
    manager = browse(Role.MANAGER)
    shown = upload(manager, seed_log(), **_JULY)
    key = shown.partition("?")[2]
    assert "2.244" in manager.get(shown).text
    assert "2,244 dossiers received" in manager.get(f"{shown}&lang=en").text
    for form in ("csv", "json", "xlsx"):
        answer = manager.get(f"/reports/dossiers.{form}?{key}")
        assert (
            f"motcua-dossiers-2025-07-01-2025-07-31.{form}"
            in (answer.headers["Content-Disposition"])
        )
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[1]
    assert sheet.cell(3, 2).value == 2244
    assert manager.get(f"/reports/dossiers.pdf?{key}").status_code == 404


def test_only_the_last_readings_are_kept_and_an_older_one_is_gone(browse: Browse) -> None:
    manager = browse(Role.MANAGER)
    first, *others = [upload(manager, _TWO, **_JULY) for _ in range(6)]
    assert manager.get(first).status_code == 404
    assert "xin đọc lại tệp" in manager.get(first).text
    assert {manager.get(one).status_code for one in others} == {200}


def test_the_day_they_are_looked_at_can_be_chosen(browse: Browse) -> None:
    manager = browse(Role.MANAGER)
    shown = manager.get(upload(manager, _TWO, **_JULY, as_of="2025-07-02")).text
    assert "Hồ sơ trong kỳ, tính đến hết ngày 02/07/2025" in shown
    assert 'name="as_of" value="2025-07-02"' in shown
    for day in ("2025-06-30", "2026-12-01", "soon"):
        answer = sent(manager, _TWO, **_JULY, as_of=day)
        assert answer.status_code == 422
        assert "invalid" in answer.text


@pytest.mark.parametrize(
    ("file", "code", "told"),
    [
        (None, "dossiers.unreadable", "chọn tệp trước"),
        (b"%PDF", "dossiers.unreadable", "không phải tệp Excel"),
        (lines(headings="Mã hồ sơ;Hạn trả"), "dossiers.columns", "thiếu các cột: Ngày tiếp nhận"),
        (lines("1;01/07/2025;30/06/2025;", "2;aa;;"), "dossiers.invalid",
         "Dòng 2: Hạn trả trước Ngày tiếp nhận."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_counted_is_told_above_the_form(
    browse: Browse, file: str | bytes | None, code: str, told: str
) -> None:
    answer = sent(browse(Role.MANAGER), file, **_JULY)
    assert answer.status_code == 422
    assert code in answer.text
    assert told in answer.text
    assert answer.text.index(told) < answer.text.index('type="file"')
    assert 'value="2025-07-31"' in answer.text


def test_htmx_is_told_what_was_wrong_too(browse: Browse) -> None:
    manager = browse(Role.MANAGER)
    manager.environ_base["HTTP_HX_REQUEST"] = "true"
    assert "Xin chọn tệp trước" in sent(manager, None, **_JULY).text


def test_a_form_with_wrong_days_is_refused_as_every_report_is(browse: Browse) -> None:
    answer = sent(browse(Role.MANAGER), _TWO, **{"from": "2025-02-30", "to": "2025-03-01"})
    assert (answer.status_code, "date.invalid" in answer.text) == (422, True)
    assert browse(Role.MANAGER).get("/reports/dossiers?from=soon").status_code == 422
    assert browse(Role.MANAGER).get("/reports/dossiers?reading=x").status_code == 404


def test_a_file_larger_than_the_screen_takes_is_refused(browse: Browse) -> None:
    answer = sent(browse(Role.MANAGER), b"x" * (MOST_BYTES + 1), **_JULY)
    assert answer.status_code == 413


def test_a_hostile_name_is_shown_as_words_and_no_formula_is_written(browse: Browse) -> None:
    manager = browse(Role.MANAGER)
    text = lines(
        *(f"{n};=HYPERLINK(0);01/07/2025;04/07/2025;" for n in range(6)),
        headings="Mã hồ sơ;Tên thủ tục;Ngày tiếp nhận;Hạn trả;Ngày trả",
    )
    answer = sent(manager, text, name="C:\\a\\<b>x</b>.csv", **_JULY)
    page = manager.get(answer.location).text
    assert "&lt;b&gt;x" not in page  # only what follows the last stroke is its name
    assert "b&gt;.csv" in page
    key = answer.location.partition("?")[2]
    assert ",'=HYPERLINK(0)," in manager.get(f"/reports/dossiers.csv?{key}").text
    book = openpyxl.load_workbook(io.BytesIO(manager.get(f"/reports/dossiers.xlsx?{key}").data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if "HYPERLINK" in str(cell.value)} == {"s"}


def test_fewer_than_five_are_no_row_of_their_own_and_have_no_share() -> None:
    report = from_file(io.BytesIO(_TWO.encode()), "a.csv", Period(*_july()), _july()[1], rules())
    told = as_json(report)
    assert (told["by_procedure"], told["by_month"]) == ([], [])
    assert told["few_by_procedure"] == {"rows": 1, "dossiers": None, "hidden": True}
    assert told["shares"]["on_time"] == {"n": 1, "of": 2, "share": None}
    assert [line.split(",")[0] for line in as_csv(report).splitlines()[1:]] == [
        "received", "carried_over",
    ]  # fmt: skip
    text = rendered(report, "text", Wording(Words(), "vi", rules()))
    assert isinstance(text, str)
    assert "tiếp nhận 2 hồ sơ: quá ít để tính tỷ lệ" in text


def _july() -> tuple[date, date]:
    return date(2025, 7, 1), date(2025, 7, 31)


def reports() -> list[DossierReport]:
    """Return reports that use every sentence there is."""
    whole, month = rules(), Period(*_july())
    heads = "Tên thủ tục;Ngày tiếp nhận;Ngày trả;Trạng thái;Hình thức nộp"
    odd = lines(
        "Việc lạ;01/07/2025;;Từ chối;Hỗ trợ nộp trực tuyến", "Việc lạ;01/07/2025;02/07/2025;;",
        *("Đăng ký kết hôn;02/07/2025;;;" for _ in range(6)), headings=heads,
    )  # fmt: skip
    without = lines(*(f"{n};01/07/2025;04/07/2025;" for n in range(6)))
    return [
        *(
            from_file(io.BytesIO(text.encode()), "a.csv", period, period.last, whole)
            for text, period in ((seed_log(), SEED), (odd, month), (without, month), (_TWO, month))
        ),
        from_counters(archived(), month, month.last, whole),
        from_counters(archived(), Period(MONDAY, MONDAY), _july()[1], whole),
    ]  # fmt: skip


def test_every_word_of_the_report_is_said_in_vietnamese() -> None:
    words = ListeningWords()
    for report in reports():
        rendered(report, "text", Wording(words, "vi", report.rules))
        rendered(report, "xlsx", Wording(words, "vi", report.rules))
    assert words.unknown == set()


def test_every_sentence_of_its_code_and_pages_is_said_in_vietnamese() -> None:
    words = Words()
    found = set()
    for file in sorted((_ROOT / "reports").glob("dossier*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        notes = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and node not in notes
            and isinstance(node.value, str) and _SENTENCE.fullmatch(node.value)
        }  # fmt: skip
    for file in sorted((_ROOT / "templates" / "reports").glob("*dossiers*.html")):
        found |= set(re.findall(r'_\("([^"]+)"', file.read_text("utf-8")))
    assert "Read and count" in found
    known = (one for one in found if words.knows("vi", one))
    in_rows = (one for one in found if words.knows("vi", f"Row %(row)s: {one}"))
    assert found == {*known, *in_rows}


@pytest.mark.browser
def test_a_manager_brings_a_file_and_prints_the_report_on_a4(
    browse: Browse, served: str, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    client = browse(Role.MANAGER)
    client.get("/reports")
    cookie = client.get_cookie("motcua")
    assert cookie is not None
    export = tmp_path / "ho-so.csv"
    export.write_text(seed_log(), "utf-8-sig", newline="")
    page = open_page("about:blank")
    page.context.add_cookies([{"name": "motcua", "value": cookie.value, "url": served}])
    page.goto(f"{served}/reports/dossiers?from=2025-07-01&to=2025-08-25")
    page.set_input_files("input[type=file]", str(export))
    page.click(".read-file button")
    page.locator(".answer", has_text="3.100 hồ sơ").wait_for()
    for width in (1366, 1024, 390):
        page.set_viewport_size({"width": width, "height": 768})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert not page.locator(".read-file").is_visible()
    paper = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    assert {round(float(width)) for width, _ in sizes} <= {595, 596}
