"""Marks of a picture as SVG. Colours and strokes stand in `static/reports.css`, by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH = 1000
"""Every picture is so wide, in units of its own."""
LEFT, RIGHT = 46, 12
"""Room for the words of the axis, and for the last mark."""
LABEL_WIDE = 44
"""A label needs so much room; where bands are narrower, only some are named."""
MINUTES = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 960)
"""Steps of an axis of minutes."""
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """An upright axis of round steps from zero."""

    top: float
    high: float
    step: float
    most: float

    def y(self, value: float) -> float:
        """Return how far down a value stands."""
        return self.top + self.high * (1 - value / self.most)

    @property
    def ticks(self) -> list[float]:
        """The values that are named."""
        return [self.step * n for n in range(round(self.most / self.step) + 1)]


def scale(top: float, high: float, most: float, steps: Sequence[int] = MINUTES) -> Scale:
    """Return an axis of round steps that holds `most`.

    Args:
        top: where it ends above.
        high: how high it stands.
        most: the largest value on it.
        steps: wanted between its ticks; past them, and without any, 1, 2 or 5 times a power of ten.
    """
    step = next((step for step in steps if step * _TICKS >= most), _round(most / _TICKS))
    return Scale(top, high, step, step * max(1, ceil(most / step)))


def _round(least: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20, … that is not less."""
    power = 10.0 ** max(0, floor(log10(least))) if least > 0 else 1.0
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least)


def picture(name: str, title: str, told: str, body: Sequence[str], height: float) -> str:
    """Return the marks of `body` as a picture with a name and a text for those who cannot see.

    Args:
        name: makes the ids of the picture's title and text its own on the page.
        title: what it shows.
        told: the same in words.
        body: its marks.
        height: of the picture, which is `WIDTH` wide.
    """
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-text">{escape(told)}</desc>{"".join(body)}</svg>'
    )


def text(x: float, y: float, words: str, kind: str) -> str:
    """Return words that stand on the line `y`."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def rect(x: float, top: float, wide: float, bottom: float, kind: str) -> str:
    """Return a bar from `top` down to `bottom`."""
    high = max(0.0, bottom - top)
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Return a straight line."""
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
