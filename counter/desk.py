"""The clerk's desk as one frozen picture; the templates loop over it and print."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from motcua.counter.buttons import Keyboard, keyboard
from motcua.counter.visitor import Row, Visitor, row, visitor
from motcua.queue.errors import QueueError
from motcua.queue.ticket import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motcua.queue.day import Day
    from motcua.queue.moment import Moment
    from motcua.queue.rules import Rules, Service
    from motcua.queue.ticket import Ticket

_ROWS_SHOWN = 40
"""Of each list; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A service and how many wait for it."""

    service: Service
    waiting: int
    own: bool
    """Whether this counter calls from it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list as far as it is shown."""

    rows: tuple[Row, ...]
    count: int

    @property
    def unshown(self) -> int:
        """How many are in the list and not on the screen."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the screen of one counter shows."""

    number: int
    seq: int
    """Number of the last event it knows of."""
    seen: int
    """What it shows of the counter: a press on it is meant for that alone."""
    state: str
    """`closed`, `open` or `paused`."""
    queues: tuple[Queue, ...]
    """Every service: the counter's own first, in the order of preference."""
    visitor: Visitor | None
    """Who is called or served; else who is next; None when nobody waits."""
    keyboard: Keyboard
    waiting: Rows
    """Exactly in the order in which this counter would call them."""
    missed: Rows
    """Latest first."""
    held: Rows
    """Latest first."""

    @property
    def letters(self) -> tuple[str, ...]:
        """The counter's own services, in order of preference."""
        return tuple(queue.service.letter for queue in self.queues if queue.own)


@dataclass(frozen=True, slots=True)
class Choice:
    """A counter to choose from."""

    number: int
    state: str
    queues: tuple[Queue, ...]
    """Its own services."""
    busy_with: str
    """The number called to it or served at it; empty when it is free."""


def desk(day: Day, rules: Rules, number: int, at: Moment) -> Desk:
    """Return the desk of counter `number`.

    Args:
        day: today.
        rules: what the centre has decided.
        number: the counter's.
        at: now; waits and the undo are told as of this moment.

    Raises:
        QueueError: `counter.unknown`.
    """
    _known(rules, number)
    counter = day.counter(number)
    letters = _letters(day, rules, number)
    someone = day.at_counter(number) or _first(day, letters)
    return Desk(
        number=number,
        seq=day.seq,
        seen=day.standing_since(number),
        state=counter.state.value,
        queues=_queues(day, rules, letters),
        visitor=visitor(day, rules, someone, at) if someone else None,
        keyboard=keyboard(day, rules, number, at),
        waiting=_rows(
            (ticket for letter in letters for ticket in day.waiting(letter)),
            sum(len(day.line(letter)) for letter in letters),
            (day, rules, at),
        ),
        missed=_aside(day, rules, number, at, State.MISSED),
        held=_aside(day, rules, number, at, State.HELD),
    )


def choices(day: Day, rules: Rules) -> tuple[Choice, ...]:
    """Return the counters of the centre, to choose the one to work at."""
    found = []
    for number in rules.counters:
        ticket = day.at_counter(number)
        queues = _queues(day, rules, _letters(day, rules, number))
        own = tuple(queue for queue in queues if queue.own)
        state = day.counter(number).state.value
        found.append(Choice(number, state, own, ticket.number if ticket else ""))
    return tuple(found)


def _known(rules: Rules, number: int) -> None:
    if number not in rules.counters:
        sentence = "There is no counter %(counter)s."
        raise QueueError("counter.unknown", sentence, "not_found", counter=number)


def _letters(day: Day, rules: Rules, number: int) -> tuple[str, ...]:
    """Return the services a counter calls from; before it opens, those it usually has."""
    return day.counter(number).services or tuple(rules.counters[number])


def _first(day: Day, letters: tuple[str, ...]) -> Ticket | None:
    return next((ticket for letter in letters for ticket in day.waiting(letter)), None)


def _queues(day: Day, rules: Rules, letters: tuple[str, ...]) -> tuple[Queue, ...]:
    own = [letter for letter in letters if letter in rules.services]
    others = [letter for letter in rules.services if letter not in own]
    return tuple(
        Queue(rules.services[letter], len(day.line(letter)), letter in own)
        for letter in (*own, *others)
    )


def _aside(day: Day, rules: Rules, number: int, at: Moment, state: State) -> Rows:
    """Return the missed or held tickets this counter has to do with."""
    letters = _letters(day, rules, number)
    mine = [
        ticket
        for ticket in reversed(day.set_aside(state))
        if ticket.service in letters or ticket.counter == number
    ]
    return _rows(mine, len(mine), (day, rules, at))


def _rows(tickets: Iterable[Ticket], count: int, given: tuple[Day, Rules, Moment]) -> Rows:
    day, rules, at = given
    return Rows(
        tuple(row(day, rules, ticket, at) for ticket in islice(tickets, _ROWS_SHOWN)), count
    )
