"""The advice on counters for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motcua.reports.spread import FEWEST, rounded
from motcua.reports.staffing_need import TOGETHER

if TYPE_CHECKING:
    from motcua.queue.rules import Rules
    from motcua.reports.staffing_need import Estimate, HourNeed, ServiceTime, Staffing

Json = dict[str, Any]


def staffing_json(staffing: Staffing | None, rules: Rules) -> Json | None:
    """Return the advice as JSON types; None when it was not reckoned."""
    if staffing is None:
        return None
    check = staffing.check
    return {
        "target_s": staffing.goal.target_s,
        "target_share": rounded(staffing.goal.share, 4),
        "enough": staffing.enough,
        "days": staffing.days,
        "left_out": [{"day": day, "why": why} for day, why in staffing.left_out],
        "played": staffing.played,
        "rounds": staffing.rounds,
        "times_longer": rounded(staffing.longer, 4),
        "check": check and {
            "measured_share": rounded(check[0], 4), "replayed_share": rounded(check[1], 4)
        },
        "hours": [_hour(one) for one in staffing.hours],
        "services": [_service(one, rules) for one in staffing.services],
    }  # fmt: skip


def _hour(one: HourNeed) -> Json:
    hidden = one.people < FEWEST
    key = {"weekday": None if one.weekday == TOGETHER else one.weekday, "hour": one.hour}
    return key | {
        "days": one.days,
        "n": None if hidden else one.people,
        "hidden": hidden,
        "people_mean": None if hidden else rounded(one.people_mean, 4),
        "people_p90": None if hidden else rounded(one.people_p90, 4),
        "people_cv": None if hidden else rounded(one.people_cv, 4),
        "busy_mean_s": rounded(one.busy_s, 4),
        "busy_cv": rounded(one.busy_cv, 4),
        "open": rounded(one.open, 4),
        "needed": one.needed,
        "needed_apart": one.apart,
        "apart_by_service": [
            {"service": service, "needed": many} for service, many in one.alone.items()
        ],
        "needed_if_steady": one.steady,
        "more": one.more,
        "measured_share": rounded(one.measured, 4),
        "replayed_share": _estimate(one.replayed),
        "expected_share": _estimate(one.expected),
    }


def _estimate(told: Estimate | None) -> Json | None:
    if told is None:
        return None
    return {
        "value": rounded(told.value, 4),
        "low": rounded(told.low, 4),
        "high": rounded(told.high, 4),
    }


def _service(one: ServiceTime, rules: Rules) -> Json:
    found = rules.services.get(one.service)
    return {
        "service": one.service,
        "name_vi": found.name_vi if found else None,
        "name_en": found.name_en if found else None,
        "n": one.n,
        "busy_mean_s": rounded(one.busy_s, 4),
        "busy_cv": rounded(one.busy_cv, 4),
    }
