"""One row of a stopwatch sheet: a person who came, as a clerk with paper and a watch notes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time

from motcua.queue.errors import Detail
from motcua.reports.period import CENTURIES

_DAYS = (
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<d>[0-9]{1,2})(?P<between>[/.-])(?P<m>[0-9]{1,2})(?P=between)(?P<y>[0-9]{4})"),
)
_TIME = re.compile(
    r"(?P<h>[0-9]{1,2})(?: ?[hg] ?(?P<m>[0-9]{1,2})?|:(?P<minute>[0-9]{2})(?::(?P<s>[0-9]{2}))?)"
    r"(?: ?(?P<half>am|pm|sa|ch))?",
    re.IGNORECASE,
)
_NOON = 12
_SHOWN = 40
COLUMNS = ("day", "came_at", "called_at", "left_at", "service", "finished_at")
"""Of a sheet as it is kept; `day` and `came_at` must be filled."""


class WrongRowError(Exception):
    """A row cannot be right; `sentence` is English with places filled from `details`."""

    def __init__(self, sentence: str, **details: Detail) -> None:
        """Keep what is wrong."""
        super().__init__(sentence)
        self.sentence = "Row %(row)s: " + sentence
        self.details = details


@dataclass(frozen=True, slots=True)
class Came:
    """One person who came."""

    day: date
    came: time
    called: time | None
    left: time | None
    """Went away uncalled. Neither `called` nor `left`: nobody noted how long the wait was."""
    service: str
    """Letter; empty when not noted."""
    finished: time | None

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it is kept, in the order of `COLUMNS`."""
        times = (self.called, self.left, self.finished)
        called, left, finished = ("" if at is None else at.isoformat() for at in times)
        came = self.came.isoformat()
        return self.day.isoformat(), came, called, left, self.service, finished


def read_row(cells: Mapping[str, str], services: Mapping[str, str], today: date) -> Came:
    """Return who came by a row.

    Args:
        cells: column → text, stripped.
        services: what a service may be called, in small letters → its letter.
        today: no day may be later.

    Raises:
        WrongRowError: it cannot be right.
    """
    day = _day(cells.get("day", ""), today)
    came, called, left, finished = (
        _time(cells.get(name, "")) for name in ("came_at", "called_at", "left_at", "finished_at")
    )
    if came is None:
        raise WrongRowError("the time of coming is empty.")
    if called and left:
        raise WrongRowError("somebody was either called or left uncalled: fill one of the two.")
    for end in (called, left, finished):
        if end is not None and end < (called if end is finished and called else came):
            raise WrongRowError(
                "%(later)s is before %(earlier)s.", later=_clock(end),
                earlier=_clock(called if end is finished and called else came),
            )  # fmt: skip
    return Came(day, came, called, left, _service(cells.get("service", ""), services), finished)


def _day(text: str, today: date) -> date:
    if not text:
        raise WrongRowError("the day is empty.")
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _DAYS)), None)
    day = None
    if found:
        with suppress(ValueError):
            day = date(int(found["y"]), int(found["m"]), int(found["d"]))
    if day is None or day.year not in CENTURIES:
        raise WrongRowError(
            "%(value)s is no day: write day/month/year, such as 23/11/2026.", value=text[:_SHOWN]
        )
    if day > today:
        raise WrongRowError("%(value)s is still to come.", value=text[:_SHOWN])
    return day


def _time(text: str) -> time | None:
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if found:
        hour, half = int(found["h"]), (found["half"] or "").lower()
        if half in ("pm", "ch") and hour < _NOON:
            hour += _NOON
        elif half in ("am", "sa") and hour == _NOON:
            hour = 0
        with suppress(ValueError):
            return time(hour, int(found["minute"] or found["m"] or 0), int(found["s"] or 0))
    sentence = "%(value)s is no time of day: write hour and minute, such as 8:05 or 8h05."
    raise WrongRowError(sentence, value=text[:_SHOWN])


def _service(text: str, services: Mapping[str, str]) -> str:
    if not text:
        return ""
    letter = services.get(text.casefold())
    if letter is None:
        raise WrongRowError(
            "%(value)s is no service here: write one of %(allowed)s, or nothing.",
            value=text[:_SHOWN], allowed=", ".join(sorted(set(services.values()))),
        )  # fmt: skip
    return letter


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
