"""Dossiers (*hồ sơ*) of a period: received how, settled on time or late, in process or overdue.

The report the centre publishes. Every dossier stands in exactly one status on the day the report
is of (`as_of`), so that the counts add up; overdue is counted and never "the rest".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from motcua.reports.period import Period


class Channel(StrEnum):
    """How a dossier came."""

    ONLINE = "online"
    """Filed online by the applicant alone."""
    ASSISTED = "assisted"
    """Filed online with help at a counter (purpose `assist`): online too."""
    IN_PERSON = "in_person"
    POST = "post"
    NOT_STATED = "not_stated"


class Status(StrEnum):
    """How a dossier stands on the day the report is of."""

    EARLY = "early"
    """Settled before its due day."""
    ON_DAY = "on_due_day"
    """Settled on its due day."""
    LATE = "late"
    """Settled after its due day."""
    WITHIN = "in_process"
    """Not settled, and its due day is not over."""
    OVERDUE = "in_process_overdue"
    """Not settled, and its due day is over."""
    SETTLED_UNDATED = "settled_no_due_day"
    """Settled, and nobody knows when it was due."""
    OPEN_UNDATED = "in_process_no_due_day"
    """Not settled, and nobody knows when it is due."""
    CLOSED = "closed_without_result"
    """Withdrawn by the applicant or turned down: neither on time nor late."""
    AWAITED = "not_due_yet"
    """Where settling is not recorded: its due day is not over, so it cannot be overdue."""
    UNSEEN = "due_not_known_if_settled"
    """Where settling is not recorded: its due day is over; whether it was settled is not known."""
    UNSEEN_UNDATED = "no_due_day_not_known_if_settled"
    """Where settling is not recorded, and nobody knows when it is due."""


ON_TIME = (Status.EARLY, Status.ON_DAY)
LATE = (Status.LATE, Status.OVERDUE)
UNDATED = (Status.SETTLED_UNDATED, Status.OPEN_UNDATED, Status.UNSEEN_UNDATED)


class Dossier(NamedTuple):
    """One dossier; of whom is nowhere kept."""

    procedure: str
    """Base code, or its name where a file has no code we know; empty when not stated."""
    received: date
    channel: Channel = Channel.NOT_STATED
    due: date | None = None
    """Last day on time."""
    settled: date | None = None
    closed: bool = False
    """True: ended without a result, on `settled` when that is known."""
    recorded: bool = True
    """False: where it comes from nobody records when it is settled."""


def status_of(dossier: Dossier, as_of: date) -> Status:
    """Return how a dossier stands at the end of the day `as_of`.

    What happened later had not happened yet: settled after `as_of` is in process. The due day
    itself is on time.
    """
    settled, due = dossier.settled, dossier.due
    if settled is not None and settled > as_of:
        settled = None
    elif dossier.closed:
        return Status.CLOSED
    if settled is None:
        return _open(due, as_of, recorded=dossier.recorded)
    if due is None:
        return Status.SETTLED_UNDATED
    if settled < due:
        return Status.EARLY
    return Status.ON_DAY if settled == due else Status.LATE


def _open(due: date | None, as_of: date, *, recorded: bool) -> Status:
    if due is None:
        return Status.OPEN_UNDATED if recorded else Status.UNSEEN_UNDATED
    if due >= as_of:
        return Status.WITHIN if recorded else Status.AWAITED
    return Status.OVERDUE if recorded else Status.UNSEEN


class Cell(NamedTuple):
    """What dossiers are counted by."""

    month: str
    """Of receiving, `2025-07`."""
    procedure: str
    channel: Channel
    status: Status


@dataclass(frozen=True, slots=True)
class Sums:
    """Some dossiers by how they came and how they stand: both add up to `dossiers`."""

    by_channel: Mapping[Channel, int]
    by_status: Mapping[Status, int]

    @property
    def dossiers(self) -> int:
        """How many there are."""
        return sum(self.by_status.values())

    @property
    def online(self) -> int:
        """How many were filed online, alone or with help. online = alone + with help."""
        return self.by_channel.get(Channel.ONLINE, 0) + self.by_channel.get(Channel.ASSISTED, 0)

    def of(self, *statuses: Status) -> int:
        """Return how many stand in any of these statuses."""
        return sum(self.by_status.get(status, 0) for status in statuses)


@dataclass(frozen=True, slots=True)
class Share:
    """A share with what it is of."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Return part ÷ whole, 0 … 1; None when it is of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Tally:
    """The dossiers of a period, counted; nothing of single ones is kept."""

    period: Period
    as_of: date
    received: Mapping[Cell, int]
    """Received in the period."""
    carried: Mapping[Cell, int]
    """Received before it, and not settled before it began."""
    outside: int
    """Settled before the period or received after it: in no figure."""
    latest: date | None
    """The last day on which anything of them is known to have happened."""

    def sums(self) -> Sums:
        """Return the sums of those received in the period."""
        return summed(self.received)

    def sums_carried(self) -> Sums:
        """Return the sums of those carried over into it."""
        return summed(self.carried)

    def by(self, key: Callable[[Cell], str]) -> dict[str, Sums]:
        """Return the sums of those received in the period, by any property of a cell."""
        parts: dict[str, Counter[Cell]] = {}
        for cell, count in self.received.items():
            parts.setdefault(key(cell), Counter())[cell] += count
        return {name: summed(cells) for name, cells in parts.items()}


