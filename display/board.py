"""What a board shows: a view model made from the day. Nothing personal, no priority."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from motcua.queue.doors import gives_numbers
from motcua.queue.hall import standing_calls
from motcua.queue.moment import between
from motcua.queue.ticket import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motcua.queue.day import Call, Day
    from motcua.queue.moment import Moment
    from motcua.queue.rules import Rules

_CALLS_KEPT = 12
"""More than any screen has room for: the stylesheet shows as many whole rows as fit."""
STANDING_S = 10.0
"""A new call stays marked this long at least, even when the visitor was there at once."""
_MINUTE_S = 60
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class BoardSettings(Protocol):
    """What `centre.toml` says of one board."""

    @property
    def name(self) -> str:
        """Name in the board's address."""

    @property
    def services(self) -> tuple[str, ...]:
        """Letters shown; empty shows all."""

    @property
    def viewing_m(self) -> float:
        """Metres to the last reader."""

    @property
    def screen_width_mm(self) -> int:
        """Width of the lit screen."""

    @property
    def voice(self) -> bool:
        """Whether calls are spoken."""

    @property
    def english(self) -> bool:
        """Whether calls are given in English too."""


class Scene(StrEnum):
    """What the board is about just now."""

    CALLS = "calls"
    READY = "ready"
    """Open, and nobody was called yet."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ShownCall:
    """A number and the counter it is called to."""

    seq: int
    """Number of the event that made it: a recall gets a new one."""
    number: str
    counter: int
    in_progress: bool
    """The visitor is on the way."""
    is_recall: bool
    is_transfer: bool
    """The visitor comes from another service."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for a service."""

    letter: str
    name_vi: str
    name_en: str
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    """One board at one moment."""

    screen: str
    seq: int
    """Number of the last event it knows of."""
    scene: Scene
    calls: tuple[ShownCall, ...]
    """Newest first."""
    waiting: tuple[Waiting, ...]
    now: datetime
    """On the wall clock of the centre."""
    opens_at: datetime | None
    """When closed: the next opening, if there is one within two months."""
    changes_in_s: int
    """When something will look different although nothing happens: a minute passes, a mark ends."""
    is_spoken: bool
    is_english: bool

    @property
    def newest(self) -> ShownCall | None:
        """The call shown large."""
        return self.calls[0] if self.calls else None

    @property
    def last(self) -> tuple[ShownCall, ...]:
        """The calls below it, newest first."""
        return self.calls[1:]

    @property
    def spoken(self) -> tuple[ShownCall, ...]:
        """The calls still worth speaking, oldest first."""
        return tuple(call for call in reversed(self.calls) if call.in_progress)

    @property
    def weekday(self) -> str:
        """The English name of the day."""
        return _WEEKDAYS[self.now.weekday()]

    @property
    def look(self) -> str:
        """What changes the picture without any event: the minute and the number of marked calls."""
        return f"{self.now:%H%M}-{len(self.spoken)}"


def board(day: Day, rules: Rules, section: BoardSettings, at: Moment) -> Board:
    """Return what the board of `section` shows at `at`."""
    standing = list(islice(standing_calls(day, section.services), _CALLS_KEPT))
    calls = tuple(_shown(day, call, at) for call in standing)
    waiting = tuple(_waiting(day, rules, section))
    now = rules.hours.local(at.wall)
    scene = _scene(calls, waiting, is_open=gives_numbers(day, rules.hours, at))
    return Board(
        screen=section.name,
        seq=day.seq,
        scene=scene,
        calls=() if scene is Scene.CLOSED else calls,
        waiting=waiting,
        now=now,
        opens_at=_opens_at(day, rules, now) if scene is Scene.CLOSED else None,
        changes_in_s=math.ceil(min(_MINUTE_S - now.second, *_marks_end_in_s(day, standing, at))),
        is_spoken=section.voice,
        is_english=section.english,
    )


def _shown(day: Day, call: Call, at: Moment) -> ShownCall:
    ticket = day.tickets[call.ticket]
    is_new = between(call.at, at).seconds < STANDING_S
    return ShownCall(
        seq=call.seq,
        number=call.number,
        counter=call.counter,
        in_progress=is_new or ticket.state is State.CALLED,
        is_recall=call.recalls > 0,
        is_transfer=ticket.leg > 1,
    )


def _waiting(day: Day, rules: Rules, section: BoardSettings) -> Iterator[Waiting]:
    for service in rules.services.values():
        if not section.services or service.letter in section.services:
            count = len(day.line(service.letter))
            yield Waiting(service.letter, service.name_vi, service.name_en, count)


def _scene(calls: tuple[ShownCall, ...], waiting: tuple[Waiting, ...], *, is_open: bool) -> Scene:
    """Return the scene; after hours the work goes on until whoever waits was called."""
    busy = any(call.in_progress for call in calls) or any(line.count for line in waiting)
    if not is_open and not busy:
        return Scene.CLOSED
    return Scene.CALLS if calls else Scene.READY


def _opens_at(day: Day, rules: Rules, now: datetime) -> datetime | None:
    """Return the next opening: another day's when this one was closed for good."""
    midnight = datetime.combine(now.date(), time.max, now.tzinfo)
    return rules.hours.next_opening(midnight if day.closed else now)


def _marks_end_in_s(day: Day, calls: list[Call], at: Moment) -> Iterator[float]:
    """Yield when marks end that only time keeps up; always something, for `min`."""
    yield _MINUTE_S
    for call in calls:
        left_s = STANDING_S - between(call.at, at).seconds
        if left_s > 0 and day.tickets[call.ticket].state is not State.CALLED:
            yield left_s
