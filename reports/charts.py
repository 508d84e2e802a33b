"""Pictures of waits, drawn here as SVG: no script, prints sharp, read aloud by title and text.

Two small charts one above the other share their hours (or days): above, how long people waited;
below, how many came. Colours and strokes stand in `static/reports.css`, by class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.reports import svg
from motcua.reports.measures import Cell
from motcua.reports.svg import LABEL_WIDE, LEFT, RIGHT, WIDTH, Scale

if TYPE_CHECKING:
    from motcua.reports.wording import Wording

_WAITS_TOP, _WAITS_HIGH = 34, 170
_PEOPLE_TOP, _PEOPLE_HIGH = 262, 70
_HEIGHT = 366
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
    waits = svg.scale(_WAITS_TOP, _WAITS_HIGH, longest_s / 60)
    people = svg.scale(_PEOPLE_TOP, _PEOPLE_HIGH, max([0, *(band.people or 0 for band in bands)]))
    body = [
        *_axis(waits, wording.say("minutes of waiting"), wording),
        *_axis(people, wording.say("people"), wording),
        *_target(waits, target_s),
        *_legend(target_s, wording),
    ]
    wide = (WIDTH - LEFT - RIGHT) / max(1, len(bands))
    every = max(1, round(LABEL_WIDE / wide + 0.49))
    for place, band in enumerate(bands):
        x = LEFT + wide * (place + 0.5)
        bar = min(_BAR_WIDEST, wide * 0.6)
        body += [
            *_wait_mark(band, x, bar, waits, wording),
            *_people_bar(band, x, bar, people, wording),
        ]
        if place % every == 0:
            body.append(svg.text(x, _HEIGHT - 8, band.label, "axis middle"))
    return svg.picture(name, title, _description(bands, wording), body, _HEIGHT)


def _axis(scale: Scale, title: str, wording: Wording) -> list[str]:
    drawn = [svg.text(0, scale.top - 12, title, "axis")]
    for tick in scale.ticks if scale.high > _PEOPLE_HIGH else (0, scale.most):
        y = scale.y(tick)
        drawn.append(svg.line(LEFT, y, WIDTH - RIGHT, y, "grid" if tick else "ground"))
        drawn.append(svg.text(LEFT - 6, y + 4, wording.number(tick), "axis end"))
    return drawn


def _target(scale: Scale, target_s: float) -> list[str]:
    y = scale.y(target_s / 60)
    return [svg.line(LEFT, y, WIDTH - RIGHT, y, "target")]


def _legend(target_s: float, wording: Wording) -> list[str]:
    """Name the marks, above the picture where nothing is drawn."""
    y = _WAITS_TOP - 20
    bar, whisker, line = (WIDTH - RIGHT - left for left in _LEGEND)
    target = wording.say("target %(minutes)s min", minutes=wording.minutes(target_s))
    return [
        svg.rect(bar, y - 9, 14, y + 1, "median"),
        svg.text(bar + 20, y, wording.say("half waited at most"), "axis"),
        *_whisker(whisker + 6, y - 10, y + 1, 8),
        svg.text(whisker + 18, y, wording.say("nine in ten at most"), "axis"),
        svg.line(line, y - 4, line + 30, y - 4, "target"),
        svg.text(line + 38, y, target, "axis"),
    ]


def _wait_mark(band: Band, x: float, bar: float, scale: Scale, wording: Wording) -> list[str]:
    """Draw a bar up to the median and a whisker up to the 90th percentile, with their numbers."""
    wait, ground = band.cell.wait, scale.y(0)
    if wait.median_s is None or wait.p90_s is None:
        few = band.cell.hidden or wait.hidden
        return [svg.text(x, ground - 6, "<5", "few middle")] if few else []
    middle, most = scale.y(wait.median_s / 60), scale.y(wait.p90_s / 60)
    drawn = [
        svg.rect(x - bar / 2, middle, bar, ground, "median"),
        *_whisker(x, most, middle, bar / 2),
    ]
    if bar < _BAR_WIDEST / 2:
        return drawn
    median = wording.minutes(wait.median_s)
    drawn.append(svg.text(x, most - 5, wording.minutes(wait.p90_s), "axis middle"))
    if ground - middle > _TEXT_HIGH:
        drawn.append(svg.text(x, ground - 5, median, "on-bar middle"))
    elif middle - most > 2 * _TEXT_HIGH:  # nearer than that the two numbers would meet
        drawn.append(svg.text(x + 4, min(middle, ground - 2) - 3, median, "strong"))
    return drawn


def _whisker(x: float, top: float, bottom: float, wide: float) -> list[str]:
    return [
        svg.line(x, top, x, bottom, "whisker"),
        svg.line(x - wide / 2, top, x + wide / 2, top, "whisker"),
    ]


def _people_bar(band: Band, x: float, bar: float, scale: Scale, wording: Wording) -> list[str]:
    if band.people is None:
        return [svg.text(x, scale.y(0) - 4, "<5", "few middle")]
    y = scale.y(band.people)
    drawn = [svg.rect(x - bar / 2, y, bar, scale.y(0), "people")]
    if bar >= _BAR_WIDEST / 2:
        words = wording.number(band.people, 0 if band.people >= 10 else 1)  # noqa: PLR2004
        drawn.append(svg.text(x, y - 4, words.removesuffix(",0").removesuffix(".0"), "axis middle"))
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
