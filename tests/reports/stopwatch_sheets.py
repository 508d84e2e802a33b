"""Stopwatch sheets to try with, as a clerk's spreadsheet saves them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from motcua.reports.stopwatch import Sheet, read_sheet
from tests.queue.queue_story import RULES

TODAY = date(2026, 11, 23)
ROWS = """\
Ngày;Giờ đến;Giờ gọi;Giờ bỏ về;Dịch vụ;Giờ xong;Ghi chú
05/10/2026;8:05;08:20;;A;8h30;
05/10/2026;8h10;8:50;;;;bà Lan
05/10/2026;8:15;;9:00;;;
6/10/2026;8:05;;;;;không rõ
"""


def read(text: str | bytes, name: str = "phieu.csv", today: date = TODAY) -> Sheet:
    """Return a sheet of the test's centre."""
    return read_sheet(text if isinstance(text, bytes) else text.encode(), name, RULES, today)


def sheet_of(days: Iterable[date], waits: Iterable[int], came: str = "08:00") -> bytes:
    """Return a sheet on which people came at one time of each day and waited so many minutes."""
    rows = ["day,came_at,called_at"]
    hour, minute = map(int, came.split(":"))
    held = list(waits)
    for day in days:
        for wait in held:
            called = timedelta(hours=hour, minutes=minute + wait)
            rows.append(f"{day.isoformat()},{came},{str(called)[:-3]}")
    return "\n".join(rows).encode()
