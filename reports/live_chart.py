"""The picture of the live day: how many wait, and how many numbers were given, beside the usual.

Two small charts share their hours. A light band holds the middle half of the usual days, a dashed
line their median, a thick line is today. Colours stand in `static/reports.css`, by class.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.reports.live_usual import Middle, middle
from motcua.reports.svg import LEFT, RIGHT, WIDTH, Scale, line, picture, rect, scale, text

if TYPE_CHECKING:
    from motcua.queue.hours import Hours
    from motcua.reports.live_course import Course
    from motcua.reports.live_day import LiveDay
    from motcua.reports.wording import Wording

_TOPS, _HIGH = (40, 250), 150
_HEIGHT = 436
_STEP_S = 300
_HOUR_S = 3600
_LEAST = 5
"""Axes reach at least so far, so that three people are no mountain."""
_WHOLE_DAY = (7 * _HOUR_S, 17 * _HOUR_S)
_LEGEND = (500, 310, 110)
"""How far from the right edge the marks of the legend stand."""
_MOST_LABELS = 14


@dataclass(frozen=True, slots=True)
class _Panel:
    """One of the two charts."""

    title: str
    now: list[tuple[float, float]]
    """(time, value) of today, up to now."""
    usual: list[tuple[float, Middle]]
    top: float

    def scale(self) -> Scale:
        """Return its axis."""
        values = [value for _, value in self.now] + [one.high for _, one in self.usual]
        return scale(self.top, _HIGH, max([_LEAST, *values]))


@dataclass(frozen=True, slots=True)
class _Hours:
    """The axis both share."""

    first_s: float
    last_s: float

    def x(self, at_s: float) -> float:
        """Return how far to the right a time stands."""
        share = (at_s - self.first_s) / (self.last_s - self.first_s)
        return LEFT + share * (WIDTH - LEFT - RIGHT)


def live_chart(live: LiveDay, hours: Hours, wording: Wording) -> tuple[str, str]:
    """Return title and picture of the day so far; nothing when nobody came yet."""
    if not live.course.numbers_s:
        return "", ""
    title = wording.say("People waiting, and numbers given so far")
    axis = _hours(live, hours)
    panels = (
        _panel(live, axis, wording.say("people waiting"), _TOPS[0], _waiting),
        _panel(live, axis, wording.say("numbers given since the morning"), _TOPS[1], _numbers),
    )
    marks = [mark for panel in panels for mark in _drawn(panel, axis, wording)]
    marks += [*_hour_names(axis), *_legend(live, wording)]
    return title, picture("live", title, _in_words(live, wording), marks, _HEIGHT)


def _waiting(course: Course, at_s: float) -> float:
    return course.waiting(at_s)


def _numbers(course: Course, at_s: float) -> float:
    return course.numbers(at_s)


def _hours(live: LiveDay, hours: Hours) -> _Hours:
    """Return the hours of the day, and more where somebody came outside of them."""
    shifts = hours.shifts(live.hall.now.date())
    opening = [
        (at.hour * 60 + at.minute) * 60.0 for one in shifts for at in (one.opens, one.closes)
    ]
    first_s = min(*(opening or _WHOLE_DAY), live.course.numbers_s[0])
    last_s = max(*(opening or _WHOLE_DAY), live.at_s)
    return _Hours(first_s // _HOUR_S * _HOUR_S, -(-last_s // _HOUR_S) * _HOUR_S)


def _panel(
    live: LiveDay, axis: _Hours, title: str, top: float, value: Callable[[Course, float], float]
) -> _Panel:
    times = [axis.first_s + _STEP_S * n for n in range(int((axis.last_s - axis.first_s) / _STEP_S))]
    passed = [*times[: bisect_right(times, live.at_s)], live.at_s]
    usual = [(at_s, middle(value(one, at_s) for one in live.usual.courses)) for at_s in times]
    return _Panel(
        title, [(at_s, value(live.course, at_s)) for at_s in passed],
        [(at_s, one) for at_s, one in usual if one], top,
    )  # fmt: skip


def _drawn(panel: _Panel, axis: _Hours, wording: Wording) -> list[str]:
    up = panel.scale()
    marks = [text(0, up.top - 14, panel.title, "axis")]
    if panel.usual:
        highs = [(axis.x(at_s), up.y(one.high)) for at_s, one in panel.usual]
        lows = [(axis.x(at_s), up.y(one.low)) for at_s, one in reversed(panel.usual)]
        marks.append(_points("polygon", highs + lows, "usual-band"))
    for tick in up.ticks:
        y = up.y(tick)
        marks.append(line(LEFT, y, WIDTH - RIGHT, y, "grid" if tick else "ground"))
        marks.append(text(LEFT - 6, y + 4, wording.number(tick), "axis end"))
    medians = [(axis.x(at_s), up.y(one.median)) for at_s, one in panel.usual]
    today = [(axis.x(at_s), up.y(value)) for at_s, value in panel.now]
    marks += [_points("polyline", medians, "usual"), _points("polyline", today, "today")]
    at_s, value = panel.now[-1]
    x, y = axis.x(at_s), up.y(value)
    marks.append(f'<circle class="today-now" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
    marks.append(text(x + 9, y - 6, wording.number(value), "strong on-paper"))
    return marks


def _points(kind: str, points: Sequence[tuple[float, float]], name: str) -> str:
    if not points:
        return ""
    through = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<{kind} class="{name}" points="{through}"/>'


def _hour_names(axis: _Hours) -> list[str]:
    count = int((axis.last_s - axis.first_s) // _HOUR_S)
    every = -(-(count + 1) // _MOST_LABELS)
    kinds = {0: "axis", count: "axis end"}
    return [
        text(axis.x(axis.first_s + n * _HOUR_S), _HEIGHT - 10,
             f"{int(axis.first_s // _HOUR_S) + n}:00", kinds.get(n, "axis middle"))
        for n in range(0, count + 1, every)
    ]  # fmt: skip


def _legend(live: LiveDay, wording: Wording) -> list[str]:
    y = _TOPS[0] - 14
    band, dashes, thick = (WIDTH - RIGHT - left for left in _LEGEND)
    marks = [
        line(thick, y - 4, thick + 26, y - 4, "today"),
        text(thick + 34, y, wording.say("today"), "axis"),
    ]
    if live.usual.enough:
        marks += [
            rect(band, y - 11, 24, y + 2, "usual-band"),
            text(band + 32, y, wording.say("half of the days"), "axis"),
            line(dashes, y - 4, dashes + 26, y - 4, "usual"),
            text(dashes + 34, y, wording.say("usual (median)"), "axis"),
        ]
    return marks


def _in_words(live: LiveDay, wording: Wording) -> str:
    """Return what the picture shows for those who cannot see it."""
    now = live.so_far
    told = wording.say(
        "At %(time)s %(waiting)s people wait; %(numbers)s numbers were given. At most %(deepest)s "
        "people waited at once today.",
        time=f"{live.hall.now:%H:%M}", waiting=now.waiting, numbers=now.numbers,
        deepest=now.deepest,
    )  # fmt: skip
    waiting = middle(one.waiting for one in live.then)
    numbers = middle(one.numbers for one in live.then)
    if waiting is None or numbers is None:
        return told
    usual = wording.say(
        "Usual at this time: %(waiting)s people waiting, %(numbers)s numbers given.",
        waiting=usual_words(waiting, wording), numbers=usual_words(numbers, wording),
    )  # fmt: skip
    return f"{told} {usual}"


def usual_words(usual: Middle, wording: Wording) -> str:
    """Return a usual number of people with its middle half, `71 (62–80)`."""
    low, high = (wording.number(value) for value in (usual.low, usual.high))
    return f"{wording.number(usual.median)} ({low}–{high})"
