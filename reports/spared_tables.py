"""What was spared, told: the answer in a sentence, the figures, what they assume, by procedure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.reports.hiding import told as telling
from motcua.reports.spared import Derived, Spared, kilometres, place_of, spared_in
from motcua.reports.spared_formula import how
from motcua.reports.spread import FEWEST
from motcua.reports.table import Column, Few, Figure, Kind, Table, Value

if TYPE_CHECKING:
    from motcua.reports.report import Report
    from motcua.reports.travel import Trips
    from motcua.reports.wording import Wording
    from motcua.settings_travel import Assumption, TravelSection

_NAMES = {
    "km": "Kilometres spared, all places",
    "hours": "Hours on the road spared",
    "cost_vnd": "Cost of the way spared (fuel, fares)",
    "time_vnd": "Value of the hours spared",
    "co2_kg": "CO₂ not emitted",
    "in_vain_km": "Kilometres in vain: a loss, nothing spared",
    "queueing_hours": "Queueing spared by being told at the kiosk",
}
_KINDS = {"VND": Kind.COUNT}
_STATED = {"VND": Kind.COUNT, "": Kind.PERCENT}


def spared_tables(report: Report, wording: Wording) -> list[Table]:
    """Return the tables of what was spared and of what that assumes."""
    told = spared_in(report)
    return [
        _spared(report, told, wording),
        _assumptions(report.centre.travel, wording),
        _by_procedure(report, wording),
    ]


def spared_sentences(report: Report, wording: Wording) -> Iterator[str]:
    """Yield the answer in a sentence, if there is one."""
    km = spared_in(report).figures[0].bounds
    if km is None or km.low == km.high == 0:
        return
    if km.low < 0 < km.high:
        yield wording.say(
            "What used to be done elsewhere: whether people travelled less cannot be said, the "
            "assumptions allow both."
        )
        return
    ends = sorted(abs(end) for end in (km.low, km.high))
    low, high = (wording.number(end) for end in ends)
    said = (
        "Because it is done here now, people travelled less by an estimated %(low)s to %(high)s "
        "km; the assumptions stand beside the figure."
    )
    if km.value < 0:
        said = (
            "Here is farther than where it used to be done: people travelled more by an estimated "
            "%(low)s to %(high)s km; the assumptions stand beside the figure."
        )
    yield wording.say(said, low=low, high=high)


def _spared(report: Report, told: Spared, wording: Wording) -> Table:
    columns = (
        Column("", Kind.TEXT),
        *(Column(wording.say(name), Kind.DECIMAL) for name in ("estimate", "at least", "at most")),
        Column(wording.say("unit"), Kind.TEXT),
        Column(wording.say("how it was reckoned"), Kind.TEXT),
    )
    places = [
        (wording.say("Kilometres spared: %(place)s", place=place.name), place.km)
        for place in told.places
    ]
    figures = told.figures if places else told.figures[:1]  # the others need the same keys
    if len(places) == 1:
        figures = told.figures[1:]
    others = [
        (wording.say(_NAMES[one.name]), one) for one in (*figures, told.in_vain, told.queueing)
    ]
    rows = tuple(_row(name, one, wording) for name, one in (*places, *others))
    title = wording.say("Way, time and money spared")
    return Table("spared", title, columns, rows, "\n".join(_limits(report, told, wording)))


def _row(name: str, figure: Derived, wording: Wording) -> tuple[Value, ...]:
    kind = _KINDS.get(figure.unit, Kind.DECIMAL)
    bounds = figure.bounds
    ends: tuple[Value, ...] = (Few.HIDDEN if figure.hidden else None, None, None)
    if bounds:
        ends = tuple(Figure(end, kind) for end in (bounds.value, bounds.low, bounds.high))
    return (name, *ends, wording.say(figure.unit), how(figure, wording))


def _limits(report: Report, told: Spared, wording: Wording) -> Iterator[str]:
    """Yield what the figures may and may not be taken for."""
    yield wording.say(
        "“At least … at most”: every assumption at the end that makes the figure smallest, then "
        "largest. It is no margin of chance, and the counts are taken as they are."
    )
    if told.places:
        yield wording.say(
            "Counted are finished visits (result in hand, or papers taken) for what another "
            "office used to do, each as one way there and back from home by one person alone. "
            "Whoever had other errands there, shared a ride, would have filed online or sent "
            "somebody, or would not have gone at all, was spared less. A minus says that here is "
            "farther."
        )
    yield wording.say(
        "Whoever was told at the kiosk had come already: no way was spared, only queueing. What "
        "they would have waited is taken from the middle half of the waits of their day."
    )
    if told.not_stated >= FEWEST:
        sentence = "%(n)s finished visits stated no procedure: they are in no kilometres spared."
        yield wording.say(sentence, n=wording.number(told.not_stated))
    left_out = report.measures.travel.queueing.left_out
    if left_out >= FEWEST:
        sentence = "%(n)s people were told at the kiosk on days with too few waits to reckon with."
        yield wording.say(sentence, n=wording.number(left_out))


def _assumptions(settings: TravelSection, wording: Wording) -> Table:
    columns = (
        Column("", Kind.TEXT),
        *(Column(wording.say(name), Kind.RATIO) for name in ("estimate", "at least", "at most")),
        Column(wording.say("unit"), Kind.TEXT),
        Column(wording.say("source, as the centre states it"), Kind.TEXT),
    )
    rows = tuple(
        (name, *_range(one, unit), unit and wording.say(unit), one.source)
        for name, one, unit in _stated(settings, wording)
        if one.known and _in_use(settings)
    )
    note = wording.say("All of them stand under [travel] in centre.toml.")
    return Table("assumptions", wording.say("What this assumes"), columns, rows, note)


def _in_use(settings: TravelSection) -> bool:
    """Return whether anything is reckoned with what the centre states."""
    return settings.here_km.known or any(place.used for place in settings.place)


def _range(one: Assumption, unit: str) -> tuple[Value, ...]:
    kind = _STATED.get(unit, Kind.RATIO)
    return tuple(Figure(end, kind) for end in (one.value, one.low, one.high))


def _stated(settings: TravelSection, wording: Wording) -> Iterator[tuple[str, Assumption, str]]:
    """Yield (what, assumption, unit) of everything the centre may state."""
    yield wording.say("From home, one way: this centre"), settings.here_km, "km"
    for place in settings.place:
        if place.used:
            old = wording.say("From home, one way: %(place)s", place=place.name)
            yield old, place.old_km, "km"
            trips = wording.say("Trips for each visit here: %(place)s", place=place.name)
            yield trips, place.trips_per_visit, "trips"
    for means in settings.means:
        for sentence, key, unit in (
            ("%(means)s: part of the visitors", "share", ""),
            ("%(means)s: minutes for a kilometre", "minutes_per_km", "minutes"),
            ("%(means)s: cost of a kilometre", "cost_per_km_vnd", "VND"),
            ("%(means)s: CO₂ of a kilometre", "co2_g_per_km", "g"),
        ):
            yield wording.say(sentence, means=means.name), getattr(means, key), unit
    yield wording.say("Value of an hour"), settings.value_of_time_vnd, "VND"


def _by_procedure(report: Report, wording: Wording) -> Table:
    by = {code: one for code, one in report.measures.travel.by_procedure.items() if one.served}
    shown = telling({code: one.served for code, one in by.items()})
    rows = tuple(
        (wording.procedure(code), *_trips(by[code]), *_formerly(code, by[code], report, wording))
        for code in sorted(shown, key=lambda code: (-by[code].served, code))
    )
    columns = tuple(_columns(wording))
    hidden = len(by) - len(rows)
    if hidden:
        few = wording.say("%(n)s more procedures, not told: few people each", n=hidden)
        rows = (*rows, (few, *(None,) * (len(columns) - 1)))
    return Table(
        "trips_by_procedure", wording.say("Trips by procedure"), columns, rows, folded=True
    )


def _columns(wording: Wording) -> Iterator[Column]:
    vain, spared_km = wording.say("in vain"), wording.say("km spared")
    yield Column(wording.say("procedure"), Kind.TEXT)
    yield Column(wording.say("visits served"))
    yield Column(wording.say("finished"))
    yield Column(wording.say("papers missing"), group=vain)
    yield Column(wording.say("wrong place"), group=vain)
    yield Column(wording.say("visits a finished case"), Kind.RATIO)
    yield Column(wording.say("need not be repeated"), Kind.PERCENT)
    yield Column(wording.say("formerly done at"), Kind.TEXT)
    for name in ("estimate", "at least", "at most"):
        yield Column(wording.say(name), Kind.DECIMAL, spared_km)


def _trips(trips: Trips) -> Iterator[Value]:
    for count in (trips.served, trips.finished, trips.papers_missing, trips.wrong_place):
        yield Few.HIDDEN if 0 < count < FEWEST else count
    few = 0 < trips.finished < FEWEST
    yield Few.HIDDEN if few else trips.visits_per_finished_case
    yield trips.resolved_share


def _formerly(code: str, trips: Trips, report: Report, wording: Wording) -> Iterator[Value]:
    settings = report.centre.travel
    used = [place for place in settings.place if place.used]
    at = place_of(used, code, wording.field(code))
    if at is None:
        yield from ("", "", "", "")
        return
    km = kilometres(used[at].name, trips.finished, used[at], settings)
    bounds = km.bounds
    yield used[at].name
    if bounds:
        yield from (bounds.value, bounds.low, bounds.high)
    else:
        yield from (Few.HIDDEN if km.hidden else None, None, None)
