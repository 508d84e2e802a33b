"""What people were spared by what the centre does now itself, and what trips in vain cost them.

  kilometres = visits × 2 × (trips there × old place − here)
  hours      = kilometres × Σ share of a means × its minutes per km ÷ 60
  fares      = kilometres × Σ share of a means × its dong per km
  time       = hours × value of an hour
  CO₂        = kilometres × Σ share of a means × its grams per km ÷ 1000

Visits are those that finished a matter of a procedure which another office used to do: a visit in
vain, or for advice, spared nobody a way. All else comes from `[travel]` of `centre.toml`, each with
its range; ranges are reckoned through (see `Bounds`). What would need a figure the centre does not
know is not told. Less is spared than no more: where here is farther, the figure is negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize

from motcua.reports.bounds import Bounds, mixed, total
from motcua.reports.spread import FEWEST
from motcua.reports.travel import Queueing, Travel

if TYPE_CHECKING:
    from motcua.reports.report import Report
    from motcua.settings_travel import Assumption, TravelPlaceSection, TravelSection

_SECONDS_AN_HOUR = 3600
_MINUTES_AN_HOUR = 60
_GRAMS_A_KILOGRAM = 1000
Terms = Mapping[str, "float | tuple[tuple[float, ...], ...]"]
"""Name in a formula → its number, or products to be added up."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure reckoned from counts and assumptions."""

    name: str
    unit: str
    """`km`, `hours`, `VND` or `kg`."""
    bounds: Bounds | None
    """None: not told."""
    formula: str = ""
    """An English sentence with `%(name)s` places for `terms`, and `told` for the value."""
    terms: Terms = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    """Keys of `[travel]` to fill in before it can be told."""
    hidden: bool = False
    """True: it would tell of fewer than five people."""


@dataclass(frozen=True, slots=True)
class Place:
    """An office that used to do some of it."""

    name: str
    visits: int
    """Finished visits here for what used to be done there."""
    km: Derived


@dataclass(frozen=True, slots=True)
class Spared:
    """Everything derived from the trips of a period."""

    places: tuple[Place, ...]
    figures: tuple[Derived, ...]
    """All places together: kilometres, hours, fares, value of time, CO₂."""
    in_vain: Derived
    queueing: Derived
    not_stated: int
    """Finished visits that stated no procedure: in no figure of a place."""


def spared_in(report: Report) -> Spared:
    """Reckon what was spared in the period of a report."""
    procedures = report.rules.procedures

    def field_of(code: str) -> str:
        return procedures[code].field if code in procedures else ""

    return spared(report.measures.travel, report.centre.travel, field_of)


def spared(travel: Travel, settings: TravelSection, field_of: Callable[[str], str]) -> Spared:
    """Reckon what was spared.

    Args:
        travel: the trips of the period.
        settings: what the centre assumes.
        field_of: gives the field of a procedure's code; empty for none.
    """
    used = [place for place in settings.place if place.used]
    counted = dict.fromkeys(range(len(used)), 0)
    for code, trips in travel.by_procedure.items():
        at = place_of(used, code, field_of(code))
        if at is not None:
            counted[at] += trips.finished
    places = tuple(_place(used[at], visits, settings) for at, visits in counted.items())
    nowhere = travel.by_procedure.get("")
    return Spared(
        places, tuple(_figures(_together(places), settings)), _in_vain(travel, settings),
        _queueing(travel.queueing), nowhere.finished if nowhere else 0,
    )  # fmt: skip


def place_of(places: Iterable[TravelPlaceSection], code: str, field_name: str) -> int | None:
    """Return which of `places` used to do a procedure; one that names its code comes first."""
    by_field = None
    for at, place in enumerate(places):
        if code and code in place.procedures:
            return at
        if field_name and _composed(field_name) in map(_composed, place.fields):
            by_field = at
    return by_field


def _composed(name: str) -> str:
    return normalize("NFC", name)


def _bounds(assumption: Assumption) -> Bounds:
    return Bounds(assumption.low, assumption.value, assumption.high)


def _place(place: TravelPlaceSection, visits: int, settings: TravelSection) -> Place:
    name = place.name or "?"
    return Place(name, visits, kilometres(name, visits, place, settings))


def kilometres(
    name: str, visits: int, place: TravelPlaceSection, settings: TravelSection
) -> Derived:
    """Return the kilometres of so many visits: × 2, there and back."""
    needed = {
        "here_km": settings.here_km,
        f"old_km ({name})": place.old_km,
        f"trips_per_visit ({name})": place.trips_per_visit,
    }
    lacks = _lacking(needed)
    if lacks or 0 < visits < FEWEST:
        return Derived(name, "km", None, lacks=lacks, hidden=not lacks)
    here, old, trips = map(_bounds, needed.values())
    bounds = (trips * old - here).times(2 * visits)
    once = trips == Bounds(1, 1, 1)
    formula = (
        "%(visits)s visits × 2 × (%(old)s − %(here)s) km = %(told)s km"
        if once
        else "%(visits)s visits × 2 × (%(trips)s × %(old)s − %(here)s) km = %(told)s km"
    )
    terms = {"visits": visits, "old": old.value, "here": here.value, "trips": trips.value}
    return Derived(name, "km", bounds, formula, terms)


