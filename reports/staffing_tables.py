"""The advice on counters as tables, and what it assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.reports.spread import FEWEST
from motcua.reports.staffing_need import FEWEST_DAYS, FEWEST_PEOPLE
from motcua.reports.staffing_words import aim, difference, label, minutes
from motcua.reports.table import Column, Few, Kind, Table, Value

if TYPE_CHECKING:
    from motcua.reports.staffing_need import Estimate, HourNeed, Staffing
    from motcua.reports.wording import Wording


def staffing_tables(staffing: Staffing | None, wording: Wording) -> list[Table]:
    """Return the counters each hour needs, and what each service takes; none when not reckoned."""
    if staffing is None or not staffing.hours:
        return []
    return [_hours(staffing, wording), _services(staffing, wording)]


def _hours(staffing: Staffing, wording: Wording) -> Table:
    people, busy = wording.say("people an hour"), wording.say("minutes at the counter")
    counters, within = wording.say("counters"), wording.say("within target")
    columns = (
        Column("", Kind.TEXT),
        Column(wording.say("days")),
        Column(wording.say("mean"), Kind.DECIMAL, people),
        Column(wording.say("at most on 9 in 10 days"), Kind.DECIMAL, people),
        Column(wording.say("mean"), Kind.MINUTES, busy),
        Column(wording.say("standard deviation"), Kind.MINUTES, busy),
        Column(wording.say("open on average"), Kind.DECIMAL, counters),
        Column(wording.say("needed"), Kind.COUNT, counters),
        Column(wording.say("if none helps another"), Kind.COUNT, counters),
        Column(wording.say("advice"), Kind.TEXT, counters),
        Column(wording.say("measured"), Kind.PERCENT, within),
        Column(wording.say("with those needed"), Kind.PERCENT, within),
        Column(wording.say("95% range"), Kind.TEXT, within),
    )
    rows = tuple((label(one, wording), one.days, *_cells(one, wording)) for one in staffing.hours)
    title = wording.say("Counters needed, hour by hour")
    return Table("staffing", title, columns, rows, _note(staffing, wording), folded=True)


def _cells(one: HourNeed, wording: Wording) -> tuple[Value, ...]:
    if one.people < FEWEST:
        return (Few.HIDDEN, *(None,) * 10)
    spread = one.busy_s and one.busy_s * (one.busy_cv or 0.0)
    known = (one.people_mean, one.people_p90, one.busy_s, spread, one.open)
    if one.needed is None:
        return (*known, wording.say("not enough"), None, None, one.measured, None, None)
    return (
        *known, one.needed, one.apart, difference(one, wording), one.measured,
        _value(one.expected), _range(one.expected, wording),
    )  # fmt: skip


def _value(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate else None


def _range(estimate: Estimate | None, wording: Wording) -> str | None:
    if estimate is None:
        return None
    low, high = (wording.number(share * 100) for share in (estimate.low, estimate.high))
    return f"{low}–{high}%"


def _note(staffing: Staffing, wording: Wording) -> str:
    told = [_assumed(staffing, wording)]
    if staffing.check and staffing.longer:
        measured, replayed = map(wording.percent, staffing.check)
        sentence = (
            "Check: with the counters as they were open, the replay has %(replayed)s within the "
            "target; measured were %(measured)s. For that, people keep a counter %(longer)s times "
            "as long in it as was measured: this stands for what it does not know, as pauses "
            "between two people and counters that serve only some services."
        )
        longer = wording.number(staffing.longer, 2)
        told.append(wording.say(sentence, replayed=replayed, measured=measured, longer=longer))
    sentence = "“Not enough”: fewer than %(days)s such days or %(people)s people."
    told.append(wording.say(sentence, days=FEWEST_DAYS, people=FEWEST_PEOPLE))
    told.append(wording.say("Of a longer period its last 366 days are taken."))
    if staffing.together:
        told.append(wording.say("The days are too few to tell weekdays apart."))
    return " ".join(told)


def _assumed(staffing: Staffing, wording: Wording) -> str:
    return wording.say(
        "Needed: the fewest counters with which %(share)s of the people are called within "
        "%(target)s minutes when the %(days)s measured days are played again, each %(rounds)s "
        "times; never fewer than serve everything people usually come for. It assumes that people "
        "come as they came, that each keeps a counter as long as was measured for the service, "
        "that the open counters help each other, and that the next in line is called at once. "
        "Where no counter helps another, more are needed, at most the number beside it.",
        share=aim(staffing, wording), target=minutes(staffing, wording),
        days=staffing.played, rounds=staffing.rounds,
    )  # fmt: skip


def _services(staffing: Staffing, wording: Wording) -> Table:
    columns = (
        Column("", Kind.TEXT),
        Column(wording.say("people")),
        Column(wording.say("mean"), Kind.MINUTES, wording.say("minutes at the counter")),
        Column(
            wording.say("standard deviation"), Kind.MINUTES, wording.say("minutes at the counter")
        ),
        Column(wording.say("counters it needs alone, at most")),
    )
    rows: list[tuple[Value, ...]] = []
    for one in staffing.services:
        most = max((hour.alone.get(one.service, 0) for hour in staffing.hours), default=0)
        deviation = one.busy_s * one.busy_cv
        rows.append((wording.service(one.service), one.n, one.busy_s, deviation, most or None))
    title = wording.say("Counters each service would need alone")
    note = wording.say("From the call to the end, time set aside taken out.")
    return Table("staffing_service", title, columns, tuple(rows), note, folded=True)
