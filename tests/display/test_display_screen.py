"""The routes of the hall: pages, sizes and sounds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import polib
import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.display.sound import Sound
from motcua.folders import data_folder
from motcua.home import Home
from motcua.queue.commands import CallNext, IssueTicket, OpenCounter, RecallTicket, UndoAct

Browse = Callable[[Role], FlaskClient]

SECOND_BOARD = """
[[board]]
name = "tầng 2"
services = ["S"]
voice = false
"""


@pytest.fixture
def home(home: Home) -> Home:
    """A home with a second, silent board upstairs."""
    text = home.centre.read_text("utf-8")
    home.centre.write_text(text.replace("\n[voice]", f"{SECOND_BOARD}\n[voice]"), "utf-8")
    return home


@pytest.fixture
def hall(box: Box) -> Box:
    """A ward whose counter 1 has called A001 and whose counter 4 has called S001."""
    for service, counter in (("A", 1), ("S", 4)):
        box.office.execute(OpenCounter(counter))
        box.office.execute(IssueTicket(service=service))
        box.office.execute(CallNext(counter))
    return box


def _sounds(page: str) -> list[str]:
    return re.findall(r"/board/call/[^\"]+", page.replace("\\u0026", "&"))


def test_a_board_shows_calls_and_the_name_of_the_centre(hall: Box, browse: Browse) -> None:
    page = browse(Role.BOARD).get("/board").text

    assert "A001" in page
    assert "mời đến\N{NO-BREAK SPACE}quầy" in page
    assert hall.centre.name in page


@pytest.mark.usefixtures("hall")
def test_each_board_of_the_centre_has_its_address(browse: Browse) -> None:
    page = browse(Role.BOARD).get("/board?" + urlencode({"screen": "tầng 2"})).text

    assert "S001" in page
    assert "A001" not in page


def test_a_board_nobody_set_up_is_refused_in_words(browse: Browse) -> None:
    answer = browse(Role.BOARD).get("/board?screen=vườn")

    assert answer.status_code == 404
    assert "không có bảng gọi số vườn" in answer.text


@pytest.mark.usefixtures("hall")
def test_english_is_spoken_to_those_who_ask_for_it(browse: Browse) -> None:
    page = browse(Role.BOARD).get("/board?lang=en").text

    assert "please go to counter" in page
    assert "Civil status" in page


@pytest.mark.usefixtures("hall")
def test_htmx_gets_the_moving_part_alone(browse: Browse) -> None:
    part = browse(Role.BOARD).get("/board", headers={"HX-Request": "true"}).text

    assert part.startswith("<main")


def test_who_has_seen_it_all_gets_next_to_nothing(hall: Box, browse: Browse) -> None:
    board = browse(Role.BOARD)
    again = re.search(r'hx-get="([^"]+)"', board.get("/board").text)
    assert again
    address = again[1].replace("&amp;", "&")

    seen = board.get(address, headers={"HX-Request": "true"})
    assert (seen.status_code, seen.data, seen.headers["HX-Reswap"]) == (200, b"", "none")

    hall.office.execute(RecallTicket(1))
    assert "A001" in board.get(address, headers={"HX-Request": "true"}).text


def test_the_passing_minute_is_something_to_see(hall: Box, browse: Browse) -> None:
    board = browse(Role.BOARD)
    assert board.get(f"/board?seen={hall.office.seq}&look=0800-2").data == b""
    assert board.get(f"/board?seen={hall.office.seq}&look=0759-2").data != b""


def test_numerals_are_sized_for_the_hall(browse: Browse) -> None:
    answer = browse(Role.BOARD).get("/board/size.css")

    assert answer.mimetype == "text/css"
    assert "--row: 12.85vw" in answer.text


@pytest.mark.usefixtures("hall")
def test_a_call_is_spoken_by_the_address_its_board_gives(browse: Browse) -> None:
    board = browse(Role.BOARD)
    first, second = _sounds(board.get("/board").text)

    answer = board.get(first)

    assert answer.status_code == 200
    assert answer.mimetype == "audio/wav"
    assert "immutable" in answer.headers["Cache-Control"]
    assert Sound.from_wav(answer.data).seconds > 1
    assert first != second


@pytest.mark.usefixtures("hall")
def test_the_address_of_a_sound_tells_what_is_said(browse: Browse) -> None:
    """So a browser that kept it never plays yesterday's call of the same event number."""
    sounds = _sounds(browse(Role.BOARD).get("/board").text)

    marks = {re.search(r"said=([0-9a-f]{8})", sound) for sound in sounds}

    assert len({mark[1] for mark in marks if mark}) == 2


def test_a_call_taken_back_has_no_sound_any_more(hall: Box, browse: Browse) -> None:
    board = browse(Role.BOARD)
    first, _ = _sounds(board.get("/board").text)
    hall.office.execute(UndoAct(1))

    assert board.get(first).status_code == 404


def test_a_silent_board_names_no_sounds_and_has_none(hall: Box, browse: Browse) -> None:
    board = browse(Role.BOARD)
    upstairs = urlencode({"screen": "tầng 2"})
    page = board.get(f"/board?{upstairs}").text

    assert _sounds(page) == []
    assert "<audio" not in page
    assert board.get(f"/board/call/{hall.office.seq}.wav?{upstairs}").status_code == 404


@pytest.mark.parametrize("address", ["/board/call/0.wav", "/board/call/99999999999999999999.wav"])
def test_a_call_that_never_was_has_no_sound(browse: Browse, address: str) -> None:
    assert browse(Role.BOARD).get(address).status_code == 404


def test_the_chime_can_be_tried(browse: Browse) -> None:
    answer = browse(Role.BOARD).get("/board/chime.wav")

    assert 1 < Sound.from_wav(answer.data).seconds < 3


@pytest.mark.parametrize("address", ["/board", "/board/size.css", "/board/chime.wav"])
def test_boards_are_for_enrolled_screens_and_staff(browse: Browse, address: str) -> None:
    assert browse(Role.BOARD).get(address).status_code == 200
    assert browse(Role.STAFF).get(address).status_code == 200
    assert browse(Role.KIOSK).get(address).status_code == 303
    assert browse(Role.VISITOR).get(address).status_code == 303


def test_every_word_of_the_boards_is_there_in_vietnamese() -> None:
    catalogue = polib.pofile(str(data_folder("config") / "translations" / "vi" / "display.po"))
    known = {entry.msgid for entry in catalogue if entry.msgstr}
    used: set[str] = set()
    for template in sorted(Path(data_folder("templates"), "display").glob("*.html")):
        used |= set(re.findall(r'_\(["\']([^"\']+)["\']', template.read_text("utf-8")))

    assert used
    assert used - known == set()
