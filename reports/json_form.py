"""A report as JSON: what the API answers and `motcua report --format json` prints.

Durations are seconds, shares 0 … 1, days ISO dates. A number that would tell of fewer than five
people is null beside `"hidden": true`. The shape is told in docs/measures.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from motcua.day_table import LEFT
from motcua.queue.ticket import OUTCOMES
from motcua.reports.columns import Load
from motcua.reports.spread import FEWEST

if TYPE_CHECKING:
    from motcua.queue.rules import Rules
    from motcua.reports.compare import Change, Side
    from motcua.reports.measures import Cell, Measures
    from motcua.reports.period import Period
    from motcua.reports.report import Compared, Report
    from motcua.reports.spread import Share, Spread
    from motcua.reports.travel import Travel

Json = dict[str, Any]


def as_json(report: Report) -> Json:
    """Return the report as JSON types."""
    measures = report.measures
    answer = {
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "timezone": str(report.rules.hours.zone),
        "target_s": report.target_s,
        "fewest": FEWEST,
        "days": {
            "counted": len(measures.days),
            "running": list(measures.running),
            "undated": list(measures.undated),
        },
        **_totals(measures),
        **{f"by_{name}": _cells(name, cells, report.rules) for name, cells in measures.by.items()},
        "by_counter": [_load(load) for load in measures.loads],
        "referrals": _referrals(measures.referrals, report.rules),
        "travel": _travel(measures.travel),
    }
    if report.comparison:
        answer["comparison"] = _comparison(report.comparison)
    return answer


def _totals(measures: Measures) -> Json:
    ends = measures.ends
    return {
        "visits": measures.visits,
        "legs": measures.legs,
        "transfers": measures.transfers,
        "wait": _spread(measures.wait),
        "way": _spread(measures.way),
        "service_time": _spread(measures.service),
        "visit": {
            "wait": _spread(measures.visit_wait),
            "service_time": _spread(measures.visit_service),
            "time_in_centre": _spread(measures.centre),
        },
        "within_target": _share(measures.within),
        "outcomes": {outcome: ends.get(outcome, 0) for outcome in OUTCOMES},
        **{end: ends.get(end, 0) for end in LEFT},
        "open": ends.get("", 0),
        "uncertain": {"legs": measures.uncertain, "intervals": dict(measures.unsure)},
    }


def _spread(told: Spread) -> Json:
    return {name: _rounded(value) for name, value in asdict(told).items()}


def _share(told: Share) -> Json:
    return {
        "n": told.of,
        "share": _rounded(told.share, 4),
        "within": told.within,
        "late": told.late,
        "left_late": told.left_late,
        "left_early": told.left_early,
        "hidden": told.hidden,
    }


def _cells(dimension: str, cells: tuple[Cell, ...], rules: Rules) -> list[Json]:
    return [_named(dimension, cell, rules) | _cell(cell) for cell in cells]


def _named(dimension: str, cell: Cell, rules: Rules) -> Json:
    """Return what the cell is of; an empty code is null: none was stated."""
    if isinstance(cell.key, tuple):
        return {"weekday": cell.key[0], "hour": cell.key[1]}
    named: Json = {dimension: None if cell.key == "" else cell.key}
    if dimension in ("service", "procedure"):
        names = _names(dimension, str(cell.key), rules)
        named["name_vi"], named["name_en"] = names
    return named


def _names(dimension: str, code: str, rules: Rules) -> tuple[str, str] | tuple[None, None]:
    found = rules.services.get(code) if dimension == "service" else rules.procedures.get(code)
    return (found.name_vi, found.name_en) if found else (None, None)


def _cell(cell: Cell) -> Json:
    return {
        "n": cell.n,
        "hidden": cell.hidden,
        "wait": _spread(cell.wait),
        "service_time": _spread(cell.service),
        "within_target": _share(cell.within),
        "missed": cell.missed,
        "cancelled": cell.cancelled,
        "unserved": cell.unserved,
    }


def _load(load: Load) -> Json:
    known = load.open_s > 0
    return {
        "counter": load.counter,
        "legs": load.legs,
        "busy_s": _rounded(load.busy_s),
        "open_s": _rounded(load.open_s) if known else None,
        "busy_share": _rounded(load.open_busy_s / load.open_s, 4) if known else None,
    }


def _referrals(referrals: Mapping[tuple[str, str], int], rules: Rules) -> Json:
    rows = [
        {
            "procedure": procedure,
            "name_vi": rules.procedures[procedure].name_vi
            if procedure in rules.procedures
            else None,
            "place": place,
            "n": people if people >= FEWEST else None,
            "hidden": people < FEWEST,
        }
        for (procedure, place), people in sorted(referrals.items())
    ]
    return {"n": sum(referrals.values()), "by_procedure": rows}


def _travel(travel: Travel) -> Json:
    trips = travel.trips
    return {
        "referrals": travel.referrals,
        **asdict(trips),
        "visits_per_finished_case": _rounded(trips.visits_per_finished_case, 4),
        "resolved_share": _rounded(trips.resolved_share, 4),
    }


def _comparison(told: Compared) -> Json:
    result = told.result
    return {
        "verdict": result.verdict,
        "before": _side(told.before, result.before),
        "after": _side(told.after, result.after),
        "median_change_s": _change(result.median),
        "share_change": _change(result.share, 4),
    }


def _side(period: Period, side: Side) -> Json:
    left_out = [{"day": day, "why": why} for day, why in side.left_out]
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "days": side.days,
        "n": side.n,
        "median_s": _rounded(side.median_s),
        "share": _rounded(side.share, 4),
        "left_out": left_out,
    }


def _change(change: Change | None, decimals: int = 3) -> Json | None:
    if change is None:
        return None
    return {name: _rounded(value, decimals) for name, value in asdict(change).items()}


def _rounded(value: float | None, decimals: int = 3) -> float | None:
    """Return a figure without the noise of floating point; whole numbers stay whole."""
    return value if value is None or isinstance(value, int) else round(value, decimals)
