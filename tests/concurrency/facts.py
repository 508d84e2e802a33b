"""The journal, read as what one act after the other left in it."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.queue.record import Record
from motcua.record_keeping import Journal
from tests.concurrency.office_model import Fact

_OF_THE_BOX = ("DayOpened", "ClockStepped", "DayDated")
"""Facts that belong to no act: the box notes them when it has to."""


def groups(journal: Journal) -> Iterator[list[Record]]:
    """Yield the records of each act; their numbers have no gap."""
    group: list[Record] = []
    last = 0
    for day in journal.days():
        for record in journal.read(day):
            assert record.seq == last + 1
            last = record.seq
            group.append(record)
            if not record.left:
                yield group
                group = []
    assert not group, "an act is recorded whole"


def check_facts(group: list[Record], expected: list[Fact]) -> None:
    """See that an act left just the facts it should."""
    events = [record.event for record in group if _name(record) not in _OF_THE_BOX]
    names = [_name(record) for record in group if _name(record) not in _OF_THE_BOX]
    assert sorted(names) == sorted(name for name, _ in expected)
    found = [
        (name, {field: getattr(event, field) for field in fact})
        for event, name, (_, fact) in zip(events, names, expected, strict=True)
    ]
    assert sorted(found, key=_ticket) == sorted(expected, key=_ticket)


def _name(record: Record) -> str:
    return type(record.event).__name__


def _ticket(fact: Fact) -> str:
    return str(fact[1].get("ticket", ""))
