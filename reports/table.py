"""A table of typed cells, and how a cell is read by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from motcua.reports.spread import FEWEST

if TYPE_CHECKING:
    from motcua.reports.wording import Wording


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    COUNT = "count"
    MINUTES = "minutes"
    """Kept in seconds, shown in minutes."""
    PERCENT = "percent"
    """Kept as 0 … 1."""
    DECIMAL = "decimal"
    RATIO = "ratio"


_DECIMALS = {Kind.DECIMAL: 1, Kind.RATIO: 2}


class Few(StrEnum):
    """Stands for a number that is not told."""

    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of another kind than its column."""

    value: float
    kind: Kind


Value = str | int | float | date | Figure | Few | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `group` is the heading it shares with its neighbours."""

    title: str
    kind: Kind = Kind.COUNT
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    folded: bool = False
    """On the screen it is opened by a press; on paper and in files it stands like the others."""


def more(hidden: int, columns: int, wording: Wording) -> tuple[tuple[Value, ...], ...]:
    """Return the row that stands for the hidden ones at the end of a long table; none for none."""
    if not hidden:
        return ()
    told = wording.say("%(n)s more, under %(few)s people each", n=hidden, few=FEWEST)
    return ((told, *(None,) * (columns - 1)),)


def shown(value: Value, kind: Kind, wording: Wording) -> str:
    """Return a cell as people read it; `–` where there is nothing to tell."""
    if isinstance(value, Figure):
        return shown(value.value, value.kind, wording)
    if value is None:
        return "–"
    if value is Few.HIDDEN:
        return wording.say("under %(n)s", n=FEWEST)
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return f"{wording.weekday(value.isoweekday())} {wording.day(value)}"
    if kind is Kind.MINUTES:
        text = wording.minutes(value)
    elif kind is Kind.PERCENT:
        text = wording.percent(value)
    else:
        text = wording.number(value, _DECIMALS.get(kind, 0))
    return text.replace("-", "\u2212")
