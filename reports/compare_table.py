"""Two periods beside each other as a table, and how its figures came about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.reports.compare_days import REASONS
from motcua.reports.table import Column, Figure, Kind, Table, Value

if TYPE_CHECKING:
    from motcua.reports.compare import Comparison
    from motcua.reports.compare_days import Side
    from motcua.reports.compared import Compared
    from motcua.reports.resample import Change
    from motcua.reports.wording import Wording

_LOADS = {
    "open_hour": "People for each hour a counter was open",
    "hour": "People an hour",
    "day": "People a day",
}
_INTERVAL = (
    "“From … to”: 95% interval from drawing days again, not people, and a little wider where days "
    "are few; the same days give the same interval."
)
_EQUALLY_BUSY = (
    "“Both equally busy”: days are sorted by how busy they were, and among days about as busy both "
    "times weigh the same. It tells what changed besides the number of people; who opened more "
    "counters sees that in the first change alone."
)
_STOPWATCH = (
    "A stopwatch sheet begins when somebody came in, the machine when the number was taken: have "
    "the clerk write the moment of taking the number."
)


def comparison_table(compared: Compared, wording: Wording) -> Table:
    """Return two periods beside each other, with the changes and their intervals."""
    names = ("before", "after", "change", "from", "to")
    columns = (Column("", Kind.TEXT), *(Column(wording.say(name)) for name in names))
    rows = (*_changes(compared.result, wording), *_counts(compared.result, wording))
    notes = [
        wording.say(_INTERVAL),
        wording.say("A share changes by percentage points."),
        *([wording.say(_EQUALLY_BUSY)] if compared.result.adjusted.median else []),
        *([wording.say(_STOPWATCH)] if compared.sheet else []),
        _left_out(compared.result.before, compared.result.after, wording),
    ]
    title = wording.say("Before and after")
    return Table("comparison", title, columns, rows, " ".join(notes))


def _counts(result: Comparison, wording: Wording) -> Iterator[tuple[Value, ...]]:
    """Yield the rows that have no change: how much there is to compare, and what is left out."""
    before, after = result.before, result.after
    blank = (None, None, None)
    yield wording.say("Days compared"), before.days, after.days, *blank
    for why, words in REASONS.items():
        counts = [one.reasons.get(why, 0) for one in (before, after)]
        if any(counts):
            name = wording.say("Days left out: %(why)s", why=wording.say(words))
            yield name, *counts, *blank
    yield wording.say("People who came"), before.people, after.people, *blank
    shares = (before.missing_share, after.missing_share)
    yield wording.say("Of those who came, wait not known"), *_figures(Kind.PERCENT, *shares), *blank
    yield wording.say("People called"), before.n, after.n, *blank
    if before.outside or after.outside:
        name = wording.say("People in hours or services not compared")
        yield name, before.outside, after.outside, *blank
    loads = _figures(Kind.DECIMAL, *result.adjusted.loads)
    yield wording.say(_LOADS[result.adjusted.basis]), *loads, *blank


def _changes(result: Comparison, wording: Wording) -> Iterator[tuple[Value, ...]]:
    before, after, adjusted = result.before, result.after, result.adjusted
    medians, shares = (before.median_s, after.median_s), (before.share, after.share)
    wait, within = wording.say("Median wait, minutes"), wording.say("Called within the target")
    yield wait, *_row(Kind.MINUTES, medians, result.median)
    yield within, *_row(Kind.PERCENT, shares, result.share)
    if adjusted.medians_s and adjusted.shares:
        busy = wording.say("both equally busy")
        yield f"{wait}, {busy}", *_row(Kind.MINUTES, adjusted.medians_s, adjusted.median)
        yield f"{within}, {busy}", *_row(Kind.PERCENT, adjusted.shares, adjusted.share)


def _row(
    kind: Kind, sides: tuple[float | None, float | None], change: Change | None
) -> tuple[Value, ...]:
    told = (change.value, change.low, change.high) if change else (None, None, None)
    return _figures(kind, *sides, *told)


def _figures(kind: Kind, *values: float | None) -> tuple[Value, ...]:
    return tuple(None if value is None else Figure(value, kind) for value in values)


def _left_out(before: Side, after: Side, wording: Wording) -> str:
    days = [
        f"{wording.day(day)} ({wording.say(REASONS[why])})"
        for day, why in (*before.left_out, *after.left_out)
    ]
    if not days:
        return wording.say("No day was left out.")
    return wording.say("Left out: %(days)s.", days=", ".join(days))
