"""Trips and what was spared, as JSON. Kilometres, hours, dong and kilograms, not seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from motcua.reports.hiding import told
from motcua.reports.spared import Derived, spared_in
from motcua.reports.spared_formula import filled
from motcua.reports.spread import FEWEST

if TYPE_CHECKING:
    from motcua.reports.bounds import Bounds
    from motcua.reports.report import Report
    from motcua.reports.travel import Trips
    from motcua.settings_section import Section
    from motcua.settings_travel import Assumption, TravelSection

Json = dict[str, Any]
_DECIMALS = 4


def travel_json(report: Report) -> Json:
    """Return the trips of a report as JSON types; the shape is told in docs/measures.md."""
    travel, result = report.measures.travel, spared_in(report)
    return {
        "referrals": travel.referrals,
        **_trips(travel.trips),
        "resolved_share_if_all_return": _round(travel.trips.resolved_share_if_all_return),
        "queueing": {
            "people": travel.queueing.people,
            "days": travel.queueing.days,
            "left_out": travel.queueing.left_out,
        },
        "places": [
            {"place": place.name, "visits": _few(place.visits), **_derived(place.km)}
            for place in result.places
        ],
        "derived": {
            one.name: _derived(one) for one in (*result.figures, result.in_vain, result.queueing)
        },
        "not_stated": result.not_stated,
        "assumptions": list(_assumptions(report.centre.travel)),
        "by_procedure": _by_procedure(report),
    }


def _trips(trips: Trips) -> Json:
    return asdict(trips) | {
        "in_vain": trips.in_vain,
        "visits_per_finished_case": _round(trips.visits_per_finished_case),
        "resolved_share": _round(trips.resolved_share),
    }


def _round(value: float | None) -> float | None:
    return value if value is None or isinstance(value, int) else round(value, _DECIMALS)


def _few(count: int) -> int | None:
    return None if 0 < count < FEWEST else count


def _ends(bounds: Bounds | None) -> Json:
    return {end: bounds and _round(getattr(bounds, end)) for end in ("low", "value", "high")}


def _derived(figure: Derived) -> Json:
    return {
        "unit": figure.unit,
        **_ends(figure.bounds),
        "formula": filled(figure, _english, lambda value, decimals: f"{value:.{decimals}f}"),
        "fill_in": list(dict.fromkeys(figure.lacks)),
        "hidden": figure.hidden,
    }


def _english(sentence: str, **values: object) -> str:
    return sentence % values


def _assumptions(settings: TravelSection) -> Iterator[Json]:
    """Yield what the centre states, each with its key and the place or means it is of."""
    yield from _stated("", settings, "here_km", "value_of_time_vnd")
    for place in settings.place:
        if place.used:
            yield from _stated(place.name, place, "old_km", "trips_per_visit")
    for means in settings.means:
        rates = ("minutes_per_km", "cost_per_km_vnd", "co2_g_per_km")
        yield from _stated(means.name, means, "share", *rates)


def _stated(of: str, section: Section, *keys: str) -> Iterator[Json]:
    for key in keys:
        one: Assumption = getattr(section, key)
        if one.known:
            ends = {"low": one.low, "value": one.value, "high": one.high}
            yield {"key": key, "of": of, **ends, "source": one.source}


def _by_procedure(report: Report) -> list[Json]:
    by = {code: one for code, one in report.measures.travel.by_procedure.items() if one.served}
    shown = told({code: one.served for code, one in by.items()})
    return [
        _procedure(code, report) | _cell(trips, hidden=code not in shown)
        for code, trips in sorted(by.items())
    ]


def _procedure(code: str, report: Report) -> Json:
    found = report.rules.procedures.get(code)
    return {"procedure": code or None, "name_vi": found and found.name_vi}


def _cell(trips: Trips, *, hidden: bool) -> Json:
    counts = {key: _few(count) for key, count in asdict(trips).items()}
    if hidden:
        return dict.fromkeys((*counts, "resolved_share"), None) | {"hidden": True}
    return counts | {"resolved_share": _round(trips.resolved_share), "hidden": False}