def summed(cells: Mapping[Cell, int]) -> Sums:
    """Return the sums over cells."""
    channels: Counter[Channel] = Counter()
    statuses: Counter[Status] = Counter()
    for cell, count in cells.items():
        channels[cell.channel] += count
        statuses[cell.status] += count
    return Sums(channels, statuses)


def tally(dossiers: Iterable[Dossier], period: Period, as_of: date) -> Tally:
    """Count dossiers; each is looked at once, in any order.

    Args:
        dossiers: of any time.
        period: whose report this is.
        as_of: the day at whose end they are looked at.
    """
    received: Counter[Cell] = Counter()
    carried: Counter[Cell] = Counter()
    outside, latest = 0, date.min
    first, last = period.first, min(period.last, as_of)
    for dossier in dossiers:
        came, gone = dossier.received, dossier.settled
        latest = max(latest, came, gone or came)
        if first <= came <= last:
            part = received
        elif came < first and dossier.recorded and _lives_on(dossier, first):
            part = carried
        else:
            outside += 1
            continue
        month = came.isoformat()[:7]
        status = status_of(dossier, as_of)
        part[Cell(month, dossier.procedure, dossier.channel, status)] += 1
    return Tally(period, as_of, received, carried, outside, None if latest == date.min else latest)


def _lives_on(dossier: Dossier, first: date) -> bool:
    """Return whether a dossier received earlier was not settled before the period began."""
    if dossier.settled is None:
        return not dossier.closed  # closed nobody knows when: not on this period's account
    return dossier.settled >= first


def published(sums: Sums) -> dict[str, Share]:
    """Return the shares a centre publishes, each of all dossiers received in the period.

    `on_time` = (early + on the due day) ÷ received; `overdue` = (settled late + in process
    overdue) ÷ received; `in_process` = in process within its time ÷ received; `other` = the rest,
    told apart: no due day known, closed without a result, not known whether settled.
    """
    whole = sums.dossiers
    parts = {
        "online": sums.online,
        "on_time": sums.of(*ON_TIME),
        "overdue": sums.of(*LATE),
        "in_process": sums.of(Status.WITHIN),
    }
    shares = {name: Share(part, whole) for name, part in parts.items()}
    told = sum(part for name, part in parts.items() if name != "online")
    return {**shares, "other": Share(whole - told, whole)}


def settled_on_time(received: Sums, carried: Sums) -> Share:
    """Return (early + on the due day) ÷ all settled by the end with a due day, both groups."""
    on_time = received.of(*ON_TIME) + carried.of(*ON_TIME)
    return Share(on_time, on_time + received.of(Status.LATE) + carried.of(Status.LATE))


def progress(received: Sums, carried: Sums) -> Share:
    """Return the portal's share of progress (*tiến độ giải quyết*), both groups together.

    (settled early or on the due day + in process within its time) ÷ (received + carried over).
    Whatever has no due day, was closed without a result or is not known to be settled is in the
    whole and not in the part: the share is never flattered by what is not known.

    SOURCE: the formula shown by the national portal for Decision 766/QĐ-TTg, "tiến độ giải quyết".
    """
    good = (*ON_TIME, Status.WITHIN)
    return Share(received.of(*good) + carried.of(*good), received.dossiers + carried.dossiers)
