"""Who was told at the kiosk, before queueing, that the matter is done elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from motcua.reports.spread import FEWEST
from motcua.reports.table import Column, Kind, Table, more

if TYPE_CHECKING:
    from motcua.reports.wording import Wording

Referrals = Mapping[tuple[str, str], int]
"""(procedure, place) → people."""


def by_place(referrals: Referrals) -> dict[str, int]:
    """Return people by the place they were told to go to, most first."""
    places: Counter[str] = Counter()
    for (_, place), people in referrals.items():
        places[place] += people
    return dict(sorted(places.items(), key=lambda item: (-item[1], item[0])))


def by_procedure(referrals: Referrals) -> dict[tuple[str, str], int]:
    """Return people by procedure and place, most first."""
    return dict(sorted(referrals.items(), key=lambda item: (-item[1], item[0])))


def referral_tables(referrals: Referrals, wording: Wording) -> tuple[Table, Table]:
    """Return the tables by procedure and by place; rows of fewer than five stand together."""
    people = Column(wording.say("people"))
    place = Column(wording.say("told to go to"), Kind.TEXT)
    procedures = [
        (wording.procedure(code), where, n)
        for (code, where), n in by_procedure(referrals).items()
        if n >= FEWEST
    ]
    places = [(where, n) for where, n in by_place(referrals).items() if n >= FEWEST]
    few = more(len(referrals) - len(procedures), 3, wording)
    fewer = more(len(by_place(referrals)) - len(places), 2, wording)
    note = wording.say("%(n)s people in all.", n=wording.number(sum(referrals.values())))
    title = wording.say("Told at the kiosk that it is done elsewhere")
    return (
        Table(
            "referrals", title, (Column(wording.say("procedure"), Kind.TEXT), place, people),
            (*procedures, *few), note,
        ),
        Table(
            "places", wording.say("Where people were told to go"), (place, people),
            (*places, *fewer), note,
        ),
    )  # fmt: skip
