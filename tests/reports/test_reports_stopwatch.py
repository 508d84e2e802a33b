"""Stopwatch sheets: what a clerk writes is read, what cannot be right is refused whole."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.period import Period, ReportError
from motcua.reports.stopwatch import MOST_BYTES, MOST_ROWS, Sheet, SheetError
from motcua.reports.stopwatch_row import COLUMNS, Came
from tests.queue.queue_story import RULES
from tests.reports.report_days import HUE
from tests.reports.stopwatch_sheets import ROWS, TODAY, read

_HEAD = "day,came_at,called_at,left_at,service,finished_at\n"


def problem(text: str | bytes) -> str:
    """Return why a sheet is refused."""
    with pytest.raises(ReportError) as refusal:
        read(text)
    return f"{refusal.value.code}: {refusal.value}"


def test_a_sheet_is_read_as_the_clerk_wrote_it() -> None:
    told = read(ROWS)
    day = date(2026, 10, 5)
    assert told.rows == (
        Came(day, time(8, 5), time(8, 20), None, "A", time(8, 30)),
        Came(day, time(8, 10), time(8, 50), None, "", None),
        Came(day, time(8, 15), None, time(9), "", None),
        Came(date(2026, 10, 6), time(8, 5), None, None, "", None),
    )
    assert told.period == Period(day, date(2026, 10, 6))


def test_its_days_are_days_to_compare_with() -> None:
    first, second = read(ROWS).days
    assert [leg.measured("wait") for leg in first.legs] == [15 * 60, 40 * 60, None]
    assert [leg.measured("left") for leg in first.legs] == [None, None, 45 * 60]
    assert [leg.outcome for leg in first.legs] == ["done", "", "cancelled"]
    assert (first.day, second.day, first.complete, first.open_s) == (
        "2026-10-05", "2026-10-06", True, {},
    )  # fmt: skip
    assert second.legs[0].measured("wait") is None
    assert first.legs[0].issued_at.isoformat() == "2026-10-05T08:05:00+07:00"


def test_it_covers_the_hours_of_each_weekday_in_which_somebody_came() -> None:
    told = read(_HEAD + "2026-10-05,8:59,9:10,,,\n2026-10-12,14:00,14:01,,,\n2026-10-06,8:00,,,,")
    assert told.scope.hours == {1: {8, 14}, 2: {8}}
    assert told.scope.services == frozenset()


def test_it_covers_its_services_only_where_every_row_names_one() -> None:
    all_named = read(_HEAD + "2026-10-05,8:00,8:10,,A,\n2026-10-05,8:00,8:10,,h,")
    assert all_named.scope.services == {"A", "H"}
    assert read(ROWS).scope.services == frozenset()


@pytest.mark.parametrize(
    "data",
    [
        ROWS.encode("utf-8-sig"), ROWS.encode("utf-16"), ROWS.replace(";", ",").encode(),
        ROWS.replace(";", "\t").encode(), ROWS.replace("\n", "\r\n").encode(),
        ("\n\n" + ROWS.replace("\n05", "\n;;;;;;\n05")).encode(),
        ROWS.replace("Ngày", "day").replace("Giờ đến", " Came at ").encode(),
        ROWS.replace("Ngày;Giờ đến;Giờ gọi", "NGAY;gio den;gio duoc goi").encode(),
        ROWS.replace("Ngày;Giờ đến", '"Ngày";"Giờ đến"').encode(),
    ],
)  # fmt: skip
def test_whatever_a_spreadsheet_makes_of_it_is_the_same_sheet(data: bytes) -> None:
    assert read(data).rows == read(ROWS).rows


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8:05", time(8, 5)), ("08:05", time(8, 5)), ("8h05", time(8, 5)), ("8H5", time(8, 5)),
        ("8g05", time(8, 5)), ("8 h 05", time(8, 5)), ("8h", time(8)), ("08:05:30", time(8, 5, 30)),
        ("2:05 PM", time(14, 5)), ("2:05 CH", time(14, 5)), ("8:05:00 SA", time(8, 5)),
        ("12:05 AM", time(0, 5)), ("12:05 CH", time(12, 5)), ("14:05 ch", time(14, 5)),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(written: str, meant: time) -> None:
    assert read(f"{_HEAD}2026-10-05,{written},,,,").rows[0].came == meant


@pytest.mark.parametrize(
    "written", ["2026-10-05", "5/10/2026", "05/10/2026", "5-10-2026", "05.10.2026"]
)
def test_days_are_read_as_people_write_them(written: str) -> None:
    assert read(f"{_HEAD}{written},8:05,,,,").rows[0].day == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",8:05,8:20,,,", "Row 2: the day is empty."),
        ("10/13/2026,8:05,,,,", "Row 2: 10/13/2026 is no day"),
        ("31/02/2026,8:05,,,,", "31/02/2026 is no day"),
        ("5/10/26,8:05,,,,", "5/10/26 is no day"),
        ("05/10-2026,8:05,,,,", "05/10-2026 is no day"),
        ("2026-11-24,8:05,,,,", "Row 2: 2026-11-24 is still to come."),
        ("1826-11-24,8:05,,,,", "1826-11-24 is no day"),
        ("2026-10-05,,8:20,,,", "Row 2: the time of coming is empty."),
        ("2026-10-05,805,8:20,,,", "Row 2: 805 is no time of day"),
        ("2026-10-05,25:05,,,,", "25:05 is no time of day"),
        ("2026-10-05,8:5,,,,", "8:5 is no time of day"),
        ("2026-10-05,8:05,8:75,,,", "8:75 is no time of day"),
        ("2026-10-05,2:05 PM,14:05 PM x,,,", "14:05 PM x is no time of day"),
        ("2026-10-05,8:05,8:04,,,", "Row 2: 08:04 is before 08:05."),
        ("2026-10-05,8:05,,8:04,,", "Row 2: 08:04 is before 08:05."),
        ("2026-10-05,8:05,8:10,,,8:09", "Row 2: 08:09 is before 08:10."),
        ("2026-10-05,8:05,,,,8:04", "Row 2: 08:04 is before 08:05."),
        ("2026-10-05,8:05,8:10,8:20,,", "Row 2: somebody was either called or left uncalled"),
        ("2026-10-05,8:05,8:10,,hộ tịch?,", "Row 2: hộ tịch? is no service here: write one of A,"),
    ],
)
def test_a_row_that_cannot_be_right_is_told_with_its_number(row: str, sentence: str) -> None:
    assert sentence in problem(_HEAD + row)
    assert problem(_HEAD + row).startswith("sheet.invalid: ")


def test_one_wrong_row_refuses_the_sheet_and_all_wrong_rows_are_told() -> None:
    rows = ["2026-10-05,8:05,8:10,,,", "2026-10-05,,8:10,,,", "", "2026-10-05,9,,,,"]
    with pytest.raises(SheetError) as refusal:
        read(_HEAD + "\n".join(rows))
    assert [one.row for one in refusal.value.problems] == [3, 5]
    assert str(refusal.value.problems[1]).startswith("Row 5: 9 is no time of day")
    many = "2026-10-05,,,,,\n" * 100
    with pytest.raises(SheetError) as refusal:
        read(_HEAD + many)
    assert (len(refusal.value.problems), refusal.value.count) == (20, 100)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "sheet.empty: phieu.csv has no row"),
        (b"\n;;\n", "sheet.empty"),
        (_HEAD.encode(), "sheet.empty"),
        (
            b"a,b\n1,2",
            "sheet.columns: phieu.csv lacks the columns, or has them twice: day, came_at",
        ),
        (b"day,came_at\n", "sheet.columns: phieu.csv lacks the columns, or has them twice: called"),
        (b"day,came,came at,called\n", "has them twice: came_at."),
        (b"PK\x03\x04rest", "sheet.unreadable: phieu.csv is a workbook"),
        ("Ngày;Giờ đến;Giờ gọi".encode("cp1258", "replace"), "sheet.unreadable: phieu.csv is not"),
        (b"x" * (MOST_BYTES + 1), "sheet.too_large"),
        (_HEAD.encode() + b"2026-10-05,8:05,,,,\n" * (MOST_ROWS + 1), "sheet.too_large"),
        (b'day,came_at,called_at\n"' + b"x" * 200_000 + b'",1,2', "sheet.unreadable"),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(data: bytes, told: str) -> None:
    assert told in problem(data)


def test_other_columns_are_not_kept() -> None:
    kept = read(ROWS).to_bytes().decode()
    assert kept.splitlines()[0] == ",".join(COLUMNS)
    assert "Lan" not in kept
    assert read(kept).rows == read(ROWS).rows


_TIMES = st.times(max_value=time(18)).map(lambda at: at.replace(microsecond=0))
_CAME = st.builds(
    lambda day, times, end, service, after: Came(
        day, times[0], times[1] if end == "called" else None, times[1] if end == "left" else None,
        service, times[2] if after else None,
    ),
    st.dates(date(2020, 1, 1), TODAY), st.lists(_TIMES, min_size=3, max_size=3).map(sorted),
    st.sampled_from(("called", "left", "")), st.sampled_from(("", *RULES.services)), st.booleans(),
)  # fmt: skip


@given(st.lists(_CAME, min_size=1, max_size=8))
def test_what_is_kept_is_read_again_as_it_was(rows: list[Came]) -> None:
    sheet = Sheet("phieu.csv", tuple(rows), HUE)
    again = read(sheet.to_bytes())
    assert again == replace(sheet, zone=again.zone)


@given(st.binary(max_size=300) | st.text(alphabet='ngày,;"\n2026-10/8:05h', max_size=80))
def test_any_file_is_a_sheet_or_refused(data: bytes | str) -> None:
    with suppress(ReportError):
        assert read(data).rows
