"""The Visits CSV: written to the letter, read back, and refused with the number of the row."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.day_table import Leg
from motcua.queue import commands as c
from motcua.reports.period import ReportError
from motcua.reports.visits_csv import written
from motcua.reports.visits_reading import VisitsError, read_visits, scan_visits
from motcua.reports.visits_row import Problem
from tests.queue.queue_story import Story, moment
from tests.reports.report_days import HUE, at, told, ward_day, workdays

_HEADER = (
    "day,ticket,service,procedure,priority,issued_at,called_at,started_at,finished_at,counter,"
    "outcome,ahead,low_s,high_s,wait_s,service_s,uncertain"
)


def rows(legs: Iterable[Leg], **options: bool) -> list[str]:
    """Return the lines of the file."""
    return "".join(written(legs, HUE, **options)).splitlines()


def refused(*lines: str) -> list[str]:
    """Return the sentences a file is refused with."""
    with pytest.raises(VisitsError) as refusal:
        read_visits(lines, HUE)
    return [str(problem) for problem in refusal.value.problems]


def test_the_file_is_the_contracts_to_the_letter(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:00 counter 2 opens H
    08:01 An takes procedure 1.001193 as older to submit
    08:02 Binh takes A
    08:11 counter 1 calls next
    08:12 counter 1 starts
    08:32 counter 1 transfers to H
    08:33 Binh cancels
    08:40 counter 2 calls next
    08:41 counter 2 starts
    08:50 counter 2 finishes done
    """
    assert rows(told(story).legs, counters=True) == [
        _HEADER,
        (
            "2026-11-23,A001,A,1.001193,older,2026-11-23T08:01:00.000+07:00,"
            "2026-11-23T08:11:00.000+07:00,2026-11-23T08:12:00.000+07:00,"
            "2026-11-23T08:32:00.000+07:00,1,transferred,0,,,600.000,1200.000,no"
        ),
        (
            "2026-11-23,A002,A,,,2026-11-23T08:02:00.000+07:00,,,2026-11-23T08:33:00.000+07:00,,"
            "cancelled,1,,,,,no"
        ),
        (
            "2026-11-23,A001,H,1.001193,older,2026-11-23T08:32:00.000+07:00,"
            "2026-11-23T08:40:00.000+07:00,2026-11-23T08:41:00.000+07:00,"
            "2026-11-23T08:50:00.000+07:00,2,done,0,,,480.000,540.000,no"
        ),
    ]


