"""Days to report on: single legs by hand, and a ward's fortnight by a small seeded simulation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, timezone
from heapq import heappop, heappush
from itertools import chain
from random import Random
from typing import Any

from motcua.archive import Archive
from motcua.day_table import DayTable, Leg, Opening, from_records
from motcua.folders import data_folder
from motcua.journal.memory import MemoryJournal
from motcua.queue.day import Day
from motcua.queue.record import Record
from motcua.settings import Centre, read_centre
from motcua.words import Words
from tests.queue.queue_story import Story

HUE = timezone(timedelta(hours=7))
MONDAY = date(2026, 11, 23)
TARGET_S = 900.0
_NOTHING = dict.fromkeys(
    ("procedure", "priority", "purpose", "called_at", "started_at", "finished_at", "counter",
     "low_s", "high_s", "wait_s", "way_s", "service_s", "left_after_s", "centre_s")
)  # fmt: skip


def at(clock: str, day: date = MONDAY) -> datetime:
    """Return a local time of a day."""
    return datetime.combine(day, time.fromisoformat(clock), HUE)


def leg(issued: str = "08:00", day: date = MONDAY, **facts: Any) -> Leg:  # noqa: ANN401
    """Return a leg of which only some facts matter."""
    plain: dict[str, Any] = {
        "day": day.isoformat(), "ticket": "A001", "leg": 1, "service": "A", "ahead": 0,
        "outcome": "done", "uncertain": False, "issued_at": at(issued, day), **_NOTHING,
    }  # fmt: skip
    return Leg(**{**plain, **facts})


def waited(*minutes: float, day: date = MONDAY, **facts: Any) -> list[Leg]:  # noqa: ANN401
    """Return people who were called after so many minutes."""
    return [
        leg(day=day, ticket=f"A{n:03}", wait_s=60.0 * wait, **facts)
        for n, wait in enumerate(minutes, 1)
    ]


def left(*minutes: float, day: date = MONDAY, **facts: Any) -> list[Leg]:  # noqa: ANN401
    """Return people who gave up uncalled after so many minutes."""
    return [
        leg(
            day=day, ticket=f"L{n:03}", left_after_s=60.0 * wait, centre_s=60.0 * wait,
            **{"outcome": "cancelled", **facts},
        )
        for n, wait in enumerate(minutes, 1)
    ]  # fmt: skip


def table(legs: Sequence[Leg], day: date = MONDAY, **facts: Any) -> DayTable:  # noqa: ANN401
    """Return a day of these legs."""
    return DayTable(day.isoformat(), tuple(legs), **facts)


def opened(counter: int, *clocks: str, day: date = MONDAY) -> tuple[Opening, ...]:
    """Return when a counter was open: `opened(1, "07:30", "11:30", "13:30", "17:00")`."""
    times = [at(clock, day) for clock in clocks]
    return tuple(map(Opening, [counter] * len(times), times[::2], times[1::2]))


def told(story: Story) -> DayTable:
    """Return the table of a day that was told as a story."""
    return from_records(story.day.date, story.records)


def archived(*records: Sequence[Record], running: Day | None = None) -> Archive:
    """Return an archive of days given by their records, in memory."""
    journal = MemoryJournal()
    for day in records:
        journal.append(day)

    @contextmanager
    def today() -> Iterator[Day]:
        assert running is not None
        yield running

    return Archive(journal, None, today if running else None)


def workdays(first: date, count: int) -> list[date]:
    """Return `count` days from `first` on, without Saturdays and Sundays."""
    days = (first + timedelta(days=n) for n in range(count * 2 + 7))
    return [day for day in days if day.isoweekday() < 6][:count]


def ward_day(day: date, seed: int, people: int = 80, pace_s: float = 330.0) -> DayTable:
    """Return a made-up day: two rushes, three counters, some people who leave or never come."""
    random = Random(f"{seed} {day}")  # noqa: S311 - repeatable days, no secret
    rushes = [random.gauss(8.7, 0.7) if random.random() < 0.6 else random.gauss(14.5, 0.8)
              for _ in range(people)]  # fmt: skip
    hours = sorted(hour for hour in rushes if 7.5 < hour < 11.5 or 13.5 < hour < 17)
    free = [(7.5, counter) for counter in (1, 2, 3)]
    legs = []
    for n, hour in enumerate(hours, 1):
        free_at, counter = heappop(free)
        called = max(hour + random.random() / 100, free_at)
        midnight = datetime.combine(day, time(), HUE)
        times = [midnight + timedelta(hours=h) for h in (hour, called)]
        wait_s = (times[1] - times[0]).total_seconds()
        service_s = random.lognormvariate(0, 0.6) * pace_s
        patience_s = random.expovariate(1 / 7200)
        fate = (
            "cancelled" if wait_s > patience_s else "missed" if random.random() < 0.03 else "done"
        )
        busy_s = {"cancelled": 0.0, "missed": 90.0, "done": service_s + 30}[fate]
        heappush(free, (called + busy_s / 3600, counter))
        legs.append(_ward_leg(day, n, times, patience_s, service_s, fate, counter, random))
    shifts = [opened(n, "07:30", "11:30", "13:30", "17:00", day=day) for n in (1, 2, 3)]
    return DayTable(
        day.isoformat(), tuple(legs), {("2.000200", "Công an"): random.randrange(9)},
        {("2.000815", "Bản chính"): random.randrange(4)}, tuple(chain(*shifts)),
    )  # fmt: skip


def _ward_leg(
    day: date, n: int, times: list[datetime], patience_s: float, service_s: float, fate: str,
    counter: int, random: Random,
) -> Leg:  # fmt: skip
    issued, called = times
    service = random.choices("AHKMS", (4, 4, 2, 2, 1))[0]
    facts: dict[str, Any] = {
        "day": day.isoformat(), "ticket": f"{service}{n:03}", "leg": 1, "service": service,
        "procedure": random.choice(("1.001193", "2.000815", "1.004222", None)),
        "priority": random.choice(("older", None, None, None)), "ahead": random.randrange(9),
        "uncertain": False, "outcome": fate, "issued_at": issued,
    }  # fmt: skip
    if fate == "cancelled":
        gone = issued + timedelta(seconds=patience_s)
        return Leg(**{**_NOTHING, **facts, "finished_at": gone, "left_after_s": patience_s,
                      "centre_s": patience_s})  # fmt: skip
    facts |= {"called_at": called, "wait_s": (called - issued).total_seconds(), "counter": counter}
    if fate == "missed":
        return Leg(**{**_NOTHING, **facts})
    started = called + timedelta(seconds=30)
    finished = started + timedelta(seconds=service_s)
    outcome = random.choices(
        ("done", "received", "advised", "papers_missing", "wrong_place", "not_possible"),
        (30, 45, 8, 12, 3, 2),
    )[0]
    return Leg(**{**_NOTHING, **facts, "started_at": started, "finished_at": finished,
                  "way_s": 30.0, "service_s": service_s, "outcome": outcome,
                  "centre_s": (finished - issued).total_seconds()})  # fmt: skip


def centre() -> Centre:
    """Return the starter centre."""
    return read_centre(data_folder("config") / "centre.toml")


class ListeningWords(Words):
    """Words that remember which sentences were wanted in Vietnamese and are not known."""

    def __init__(self) -> None:
        """Know what came along."""
        super().__init__()
        self.unknown: set[str] = set()

    def say(self, language: str, sentence: str, /, **values: object) -> str:
        """Return the sentence, listening."""
        if language == "vi" and not self.knows("vi", sentence):
            self.unknown.add(sentence)
        return super().say(language, sentence, **values)
