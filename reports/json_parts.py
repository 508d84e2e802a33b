"""Parts of a report as JSON: distribution, forecasts, load, papers, referrals, what was counted.

Durations are seconds, shares 0 … 1; a number that would tell of fewer than five people is null
beside `"hidden": true`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from motcua.reports.coverage import days_without_records
from motcua.reports.referrals import by_place
from motcua.reports.spread import FEWEST, hide_few_people, rounded

if TYPE_CHECKING:
    from motcua.queue.rules import Rules
    from motcua.reports.forecast import Forecast
    from motcua.reports.measures import Measures
    from motcua.reports.open_hours import OpenLoad
    from motcua.reports.papers import Missing

Json = dict[str, Any]


def days_json(measures: Measures, rules: Rules) -> Json:
    """Return which days were counted, and which of them with a reservation."""
    return {
        "counted": len(measures.days),
        "running": list(measures.running),
        "undated": list(measures.undated),
        "damaged": list(measures.damaged),
        "summed": list(measures.summed),
        "without_records": list(days_without_records(measures.days, rules.hours)),
    }


def parts_json(measures: Measures, rules: Rules) -> Json:
    """Return the parts by their keys."""
    return {
        "wait_distribution": [
            {"from_s": step.from_s, "to_s": step.to_s, "n": step.n, "hidden": step.hidden}
            for step in measures.waits
        ],
        "forecast": _forecast(measures.forecast.every)
        | {
            "by_service": [
                {"service": letter, **_service_forecast(one)}
                for letter, one in measures.forecast.by_service.items()
            ]
        },
        "load": _load(measures.load.every)
        | {
            "by_hour": [{"hour": hour, **_load(one)} for hour, one in measures.load.by_hour.items()]
        },
        "missing_papers": [_missing(one, rules) for one in measures.papers],
        "referrals": _referrals(measures.referrals, rules),
    }


def _forecast(one: Forecast) -> Json:
    numbers = {name: rounded(value) for name, value in asdict(one).items()}
    return {"n": one.n, "share": rounded(one.share, 4), **numbers, "hidden": False}


def _service_forecast(one: Forecast) -> Json:
    """Return the forecast of a service, without the counts that are too small to be told."""
    if one.hidden:
        return _HIDDEN_FORECAST
    return _forecast(one) | {name: hide_few_people(getattr(one, name)) for name in _COUNTS}


_COUNTS = ("inside", "shorter", "longer", "left_longer", "left_sooner")
_HIDDEN_FORECAST: Json = {
    **dict.fromkeys(("n", "share", *_COUNTS, "width_s", "shorter_by_s", "longer_by_s")),
    "hidden": True,
}


def _load(one: OpenLoad) -> Json:
    return {
        "legs": one.legs,
        "open_s": rounded(one.open_s),
        "legs_per_open_hour": rounded(one.per_open_hour, 4),
        "hidden": one.legs is None,
    }


def _missing(one: Missing, rules: Rules) -> Json:
    return {
        "procedure": one.procedure or None,
        "name_vi": _name(one.procedure, rules),
        "paper": one.paper,
        "n": None if one.hidden else one.n,
        "share": None if one.hidden else rounded(one.share, 4),
        "hidden": one.hidden,
    }


def _referrals(referrals: Mapping[tuple[str, str], int], rules: Rules) -> Json:
    return {
        "n": sum(referrals.values()),
        "by_procedure": [
            {
                "procedure": procedure,
                "name_vi": _name(procedure, rules),
                "place": place,
                **_people(people),
            }
            for (procedure, place), people in sorted(referrals.items())
        ],
        "by_place": [
            {"place": place, **_people(people)} for place, people in by_place(referrals).items()
        ],
    }


def _people(people: int) -> Json:
    few = people < FEWEST
    return {"n": None if few else people, "hidden": few}


def _name(procedure: str, rules: Rules) -> str | None:
    return rules.procedures[procedure].name_vi if procedure in rules.procedures else None
