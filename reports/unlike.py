"""What makes two periods hard to compare, whatever the figures say: length, season, holidays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

_FOUR_WEEKS = 26
"""Days from the Monday of the first to the Saturday of the fourth: less is less than four weeks."""
_TIMES_LONGER = 1.5
_MONTHS_SHARED = 0.5
_WEEKS_APART = 0.1


@dataclass(frozen=True, slots=True)
class Unlike:
    """One way in which two periods are not alike."""

    code: str
    """`short`, `lengths`, `season` or `holidays`."""
    before: int
    after: int
    """The days of either period it is about."""


def unlike(
    before: Sequence[str], after: Sequence[str], holidays: Collection[date]
) -> tuple[Unlike, ...]:
    """Return what a reader must know before believing a comparison.

    Args:
        before: days compared, ISO, oldest first.
        after: those of the later period.
        holidays: public holidays of the centre.
    """
    sides = tuple([date.fromisoformat(day) for day in days] for days in (before, after))
    if not all(sides):
        return ()
    counts = [len(days) for days in sides]
    weeks = {day.isocalendar()[:2] for day in holidays}
    in_weeks = [sum(day.isocalendar()[:2] in weeks for day in days) for days in sides]
    shares = [days / count for days, count in zip(in_weeks, counts, strict=True)]
    short = min((days[-1] - days[0]).days + 1 for days in sides) < _FOUR_WEEKS
    found = {
        "short": short,
        "lengths": not short and max(counts) >= _TIMES_LONGER * min(counts),
        "season": _months_shared(*sides) < _MONTHS_SHARED,
        "holidays": abs(shares[1] - shares[0]) > _WEEKS_APART,
    }
    return tuple(
        Unlike(code, *(in_weeks if code == "holidays" else counts))
        for code, is_so in found.items()
        if is_so
    )


def _months_shared(before: Sequence[date], after: Sequence[date]) -> float:
    """Return how much of the periods lies in the same months of the year, 0 … 1."""
    shares = [
        {month: days / len(side) for month, days in Counter(day.month for day in side).items()}
        for side in (before, after)
    ]
    return sum(min(share, shares[1].get(month, 0.0)) for month, share in shares[0].items())