def _lacking(needed: Mapping[str, Assumption]) -> tuple[str, ...]:
    return tuple(key for key, assumption in needed.items() if not assumption.known)


def _together(places: tuple[Place, ...]) -> Derived:
    """Return the kilometres of all places that have some to tell."""
    lacks = tuple(dict.fromkeys(key for place in places for key in place.km.lacks))
    bounds = [place.km.bounds for place in places if place.km.bounds]
    if not bounds:
        hidden = any(place.km.hidden for place in places)
        return Derived(
            "km", "km", None, lacks=lacks or (() if hidden else ("place",)), hidden=hidden
        )
    terms = {"parts": tuple((one.value,) for one in bounds)}
    formula = "%(parts)s km = %(told)s km" if len(bounds) > 1 else "%(told)s km"
    return Derived("km", "km", total(bounds), formula, terms, lacks)


def _figures(km: Derived, settings: TravelSection) -> Iterable[Derived]:
    """Yield the kilometres, and what follows from them."""
    yield km
    minutes = _by_means("hours", "hours", km, "minutes_per_km", settings)
    hours = "%(km)s km × (%(mix)s) minutes ÷ 60 = %(told)s hours"
    yield _scaled(minutes, 1 / _MINUTES_AN_HOUR, hours)
    fares = "%(km)s km × (%(mix)s) dong = %(told)s dong"
    yield _scaled(_by_means("cost_vnd", "VND", km, "cost_per_km_vnd", settings), 1, fares)
    yield _value_of_time(minutes, settings.value_of_time_vnd)
    grams = "%(km)s km × (%(mix)s) g ÷ 1000 = %(told)s kg"
    co2 = _by_means("co2_kg", "kg", km, "co2_g_per_km", settings)
    yield _scaled(co2, 1 / _GRAMS_A_KILOGRAM, grams)


def _by_means(name: str, unit: str, km: Derived, key: str, settings: TravelSection) -> Derived:
    """Return kilometres × what `key` says of a kilometre, the means mixed by their shares."""
    means = settings.means
    needed = {
        f"{one} ({way.name or '?'})": getattr(way, one) for way in means for one in ("share", key)
    }
    lacks = (*(() if km.bounds else km.lacks), *_lacking(needed), *(() if means else ("means",)))
    if lacks or km.bounds is None:
        return Derived(name, unit, None, lacks=lacks, hidden=km.hidden and not lacks)
    pairs = [(way.share, getattr(way, key)) for way in means]
    mix = mixed([(_bounds(share), _bounds(rate)) for share, rate in pairs])
    products = tuple((share.value, rate.value) for share, rate in pairs)
    return Derived(name, unit, km.bounds * mix, "", {"km": km.bounds.value, "mix": products})


def _scaled(figure: Derived, factor: float, formula: str) -> Derived:
    bounds = figure.bounds and figure.bounds.times(factor)
    return Derived(
        figure.name, figure.unit, bounds, formula, figure.terms, figure.lacks, figure.hidden
    )


def _value_of_time(minutes: Derived, hour: Assumption) -> Derived:
    lacks = (*minutes.lacks, *_lacking({"value_of_time_vnd": hour}))
    if lacks or minutes.bounds is None:
        return Derived("time_vnd", "VND", None, lacks=lacks, hidden=minutes.hidden and not lacks)
    bounds = (minutes.bounds * _bounds(hour)).times(1 / _MINUTES_AN_HOUR)
    formula = "%(km)s km × (%(mix)s) minutes ÷ 60 × %(hour)s dong = %(told)s dong"
    return Derived("time_vnd", "VND", bounds, formula, {**minutes.terms, "hour": hour.value})


def _in_vain(travel: Travel, settings: TravelSection) -> Derived:
    """Return the kilometres of visits in vain: made, not spared."""
    lacks = _lacking({"here_km": settings.here_km})
    if lacks:
        return Derived("in_vain_km", "km", None, lacks=lacks)
    here, visits = _bounds(settings.here_km), travel.trips.in_vain
    formula = "%(visits)s visits × 2 × %(here)s km = %(told)s km"
    terms = {"visits": visits, "here": here.value}
    return Derived("in_vain_km", "km", here.times(2 * visits), formula, terms)


def _queueing(queueing: Queueing) -> Derived:
    bounds = queueing.seconds and queueing.seconds.times(1 / _SECONDS_AN_HOUR)
    formula = "%(people)s people × the median wait of their day = %(told)s hours"
    return Derived("queueing_hours", "hours", bounds, formula, {"people": queueing.people})
