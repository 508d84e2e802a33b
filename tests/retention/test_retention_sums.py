"""Sums say what the rows said: counts and means exactly, quantiles to 15 seconds."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.day_table import DayTable
from motcua.month_table import BIN_S, MonthTable, Source, from_bytes, heading_of, times, to_bytes
from motcua.reports.columns import collect
from motcua.reports.compare import compare
from motcua.reports.hiding import told
from motcua.reports.kept import held_day
from motcua.reports.measures import Measures, dimensions, measure
from motcua.reports.repeated import Repeated, joined
from motcua.reports.spread import FEWEST, quantile, spread
from motcua.reports.sums import summed
from tests.reports.report_days import HUE, TARGET_S, left, leg, table, waited, ward_day, workdays

_MONDAY = date(2025, 1, 6)
_durations = st.lists(st.floats(0, 30_000), max_size=60)


def field_of(code: str) -> str:
    return {"1.001193": "Hộ tịch"}.get(code, "Khác")


def as_month(days: Sequence[DayTable]) -> MonthTable:
    columns = collect(days, HUE)
    open_s = {day.day: sum(day.open_s.values()) for day in days}
    return summed("2025-01", columns, dimensions(columns, field_of), open_s)


def by_rows(days: Sequence[DayTable]) -> Measures:
    return measure(days, TARGET_S, HUE, field_of)


def by_sums(*days: DayTable, rows: Sequence[DayTable] = ()) -> Measures:
    return measure(rows, TARGET_S, HUE, field_of, [as_month(days)])


@given(_durations, _durations, st.floats(0, 1))
def test_a_quantile_is_right_to_half_a_bin(exact: list[float], held: list[float], p: float) -> None:
    both = Repeated(sorted(exact), times(held))
    every = sorted(exact + held)
    assert len(both) == len(every) == len(list(both))
    assert both.sum_s == pytest.approx(sum(every))
    if every:
        assert quantile(both, p) == pytest.approx(quantile(every, p), abs=BIN_S / 2 + 1e-6)
        assert spread(both).mean_s == pytest.approx(sum(every) / len(every))


@given(_durations, st.integers(0, 60))
def test_a_share_within_whole_half_minutes_is_exact(held: list[float], halves: int) -> None:
    target_s = 30.0 * halves
    assert bisect_right(Repeated([], times(held)), target_s) == bisect_right(sorted(held), target_s)


@given(_durations, _durations)
def test_months_add_up(some: list[float], more: list[float]) -> None:
    together = joined(times(some), times(more))
    assert together.bins == times(some + more).bins
    assert together.sum_s == pytest.approx(sum(some + more))


def test_a_month_by_hand() -> None:
    """
    Six people called after 1, 2, 3, 4, 5 and 20 minutes; target 15
    one gave up after 16 minutes, one after 2
    four people of another service
    """
    day = table(
        [*waited(1, 2, 3, 4, 5, 20), *left(16, 2), *waited(1, 1, 1, 1, service="H")], _MONDAY
    )
    month = as_month([day])
    assert month.total.n == 12
    assert month.total.ends == {"done": 10, "cancelled": 2}
    assert month.total.times["wait"].bins == {2: 5, 4: 1, 6: 1, 8: 1, 10: 1, 40: 1}
    assert month.total.times["wait"].sum_s == 39 * 60
    # Four people are too few, and the eight others would tell them: neither is kept apart.
    assert month.cells["service"] == []
    [(key, cell)] = month.cells["day"]
    assert (key, cell.n) == (_MONDAY.isoformat(), 12)
    told = by_sums(day)
    assert (told.within.within, told.within.late, told.within.left_late) == (9, 1, 1)
    assert told.within == by_rows([day]).within
    assert told.wait.mean_s == 234


def test_sums_and_rows_measure_the_same() -> None:
    days = [ward_day(day, 3) for day in workdays(_MONDAY, 15)]
    rows, sums = by_rows(days), by_sums(*days)
    for name in ("days", "legs", "visits", "within", "ends", "transfers", "uncertain", "unsure",
                 "load", "loads", "open_s", "papers"):  # fmt: skip
        assert getattr(rows, name) == getattr(sums, name), name
    for name in ("wait", "way", "service", "visit_wait", "visit_service", "centre"):
        exact, near = getattr(rows, name), getattr(sums, name)
        assert (exact.n, near.mean_s) == (near.n, pytest.approx(exact.mean_s))
        assert near.median_s == pytest.approx(exact.median_s, abs=15)
        assert near.p90_s == pytest.approx(exact.p90_s, abs=15)
    assert (sums.travel.trips, sums.travel.referrals) == (
        rows.travel.trips, rows.travel.referrals
    )  # fmt: skip


def test_told_waits_are_still_scored_when_the_rows_are_gone() -> None:
    """Told 5 to 10 minutes; six called after 7, six after 3, six after 14; one left after 12."""
    told: dict[str, Any] = {"low_s": 300, "high_s": 600}
    day = table([*waited(*[7] * 6, *[3] * 6, *[14] * 6, **told), *left(12, **told)], _MONDAY)
    rows, sums = by_rows([day]).forecast, by_sums(day).forecast
    for one in (rows, sums):
        every = one.every
        assert (every.inside, every.shorter, every.longer, every.left_longer) == (6, 6, 6, 1)
        assert one.by_service == {"A": every}
    assert (rows.every.shorter_by_s, rows.every.longer_by_s) == (120, 240)
    assert sums.every.shorter_by_s == pytest.approx(120, abs=15)
    assert sums.every.longer_by_s == pytest.approx(240, abs=15)


@given(st.integers(0, 12))
def test_it_does_not_matter_where_the_rows_end(cut: int) -> None:
    days = [ward_day(day, 4, people=30) for day in workdays(_MONDAY, 12)]
    part = by_sums(*days[:cut], rows=days[cut:])
    whole = by_rows(days)
    assert (part.legs, part.within, part.ends) == (whole.legs, whole.within, whole.ends)
    assert part.wait.n == whole.wait.n
    assert part.wait.median_s == pytest.approx(whole.wait.median_s, abs=15)


def test_small_cells_are_folded_into_the_totals() -> None:
    days = [ward_day(day, 5, people=40) for day in workdays(_MONDAY, 5)]
    month = as_month(days)
    for cells in month.cells.values():
        kept = [tally.n for _, tally in cells]
        rest = month.total.n - sum(kept)
        assert min(kept, default=FEWEST) >= FEWEST
        assert rest == 0 or rest >= FEWEST or not kept  # or what is folded could be reckoned
    assert all(people >= FEWEST for *_, people in (*month.referred, *month.missing))
    assert month.referrals == sum(sum(day.referrals.values()) for day in days)


@given(st.dictionaries(st.integers(), st.integers(1, 30), max_size=9))
def test_what_is_not_told_cannot_be_reckoned_from_the_total(sizes: dict[int, int]) -> None:
    shown = told(sizes)
    hidden = [people for key, people in sizes.items() if key not in shown]
    assert all(sizes[key] >= FEWEST for key in shown)
    assert not hidden or not shown or (len(hidden) > 1 and sum(hidden) >= FEWEST)
    if all(people >= FEWEST for people in sizes.values()):
        assert not hidden


def test_days_of_sums_are_compared_as_days() -> None:
    days = [ward_day(day, 6) for day in workdays(_MONDAY, 20)]
    month = as_month(days[:10])
    held = [held_day(month, day, TARGET_S) for day in sorted(month.days)]
    exact = compare(days[:10], days[10:], TARGET_S)
    near = compare(held, days[10:], TARGET_S)
    assert (near.before.n, near.before.share) == (exact.before.n, exact.before.share)
    assert near.before.people == exact.before.people
    assert near.median is not None
    assert exact.median is not None
    assert near.median.value == pytest.approx(exact.median.value, abs=15)


def test_a_file_of_a_month_is_read_as_it_was_written() -> None:
    month = as_month([ward_day(_MONDAY, 7), ward_day(_MONDAY + timedelta(days=1), 7)])
    source = Source("2025-01-06", ("2025-01",), "12-ab", 1, 90, "boot", 3.5)
    data = to_bytes(month, "2026-02-02", [source])
    read, heading = from_bytes(data)
    assert read == month
    assert (heading.closed, heading.sources) == ("2026-02-02", (source,))
    for place in range(0, len(data), 97):
        spoilt = bytearray(data)
        spoilt[place] ^= 1
        with pytest.raises(ValueError, match=r"checksum|newer|known|malformed|truncated|trailing"):
            from_bytes(bytes(spoilt))


def test_a_month_of_a_newer_version_is_not_guessed_at() -> None:
    data = to_bytes(as_month([table([leg()], _MONDAY)]), "2026-02-02", [])
    newer = data.splitlines()[0][9:].replace(b'"v":1', b'"v":2')
    with pytest.raises(ValueError, match="newer version"):
        heading_of(b"%08x %s" % (zlib.crc32(newer), newer))
