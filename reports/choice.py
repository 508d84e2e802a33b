"""What a report can be changed to from where it stands: spans, steps, and the question itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from motcua.reports.compare_choice import SHEET, Option, options, other_time
from motcua.reports.period import SPANS, Period, around, asked

if TYPE_CHECKING:
    from motcua.reports.wording import Wording

_SPAN_NAMES = dict(zip(SPANS, ("Day", "Week", "Month", "Quarter", "Year"), strict=True))
_STEPS = {
    "day": ("Day before", "Day after"),
    "week": ("Week before", "Week after"),
    "month": ("Month before", "Month after"),
    "quarter": ("Quarter before", "Quarter after"),
    "year": ("Year before", "Year after"),
    None: ("Time before", "Time after"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a period, and perhaps another to compare with."""

    period: Period
    other: Period | None = None
    sheet: str = ""
    """Name of the stopwatch sheet to compare with."""

    @property
    def query(self) -> dict[str, str]:
        """The question as the query of an address."""
        query = _query(self.period)
        if self.sheet:
            query["compare"] = f"{SHEET}{self.sheet}"
        if self.other:
            query |= {f"compare_{name}": day for name, day in _query(self.other).items()}
        return query


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another period."""

    label: str
    query: Mapping[str, str]
    current: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything the bar above a report offers."""

    query: Mapping[str, str]
    spans: tuple[Link, ...]
    previous: Link
    next: Link | None
    """None: it has not begun."""
    compare: tuple[Option, ...] = ()
    """What the period may be compared with."""


def question(args: Mapping[str, str], today: date) -> Question:
    """Return what an address asks for; today when it names no day.

    Raises:
        ReportError: `date.invalid`, `range.invalid` or `compare.unknown`.
    """
    first = args.get("from") or args.get("to") or today.isoformat()
    period = asked(first, args.get("to") or first)
    return Question(period, *other_time(args, period))


def choice(
    asked_for: Question, today: date, wording: Wording, sheets: Sequence[str] = ()
) -> Choice:
    """Return what the bar offers beside the question asked; `sheets`: names of those kept."""
    period = asked_for.period
    base = min(period.last, max(today, period.first))
    spans = tuple(
        Link(wording.say(name), _query(around(base, span)), around(base, span) == period)
        for span, name in _SPAN_NAMES.items()
    )
    names = _STEPS[period.span]
    previous, after = period.stepped(-1), period.stepped(1)
    following = Link(wording.say(names[1]), _query(after)) if after.first <= today else None
    earlier = Link(wording.say(names[0]), _query(previous))
    compare = options(period, asked_for.other, asked_for.sheet, sheets, wording)
    return Choice(asked_for.query, spans, earlier, following, compare)


def _query(period: Period) -> dict[str, str]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}
