"""The hall's pages: the board, its sizes, and the sound of a call."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, request, url_for

from motcua import web
from motcua.access import Role
from motcua.display import legibility
from motcua.display.announcement import LANGUAGES, Announcement, announce
from motcua.display.board import Board, BoardSettings, ShownCall, board
from motcua.refusals import Refusal

if TYPE_CHECKING:
    from motcua.display.voice import Voice
    from motcua.office import Office

_KEEP = "private, max-age=86400, immutable"
"""The address of a call's sound tells what is said, so it never changes."""


def display_blueprint(office: Office, sections: Sequence[BoardSettings], voice: Voice) -> Blueprint:
    """Return the routes of the boards that `sections` describe."""
    blueprint = Blueprint("display", __name__, url_prefix="/board")
    screens = {section.name: section for section in sections}

    def seen_by(section: BoardSettings) -> Board:
        at = office.now()
        with office.today() as day:
            return board(day, office.rules, section, at)

    @blueprint.get("")
    @web.role(Role.BOARD)
    def show() -> str | Response:
        """Show a board, or its moving part."""
        section = _section(screens)
        seen = seen_by(section)
        if request.args.get("look") == seen.look and (same := web.nothing_new(seen.seq)):
            return same
        return web.page("display/board.html", board=seen, sounds=_sounds(seen))

    @blueprint.get("/size.css")
    @web.role(Role.BOARD)
    def sizes() -> Response:
        """Size a board's numerals for its hall."""
        section = _section(screens)
        digits = len(str(max(office.rules.counters, default=1)))
        css = legibility.stylesheet(section.viewing_m, section.screen_width_mm, digits)
        return Response(css, mimetype="text/css")

    @blueprint.get("/call/<int:seq>.wav")
    @web.role(Role.BOARD)
    def sound(seq: int) -> Response:
        """Speak a call that stands."""
        seen = seen_by(_section(screens))
        call = next((call for call in seen.calls if call.seq == seq), None)
        if call is None or not seen.is_spoken:
            abort(404)
        return _wav(voice.call(_sentences(call, is_english=seen.is_english)))

    @blueprint.get("/chime.wav")
    @web.role(Role.BOARD)
    def chime() -> Response:
        """Sound the chime alone, to try whether this browser may."""
        return _wav(voice.call(()))

    return blueprint


def _section(screens: dict[str, BoardSettings]) -> BoardSettings:
    """Return the board the request names; the centre's first when it names none."""
    name = request.args.get("screen") or next(iter(screens), "")
    if name not in screens:
        raise Refusal(404, "board.unknown", "There is no board %(name)s here.", name=name)
    return screens[name]


def _sentences(call: ShownCall, *, is_english: bool) -> list[Announcement]:
    """Return the Vietnamese sentence twice and, where wanted, the English one once."""
    vietnamese, in_english = (
        announce(
            call.number, call.counter, is_recall=call.is_recall, is_transfer=call.is_transfer,
            language=language,
        )
        for language in LANGUAGES
    )  # fmt: skip
    return [vietnamese, vietnamese, in_english] if is_english else [vietnamese, vietnamese]


def _sounds(seen: Board) -> list[tuple[int, str]]:
    """Return number and address of each call worth speaking, oldest first."""
    if not seen.is_spoken:
        return []
    return [(call.seq, _address(seen, call)) for call in seen.spoken]


def _address(seen: Board, call: ShownCall) -> str:
    said = " ".join(one.text for one in _sentences(call, is_english=seen.is_english))
    mark = f"{zlib.crc32(said.encode()):08x}"
    return url_for("display.sound", seq=call.seq, screen=seen.screen, said=mark)


def _wav(data: bytes) -> Response:
    return Response(data, mimetype="audio/wav", headers={"Cache-Control": _KEEP})
