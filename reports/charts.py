"""Pictures of waits, drawn here as SVG: no script, prints sharp, read aloud by title and text.

Two small charts one above the other share their hours (or days): above, how long people waited;
below, how many came. Colours and strokes stand in `static/reports.css`, by class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from motcua.reports.measures import Cell

if TYPE_CHECKING:
    from motcua.reports.wording import Wording

_WIDTH = 1000
_LEFT, _RIGHT = 46, 12
_WAITS_TOP, _WAITS_HIGH = 34, 170
_PEOPLE_TOP, _PEOPLE_HIGH = 262, 70
_HEIGHT = 366
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 960)
_TICKS = 5
_LABEL_WIDE = 44
"""A label needs so much room; where bands are narrower, only some are named."""
_BAR_WIDEST = 40
_TEXT_HIGH = 18
_LEGEND = (610, 395, 180)
"""How far from the right edge the marks of the legend stand."""


@dataclass(frozen=True, slots=True)
class Band:
    """One hour or day of the picture."""

    label: str
    cell: Cell
    people: float | None
    """How many came (a day's mean over a range); None when hidden."""


@dataclass(frozen=True, slots=True)
class _Scale:
    top: float
    high: float
    step: float
    most: float

    def y(self, value: float) -> float:
        return self.top + self.high * (1 - value / self.most)

    @property
    def ticks(self) -> list[float]:
        return [self.step * n for n in range(round(self.most / self.step) + 1)]


def waits_chart(
    name: str, title: str, bands: Sequence[Band], target_s: float, wording: Wording
) -> str:
    """Return the picture as an SVG element.

    Args:
        name: makes the ids of the picture's title and text its own on the page.
        title: what it shows.
        bands: its hours or days, in order.
        target_s: drawn as a line across.
        wording: language of its words and numbers.
    """
    longest_s = max([target_s * 1.25, *(band.cell.wait.p90_s or 0 for band in bands)])
    waits = _scale(_WAITS_TOP, _WAITS_HIGH, longest_s / 60)
    people = _scale(_PEOPLE_TOP, _PEOPLE_HIGH, max([0, *(band.people or 0 for band in bands)]))
    body = [
        *_axis(waits, wording.say("minutes of waiting"), wording),
        *_axis(people, wording.say("people"), wording),
        *_target(waits, target_s),
        *_legend(target_s, wording),
    ]
    wide = (_WIDTH - _LEFT - _RIGHT) / max(1, len(bands))
    every = max(1, round(_LABEL_WIDE / wide + 0.49))
    for place, band in enumerate(bands):
        x = _LEFT + wide * (place + 0.5)
        bar = min(_BAR_WIDEST, wide * 0.6)
        body += [
            *_wait_mark(band, x, bar, waits, wording),
            *_people_bar(band, x, bar, people, wording),
        ]
        if place % every == 0:
            body.append(_text(x, _HEIGHT - 8, band.label, "axis middle"))
    return _svg(name, title, _description(bands, wording), body)


def _svg(name: str, title: str, told: str, body: Sequence[str]) -> str:
    """Return the marks of `body` as a picture with a name and a text for those who cannot see."""
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-text">{escape(told)}</desc>{"".join(body)}</svg>'
    )


def _scale(top: float, high: float, most: float) -> _Scale:
    """Return an axis of round steps that holds `most`."""
    step = next((step for step in _STEPS if step * _TICKS >= most), most / _TICKS)
    steps = max(1, -(-most // step))
    return _Scale(top, high, step, step * steps)


def _axis(scale: _Scale, title: str, wording: Wording) -> list[str]:
    drawn = [_text(0, scale.top - 12, title, "axis")]
    for tick in scale.ticks if scale.high > _PEOPLE_HIGH else (0, scale.most):
        y = scale.y(tick)
        drawn.append(_line(_LEFT, y, _WIDTH - _RIGHT, y, "grid" if tick else "ground"))
        drawn.append(_text(_LEFT - 6, y + 4, wording.number(tick), "axis end"))
    return drawn


def _target(scale: _Scale, target_s: float) -> list[str]:
    y = scale.y(target_s / 60)
    return [_line(_LEFT, y, _WIDTH - _RIGHT, y, "target")]


def _legend(target_s: float, wording: Wording) -> list[str]:
    """Name the marks, above the picture where nothing is drawn."""
    y = _WAITS_TOP - 20
    bar, whisker, line = (_WIDTH - _RIGHT - left for left in _LEGEND)
    target = wording.say("target %(minutes)s min", minutes=wording.minutes(target_s))
    return [
        _rect(bar, y - 9, 14, y + 1, "median"),
        _text(bar + 20, y, wording.say("half waited at most"), "axis"),
        *_whisker(whisker + 6, y - 10, y + 1, 8),
        _text(whisker + 18, y, wording.say("nine in ten at most"), "axis"),
        _line(line, y - 4, line + 30, y - 4, "target"),
        _text(line + 38, y, target, "axis"),
    ]


def _wait_mark(band: Band, x: float, bar: float, scale: _Scale, wording: Wording) -> list[str]:
    """Draw a bar up to the median and a whisker up to the 90th percentile, with their numbers."""
    wait, ground = band.cell.wait, scale.y(0)
    if wait.median_s is None or wait.p90_s is None:
        few = band.cell.hidden or wait.hidden
        return [_text(x, ground - 6, "<5", "few middle")] if few else []
    middle, most = scale.y(wait.median_s / 60), scale.y(wait.p90_s / 60)
    drawn = [_rect(x - bar / 2, middle, bar, ground, "median"), *_whisker(x, most, middle, bar / 2)]
    if bar < _BAR_WIDEST / 2:
        return drawn
    median = wording.minutes(wait.median_s)
    drawn.append(_text(x, most - 5, wording.minutes(wait.p90_s), "axis middle"))
    if ground - middle > _TEXT_HIGH:
        drawn.append(_text(x, ground - 5, median, "on-bar middle"))
    elif middle - most > 2 * _TEXT_HIGH:  # nearer than that the two numbers would meet
        drawn.append(_text(x + 4, min(middle, ground - 2) - 3, median, "strong"))
    return drawn


def _whisker(x: float, top: float, bottom: float, wide: float) -> list[str]:
    return [
        _line(x, top, x, bottom, "whisker"),
        _line(x - wide / 2, top, x + wide / 2, top, "whisker"),
    ]


def _people_bar(band: Band, x: float, bar: float, scale: _Scale, wording: Wording) -> list[str]:
    if band.people is None:
        return [_text(x, scale.y(0) - 4, "<5", "few middle")]
    y = scale.y(band.people)
    drawn = [_rect(x - bar / 2, y, bar, scale.y(0), "people")]
    if bar >= _BAR_WIDEST / 2:
        words = wording.number(band.people, 0 if band.people >= 10 else 1)  # noqa: PLR2004
        drawn.append(_text(x, y - 4, words.removesuffix(",0").removesuffix(".0"), "axis middle"))
    return drawn


def _description(bands: Sequence[Band], wording: Wording) -> str:
    told = [
        wording.say(
            "%(label)s: half waited at most %(median)s minutes, nine in ten at most %(p90)s.",
            label=band.label, median=wording.minutes(band.cell.wait.median_s),
            p90=wording.minutes(band.cell.wait.p90_s),
        )
        for band in bands
        if band.cell.wait.median_s is not None and band.cell.wait.p90_s is not None
    ]  # fmt: skip
    return " ".join(told) or wording.say("There is not enough to draw.")


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _rect(x: float, top: float, wide: float, bottom: float, kind: str) -> str:
    high = max(0.0, bottom - top)
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
