"""The advice in sentences: where one more counter is needed, and where one fewer would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from motcua.reports.staffing_need import FEWEST_DAYS, FEWEST_PEOPLE, TOGETHER

if TYPE_CHECKING:
    from motcua.reports.staffing_need import HourNeed, Staffing
    from motcua.reports.wording import Wording

_MOST_TOLD = 4
_A_RUN = 3
"""So many weekdays in a row are told as from … to …."""


class Change(NamedTuple):
    """The same hours on some weekdays in which as many counters are lacking, or to spare."""

    more: int
    """Counters to open; negative: to spare."""
    first: int
    end: int
    """Hours from … to."""
    weekdays: tuple[int, ...]

    @property
    def weight(self) -> int:
        """How much there is of it."""
        return abs(self.more) * (self.end - self.first) * len(self.weekdays)


def changes(staffing: Staffing) -> list[Change]:
    """Return where counters are lacking or to spare, the most of it first."""
    found: dict[tuple[int, int, int], list[int]] = {}
    for weekday, hours in groupby(staffing.hours, key=lambda one: one.weekday):
        for stretch in _stretches(list(hours)):
            found.setdefault(stretch, []).append(weekday)
    told = [Change(*stretch, tuple(weekdays)) for stretch, weekdays in found.items()]
    return sorted(told, key=lambda change: (-change.weight, change))


def _stretches(hours: Sequence[HourNeed]) -> Iterator[tuple[int, int, int]]:
    """Yield (counters more, first hour, end) of the hours in a row that need as many more."""
    for (more, _), run in groupby(
        enumerate(hours), key=lambda place: (place[1].more, place[1].hour - place[0])
    ):
        members = [hour for _, hour in run]
        if more:
            yield more, members[0].hour, members[-1].hour + 1


def sentences(staffing: Staffing, wording: Wording) -> list[str]:
    """Return the advice, the answer first."""
    if staffing.longer is None:
        return [wording.say(
            "How many counters are needed cannot be told: people waited though enough counters "
            "were open. Look at which services these served, and how long they paused.",
        )]  # fmt: skip
    if not staffing.enough:
        return [wording.say(
            "How many counters are needed cannot be told yet: there are not enough people (under "
            "%(people)s in every hour) or days (under %(days)s).",
            people=FEWEST_PEOPLE, days=FEWEST_DAYS,
        )]  # fmt: skip
    goal = {"share": aim(staffing, wording), "target": minutes(staffing, wording)}
    if all(one.open is None for one in staffing.hours):
        return [_most(staffing, goal, wording)]
    more = [change for change in changes(staffing) if change.more > 0]
    fewer = [change for change in changes(staffing) if change.more < 0]
    told = [_more(staffing, more, goal, wording)]
    if fewer:
        told.append(wording.say(
            "Fewer would do where the counters that stay open can serve every service: "
            "%(changes)s.", changes=_listed(fewer, staffing, wording),
        ))  # fmt: skip
    return told


def _more(
    staffing: Staffing, more: Sequence[Change], goal: dict[str, str], wording: Wording
) -> str:
    if not more:
        return wording.say(
            "The counters that were open are enough for %(share)s of the people to be called "
            "within %(target)s minutes, in every hour that can be judged.", **goal,
        )  # fmt: skip
    told = wording.say(
        "For %(share)s of the people of every hour to be called within %(target)s minutes: "
        "%(changes)s.",
        changes=_listed(more, staffing, wording), **goal,
    )  # fmt: skip
    most = max(one.open or 0.0 for one in staffing.hours)
    has = max(len(wording.rules.counters), round(most))
    if max(one.needed or 0 for one in staffing.hours) > has:
        told += " " + wording.say("That is more than the %(n)s counters the centre has.", n=has)
    return told


def _most(staffing: Staffing, goal: dict[str, str], wording: Wording) -> str:
    """Return the hour that needs most, where nobody knows what was open."""
    one = max(staffing.hours, key=lambda one: one.needed or 0)
    return wording.say(
        "For %(share)s of the people to be called within %(target)s minutes, most counters are "
        "needed at this time: %(when)s: %(n)s.",
        when=label(one, wording), n=one.needed, **goal,
    )  # fmt: skip


def aim(staffing: Staffing, wording: Wording) -> str:
    """Return the share to be kept, `80%`."""
    percent = round(staffing.goal.share * 100, 1)
    return f"{wording.number(percent, 0 if percent.is_integer() else 1)}%"


def minutes(staffing: Staffing, wording: Wording) -> str:
    """Return the target in minutes."""
    target = staffing.goal.target_s / 60
    return wording.number(target, 0 if target.is_integer() else 1)


def label(one: HourNeed, wording: Wording) -> str:
    """Return the name of an hour's row."""
    if one.weekday == TOGETHER:
        return wording.hours(one.hour)
    return wording.cell("weekday_hour", (one.weekday, one.hour))


def difference(one: HourNeed, wording: Wording) -> str | None:
    """Return what is lacking or to spare in an hour; None when it is not known."""
    if one.more is None:
        return None
    return _counters(one.more, wording) if one.more else wording.say("enough")


def _counters(more: int, wording: Wording) -> str:
    if more == 1:
        return wording.say("one more counter")
    if more == -1:
        return wording.say("one counter fewer")
    sentence = "%(n)s more counters" if more > 0 else "%(n)s counters fewer"
    return wording.say(sentence, n=abs(more))


def _listed(told: Sequence[Change], staffing: Staffing, wording: Wording) -> str:
    """Return changes in a row; those too many are counted."""
    listed = [
        wording.say(
            "%(days)s %(from)s–%(to)s h: %(counters)s",
            **{"from": change.first, "to": change.end}, days=_days(change, staffing, wording),
            counters=_counters(change.more, wording),
        )
        for change in told[:_MOST_TOLD]
    ]  # fmt: skip
    if len(told) > _MOST_TOLD:
        listed.append(wording.say("and %(n)s more in the table", n=len(told) - _MOST_TOLD))
    return "; ".join(listed)


def _days(change: Change, staffing: Staffing, wording: Wording) -> str:
    weekdays = change.weekdays
    everyday = {one.weekday for one in staffing.hours if one.needed is not None}
    if weekdays == (TOGETHER,) or (len(weekdays) > 1 and set(weekdays) >= everyday):
        return wording.say("every day")
    names = [wording.weekday(weekday) for weekday in weekdays]
    if len(weekdays) >= _A_RUN and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)
