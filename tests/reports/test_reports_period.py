"""Ranges of days: asked for in an address, stepped through, refused with a code."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.reports.choice import question
from motcua.reports.period import Period, ReportError, around, asked

_TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("span", "first", "last", "before", "after"),
    [
        ("day", "2026-11-23", "2026-11-23", "2026-11-22", "2026-11-24"),
        ("week", "2026-11-23", "2026-11-29", "2026-11-16", "2026-11-30"),
        ("month", "2026-11-01", "2026-11-30", "2026-10-01", "2026-12-01"),
        ("quarter", "2026-10-01", "2026-12-31", "2026-07-01", "2027-01-01"),
        ("year", "2026-01-01", "2026-12-31", "2025-01-01", "2027-01-01"),
    ],
)
def test_a_span_steps_by_itself(span: str, first: str, last: str, before: str, after: str) -> None:
    period = around(_TODAY, span)
    assert period == asked(first, last)
    assert period.span == span
    assert period.stepped(-1).first.isoformat() == before
    assert period.stepped(1).first.isoformat() == after
    assert period.stepped(1).stepped(-1) == period


def test_a_month_steps_to_a_whole_month_however_long() -> None:
    january = asked("2028-01-01", "2028-01-31")
    assert january.stepped(1) == asked("2028-02-01", "2028-02-29")
    assert january.stepped(-11) == asked("2027-02-01", "2027-02-28")


def test_any_other_range_steps_by_its_length() -> None:
    ten_days = asked("2026-11-10", "2026-11-19")
    assert (ten_days.span, ten_days.length) == (None, 10)
    assert ten_days.stepped(-1) == asked("2026-10-31", "2026-11-09")


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2026-02-30", "2026-03-01", "date.invalid"),
        ("2026-2-3", "2026-03-01", "date.invalid"),
        ("20260203", "2026-03-01", "date.invalid"),
        ("2026-W08-1", "2026-03-01", "date.invalid"),
        ("٢٠٢٦-٠٢-٠٣", "2026-03-01", "date.invalid"),
        ("0001-01-01", "0001-01-02", "date.invalid"),
        ("9999-12-31", "9999-12-31", "date.invalid"),
        ("", "2026-03-01", "date.invalid"),
        ("x" * 5000, "2026-03-01", "date.invalid"),
        ("2026-03-02", "2026-03-01", "range.invalid"),
        ("2016-03-01", "2026-03-01", "range.invalid"),
    ],
)
def test_what_is_no_range_is_refused(first: str, last: str, code: str) -> None:
    with pytest.raises(ReportError) as refusal:
        asked(first, last)
    assert (refusal.value.code, refusal.value.kind) == (code, "invalid")
    assert len(str(refusal.value)) < 200


def test_ten_years_are_a_range() -> None:
    assert asked("2016-03-02", "2026-03-01").length == 3652


def test_an_address_without_days_asks_for_today() -> None:
    assert question({}, _TODAY).period == Period(_TODAY, _TODAY)
    assert question({"from": "2026-11-02"}, _TODAY).period == asked("2026-11-02", "2026-11-02")
    assert question({"to": "2026-11-02"}, _TODAY).period == asked("2026-11-02", "2026-11-02")


def test_an_address_says_what_was_asked() -> None:
    args = {"from": "2026-11-02", "to": "2026-11-08", "compare_from": "2026-10-05",
            "compare_to": "2026-10-11"}  # fmt: skip
    assert question(args, _TODAY).query == args


def test_half_a_range_to_compare_with_is_refused() -> None:
    with pytest.raises(ReportError) as refusal:
        question({"compare_from": "2026-10-05"}, _TODAY)
    assert refusal.value.code == "range.invalid"
