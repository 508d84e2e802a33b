"""The tables of trips spared and repeated, and of two periods beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.reports.compare import Change, Comparison, Side
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
            ("Visits served", trips.served),
            ("Cases finished (result in hand, or papers taken)", trips.finished),
        )
    ]
    for name, value, kind in (
        ("Visits served for each finished case", trips.visits_per_finished_case, Kind.RATIO),
        ("Visits that need not be repeated", trips.resolved_share, Kind.PERCENT),
    ):
        rows.append((wording.say(name), None if value is None else Figure(value, kind)))
    note = wording.say(
        "Nobody's identity is kept: whoever comes again counts as a new visit. What ends at "
        "another office or online is not seen."
    )
    columns = (Column("", Kind.TEXT), Column(wording.say("count")))
    return Table("travel", wording.say("Trips"), columns, tuple(rows), note)


def compared(comparison: Comparison, wording: Wording) -> Table:
    """Return two periods beside each other, with the change and its interval."""
    before, after = comparison.before, comparison.after
    columns = (
        Column("", Kind.TEXT),
        *(Column(wording.say(name)) for name in ("before", "after", "change", "from", "to")),
    )
    rows = (
        (wording.say("Days compared"), before.days, after.days, None, None, None),
        (wording.say("People called"), before.n, after.n, None, None, None),
        (
            wording.say("Median wait, minutes"),
            *_pair(before.median_s, after.median_s, comparison.median, Kind.MINUTES),
        ),
        (
            wording.say("Called within the target"),
            *_pair(before.share, after.share, comparison.share, Kind.PERCENT),
        ),
    )
    title = wording.say("Before and after")
    return Table("comparison", title, columns, rows, _left_out(before, after, wording))


def _pair(
    before: float | None, after: float | None, change: Change | None, kind: Kind
) -> tuple[Value, ...]:
    figures = (before, after, *((change.value, change.low, change.high) if change else (None,) * 3))
    return tuple(None if figure is None else Figure(figure, kind) for figure in figures)


def _left_out(before: Side, after: Side, wording: Wording) -> str:
    reasons = {
        "running": "not over yet",
        "no_waits": "no wait measured",
        "weekday": "no such weekday in the other period",
    }
    days = [
        f"{wording.day(day)} ({wording.say(reasons[why])})"
        for day, why in (*before.left_out, *after.left_out)
    ]
    interval = wording.say(
        "“From … to”: 95% interval from drawing days again, not people; the same days give the "
        "same interval."
    )
    if not days:
        return f"{interval} {wording.say('No day was left out.')}"
    return f"{interval} {wording.say('Left out: %(days)s.', days=', '.join(days))}"
