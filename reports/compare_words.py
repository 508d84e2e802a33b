"""What a comparison says, in sentences: nothing the interval does not support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.reports import load_mix
from motcua.reports.compare import FEWEST_DAYS, verdict_on
from motcua.reports.days_needed import matters_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motcua.reports.compare import Comparison
    from motcua.reports.compare_days import Scope
    from motcua.reports.compared import Compared
    from motcua.reports.period import Period
    from motcua.reports.resample import Change
    from motcua.reports.wording import Wording

_MINUS = "\u2212"
_SECONDS_A_MINUTE = 60
BASES = {
    "open_hour": "people for each hour a counter was open",
    "hour": "people an hour",
    "day": "people a day, for when counters were open is not known",
}
"""What the load of a day is → its words."""
_VERDICTS = {
    "shorter": "%(after)s against %(before)s: the median wait is shorter by %(low)s to %(high)s "
    "minutes.",
    "longer": "%(after)s against %(before)s: the median wait is longer by %(low)s to %(high)s "
    "minutes.",
    "little": "%(after)s against %(before)s: no difference that matters; if the median wait "
    "changed, then by less than %(matters)s minutes.",
    "no_difference": "%(after)s against %(before)s: no difference can be shown yet; the median "
    "wait changed by something between %(low)s and %(high)s minutes.",
}
_ADJUSTED = {
    "shorter": "Taking both times as equally busy (%(by)s: %(load_before)s before, %(load_after)s "
    "after), the median wait is shorter by %(low)s to %(high)s minutes.",
    "longer": "Taking both times as equally busy (%(by)s: %(load_before)s before, %(load_after)s "
    "after), the median wait is longer by %(low)s to %(high)s minutes.",
    "little": "Taking both times as equally busy (%(by)s: %(load_before)s before, %(load_after)s "
    "after), there is no difference that matters: less than %(matters)s minutes.",
    "no_difference": "Taking both times as equally busy (%(by)s: %(load_before)s before, "
    "%(load_after)s after), no difference can be shown: between %(low)s and %(high)s minutes.",
}
_REFUSED = {
    "few_days": "How busy the days were is not taken out: that needs at least %(n)s days with a "
    "known load on each side.",
    "no_overlap": "How busy the days were cannot be taken out: one time was so much busier (%(by)s:"
    " %(load_before)s before, %(load_after)s after) that too few days are alike.",
}
_UNLIKE = {
    "short": "Four weeks or more on each side are advised; these are %(before)s and %(after)s "
    "days.",
    "lengths": "One time is much longer than the other: %(before)s and %(after)s days.",
    "season": "The two times lie in different months: the season alone can change the wait.",
    "holidays": "Days in a week with a public holiday: %(before)s before, %(after)s after.",
}


def verdict(compared: Compared, wording: Wording) -> list[str]:
    """Return the verdict first, then what is left of it when load is taken out, then cautions."""
    told = [_raw(compared, wording)]
    result = compared.result
    if result.median is not None:
        told.append(_adjusted(result, wording))
    if compared.sheet:
        told.append(covered(compared.sheet.scope, wording))
    odd = [
        wording.say(_UNLIKE[one.code], before=one.before, after=one.after)
        if "%(" in _UNLIKE[one.code]
        else wording.say(_UNLIKE[one.code])
        for one in compared.unlike
    ]
    if odd and result.median is not None:
        told.append(f"{wording.say('Mind:')} {' '.join(odd)}")
    return told


def _raw(compared: Compared, wording: Wording) -> str:
    result = compared.result
    if result.median is None:
        for period, side in ((compared.before, result.before), (compared.after, result.after)):
            if not side.days and not side.left_out:
                sentence = "%(days)s: no day with records, so there is nothing to compare."
                return wording.say(sentence, days=dates(period, wording))
        return wording.say(
            "Too few days to compare: at least %(n)s on each side are needed; here they are "
            "%(before)s and %(after)s.",
            n=FEWEST_DAYS, before=result.before.days, after=result.after.days,
        )  # fmt: skip
    name = _name(result.median, result)
    before, after = (
        _sheet(period, wording)
        if compared.sheet and period == compared.sheet.period
        else dates(period, wording)
        for period in (compared.before, compared.after)
    )
    return " ".join([
        wording.say(
            _VERDICTS[name], before=before, after=after, matters=_matters(result, wording),
            **ends(result.median, wording),
        ),
        *(() if name != "no_difference" else _needed(result, wording)),
    ])  # fmt: skip


def _name(change: Change, result: Comparison) -> str:
    """Return which sentence an interval supports."""
    matters = matters_s(result.before.median_s or 0.0)
    if not change.sign and -matters < change.low and change.high < matters:
        return "little"
    return verdict_on(change)


def _matters(result: Comparison, wording: Wording) -> str:
    minutes = matters_s(result.before.median_s or 0.0) / _SECONDS_A_MINUTE
    return wording.number(minutes, 0 if minutes.is_integer() else 1)


def _sheet(period: Period, wording: Wording) -> str:
    return wording.say("the stopwatch sheet of %(days)s", days=dates(period, wording))


def _needed(result: Comparison, wording: Wording) -> Iterator[str]:
    """Yield how many more days it would take."""
    needed = result.needed
    if needed is None:
        return
    difference = wording.minutes(needed.difference_s)
    if needed.more_days is None:
        sentence = "To show one of %(difference)s minutes would take more than another year."
        yield wording.say(sentence, difference=difference)
    else:
        sentence = (
            "To show one of %(difference)s minutes, about %(n)s more days on each side are needed."
        )
        yield wording.say(sentence, difference=difference, n=max(1, needed.more_days))


def _adjusted(result: Comparison, wording: Wording) -> str:
    adjusted = result.adjusted
    before, after = ("–" if load is None else wording.number(load, 1) for load in adjusted.loads)
    facts = {"by": wording.say(BASES[adjusted.basis]), "load_before": before, "load_after": after}
    if adjusted.median is None:
        return wording.say(_REFUSED[adjusted.refused], n=load_mix.FEWEST_DAYS, **facts)
    sentence = _ADJUSTED[_name(adjusted.median, result)]
    facts["matters"] = _matters(result, wording)
    return wording.say(sentence, **facts, **ends(adjusted.median, wording))


def ends(change: Change, wording: Wording) -> dict[str, str]:
    """Return the ends of an interval in minutes; of a wait that got shorter, by how much."""
    low, high = (-change.high, -change.low) if change.sign < 0 else (change.low, change.high)
    return {
        name: wording.minutes(end).replace("-", _MINUS)
        for name, end in (("low", low), ("high", high))
    }


def dates(period: Period, wording: Wording) -> str:
    """Return a period as it stands between two others, `01/10/2026–31/10/2026`."""
    return f"{wording.day(period.first)}–{wording.day(period.last)}"


def covered(scope: Scope, wording: Wording) -> str:
    """Return which hours, weekdays and services a sheet covers, as a sentence."""
    weekdays: dict[frozenset[int], list[int]] = {}
    for weekday, hours in sorted(scope.hours.items()):
        weekdays.setdefault(hours, []).append(weekday)
    parts = [
        f"{_weekdays(days, wording)} {_stretches(sorted(hours), wording)}"
        for hours, days in weekdays.items()
    ]
    sentence = (
        "Compared are only the first waits of the hours the stopwatch sheet covers: %(hours)s."
    )
    told = wording.say(sentence, hours="; ".join(parts))
    if not scope.services:
        return told
    services = ", ".join(sorted(scope.services))
    return f"{told} {wording.say('Only the services %(services)s.', services=services)}"


def _weekdays(days: list[int], wording: Wording) -> str:
    """Return weekdays in words, three or more in a row as one: `Monday–Friday`."""
    parts: list[str] = []
    for first, last in _runs(days):
        if last - first > 1:
            parts.append(f"{wording.weekday(first)}–{wording.weekday(last)}")
        else:
            parts += map(wording.weekday, range(first, last + 1))
    return ", ".join(parts)


def _stretches(hours: list[int], wording: Wording) -> str:
    """Return hours of the day with those that follow each other as one: `8–11 h, 14–15 h`."""
    return ", ".join(
        wording.say("%(from)s–%(to)s h", **{"from": first, "to": last + 1})
        for first, last in _runs(hours)
    )


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return whole numbers, ascending, as (first, last) of each unbroken run."""
    firsts = [number for number in numbers if number - 1 not in numbers]
    lasts = [number for number in numbers if number + 1 not in numbers]
    return list(zip(firsts, lasts, strict=True))
