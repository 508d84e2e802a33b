"""A procedure's time limit: from the catalogue's words to days that can be counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from math import ceil

from motcua.catalogue.spelling import fold, tidy


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKING = "working"
    """Days on which the centre works."""
    CALENDAR = "calendar"
    """Days of the calendar."""
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a procedure may take."""

    count: int
    """0 working days: the same day."""
    unit: Unit
    cutoff: time | None = None
    """Same day: taken from this time on, the next working day."""
    more: bool = False
    """The words name other cases with other limits."""


_HOURS_A_WORKING_DAY, _HOURS_A_DAY, _DAYS_A_WEEK = 8, 24, 7
_LONGEST = 999
_BEFORE = (
    r"(?:(?:thoi (?:han|gian)(?: giai quyet)?|giai quyet|tra ket qua|trong|trong vong|trong thoi"
    r" (?:han|gian)|khong qua|toi da|cham nhat|la|:|<=|≤)\s*)*"
)
_UNIT = r"(?P<unit>ngay lam viec|ngay|gio lam viec|gio|buoi lam viec|tuan|thang)"
_FROM = r"(?:,?\s*(?:ke tu|tinh tu|tu|sau) (?:khi|ngay|thoi diem|luc)\b.*)?"
_COUNTED = re.compile(
    rf"{_BEFORE}(?:(?P<low>\d{{1,3}})\s*(?:[-–—]|den)\s*)?(?P<count>\d{{1,3}})\s*{_UNIT}{_FROM}"
)
_SAME_DAY = re.compile(
    rf"(?:giai quyet |tra ket qua )?(?:ngay|(?:ngay )?trong (?:cung )?(?:ngay|buoi)(?: lam viec)?)"
    rf"(?: (?:tiep nhan|khi tiep nhan))?(?: ho so)?{_FROM}"
)
_NEXT_DAY = re.compile(r"(?:trong )?ngay lam viec (?:tiep theo|ke tiep)")
_CUTOFF = re.compile(r"sau (\d{1,2})\s*(?:gio|h|:)\s*([0-5]\d)?")
_CONDITION = re.compile(r"\b(?:neu|truong hop|doi voi|tru)\b")
_ASIDE = re.compile(r"\([^)]*\)")
_CLAUSE = re.compile(r"[;\n|]|\.(?:\s|$)")


def read_limit(words: str, same_day_cutoff: str = "") -> Limit | None:
    """Return the limit a catalogue's words name; None when they name none that can be counted.

    The first clause counts; a limit that holds only under a condition is not read. Working hours
    are 8 to the working day, other hours 24 to the day, each begun day a whole one; of a range the
    longer end.

    Args:
        words: e.g. `3 ngày làm việc`, `15 ngày`, `Trong ngày`.
        same_day_cutoff: `HH:MM`; with it a limit without words is the same day.
    """
    first, *others = [
        clause.strip(" ,:") for clause in _CLAUSE.split(_ASIDE.sub(" ", fold(tidy(words))))
    ]
    rest = [clause for clause in others if clause]
    first = re.sub(r"\s+", " ", first)
    told = _CUTOFF.search(" ; ".join([first, *rest]))
    cutoff = time.fromisoformat(same_day_cutoff) if same_day_cutoff else _clock(told)
    if _SAME_DAY.fullmatch(first) or (not first and same_day_cutoff):
        return Limit(0, Unit.WORKING, cutoff)
    if _NEXT_DAY.fullmatch(first):
        return Limit(1, Unit.WORKING)
    found = _COUNTED.fullmatch(first)
    if not found or _CONDITION.search(first):
        return None
    more = any(_COUNTED.search(clause) or _CONDITION.search(clause) for clause in rest)
    return _counted(int(found["count"]), found["unit"], more=more)


def _counted(count: int, unit: str, *, more: bool) -> Limit | None:
    if not 0 < count <= _LONGEST:
        return None
    if unit in ("ngay lam viec", "buoi lam viec"):
        return Limit(count, Unit.WORKING, more=more)
    if unit == "gio lam viec":
        return Limit(ceil(count / _HOURS_A_WORKING_DAY), Unit.WORKING, more=more)
    if unit == "gio":
        return Limit(ceil(count / _HOURS_A_DAY), Unit.CALENDAR, more=more)
    if unit == "thang":
        return Limit(count, Unit.MONTH, more=more)
    days = count * _DAYS_A_WEEK if unit == "tuan" else count
    return Limit(days, Unit.CALENDAR, more=more)


def _clock(found: re.Match[str] | None) -> time | None:
    if found is None or int(found[1]) >= _HOURS_A_DAY:
        return None
    return time(int(found[1]), int(found[2] or 0))
