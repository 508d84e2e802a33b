"""Lists of dossiers for stories: the seed's own two months, and small files of a few rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle, islice

from motcua.catalogue import Catalogue
from motcua.folders import data_folder
from motcua.queue.rules import Rules
from motcua.reports.dossier_file import read_export
from motcua.reports.dossiers import Tally
from motcua.reports.period import Period
from tests.reports.report_days import centre, workdays

SEED = Period(date(2025, 7, 1), date(2025, 8, 25))
"""From the first day of the two-level government to the day the newspaper tells of."""
HEADINGS = (
    "STT", "Mã hồ sơ", "Tên thủ tục", "Chủ hồ sơ", "Số điện thoại", "Ngày tiếp nhận",
    "Ngày hẹn trả", "Ngày hoàn thành", "Hình thức nộp", "Trạng thái",
)  # fmt: skip
_PROCEDURES = ("Đăng ký khai sinh", "Chứng thực bản sao từ bản chính", "Đăng ký kết hôn")
_Row = tuple[date, date, date | None]


def seed_log() -> str:
    """Return the log of the two months as the seed tells them, as a national system exports it.

    3,100 dossiers received from 1 July to 25 August 2025, and before them 400 left over:

    | received                     | dossiers | online | in person | by post |
    |------------------------------|----------|--------|-----------|---------|
    | settled before the due day   |    1,900 |        |           |         |
    | settled on the due day       |      952 |        |           |         |
    | settled after it             |       46 |        |           |         |
    | in process, due day over     |       25 |        |           |         |
    | in process within its time   |      177 |        |           |         |
    | together                     |    3,100 |  2,945 |       150 |       5 |

    Carried over: 120 settled on time, 200 late, 60 in process overdue, 20 within their time.
    Settled before July or received after 25 August: 30 more, in no figure.
    """
    days = workdays(SEED.first, 40)
    rows = [*_received(days), *_carried(days), *_outside()]
    channels = [*["Trực tuyến"] * 2945, *["Trực tiếp"] * 150, *["Bưu chính công ích"] * 5]
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
    lines.writerow(["DANH SÁCH HỒ SƠ"])
    lines.writerow(HEADINGS)
    names = cycle(_PROCEDURES)
    for number, (received, due, settled) in enumerate(rows, start=1):
        channel = channels[number - 1] if number <= len(channels) else "Trực tiếp"
        lines.writerow((
            number, f"H57.{number:06}", next(names), "Nguyễn Thị Bí Mật", "0905000000",
            f"{received:%d/%m/%Y} 08:15", f"{due:%d/%m/%Y}",
            f"{settled:%d/%m/%Y}" if settled else "", channel,
            "Đã trả kết quả" if settled else "Đang xử lý",
        ))  # fmt: skip
    return out.getvalue()


def _received(days: Sequence[date]) -> Iterator[_Row]:
    """Yield the 3,100 rows; those still within their time came in the last working days."""
    all_days = cycle(days[:30])
    for day in islice(all_days, 1900):
        yield day, day + timedelta(days=7), day + timedelta(days=2)
    for day in islice(all_days, 952):
        yield day, day + timedelta(days=3), day + timedelta(days=3)
    for day in islice(all_days, 46):
        yield day, day + timedelta(days=3), day + timedelta(days=5)
    for day in islice(all_days, 25):
        yield day, day + timedelta(days=3), None
    for day in islice(cycle(days[-3:]), 177):
        yield day, date(2025, 8, 25) + timedelta(days=10), None


def _carried(days: Sequence[date]) -> Iterator[_Row]:
    june = date(2025, 6, 2)
    for day in islice(cycle(days), 120):
        yield june, date(2025, 8, 30), day
    for day in islice(cycle(days), 200):
        yield june, date(2025, 6, 30), day
    for _ in range(60):
        yield june, date(2025, 6, 30), None
    for _ in range(20):
        yield june, date(2025, 9, 30), None


def _outside() -> Iterator[_Row]:
    for _ in range(20):
        yield date(2025, 6, 2), date(2025, 6, 9), date(2025, 6, 9)
    for _ in range(10):
        yield date(2025, 8, 26), date(2025, 9, 3), None


def rules() -> Rules:
    """Return the rules of the starter centre with its catalogue."""
    catalogue = Catalogue.load(data_folder("config") / "procedures.csv")
    return centre().rules(catalogue.by_code)


def read(text: str | bytes, period: Period = SEED, as_of: date | None = None) -> Tally:
    """Return what an export says of a period."""
    raw = text.encode() if isinstance(text, str) else text
    return read_export(io.BytesIO(raw), "ho-so.csv", period, as_of or period.last, rules())[0]


def lines(*rows: str, headings: str = "Mã hồ sơ;Ngày tiếp nhận;Hạn trả;Ngày trả") -> str:
    """Return a small file of these rows."""
    return "\n".join([headings, *rows]) + "\n"
