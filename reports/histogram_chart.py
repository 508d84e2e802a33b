"""The distribution of waits as a picture: steps of minutes, with target, median and nine in ten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from motcua.reports import svg
from motcua.reports.histogram import Step
from motcua.reports.spread import FEWEST, Spread
from motcua.reports.svg import LABEL_WIDE, RIGHT, WIDTH, Scale

if TYPE_CHECKING:
    from motcua.reports.wording import Wording

_TOP, _HIGH = 76, 170
_LEFT = 64
"""Room for a hundred thousand people."""
_HEIGHT = 292
_LABELS_TOP, _LABEL_HIGH = 32, 17
_FEW_HIGH = 8
"""A step of too few has a mark of this height, whatever their number."""
_GAP = 2
_TURNS = 0.62
"""From here on a label stands to the left of its line."""
_TARGET_DRAWN = 2
"""A target further out than this many times all waits is named, and not drawn."""


def distribution_chart(
    title: str, steps: Sequence[Step], wait: Spread, target_s: float, wording: Wording
) -> str:
    """Return the picture as an SVG element.

    Args:
        title: what it shows.
        steps: of all waits, the last one perhaps open.
        wait: their median and 90th percentile.
        target_s: of the centre.
        wording: language of its words and numbers.
    """
    people = svg.scale(_TOP, _HIGH, max((step.n or 0 for step in steps), default=0), ())
    wide_s = steps[0].to_s or target_s
    end_s = steps[-1].from_s + wide_s
    if end_s < target_s <= end_s * _TARGET_DRAWN:
        end_s = target_s + wide_s
    body = [
        *_axis(people, wording),
        *(_bar(step, wide_s, end_s, people) for step in steps),
        *_lines(wait, target_s, end_s, people, wording),
        *(_count(step, wide_s, end_s, people, wording) for step in steps),
        *_minutes(steps, wide_s, end_s, wording),
    ]
    return svg.picture("waits", title, _description(steps, wording), body, _HEIGHT)


def _x(seconds: float, end_s: float) -> float:
    return _LEFT + (WIDTH - _LEFT - RIGHT) * min(1.0, seconds / end_s)


def _axis(people: Scale, wording: Wording) -> Iterator[str]:
    yield svg.text(0, 14, wording.say("people"), "axis")
    for tick in people.ticks:
        y = people.y(tick)
        yield svg.line(_LEFT, y, WIDTH - RIGHT, y, "grid" if tick else "ground")
        yield svg.text(_LEFT - 6, y + 4, wording.number(tick), "axis end")


def _bar(step: Step, wide_s: float, end_s: float, people: Scale) -> str:
    left, right = _x(step.from_s, end_s), _x(step.from_s + wide_s, end_s)
    wide, ground = right - left - _GAP, people.y(0)
    if step.n is None:
        return svg.rect(left + 1, ground - _FEW_HIGH, wide, ground, "too-few")
    kind = "people" if step.to_s else "people open"
    return svg.rect(left + 1, people.y(step.n), wide, ground, kind)


def _count(step: Step, wide_s: float, end_s: float, people: Scale, wording: Wording) -> str:
    """Write how many above a bar, where there is room for it."""
    left, right = _x(step.from_s, end_s), _x(step.from_s + wide_s, end_s)
    if not (step.n or step.hidden) or right - left < LABEL_WIDE / 2:
        return ""
    words = f"<{FEWEST}" if step.n is None else wording.number(step.n)
    y = people.y(0) - _FEW_HIGH if step.n is None else people.y(step.n)
    return svg.text((left + right) / 2, y - 4, words, "axis middle haloed")


def _minutes(steps: Sequence[Step], wide_s: float, end_s: float, wording: Wording) -> Iterator[str]:
    """Name the edges of the steps, in minutes; the open step is named by where it begins."""
    is_open = steps[-1].to_s is None
    wide = _x(wide_s, end_s) - _LEFT
    every = max(1, round(LABEL_WIDE / wide + 0.49))
    closed = round((steps[-1].from_s if is_open else end_s) / wide_s)
    for place in range(0, closed + (not is_open), every):
        at_end = place * wide_s >= end_s
        words = wording.number(place * wide_s / 60)
        kind = "axis end" if at_end else "axis middle"
        yield svg.text(_x(place * wide_s, end_s), _HEIGHT - 28, words, kind)
    if is_open:
        words = f"> {wording.number(steps[-1].from_s / 60)}"
        x = _x(steps[-1].from_s + wide_s, end_s)
        yield svg.text(x, _HEIGHT - 28, words, "axis end")
    yield svg.text(WIDTH - RIGHT, _HEIGHT - 8, wording.say("minutes of waiting"), "axis end")


def _lines(
    wait: Spread, target_s: float, end_s: float, people: Scale, wording: Wording
) -> Iterator[str]:
    """Draw target, median and nine in ten; each label has a line of its own."""
    named = (
        ("median-line", wait.median_s, "half waited at most %(minutes)s min"),
        ("target", target_s, "target %(minutes)s min"),
        ("p90-line", wait.p90_s, "nine in ten at most %(minutes)s min"),
    )
    for row, (kind, seconds, sentence) in enumerate(named):
        if seconds is None:
            continue
        y = _LABELS_TOP + row * _LABEL_HIGH
        words = wording.say(sentence, minutes=wording.minutes(seconds))
        x = _x(seconds, end_s)
        if seconds > end_s:
            yield svg.text(x, y, f"{words} →", f"{kind}-name end")
            continue
        yield svg.line(x, y - 12, x, people.y(0), kind)
        side = (x - 6, "end") if x > WIDTH * _TURNS else (x + 6, "start")
        yield svg.text(side[0], y, words, f"{kind}-name {side[1]}")


def _description(steps: Sequence[Step], wording: Wording) -> str:
    return " ".join(_told(step, wording) for step in steps)


def _told(step: Step, wording: Wording) -> str:
    people = wording.say("under %(n)s", n=FEWEST) if step.n is None else wording.number(step.n)
    since = wording.number(step.from_s / 60)
    if step.to_s is None:
        return wording.say(
            "Longer than %(from)s minutes: %(people)s.", **{"from": since, "people": people}
        )
    until = wording.number(step.to_s / 60)
    return wording.say(
        "%(from)s to %(to)s minutes: %(people)s.", **{"from": since, "to": until, "people": people}
    )
