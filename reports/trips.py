"""The tables of trips spared and repeated, and of two periods beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.reports.measures import Measures
from motcua.reports.spread import FEWEST
from motcua.reports.table import Column, Few, Figure, Kind, Table, Value

if TYPE_CHECKING:
    from motcua.reports.wording import Wording


def referrals(measures: Measures, wording: Wording) -> Table:
    """Return who was told at the kiosk to go elsewhere."""
    columns = (
        Column(wording.say("procedure"), Kind.TEXT),
        Column(wording.say("told to go to"), Kind.TEXT),
        Column(wording.say("people")),
    )
    rows = tuple(
        (wording.procedure(procedure), place, people if people >= FEWEST else Few.HIDDEN)
        for (procedure, place), people in sorted(
            measures.referrals.items(), key=lambda item: (-item[1], item[0])
        )
    )
    title = wording.say("Told at the kiosk that it is done elsewhere")
    return Table("referrals", title, columns, rows)


def travel(measures: Measures, wording: Wording) -> Table:
    """Return the trips of the period, with what they assume."""
    trips = measures.travel.trips
    rows: list[tuple[Value, ...]] = [
        (wording.say(name), count)
        for name, count in (
            ("Told at the kiosk that it is done elsewhere", measures.travel.referrals),
            ("Came with papers missing", trips.papers_missing),
            ("Came to the wrong place and queued", trips.wrong_place),
            ("A person or system was missing", trips.not_possible),
            ("Visits in vain, these three together", trips.in_vain),
            ("Visits served", trips.served),
            ("Cases finished (result in hand, or papers taken)", trips.finished),
        )
    ]
    for name, value, kind in (
        ("Visits served for each finished case", trips.visits_per_finished_case, Kind.RATIO),
        ("First-visit resolution, of visits", trips.resolved_share, Kind.PERCENT),
        (
            "The same of persons, if all who came in vain came again",
            trips.resolved_share_if_all_return,
            Kind.PERCENT,
        ),
    ):
        rows.append((wording.say(name), None if value is None else Figure(value, kind)))
    note = wording.say(
        "Nobody's identity is kept: whoever comes again counts as a new visit, so the share of "
        "persons is known only as lying between the last two. What ends at another office or "
        "online is not seen, nor who read at the kiosk that a paper is missing and went home."
    )
    columns = (Column("", Kind.TEXT), Column(wording.say("count")))
    return Table("travel", wording.say("Trips"), columns, tuple(rows), note)
