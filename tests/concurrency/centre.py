"""A centre with three services and as many counters as a test wants."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from motcua.queue.hours import Hours
from motcua.queue.rules import PriorityGroup, Rules, Service
from tests.concurrency.office_model import Model

ZONE = timezone(timedelta(hours=7))
START = datetime.combine(date(2026, 11, 23), time(8), ZONE)
SERVICES = "AHK"
COUNTERS: dict[int, tuple[str, ...]] = {1: ("A", "H"), 2: ("H", "A"), 3: ("K",), 4: ("K", "H", "A")}
CREDITS_S: dict[str | None, int] = {None: 0, "older": 600, "pregnant": 900}


def centre_rules(counters: dict[int, tuple[str, ...]]) -> Rules:
    """Return what the centre has decided; it is always open."""
    return Rules(
        services={letter: Service(letter, letter) for letter in SERVICES},
        counters=counters,
        hours=Hours(((),) * 7, ZONE, always_open=True),
        priorities={
            name: PriorityGroup(name, name, name, credit_s)
            for name, credit_s in CREDITS_S.items()
            if name
        },
    )


def new_day(counters: dict[int, tuple[str, ...]] = COUNTERS) -> Model:
    """Return the model of that centre in the morning."""
    return Model(counters, credits_s=CREDITS_S)
