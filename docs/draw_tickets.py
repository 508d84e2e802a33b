"""Draw `tickets.svg`, the legal moves of a ticket, from the table the queue itself goes by.

    python docs/draw_tickets.py

A test keeps the drawing current. Places and bends are given here; which arrows there are, what they
are called, which acts may be taken back and which states are an end comes from the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from motcua.queue.events import TicketIssued
from motcua.queue.ticket import TRANSITIONS, UNDOABLE, State

Point = tuple[float, float]

_WIDTH, _HEIGHT = 1240, 690
_BOX = (132, 46)
_INK, _PAPER, _ACCENT, _QUIET = "#1c2430", "#ffffff", "#5b2a86", "#f5f3ef"
_BACK = "↶"
_START = (60, 300)
_PLACES: dict[State, Point] = {
    State.WAITING: (260, 300),
    State.CALLED: (540, 300),
    State.SERVING: (840, 300),
    State.FINISHED: (1150, 300),
    State.HELD: (690, 130),
    State.MISSED: (390, 450),
    State.TRANSFERRED: (690, 450),
    State.CANCELLED: (110, 450),
    State.UNSERVED: (390, 590),
}
# Arrows that would run through a box go by these points; the last one is where the name stands.
_BENDS: dict[tuple[State, State], list[Point]] = {
    (State.HELD, State.WAITING): [(260, 130)],
    (State.HELD, State.UNSERVED): [(690, 48), (24, 48), (24, 590)],
    (State.WAITING, State.UNSERVED): [(260, 590)],
}
_NAMES_AT = {
    (State.HELD, State.WAITING): (440, 130),
    (State.HELD, State.UNSERVED): (357, 48),
    (State.WAITING, State.UNSERVED): (260, 520),
    (State.CALLED, State.CALLED): (500, 211),
}
_NOTES = (
    f"{_BACK}  the counter may take the act back for some seconds: CallUndone restores what was",
    "double frame: the ticket moves no more; a transferred visit goes on as a new, waiting ticket",
)


def draw() -> str:
    """Return the drawing as SVG."""
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    svg = ET.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img"
    )
    svg.set("font-family", "Roboto, 'Noto Sans', Arial, sans-serif")
    ET.SubElement(svg, "title").text = "The legal moves of a ticket"
    ET.SubElement(svg, "desc").text = "; ".join(_sentences())
    _arrow_heads(svg)
    ET.SubElement(svg, "rect", width="100%", height="100%", fill=_PAPER)
    _start(svg)
    for event, moves in TRANSITIONS.items():
        for before, after in moves.items():
            _arrow(svg, event.__name__, before, after)
    for state in State:
        _box(svg, state)
    for line, note in enumerate(_NOTES):
        _text(svg, (24, 652 + 24 * line), note, size=15).set("text-anchor", "start")
    ET.indent(svg)
    return ET.tostring(svg, encoding="unicode") + "\n"


def _sentences() -> list[str]:
    return [
        f"{event.__name__}: {before} to {after}"
        for event, moves in TRANSITIONS.items()
        for before, after in moves.items()
    ]


def _arrow_heads(svg: ET.Element) -> None:
    for name, colour in (("ink", _INK), ("accent", _ACCENT)):
        marker = ET.SubElement(
            svg, "marker", id=f"head-{name}", viewBox="0 0 10 10", refX="9", refY="5",
            markerWidth="8", markerHeight="8", orient="auto",
        )  # fmt: skip
        ET.SubElement(marker, "path", d="M0 1 L10 5 L0 9 Z", fill=colour)


def _start(svg: ET.Element) -> None:
    x, y = _START
    ET.SubElement(svg, "circle", cx=str(x), cy=str(y), r="9", fill=_INK)
    end = _edge(_PLACES[State.WAITING], _START)
    _path(svg, [(x + 9, y), end], undoable=False)
    _name(svg, TicketIssued.__name__, ((x + 9 + end[0]) / 2, y))


def _arrow(svg: ET.Element, event: str, before: State, after: State) -> None:
    undoable = event in UNDOABLE
    start, end = _PLACES[before], _PLACES[after]
    if before is after:
        left, right, above = start[0] - 58, start[0] - 22, start[1] - 26
        points: list[Point] = [(left, above), (left, 226), (right, 226), (right, above)]
    else:
        bends = _BENDS.get((before, after), [])
        way = [start, *bends, end]
        points = [_edge(start, way[1]), *bends, _edge(end, way[-2])]
    _path(svg, points, undoable=undoable)
    middle = ((points[0][0] + points[-1][0]) / 2, (points[0][1] + points[-1][1]) / 2)
    name = f"{event} {_BACK}" if undoable else event
    _name(svg, name, _NAMES_AT.get((before, after), middle))


def _edge(box: Point, towards: Point) -> Point:
    """Return where a line from the middle of a box leaves it."""
    dx, dy = towards[0] - box[0], towards[1] - box[1]
    half_width, half_height = _BOX[0] / 2 + 3, _BOX[1] / 2 + 3
    share = min(
        half_width / abs(dx) if dx else float("inf"), half_height / abs(dy) if dy else float("inf")
    )
    return round(box[0] + dx * share, 1), round(box[1] + dy * share, 1)


def _path(svg: ET.Element, points: Sequence[Point], *, undoable: bool) -> None:
    colour, head = (_ACCENT, "accent") if undoable else (_INK, "ink")
    way = " L".join(f"{x:g} {y:g}" for x, y in points)
    path = ET.SubElement(svg, "path", d=f"M{way}", fill="none", stroke=colour)
    path.set("stroke-width", "1.8")
    path.set("stroke-linejoin", "round")
    path.set("marker-end", f"url(#head-{head})")


def _box(svg: ET.Element, state: State) -> None:
    moves = (before for moves in TRANSITIONS.values() for before in moves)
    _frame(svg, state, 0, _QUIET)
    if state not in moves:
        _frame(svg, state, 4, "none")
    x, y = _PLACES[state]
    _text(svg, (x, y + 6), state.value, size=18).set("font-weight", "700")


def _frame(svg: ET.Element, state: State, inset: int, fill: str) -> None:
    (x, y), (width, height) = _PLACES[state], _BOX
    frame = ET.SubElement(svg, "rect", rx=str(8 - inset), fill=fill, stroke=_INK)
    frame.set("stroke-width", "1.6")
    for name, value in (("x", x - width / 2 + inset), ("y", y - height / 2 + inset)):
        frame.set(name, f"{value:g}")
    frame.set("width", str(width - 2 * inset))
    frame.set("height", str(height - 2 * inset))


def _name(svg: ET.Element, name: str, at: Point) -> None:
    text = _text(svg, (at[0], at[1] + 5), name, size=14)
    text.set("stroke", _PAPER)
    text.set("stroke-width", "6")
    text.set("stroke-linejoin", "round")
    text.set("paint-order", "stroke")


def _text(svg: ET.Element, at: Point, words: str, *, size: int) -> ET.Element:
    text = ET.SubElement(svg, "text", x=f"{at[0]:g}", y=f"{at[1]:g}", fill=_INK)
    text.set("font-size", str(size))
    text.set("text-anchor", "middle")
    text.text = words
    return text


if __name__ == "__main__":
    Path(__file__).with_name("tickets.svg").write_text(draw(), encoding="utf-8")
