"""A comparison as JSON: durations in seconds, shares 0 … 1, days ISO dates."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from motcua.reports.compare import verdict_on
from motcua.reports.days_needed import matters_s
from motcua.reports.spread import rounded

if TYPE_CHECKING:
    from motcua.reports.compare import Adjusted, Comparison
    from motcua.reports.compare_days import Side
    from motcua.reports.compared import Compared
    from motcua.reports.period import Period
    from motcua.reports.resample import Change
    from motcua.reports.stopwatch import Sheet

Json = dict[str, Any]


def comparison_json(told: Compared) -> Json:
    """Return a comparison as JSON types; the shape is told in docs/measures.md."""
    result = told.result
    return {
        "verdict": result.verdict,
        "before": _side(told.before, result.before, result.adjusted.loads[0]),
        "after": _side(told.after, result.after, result.adjusted.loads[1]),
        "median_change_s": _change(result.median),
        "share_change": _change(result.share, 4),
        "adjusted": _adjusted(result.adjusted),
        "matters_s": rounded(matters_s(result.before.median_s or 0.0)),
        "needed": _needed(result),
        "unlike": [one.code for one in told.unlike],
        "sheet": told.sheet and _sheet(told.sheet),
    }


def _side(period: Period, side: Side, load: float | None) -> Json:
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "days": side.days,
        "people": side.people,
        "n": side.n,
        "missing_share": rounded(side.missing_share, 4),
        "load": rounded(load, 2),
        "median_s": rounded(side.median_s),
        "share": rounded(side.share, 4),
        "outside": side.outside,
        "left_out": [{"day": day, "why": why} for day, why in side.left_out],
    }


def _adjusted(adjusted: Adjusted) -> Json:
    medians, shares = adjusted.medians_s or (None, None), adjusted.shares or (None, None)
    return {
        "load_by": adjusted.basis,
        "refused": adjusted.refused or None,
        "verdict": verdict_on(adjusted.median),
        "days_alike": [rounded(days, 1) for days in adjusted.days],
        "medians_s": [rounded(median) for median in medians],
        "shares": [rounded(share, 4) for share in shares],
        "median_change_s": _change(adjusted.median),
        "share_change": _change(adjusted.share, 4),
    }


def _needed(result: Comparison) -> Json | None:
    needed = result.needed
    if needed is None:
        return None
    return {"difference_s": rounded(needed.difference_s), "more_days": needed.more_days}


def _sheet(sheet: Sheet) -> Json:
    return {
        "name": sheet.name,
        "hours": {str(day): sorted(hours) for day, hours in sorted(sheet.scope.hours.items())},
        "services": sorted(sheet.scope.services),
    }


def _change(change: Change | None, decimals: int = 3) -> Json | None:
    if change is None:
        return None
    return {name: rounded(value, decimals) for name, value in asdict(change).items()}