def test_an_interval_that_was_not_measured_is_an_empty_cell_and_says_so(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 An takes A
    """
    story.do(c.CallNext(1), moment("09:00", "noon"))
    story.do(c.StartService(1), moment("09:01", "noon"))
    story.do(c.FinishTicket(1, "done"), moment("09:06", "noon"))
    [row] = csv.DictReader(rows(told(story).legs))
    assert (row["wait_s"], row["service_s"], row["uncertain"]) == ("", "300.000", "yes")
    [back] = read_visits(rows(told(story).legs), HUE)
    assert (back.measured("wait"), back.measured("service")) == (None, 300.0)
    assert back.measured("centre") is None


def test_the_counter_is_named_only_when_asked() -> None:
    [without], [with_counter] = (
        list(csv.DictReader(rows(ward_day(workdays(at("08:00").date(), 1)[0], 1, 2).legs[:1], **o)))
        for o in ({}, {"counters": True})
    )
    assert with_counter["counter"] == "1"
    assert without == {**with_counter, "counter": ""}


def test_what_was_written_is_read_back() -> None:
    legs = ward_day(at("08:00").date(), 3, 300).legs
    back = read_visits(rows(legs, counters=True), HUE)
    assert len(back) == len(legs)
    for old, new in zip(legs, back, strict=True):
        same = ("day", "ticket", "service", "procedure", "priority", "counter", "outcome", "ahead",
                "leg", "uncertain")  # fmt: skip
        assert [getattr(old, name) for name in same] == [getattr(new, name) for name in same]
        for interval in ("wait", "way", "service", "left", "centre"):
            assert new.measured(interval) == pytest.approx(old.measured(interval), abs=0.002)


def test_the_second_row_of_a_transferred_number_is_its_second_leg() -> None:
    back = read_visits(
        [
            "day,ticket,service,issued_at,outcome",
            "2026-11-23,7,A,28800,transferred",
            "2026-11-23,7,H,29000,done",
            "2026-11-24,7,A,28800,done",
            "2026-11-24,7,H,28900,done",
        ],
        HUE,
    )
    assert [leg.leg for leg in back] == [1, 2, 1, 1]


def test_four_columns_are_enough() -> None:
    [leg] = read_visits(["ticket,day,issued_at,service", "7,2026-11-23,28800,A"], HUE)
    assert (leg.day, leg.ticket, leg.service, leg.outcome) == ("2026-11-23", "7", "A", "")
    assert (leg.issued_at, leg.called_at, leg.wait_s) == (at("08:00"), None, None)


@pytest.mark.parametrize(
    "times",
    [
        ("28800", "29400.5", "29460"),
        ("2026-11-23T08:00:00+07:00", "2026-11-23T01:10:00.500Z", "2026-11-23T08:11:00+07:00"),
        ("2026-11-23T08:00:00", "2026-11-23 08:10:00.500", "2026-11-23T08:11"),
        ("08:00", "8:10:00.500", "08:11:00"),
    ],
)
def test_times_are_iso_or_seconds_since_midnight(times: tuple[str, str, str]) -> None:
    header = "day;ticket;service;issued_at;called_at;started_at"  # as spreadsheets here save it
    [leg] = read_visits([header, ";".join(("2026-11-23", "7", "A", *times))], HUE)
    assert (leg.issued_at, leg.started_at) == (at("08:00"), at("08:11"))
    assert leg.called_at == datetime(2026, 11, 23, 1, 10, 0, 500_000, UTC)
    assert (leg.wait_s, leg.way_s) == (600.5, 59.5)


def test_measured_durations_go_before_the_difference_of_times() -> None:
    [leg] = read_visits(
        ["day,ticket,service,issued_at,called_at,wait_s", "2026-11-23,7,A,28800,99000,600"], HUE
    )
    assert leg.wait_s == 600


def test_those_who_left_have_waited_until_they_went() -> None:
    header = "day,ticket,service,issued_at,finished_at,outcome"
    gone, open_still = read_visits(
        [header, "2026-11-23,7,A,28800,30000,cancelled", "2026-11-23,8,A,28800,,"], HUE
    )
    assert (gone.left_after_s, open_still.left_after_s) == (1200, None)


def test_counters_with_names_keep_apart() -> None:
    header = "day,ticket,service,issued_at,counter"
    legs = read_visits(
        [header, *(f"2026-11-23,7,A,1,{name}" for name in ("3", "Quầy B", "Quầy C", "Quầy B", ""))],
        HUE,
    )
    assert [leg.counter for leg in legs] == [3, 1001, 1002, 1001, None]


_HEAD = "day,ticket,service,issued_at,called_at,wait_s,uncertain"
_WRONG = {
    "2026-02-30,1,A,28800": "2026-02-30 is no date: write YYYY-MM-DD.",
    "2026-11-23,2,A,28800,28700": "called_at is before issued_at.",
    "2026-11-23,,A,28800": "ticket is empty.",
    "2026-11-23,4,A,": "issued_at is empty.",
    "2026-11-23,5,A,soon": "issued_at is written in another form than the rows before: use ISO "
    "8601 or seconds since midnight, one of them in the whole file.",
    "2026-11-23,6,A,28800,,-5": "wait_s: -5 is no number from 0 up.",
    "2026-11-23,7,A,28800,,nan": "wait_s: nan is no number from 0 up.",
    "2026-11-23,8,A,28800,,,perhaps": "uncertain is perhaps: write yes or no.",
    "2026-11-23,9,A,999999": "issued_at: 999999 is no time: write ISO 8601 or seconds since "
    "midnight.",
    "2026-11-23,10": "issued_at is empty.",
    "2026-11-23,11,,28800": "service is empty.",
}


def test_every_wrong_row_is_told_with_its_number() -> None:
    assert refused(_HEAD, "2026-11-23,0,A,28800", "", *_WRONG) == [
        f"Row {row}: {sentence}" for row, sentence in enumerate(_WRONG.values(), 4)
    ]


@pytest.mark.parametrize(
    "time", ["25:00", "soon", "2026-11-23", "23/11/2026 08:00", "2026-11-23T08:61:00", ":", "T"]
)
def test_what_is_no_time_is_named(time: str) -> None:
    assert refused("day,ticket,service,issued_at", f"2026-11-23,7,A,{time}") == [
        f"Row 2: issued_at: {time} is no time: write ISO 8601 or seconds since midnight."
    ]


def test_a_time_of_another_day_is_refused() -> None:
    assert refused("day,ticket,service,issued_at", "2026-11-23,7,A,2025-11-23T08:00:00") == [
        "Row 2: issued_at is not on the day of the row."
    ]


def test_two_forms_of_time_in_one_file_are_refused() -> None:
    [sentence] = refused(
        "day,ticket,service,issued_at", "2026-11-23,7,A,28800", "2026-11-23,8,A,08:10"
    )
    assert sentence.startswith("Row 3: issued_at is written in another form")


def test_good_rows_can_be_had_beside_the_bad() -> None:
    lines = ["day,ticket,service,issued_at", "x,7,A,1", "2026-11-23,8,Z,2"]
    found = list(scan_visits(lines, HUE))
    assert isinstance(found[0], Problem)
    assert found[0].row == 2
    assert isinstance(found[1], Leg)  # a service never seen is a service all the same


def test_a_refusal_tells_twenty_rows_and_how_many_there_are() -> None:
    with pytest.raises(VisitsError) as refusal:
        read_visits(["day,ticket,service,issued_at", *["x,7,A,1"] * 1000], HUE)
    assert (refusal.value.code, refusal.value.count) == ("visits.invalid", 1000)
    assert len(refusal.value.problems) == 20
    assert str(refusal.value) == "Row 2: x is no date: write YYYY-MM-DD."


def _pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n\xff\xfe\x00\x01")


def _windows_1258(path: Path) -> None:
    path.write_bytes("day,ticket,service,issued_at\n2026-11-23,7,Hộ tịch,1\n".encode("utf-16"))


@pytest.mark.parametrize(
    ("make", "code", "words"),
    [
        (_pdf, "visits.unreadable", "visits.csv is not text in UTF-8: save it as “CSV UTF-8”."),
        (_windows_1258, "visits.unreadable", "not text in UTF-8"),
        (lambda path: path.mkdir(), "visits.unreadable", "visits.csv cannot be read: "),
        (lambda _: None, "visits.unreadable", "No such file"),
        (lambda path: path.write_text(""), "visits.columns", "day, ticket, service, issued_at"),
        (lambda path: path.write_text("day,ticket\n"), "visits.columns", "service, issued_at"),
        (lambda path: path.write_text("\n\n\n"), "visits.columns", "visits.csv lacks the columns"),
    ],
)
def test_a_file_that_is_no_such_file_is_refused_in_a_sentence(
    tmp_path: Path, make: Callable[[Path], object], code: str, words: str
) -> None:
    file = tmp_path / "visits.csv"
    make(file)
    with pytest.raises(ReportError) as refusal:
        read_visits(file, HUE)
    assert refusal.value.code == code
    assert words in str(refusal.value)


def test_a_file_is_read_with_the_mark_some_programs_put_before_it(tmp_path: Path) -> None:
    file = tmp_path / "visits.csv"
    file.write_text("day,ticket,service,issued_at\r\n2026-11-23,7,Đ,28800\r\n", "utf-8-sig")
    [leg] = read_visits(file, HUE)
    assert leg.service == "Đ"


def test_a_file_without_rows_has_no_visits() -> None:
    assert read_visits(["day,ticket,service,issued_at"], HUE) == []


def test_a_first_time_that_is_none_does_not_decide_the_form_of_the_others() -> None:
    told = refused("day,ticket,service,issued_at", "2026-11-23,1,A,8h", "2026-11-23,2,A,28800")
    assert told == ["Row 2: issued_at: 8h is no time: write ISO 8601 or seconds since midnight."]
