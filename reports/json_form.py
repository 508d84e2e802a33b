"""A report as JSON: what the API answers and `motcua report --format json` prints.

Durations are seconds, shares 0 … 1, days ISO dates. A number that would tell of fewer than five
people is null beside `"hidden": true`. The shape is told in docs/measures.md.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from motcua.day_table import LEFT
from motcua.queue.ticket import OUTCOMES
from motcua.reports.compare_json import comparison_json
from motcua.reports.json_parts import days_json, parts_json
from motcua.reports.load import Load
from motcua.reports.spread import FEWEST, hide_few_people, rounded
from motcua.reports.staffing_json import staffing_json
from motcua.reports.travel_json import travel_json

if TYPE_CHECKING:
    from motcua.queue.rules import Rules
    from motcua.reports.measures import Cell, Measures
    from motcua.reports.report import Report
    from motcua.reports.spread import Share, Spread

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
        "days": days_json(measures, report.rules),
        **_totals(measures),
        **{f"by_{name}": _cells(name, cells, report.rules) for name, cells in measures.by.items()},
        "by_counter": [_load(load) for load in measures.loads],
        **parts_json(measures, report.rules),
        "travel": travel_json(report),
        "staffing": staffing_json(report.staffing, report.rules),
    }
    if report.comparison:
        answer["comparison"] = comparison_json(report.comparison)
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
    return {name: rounded(value) for name, value in asdict(told).items()}


def _share(told: Share) -> Json:
    return {
        "n": told.of,
        "share": rounded(told.share, 4),
        "within": told.within,
        "late": told.late,
        "left_late": told.left_late,
        "left_early": told.left_early,
        "hidden": told.hidden,
    }


def _share_of_cell(told: Share) -> Json:
    """Return the share without the counts that are too small to be told."""
    counts = ("within", "late", "left_late", "left_early")
    share = _share(told)
    return share | {name: share[name] and hide_few_people(share[name]) for name in counts}


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
        "within_target": _share_of_cell(cell.within),
        "missed": cell.missed,
        "cancelled": cell.cancelled,
        "unserved": cell.unserved,
    }


def _load(load: Load) -> Json:
    known = load.open_s > 0
    return {
        "counter": load.counter,
        "legs": load.legs,
        "busy_s": rounded(load.busy_s),
        "open_s": rounded(load.open_s) if known else None,
        "busy_share": rounded(load.open_busy_s / load.open_s, 4) if known else None,
    }
