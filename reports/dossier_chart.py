"""The picture of a period's dossiers: how they stand, as one bar of the whole, drawn here as SVG.

Each part has its own shade and its own strokes, so that it is told apart in grey, and stands in
words below its bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from motcua.reports import svg
from motcua.reports.dossiers import LATE, ON_TIME, Status, Sums
from motcua.reports.spread import FEWEST

if TYPE_CHECKING:
    from motcua.reports.dossier_report import DossierReport
    from motcua.reports.wording import Wording

_HIGH, _APART, _TOP = 34, 96, 30
_STROKE_EVERY = 6
_LEGEND_HIGH = 26
_MARK = 14
_NAMES = {
    "on-time": "Settled on time",
    "within": "In process within its time",
    "late": "Overdue",
    "apart": "Other",
}


def standing_chart(report: DossierReport, wording: Wording) -> str:
    """Return the picture as an SVG element; empty when there are too few to draw."""
    rows = [
        ("Received in the period: %(n)s dossiers", report.tally.sums()),
        ("Carried over from before: %(n)s dossiers", report.tally.sums_carried()),
    ]
    drawn = [(words, sums) for words, sums in rows if sums.dossiers >= FEWEST]
    if not drawn:
        return ""
    body, told = [], []
    for place, (words, sums) in enumerate(drawn):
        top = _TOP + place * _APART
        heading = wording.say(words, n=wording.number(sums.dossiers))
        below = _in_words(sums, wording)
        body += [
            svg.text(0, top - 10, heading, "strong"),
            *_bar(sums, top),
            svg.text(0, top + _HIGH + 18, below, "axis"),
        ]
        told.append(f"{heading}. {below}.")
    high = _TOP + len(drawn) * _APART
    used = {name for _, sums in drawn for name, count in _parts(sums).items() if count}
    body += _legend([name for name in _NAMES if name in used], high, wording)
    title = wording.say("How the dossiers stand")
    return svg.picture("standing", title, " ".join(told), body, high + _LEGEND_HIGH)


def _parts(sums: Sums) -> dict[str, int]:
    told = {
        "on-time": sums.of(*ON_TIME),
        "within": sums.of(Status.WITHIN),
        "late": sums.of(*LATE),
    }
    return told | {"apart": sums.dossiers - sum(told.values())}


def _in_words(sums: Sums, wording: Wording) -> str:
    return " · ".join(
        f"{wording.say(_NAMES[name])} {wording.percent(count / sums.dossiers)}"
        for name, count in _parts(sums).items()
        if count
    )


def _bar(sums: Sums, top: float) -> list[str]:
    drawn, x = [], 0.0
    for name, count in _parts(sums).items():
        wide = svg.WIDTH * count / sums.dossiers
        drawn += _piece(name, x, top, wide, top + _HIGH)
        x += wide
    return drawn


def _piece(name: str, x: float, top: float, wide: float, bottom: float) -> list[str]:
    """Draw one part; overdue ones are hatched."""
    drawn = [svg.rect(x, top, wide, bottom, f"standing {name}")]
    if name == "late":
        strokes = range(1, int(wide / _STROKE_EVERY) + 1)
        places = [x + step * _STROKE_EVERY for step in strokes if step * _STROKE_EVERY < wide]
        drawn += [svg.line(place, top, place, bottom, "hatch") for place in places]
    return drawn


def _legend(names: Sequence[str], y: float, wording: Wording) -> list[str]:
    wide = svg.WIDTH / len(_NAMES)
    drawn = []
    for place, name in enumerate(names):
        x = place * wide
        drawn += _piece(name, x, y, _MARK * 1.5, y + _MARK)
        drawn.append(svg.text(x + _MARK * 2, y + _MARK - 2, wording.say(_NAMES[name]), "axis"))
    return drawn
