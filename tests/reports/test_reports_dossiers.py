"""Dossiers counted: the log stands in the docstring, the sums in the asserts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.day_table import Leg
from motcua.reports.dossier_counters import Counters, counted
from motcua.reports.dossier_due import DueDays
from motcua.reports.dossiers import (
    LATE,
    ON_TIME,
    Channel,
    Dossier,
    Share,
    Status,
    Sums,
    Tally,
    progress,
    published,
    settled_on_time,
    status_of,
    tally,
)
from motcua.reports.period import Period
from tests.reports.dossier_log import rules
from tests.reports.report_days import MONDAY, leg, table

JULY = Period(date(2025, 7, 1), date(2025, 7, 31))
_CHANNELS = {"online": Channel.ONLINE, "helped": Channel.ASSISTED, "counter": Channel.IN_PERSON}


def _day(text: str) -> date | None:
    day, _, month = text.partition("/")
    return date(2025, int(month), int(day)) if text != "–" else None


def told(text: str | None) -> Iterator[Dossier]:
    """Yield the dossiers of a log: day of receiving, due day, day of the result, how it came."""
    for line in filter(None, map(str.strip, (text or "").splitlines())):
        received, due, settled, channel, *closed = line.split()
        came = _day(received)
        assert came is not None
        yield Dossier("x", came, _CHANNELS[channel], _day(due), _day(settled), bool(closed))


@pytest.fixture
def log(request: pytest.FixtureRequest) -> list[Dossier]:
    """The dossiers in the docstring of the test."""
    return list(told(request.function.__doc__))


def test_a_july_worked_by_hand(log: list[Dossier]) -> None:
    """
    01/7 04/7 03/7 online
    02/7 04/7 04/7 online
    02/7 04/7 05/7 counter
    10/7 31/7 –    helped
    10/7 30/7 –    online
    11/7 30/7 01/8 online
    12/7 –    20/7 counter
    12/7 –    –    online
    14/7 18/7 16/7 counter withdrawn
    20/6 30/6 02/7 counter
    20/6 05/7 02/7 counter
    20/6 05/7 –    counter
    20/6 30/8 –    counter
    01/6 05/6 30/6 counter
    01/8 05/8 –    online
    """
    counts = tally(log, JULY, JULY.last)
    received, carried = counts.sums(), counts.sums_carried()
    assert received.by_status == {
        Status.EARLY: 1,  # 01/7, the day before it was due
        Status.ON_DAY: 1,  # 02/7, on the day itself
        Status.LATE: 1,  # 02/7, the day after
        Status.WITHIN: 1,  # due on the last day of the month: not over yet
        Status.OVERDUE: 2,  # due on the 30th; the one settled in August was open then
        Status.SETTLED_UNDATED: 1, Status.OPEN_UNDATED: 1, Status.CLOSED: 1,
    }  # fmt: skip
    assert (received.dossiers, received.online) == (9, 6)
    assert received.by_channel == {
        Channel.ONLINE: 5, Channel.ASSISTED: 1, Channel.IN_PERSON: 3
    }  # fmt: skip
    assert carried.by_status == {
        Status.LATE: 1, Status.EARLY: 1, Status.OVERDUE: 1, Status.WITHIN: 1
    }  # fmt: skip
    assert counts.outside == 2  # settled in June, received in August
    assert counts.latest == date(2025, 8, 1)
    assert published(received) == {
        "online": Share(6, 9), "on_time": Share(2, 9), "overdue": Share(3, 9),
        "in_process": Share(1, 9), "other": Share(3, 9),
    }  # fmt: skip
    assert settled_on_time(received, carried) == Share(2 + 1, 2 + 1 + 1 + 1)
    assert progress(received, carried) == Share((2 + 1) + (1 + 1), 9 + 4)


def test_what_happened_later_had_not_happened_yet(log: list[Dossier]) -> None:
    """
    10/7 30/7 05/8 online
    10/7 05/8 05/8 online
    10/7 30/7 05/8 online withdrawn
    """
    assert tally(log, JULY, JULY.last).sums().by_status == {Status.OVERDUE: 2, Status.WITHIN: 1}
    later = tally(log, JULY, date(2025, 8, 5)).sums()
    assert later.by_status == {Status.LATE: 1, Status.ON_DAY: 1, Status.CLOSED: 1}
    early = tally(log, JULY, date(2025, 7, 9))
    assert (early.sums().dossiers, early.outside) == (0, 3)  # nobody had come yet


def test_a_share_of_nothing_is_none() -> None:
    empty = tally([], JULY, JULY.last)
    assert empty.latest is None
    assert [share.value for share in published(empty.sums()).values()] == [None] * 5
    assert progress(empty.sums(), empty.sums_carried()).value is None


_DAYS = st.dates(date(2025, 6, 1), date(2025, 8, 31))
_DOSSIERS = st.lists(
    st.builds(
        Dossier, st.sampled_from("abc"), _DAYS, st.sampled_from(Channel), st.none() | _DAYS,
        st.none() | _DAYS, st.booleans(), st.booleans(),
    )
)  # fmt: skip


def _split(counts: Tally) -> tuple[Sums, Sums]:
    return counts.sums(), counts.sums_carried()


@given(_DOSSIERS)
def test_every_dossier_is_counted_once_and_the_parts_are_the_whole(log: list[Dossier]) -> None:
    counts = tally(log, JULY, JULY.last)
    received, carried = _split(counts)
    assert received.dossiers + carried.dossiers + counts.outside == len(log)
    for sums in (received, carried):
        assert sum(sums.by_channel.values()) == sums.dossiers
        shares = published(sums)
        parts = [shares[name].part for name in ("on_time", "overdue", "in_process", "other")]
        assert (sum(parts), min(parts) >= 0) == (sums.dossiers, True)


@given(_DOSSIERS, st.randoms(use_true_random=False))
def test_the_order_of_dossiers_does_not_matter(log: list[Dossier], random: Random) -> None:
    mixed = list(log)
    random.shuffle(mixed)
    assert tally(mixed, JULY, JULY.last) == tally(log, JULY, JULY.last)


@given(_DOSSIERS, st.dates(date(2025, 7, 1), date(2025, 7, 30)))
def test_two_halves_of_a_period_receive_what_the_whole_receives(
    log: list[Dossier], cut: date
) -> None:
    whole = tally(log, JULY, JULY.last).sums()
    first = tally(log, Period(JULY.first, cut), JULY.last).sums()
    second = tally(log, Period(cut + timedelta(days=1), JULY.last), JULY.last).sums()
    for status in Status:
        assert whole.of(status) == first.of(status) + second.of(status)


@given(_DAYS, st.none() | _DAYS, st.none() | _DAYS, _DAYS, _DAYS)
def test_time_settles_and_makes_overdue_but_undoes_neither(
    received: date, due: date | None, settled: date | None, one: date, other: date
) -> None:
    dossier = Dossier("a", received, due=due, settled=settled)
    earlier, later = (status_of(dossier, day) for day in sorted((one, other)))
    if earlier in (*ON_TIME, Status.LATE, Status.SETTLED_UNDATED):
        assert later is earlier
    if earlier is Status.OVERDUE:
        assert later in LATE


def test_the_counters_tell_what_they_saw_and_nothing_more() -> None:
    """Monday 23 November 2026, 10:00, procedure 2.001035 (2 working days, so due on Wednesday).

    Seven people submit and get a receipt, one of them files online with help; two get their result
    at once, one of whom stated no purpose; three collect a result; one asks and has the answer; one
    left. Ten days before, on Friday the 13th, one dossier was taken: due on Tuesday the 17th; the
    Friday before this Monday another: due on Tuesday the 24th.
    """
    legs = [
        *(_leg("received", "submit") for _ in range(6)), _leg("received", "assist"),
        _leg("done", "submit"), _leg("done", None), *(_leg("done", "collect") for _ in range(3)),
        _leg("done", "ask"), _leg("cancelled", "submit"),
    ]  # fmt: skip
    before = [(_leg("received", "submit", day), day) for day in (_back(10), _back(3))]
    days = [*(table([one], day) for one, day in before), table(legs)]
    whole, week = rules(), Period(MONDAY, MONDAY + timedelta(days=6))
    dues = DueDays(whole.procedures, whole.hours)
    counts, seen = counted(days, week, MONDAY, dues, whole.hours)
    assert seen == Counters(taken=7, at_once=2, handed_out=3, due=7 + 1)
    sums = counts.sums()
    assert sums.by_status == {Status.AWAITED: 7, Status.EARLY: 2}
    assert sums.by_channel == {Channel.IN_PERSON: 8, Channel.ASSISTED: 1}
    assert counts.carried == {}
    # On Thursday the seven are over their day: not known, and never called overdue.
    later = counted(days, week, MONDAY + timedelta(days=3), dues, whole.hours)[0].sums()
    assert later.by_status == {Status.UNSEEN: 7, Status.EARLY: 2}
    assert later.of(*LATE) == 0


def _leg(outcome: str, purpose: str | None, day: date = MONDAY) -> Leg:
    return leg("10:00", day, outcome=outcome, purpose=purpose, procedure="2.001035")


def _back(days: int) -> date:
    return MONDAY - timedelta(days=days)


def test_a_dossier_without_a_readable_limit_is_told_as_such() -> None:
    whole = rules()
    dues = DueDays(whole.procedures, whole.hours)
    legs = [leg(outcome="received", procedure=code) for code in ("1.000894", "9.999999", None)]
    sums = counted([table(legs)], Period(MONDAY, MONDAY), MONDAY, dues, whole.hours)[0].sums()
    assert sums.by_status == {Status.UNSEEN_UNDATED: 3}
