"""Counters needed beside counters open, hour by hour: one small picture a weekday."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from motcua.reports import svg
from motcua.reports.staffing_need import TOGETHER
from motcua.reports.staffing_words import aim, label, minutes
from motcua.reports.svg import LEFT, RIGHT, WIDTH, Scale

if TYPE_CHECKING:
    from motcua.reports.staffing_need import HourNeed, Staffing
    from motcua.reports.wording import Wording

_TOP, _HIGH = 64, 110
_HEIGHT = 204
_STEPS = (1, 2, 5, 10, 20)
_GAP = 14
"""Between two weekdays."""
_BAR = 0.76
"""Of an hour's room."""
_WIDEST = 60.0
_LABEL_WIDE = 22
_SMALL_FROM = 22.0
"""In less room two figures of an hour would meet those of the next."""
_LEGEND = (630, 330, 120)
"""How far from the right edge the marks of the legend stand."""


class _Panel(NamedTuple):
    """Where a weekday is drawn."""

    left: float
    wide: float
    hours: range


def staffing_charts(staffing: Staffing | None, wording: Wording) -> Iterator[tuple[str, str]]:
    """Yield the picture's title and SVG; nothing where nothing can be said."""
    if staffing is None or not staffing.enough:
        return
    title = wording.say(
        "Counters needed for %(share)s of the people to be called within %(target)s minutes",
        share=aim(staffing, wording), target=minutes(staffing, wording),
    )  # fmt: skip
    yield title, _picture(title, staffing, wording)


def _picture(title: str, staffing: Staffing, wording: Wording) -> str:
    days = [list(hours) for _, hours in groupby(staffing.hours, key=lambda one: one.weekday)]
    most = max(max(one.needed or 0, one.open or 0.0) for one in staffing.hours)
    scale = svg.scale(_TOP, _HIGH, most, _STEPS)
    known = [one.hour for one in staffing.hours]
    hours = range(min(known), max(known) + 1)
    wide = (WIDTH - LEFT - RIGHT - _GAP * (len(days) - 1)) / len(days)
    body = [*_legend(wording), *_axis(scale, wording)]
    for place, day in enumerate(days):
        panel = _Panel(LEFT + place * (wide + _GAP), wide, hours)
        body += _day(day, panel, scale, wording)
    return svg.picture("staffing", title, _description(staffing, wording), body, _HEIGHT)


def _axis(scale: Scale, wording: Wording) -> list[str]:
    return [
        svg.text(0, _TOP - 32, wording.say("counters"), "axis"),
        *(
            svg.text(LEFT - 6, scale.y(tick) + 4, wording.number(tick), "axis end")
            for tick in scale.ticks
        ),
    ]


def _legend(wording: Wording) -> list[str]:
    bar, line, few = (WIDTH - RIGHT - left for left in _LEGEND)
    y = 16
    return [
        svg.rect(bar, y - 10, 14, y + 1, "needed"),
        svg.text(bar + 20, y, wording.say("needed (bold: more than were open)"), "axis"),
        svg.line(line, y - 4, line + 26, y - 4, "open"),
        svg.text(line + 32, y, wording.say("open on average"), "axis"),
        svg.text(few, y, wording.say("? not enough to say"), "axis"),
    ]


def _day(day: Sequence[HourNeed], panel: _Panel, scale: Scale, wording: Wording) -> Iterator[str]:
    """Yield the marks of a weekday."""
    left, wide, hours = panel
    first = day[0]
    if first.weekday != TOGETHER:
        middle = left + wide / 2
        yield svg.text(middle, _TOP - 14, wording.weekday(first.weekday), "strong middle")
    for tick in scale.ticks:
        kind = "grid" if tick else "ground"
        yield svg.line(left, scale.y(tick), left + wide, scale.y(tick), kind)
    room = wide / len(hours)
    every = max(1, round(_LABEL_WIDE / room + 0.49))
    for place, hour in enumerate(hours):
        if place % every == 0:
            yield svg.text(left + place * room, _HEIGHT - 12, str(hour), "axis middle")
    for one in day:
        yield from _hour(one, left + (one.hour - hours[0] + 0.5) * room, room, scale, wording)


def _hour(
    one: HourNeed, middle: float, room: float, scale: Scale, wording: Wording
) -> Iterator[str]:
    ground, bar = scale.y(0), min(_WIDEST, room * _BAR)
    if one.needed is None:
        yield svg.text(middle, ground - 4, "?", "few middle")
    else:
        top = scale.y(one.needed)
        yield svg.rect(middle - bar / 2, top, bar, ground, "needed")
        kind = "strong" if (one.more or 0) > 0 else "axis"
        small = " small" if room < _SMALL_FROM else ""
        yield svg.text(middle, ground - 4, wording.number(one.needed), f"{kind} middle{small}")
    if one.open is not None:
        y = scale.y(one.open)
        yield svg.line(middle - room / 2, y, middle + room / 2, y, "open")


def _description(staffing: Staffing, wording: Wording) -> str:
    told = []
    for one in staffing.hours:
        if one.needed is None:
            continue
        values = {"when": label(one, wording), "needed": one.needed}
        if one.open is None:
            told.append(wording.say("%(when)s: %(needed)s needed.", **values))
            continue
        opened = wording.number(one.open, 1)
        sentence = "%(when)s: %(needed)s needed, %(open)s open."
        told.append(wording.say(sentence, open=opened, **values))
    return " ".join(told)
