"""A usual day with careless people in it: of what they write about themselves, nothing stays."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from motcua import backup
from motcua.access import Role
from motcua.app import Box, open_box
from motcua.cli import main
from motcua.clock import SetClock
from motcua.folders import data_folder
from motcua.home import Home
from motcua.queue.events import TicketFinished, TicketHeld
from motcua.queue.ticket import HOLD_REASONS
from motcua.simulation.past import demand_for
from motcua.simulation.ward import Ward
from tests.conftest import MONDAY_8_AM

_SAID = ("Nguyễn Thị Bưởi", "046179012345", "0912345678", "+84912345679", "12 Lê Lợi, Thuận Hóa")
"""A name, the number of an identity card, phones, an address: none of a real person."""
_IDENTITY_NUMBER = re.compile(rb"(?<![\d.])\d{12}(?!\d)")
_PHONE_NUMBER = re.compile(rb"(?<![\d.])(?:\+84|0)[35789]\d{8}(?!\d)")
_CHECKSUM = re.compile(rb"\b[0-9a-f]{32,64}\b")
"""Its digits mean nothing, and now and then twelve of them stand in a row."""
_OF_CHANCE = ("access.json", "secret")
"""Files of checksums and keys, whose digits mean nothing."""
_TAKE_PLACES = ("/kiosk/take", "/kiosk/procedure/2.000200/slip", "/kiosk/leave")
_BIRTH = "1.001193"


@pytest.fixture
def box(home: Home, clock: SetClock) -> Iterator[Box]:
    """A centre as it is installed, with its journal on disk and its printer on."""
    box = open_box(home, clock=clock)
    box.start("http://127.0.0.1")
    yield box
    box.close()


@pytest.fixture
def careless(
    browse: Callable[[Role], FlaskClient], bearer: Callable[[Role], dict[str, str]]
) -> Careless:
    """Somebody at every screen, and a program, all of them careless."""
    roles = (Role.VISITOR, Role.KIOSK, Role.STAFF, Role.MANAGER)
    return Careless({role: browse(role) for role in roles}, bearer(Role.MANAGER))


class Careless:
    """Writes what is nobody's business into whatever takes text."""

    def __init__(self, browsers: dict[Role, FlaskClient], token: dict[str, str]) -> None:
        """Use these browsers, and the API with this token."""
        self._browsers = browsers
        self._token = token

    def write(self, said: str) -> None:
        """Write it everywhere."""
        for browser in self._browsers.values():
            browser.environ_base["HTTP_USER_AGENT"] = browser.environ_base["HTTP_REFERER"] = said
        self._at_the_kiosk(said)
        self._on_a_phone(said)
        self._at_the_counter(said)
        self._at_the_door(said)
        self._through_the_api(said)

    def _at_the_kiosk(self, said: str) -> None:
        names = ("procedure", "service", "purpose", "priority", "language", "lang", "request_id",
                 "slip", "screen", "q")  # fmt: skip
        wish = {"service": "S", "purpose": "submit"}
        for name in names:
            for place in _TAKE_PLACES:
                self._send(Role.KIOSK, place, {**wish, name: said})
        for path in ("", "/search", "/priority", "/field/x", "/voice", f"/procedure/{_BIRTH}"):
            self._look(Role.KIOSK, f"/kiosk{path}", **dict.fromkeys((*names, "of", "key"), said))
        for path in ("field", "procedure", "service", "number"):
            self._look(Role.KIOSK, f"/kiosk/{path}/{quote(said)}")

    def _on_a_phone(self, said: str) -> None:
        self._look(Role.VISITOR, f"/t/{quote(said)}", lang=said, seen=said)
        self._send(Role.VISITOR, f"/t/{quote(said)}/cancel", {"reason": said})

    def _at_the_counter(self, said: str) -> None:
        for act in ("open", "call-next", "start", "hold", "finish", "transfer", "call", "undo"):
            for choice in (said, "papers_missing"):
                form = {"act": f"{act}:{choice}", "papers": said, "request_id": said}
                self._send(Role.STAFF, "/counter/4", form)
        self._look(Role.STAFF, "/counter/4/issue", q=said, given=said)
        for name in ("give", "purpose", "priority", "language", "request_id"):
            form = {"give": "service:K", "language": "vi", "q": said, name: said}
            self._send(Role.STAFF, "/counter/4/issue", form)

    def _at_the_door(self, said: str) -> None:
        for form in ({"name": said, "pin": said}, {"code": said}):
            for place in ("/signin", "/device", "/enrol"):
                self._send(Role.VISITOR, place, {**form, "next": said})
        self._look(Role.MANAGER, "/reports", **{"from": said, "to": said})

    def _through_the_api(self, said: str) -> None:
        for name in ("procedure", "service", "purpose", "priority", "language", "name"):
            self._ask("/tickets", {"service": "S", name: said, "request_id": f"{name} {said}"})
        for _ in range(2):
            self._ask("/tickets", {"service": "S"})
        self._ask("/counters/4/open", {"services": ["S"], "request_id": f"open {said}"})
        for act, body in (
            ("call-next", {}), ("start", {}), ("hold", {"reason": said}),
            ("call-next", {}), ("start", {}),
            ("finish", {"outcome": "papers_missing", "papers": [said, "Giấy chứng sinh"]}),
            ("transfer", {"service": said}), ("close", {}),
        ):  # fmt: skip
            self._ask(f"/counters/4/{act}", {**body, "request_id": f"{act} {said}"})
        for path in (f"/tickets/{quote(said)}", f"/procedures?q={quote(said)}"):
            self._browsers[Role.VISITOR].get(f"/api/v1{path}", headers=self._token)
        bearer = {"Authorization": f"Bearer {quote(said)}"}
        assert self._browsers[Role.VISITOR].get("/api/v1/queue", headers=bearer).status_code == 401

    def _look(self, role: Role, path: str, **asked: str) -> None:
        assert self._browsers[role].get(path, query_string=asked).status_code < 500, path

    def _send(self, role: Role, path: str, form: dict[str, str]) -> None:
        assert self._browsers[role].post(path, data=form).status_code < 500, path

    def _ask(self, path: str, body: dict[str, Any]) -> None:
        program = self._browsers[Role.VISITOR]
        answer = program.post(f"/api/v1{path}", json=body, headers=self._token)
        assert answer.status_code < 500, path


