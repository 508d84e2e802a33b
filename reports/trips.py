"""The table of trips made, made in vain, and turned away at the door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.reports.measures import Measures
from motcua.reports.table import Column, Figure, Kind, Table, Value

if TYPE_CHECKING:
    from motcua.reports.wording import Wording


def travel(measures: Measures, wording: Wording) -> Table:
    """Return the trips of the period, with what they assume."""
    rows = tuple((wording.say(name), value) for name, value in _rows(measures))
    note = wording.say(
        "Nobody's identity is kept: whoever comes again counts as a new visit, so the share of "
        "persons is known only as lying between the last two. What ends at another office or "
        "online is not seen, nor who read at the kiosk that a paper is missing and went home."
    )
    columns = (Column("", Kind.TEXT), Column(wording.say("count")))
    return Table("travel", wording.say("Trips"), columns, rows, note)


def _rows(measures: Measures) -> Iterator[tuple[str, Value]]:
    trips = measures.travel.trips
    yield "Told at the kiosk that it is done elsewhere", measures.travel.referrals
    yield "Came with papers missing", trips.papers_missing
    yield "Came to the wrong place and queued", trips.wrong_place
    yield "A person or system was missing", trips.not_possible
    yield "Visits in vain, these three together", trips.in_vain
    yield "Visits served", trips.served
    yield "Cases finished (result in hand, or papers taken)", trips.finished
    for name, value, kind in (
        ("Visits served for each finished case", trips.visits_per_finished_case, Kind.RATIO),
        ("First-visit resolution, of visits", trips.resolved_share, Kind.PERCENT),
        (
            "The same of persons, if all who came in vain came again",
            trips.resolved_share_if_all_return,
            Kind.PERCENT,
        ),
    ):
        yield name, None if value is None else Figure(value, kind)
