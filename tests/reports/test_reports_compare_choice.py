"""What a report may be compared with, from the list on the screen or from an address."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.reports.choice import choice, question
from motcua.reports.compare_choice import a_year_before
from motcua.reports.period import Period, ReportError, around
from motcua.reports.wording import Wording
from motcua.words import Words
from tests.queue.queue_story import RULES

_TODAY = date(2026, 11, 23)
_OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
_ASKED = {"from": "2026-10-01", "to": "2026-10-31"}
_WORDING = Wording(Words(), "en", RULES)


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (_OCTOBER, around(date(2025, 10, 1), "month")),
        (around(date(2024, 2, 29), "month"), Period(date(2023, 2, 1), date(2023, 2, 28))),
        (around(_TODAY, "quarter"), around(date(2025, 11, 1), "quarter")),
        (around(_TODAY, "year"), around(date(2025, 1, 1), "year")),
        (around(_TODAY, "week"), Period(date(2025, 11, 24), date(2025, 11, 30))),
        (Period(date(2024, 2, 29), date(2024, 2, 29)), Period(date(2023, 3, 2), date(2023, 3, 2))),
    ],
)
def test_a_year_ago_is_the_same_month_or_the_same_weekdays(period: Period, earlier: Period) -> None:
    assert a_year_before(period) == earlier
    if period.span not in ("month", "quarter", "year"):
        assert a_year_before(period).first.isoweekday() == period.first.isoweekday()


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ({}, None),
        ({"compare": ""}, None),
        ({"compare": "previous"}, around(date(2026, 9, 1), "month")),
        ({"compare": "year"}, around(date(2025, 10, 1), "month")),
        ({"compare_from": "2026-05-01", "compare_to": "2026-05-02"},
         Period(date(2026, 5, 1), date(2026, 5, 2))),
        ({"compare": "own", "compare_from": "2026-05-01", "compare_to": "2026-05-02"},
         Period(date(2026, 5, 1), date(2026, 5, 2))),
        ({"compare": "previous", "compare_from": "2026-05-01", "compare_to": "2026-05-02"},
         around(date(2026, 9, 1), "month")),
        ({"compare": "none", "compare_from": "2026-05-01", "compare_to": "2026-05-02"}, None),
    ],
)  # fmt: skip
def test_the_other_time_is_the_one_chosen(asked: dict[str, str], other: Period | None) -> None:
    assert question({**_ASKED, **asked}, _TODAY).other == other


def test_an_address_leads_back_to_the_same_question() -> None:
    for asked in (
        {"compare": "previous"}, {"compare": "year"}, {"compare": "sheet:may"}, {},
        {"compare_from": "2026-05-01", "compare_to": "2026-05-02"},
    ):  # fmt: skip
        first = question({**_ASKED, **asked}, _TODAY)
        assert question(first.query, _TODAY) == first


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"compare": "tomorrow"}, "compare.unknown"),
        ({"compare": "own"}, "range.invalid"),
        ({"compare": "own", "compare_from": "2026-05-01"}, "range.invalid"),
        ({"compare": "own", "compare_from": "2026-05-40", "compare_to": "x"}, "date.invalid"),
    ],
)
def test_what_cannot_be_compared_with_is_refused(asked: dict[str, str], code: str) -> None:
    with pytest.raises(ReportError) as refusal:
        question({**_ASKED, **asked}, _TODAY)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ({}, ""),
        ({"compare": "previous"}, "previous"),
        ({"compare": "year"}, "year"),
        ({"compare_from": "2026-05-01", "compare_to": "2026-05-02"}, "own"),
        ({"compare": "sheet:may"}, "sheet:may"),
    ],
)
def test_the_list_shows_what_is_chosen(asked: dict[str, str], chosen: str) -> None:
    offered = choice(question({**_ASKED, **asked}, _TODAY), _TODAY, _WORDING, ["may"]).compare
    assert [one.value for one in offered if one.chosen] == [chosen]
    assert [one.value for one in offered][1:] == ["previous", "year", "own", "sheet:may"]
    # Without a comparison, days typed beside the list shall count; with one, “none” ends it.
    assert offered[0].value == ("none" if asked else "")