def test_nothing_anybody_says_of_himself_stays(
    box: Box, home: Home, clock: SetClock, careless: Careless, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    ward = Ward(box.office, demand_for(box.office.rules, 7, 60, 3), [1, 2, 3])
    ward.plan(MONDAY_8_AM.date())
    for n, said in enumerate(_SAID, 9):
        _live_until(ward, clock, n)
        careless.write(said)
    _live_until(ward, clock, 24)
    box.keep_yesterday()

    kept = dict(_all_of(home, box)) | {"log": caplog.text.encode()}

    assert b"A001" in kept["journal/2026-11-23.jsonl"]
    assert _found(kept, _SAID) == []
    assert _looks_personal(kept) == []
    _assert_it_was_tried(box)


def _live_until(ward: Ward, clock: SetClock, hour: int) -> None:
    while (at := ward.next_at()) is not None and at.hour < hour:
        clock.advance_to(at)
        ward.step()


def _assert_it_was_tried(box: Box) -> None:
    """What was set aside and what was missing is recorded, in the centre's own words."""
    events = [record.event for record in box.journal.read("2026-11-23")]
    held = [event.reason for event in events if isinstance(event, TicketHeld)]
    assert held.count("other") >= len(_SAID)
    assert set(held) <= {*HOLD_REASONS}
    ended = [event for event in events if isinstance(event, TicketFinished)]
    assert any(event.outcome == "papers_missing" for event in ended)


def _all_of(home: Home, box: Box) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the home, its backup, its exports and its reports."""
    outside = home.path.parent
    backup.take(home, outside / "backup.zip", box.office.now())
    for form in ("csv", "html", "json", "text", "xlsx"):
        day = ["--from", "2026-11-23", "--to", "2026-11-23", "--home", str(home.path)]
        told = CliRunner().invoke(main, ["report", *day, "--format", form])
        assert told.exit_code == 0, told.output
        (outside / f"report.{form}").write_bytes(told.stdout_bytes)
    export = ["journal", "export", str(outside / "export.jsonl"), "--home", str(home.path)]
    assert CliRunner().invoke(main, export).exit_code == 0
    for path in sorted(outside.rglob("*")):
        if path.is_file():
            place = path.relative_to(home.path if home.path in path.parents else outside)
            yield from _unpacked(place.as_posix(), path.read_bytes())


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _unpacked(f"{name}/{member}", archive.read(member))


def _found(kept: dict[str, bytes], said: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what was said and where it is kept, however it may be written."""
    ways = {way: one for one in said for way in _ways(one)}
    return [(one, name) for name, data in kept.items() for way, one in ways.items() if way in data]


def _ways(said: str) -> set[bytes]:
    spoken = {said, said.upper(), said.lower(), said.lstrip("+")}
    forms = {unicodedata.normalize(form, one) for one in spoken for form in ("NFC", "NFD")}
    forms |= {form.encode("ascii", "ignore").decode() for form in forms}  # without its marks
    return {
        way.encode()
        for form in forms
        for way in (form, quote(form), quote(form, ""), json.dumps(form)[1:-1])
    }


def _looks_personal(kept: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """Return what looks like the number of a person or a phone and was not delivered with us."""
    delivered = [path.read_bytes() for path in data_folder("config").glob("*.*")]
    return [
        (name, found)
        for name, data in kept.items()
        if Path(name).name not in _OF_CHANCE
        for pattern in (_IDENTITY_NUMBER, _PHONE_NUMBER)
        for found in pattern.findall(_CHECKSUM.sub(b"", data))
        if not any(found in one for one in delivered)
    ]


def test_the_search_finds_what_it_looks_for() -> None:
    for said in _SAID:
        for data in (said.encode(), json.dumps({"reason": said}).encode(), said.upper().encode()):
            assert _found({"file": data}, _SAID), data
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", _SAID[1])
    assert _found(dict(_unpacked("backup.zip", zipped.getvalue())), _SAID)
    assert _looks_personal({"file": b'{"reason":"034179012345"}'})
    assert _looks_personal({"file": b"tel 0987654321."})
    assert not _looks_personal({"file": b'"sha256":"' + b"a" * 20 + b"080609633338" + b"f" * 32})


def test_the_desk_offers_the_reasons_that_are_kept() -> None:
    from motcua.counter.acts import REASONS

    assert tuple(REASONS) == HOLD_REASONS
