"""The drawing of the legal moves is made from the table, and is the one in the documents."""

from __future__ import annotations

import runpy
from pathlib import Path
from xml.etree import ElementTree as ET

from motcua.queue.ticket import TRANSITIONS, State

_DOCS = Path(__file__).resolve().parents[2] / "docs"


def _draw() -> str:
    drawing: str = runpy.run_path(str(_DOCS / "draw_tickets.py"))["draw"]()
    return drawing


def test_the_drawing_in_the_documents_is_current() -> None:
    kept = (_DOCS / "tickets.svg").read_text("utf-8")
    assert kept == _draw(), "run: python docs/draw_tickets.py"


def test_every_state_and_every_move_of_the_table_is_drawn() -> None:
    drawing = ET.fromstring(_draw())  # noqa: S314 - our own
    words = [text.text or "" for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert set(State) <= set(words)
    for event, moves in TRANSITIONS.items():
        named = [word for word in words if word.removesuffix(" ↶") == event.__name__]
        assert len(named) == len(moves)
