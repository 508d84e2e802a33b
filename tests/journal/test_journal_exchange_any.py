"""Whatever was recorded, and whatever the disk did to it since, goes out and in byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.journal.exchange import export, import_
from motcua.journal.tiny import TinyJournal
from motcua.queue.events import EVENTS, Event
from motcua.queue.moment import Moment
from motcua.queue.record import Record

_VALUES: dict[str, st.SearchStrategy[object]] = {
    "str": st.text(),
    "int": st.integers(-(2**31), 2**31),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "tuple[str, ...]": st.lists(st.text(), max_size=3).map(tuple),
}


def _events(name: str) -> st.SearchStrategy[Event]:
    kind = EVENTS[name]
    values = {}
    for field in fields(kind):
        plain = str(field.type).removesuffix(" | None")
        values[field.name] = _VALUES[plain] | (st.none() if plain != field.type else st.nothing())
    return st.builds(kind, **values)


_moments = st.builds(
    Moment,
    wall=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    boot=st.text(max_size=5),
    mono=st.floats(0, 1e9),
)
_commands = st.tuples(
    st.lists(st.sampled_from(sorted(EVENTS)).flatmap(_events), min_size=1, max_size=4),
    _moments,
    st.text(max_size=9),
    st.none() | st.text(),
)
_days = st.lists(st.lists(_commands, min_size=1, max_size=5), max_size=4)
Days = list[list[tuple[list[Event], Moment, str, str | None]]]


def _records(days: Days) -> Iterator[list[Record]]:
    """Yield the records of the days, a command at a time, numbered through."""
    seq = 0
    for number, commands in enumerate(days):
        day = (date(2026, 11, 23) + timedelta(number)).isoformat()
        for events, at, command, request in commands:
            last = seq + len(events)
            yield [
                Record(seq + n, day, at, event, command, request, last - seq - n)
                for n, event in enumerate(events, start=1)
            ]
            seq = last


def _written(folder: Path, days: Days) -> TinyJournal:
    journal = TinyJournal(folder, durable=False)
    for command in _records(days):
        journal.append(command)
    journal.close()
    return journal


def _through(journal: TinyJournal, folder: Path) -> TinyJournal:
    """Export, import into an empty journal and export that; the two files must be one."""
    other = TinyJournal(folder / "other", durable=False)
    count = export(journal, folder / "first")
    assert import_(other, folder / "first", gaps=True) == count
    assert export(other, folder / "second") == count
    assert (folder / "second").read_bytes() == (folder / "first").read_bytes()
    assert import_(other, folder / "first", gaps=True) == 0
    other.close()
    return other


@settings(max_examples=60)
@given(_days)
def test_every_event_goes_out_and_in_byte_for_byte(days: Days) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        journal = _written(folder / "journal", days)
        other = _through(journal, folder)
        assert other.days() == journal.days()
        for day in journal.days():
            ours, theirs = (folder / part / f"{day}.jsonl" for part in ("journal", "other"))
            assert theirs.read_bytes() == ours.read_bytes()


@settings(max_examples=60)
@given(_days.filter(bool), st.lists(st.tuples(st.floats(0, 1), st.integers(1, 255)), max_size=6))
def test_what_the_disk_left_of_it_goes_out_and_in(
    days: Days, spoilt: list[tuple[float, int]]
) -> None:
    """Given a journal with bytes changed anywhere, newlines too."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        journal = _written(folder / "journal", days)
        for path in (folder / "journal").glob("*.jsonl"):
            data = bytearray(path.read_bytes())
            for place, change in spoilt:
                data[int(place * (len(data) - 1))] ^= change
            path.write_bytes(data)
        _through(journal, folder)
