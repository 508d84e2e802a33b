"""Whether numbers are given now, and what to say when they are not, or not for long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from motcua import formats
from motcua.queue.doors import gives_numbers

if TYPE_CHECKING:
    from motcua.queue.day import Day
    from motcua.queue.hours import Hours
    from motcua.queue.moment import Moment

_SOON = timedelta(minutes=30)


class Say(Protocol):
    """Says an English sentence in the visitor's language, its `%(name)s` places filled."""

    def __call__(self, sentence: str, /, **values: object) -> str:
        """Return the sentence."""
        ...


@dataclass(frozen=True, slots=True)
class Opening:
    """The doors at one moment. Times are local."""

    now: datetime
    is_open: bool
    closes: datetime | None = None
    """When the running shift ends; None when closed or open without end."""
    opens: datetime | None = None
    """When numbers are given again; None when open or not known."""

    def sentence(self, say: Say) -> str:
        """Return what a visitor must know about it; empty when open for a good while."""
        if not self.is_open:
            return f"{say('The centre gives no numbers now.')} {self._again(say)}".rstrip()
        if self.closes and self.closes - self.now <= _SOON:
            return say("Numbers are given until %(time)s.", time=formats.clock(self.closes))
        return ""

    def _again(self, say: Say) -> str:
        if self.opens is None:
            return ""
        time = formats.clock(self.opens)
        days = (self.opens.date() - self.now.date()).days
        if days == 0:
            return say("They are given again today from %(time)s.", time=time)
        if days == 1:
            return say("They are given again tomorrow from %(time)s.", time=time)
        day = formats.day(self.opens.date())
        return say("They are given again on %(day)s from %(time)s.", day=day, time=time)


def opening(day: Day, hours: Hours, at: Moment) -> Opening:
    """Return how the doors stand at `at`."""
    now = hours.local(at.wall)
    if gives_numbers(day, hours, at):
        return Opening(now, is_open=True, closes=hours.closes(at.wall))
    # A day that was closed early gives nothing before tomorrow.
    last = now.replace(hour=23, minute=59, second=59, microsecond=0) if day.closed else now
    return Opening(now, is_open=False, opens=hours.next_opening(last))


def shifts_today(hours: Hours, at: datetime) -> str:
    """Return today's hours, `07:30–11:30, 13:30–17:00`; empty when closed all day."""
    shifts = hours.shifts(hours.date(at))
    return ", ".join(f"{shift.opens:%H:%M}–{shift.closes:%H:%M}" for shift in shifts)
