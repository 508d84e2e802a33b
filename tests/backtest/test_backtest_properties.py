"""What holds for every log: the order of rows means nothing, and nothing comes from the future."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import cache
from io import StringIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.backtest.answer import as_json
from motcua.backtest.replay import Foretelling, Replay
from motcua.backtest.simple_rules import SimpleWaits
from motcua.backtest.trial import tried
from motcua.queue.forecast import Forecaster
from tests.backtest.forecasters import Witness, log_of
from tests.backtest.worlds import WORLDS, rows

Row = dict[str, str]
Moment = tuple[str, float]
Key = tuple[str, str, str]
Foretold = tuple[tuple[float, float, float] | None, SimpleWaits]
_TIMES = ("issued_at", "called_at", "started_at", "finished_at")
_FATES = ("", "done", "received", "missed", "cancelled", "unserved", "transferred")
_COLUMNS = ("day", "ticket", "service", "priority", "counter", "outcome", *_TIMES)
_MOST_ROWS = 420


@cache
def log_rows(name: str, most: int = _MOST_ROWS) -> list[Row]:
    """Return the first rows of a world's log, times as seconds since midnight."""
    [world] = (world for world in WORLDS if world.name == name)
    header, *cells = (row for row, _ in zip(rows(world), range(most + 1), strict=False))
    return [dict(zip(header, row, strict=True)) for row in cells]


def as_lines(table: Sequence[Row]) -> list[str]:
    """Return the lines of a log."""
    buffer = StringIO()
    writer = csv.DictWriter(buffer, _COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(table)
    return buffer.getvalue().splitlines()


def foretold(table: Sequence[Row], forecaster: Foretelling) -> dict[Key, Foretold]:
    """Return what was foretold each row of a log."""
    found = {}
    for told in Replay(log_of(as_lines(table)), forecaster).run():
        forecast = told.forecast
        known = (forecast.point_s, forecast.low_s, forecast.high_s) if forecast else None
        found[told.row.day, told.row.ticket, told.row.service] = known, told.simple
    return found


@cache
def first_foretold(name: str, make: Callable[[], Foretelling]) -> dict[Key, Foretold]:
    """Return what was foretold in a world's log as it is."""
    return foretold(log_rows(name), make())


def moment_of(row: Row, column: str) -> Moment:
    """Return day and seconds of an event."""
    text = row[column]
    if ":" not in text:
        return row["day"], float(text)
    hour, minute, second = text[11:19].split(":")
    return text[:10], 3600.0 * int(hour) + 60.0 * int(minute) + int(second)


def later(moment: Moment, row: Row, column: str) -> bool:
    """Return whether an event of a row comes after a moment."""
    return bool(row[column]) and moment_of(row, column) > moment


def otherwise(table: Sequence[Row], moment: Moment, chance: Random) -> list[Row]:
    """Return a log that was the same up to a moment and went on in another way."""
    found = []
    for row in table:
        if later(moment, row, "issued_at"):
            if chance.random() < 0.5:
                found.append({**row, "service": chance.choice("AHX"), "priority": "gold"})
            continue
        changed = dict(row)
        ahead = [column for column in _TIMES if column in row and later(moment, row, column)]
        if ahead or not row.get("outcome"):
            changed["outcome"] = chance.choice(_FATES)
        if "called_at" in ahead:
            changed["counter"] = str(chance.randint(1, 9))
        for column in ahead:
            changed[column] = ""
        found.append(changed)
    return found


@pytest.mark.parametrize("name", ["ward", "call-centre", "round-the-clock", "carried-over"])
@pytest.mark.parametrize("make", [Witness, Forecaster])
@settings(max_examples=8)
@given(seed=st.integers(0, 10**6), place=st.floats(0.1, 0.95))
def test_nothing_after_a_moment_changes_what_was_foretold_before_it(
    name: str, make: Callable[[], Foretelling], seed: int, place: float
) -> None:
    table = log_rows(name)
    moment = moment_of(table[int(place * len(table))], "issued_at")
    before = {
        (row["day"], row["ticket"], row["service"])
        for row in table
        if not later(moment, row, "issued_at")
    }
    was = first_foretold(name, make)
    other = foretold(otherwise(table, moment, Random(seed)), make())  # noqa: S311 - no secret
    assert {key: other[key] for key in before} == {key: was[key] for key in before}


@pytest.mark.parametrize("name", ["ward", "round-the-clock", "ward-barest"])
@settings(max_examples=6)
@given(chance=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(name: str, chance: Random) -> None:
    table = log_rows(name)
    shuffled = chance.sample(table, len(table))
    answers = [as_json(tried(log_of(as_lines(rows)), Forecaster())) for rows in (table, shuffled)]
    assert answers[0] == answers[1]


_GAPS = st.one_of(st.none(), st.integers(0, 400))


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3), st.sampled_from("AB"), st.integers(0, 5000), _GAPS, _GAPS,
            st.sampled_from(_FATES), st.sampled_from(("", "1", "2", "x")),
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_log_is_scored_and_every_row_is_accounted_for(
    people: list[tuple[int, str, int, int | None, int | None, str, str]],
) -> None:
    table = []
    for n, (day, service, issued, wait, served, outcome, counter) in enumerate(people):
        called = None if wait is None else issued + wait
        ended = None if served is None else (called or issued) + served
        times = zip(("issued_at", "called_at", "finished_at"), (issued, called, ended), strict=True)
        row = {column: "" if at is None else str(at) for column, at in times}
        row |= {"day": f"2026-11-0{day}", "ticket": str(n % 7), "service": service}
        table.append({**row, "outcome": outcome, "counter": counter})
    answer = tried(log_of(as_lines(table)), Forecaster())
    counted = answer.whole.n + sum(answer.unscored.values()) + answer.disordered
    assert counted == answer.visits == len(table)
    for best, mean in ((answer.whole.band_coverage, 1.0), (answer.whole.mae_s, 1e6)):
        assert best is None or 0.0 <= best <= mean
