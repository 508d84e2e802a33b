"""A whole centre before a network printer of our own: kiosk, counters, administrator, programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Condition

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from motcua.access import Role
from motcua.app import Box
from motcua.printing.job import UNDER_WAY, JobRecord
from tests.kiosk.touch import Touch
from tests.printing.tcp_printer import PATIENCE_S

BIRTH = "1.001193"
ELSEWHERE = "/kiosk/procedure/2.000200"

CENTRE = """
[[service]]
letter = "A"
name = "Hộ tịch"
[[counter]]
number = 1
services = ["A"]
[[printer]]
name = "hall"
kind = "network"
host = "127.0.0.1"
port = {port}
timeout_s = {timeout_s}
"""


class Ward:
    """One running centre and the people in it."""

    def __init__(self, box: Box, browse: Callable[[Role], FlaskClient], token: str) -> None:
        self.box = box
        self.browse = browse
        self.kiosk = Touch(browse(Role.KIOSK))
        self.clerk = browse(Role.STAFF)
        self.admin = browse(Role.ADMIN)
        self.program = {"Authorization": f"Bearer {token}"}
        self._changed = Condition()
        for spooler in box.paper.spoolers():
            spooler.on_change(self._notice)

    def take(self) -> str:
        """Let a visitor take a number at the kiosk; return the ticket's id."""
        self.kiosk.open(f"/kiosk/procedure/{BIRTH}").press("Lấy số")
        assert self.kiosk.status == 200
        return self.kiosk.address.rsplit("/", 1)[1]

    def take_by_program(self, request_id: str) -> TestResponse:
        """Let a program take a number."""
        body = {"procedure": BIRTH, "request_id": request_id}
        return self.clerk.post("/api/v1/tickets", json=body, headers=self.program)

    def take_at_counter(self) -> TestResponse:
        """Let a clerk give a number."""
        return self.clerk.post("/counter/1/issue", data={"give": f"procedure:{BIRTH}"})

    def settle(self, slip: str) -> JobRecord:
        """Wait until a slip is no longer under way; return what became of it."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._of(slip).state not in UNDER_WAY, PATIENCE_S)
        return self._of(slip)

    def settle_all(self) -> list[JobRecord]:
        """Wait until no slip is under way; return what became of them, newest first."""
        for record in self.box.paper.jobs():
            self.settle(record.job.id)
        return self.box.paper.jobs()

    def seen_by_visitor(self, ticket: str) -> str:
        """Return what the kiosk shows for a number."""
        return self.kiosk.open(f"/kiosk/number/{ticket}").text

    def seen_by_clerk(self) -> str:
        """Return what is said of printers and slips on the desk."""
        page = self.clerk.get("/counter/paper", headers={"HX-Request": "true"}).text
        return " ".join(re.sub(r"<[^>]+>", " ", page).split())

    def seen_by_admin(self) -> str:
        """Return the words of the page of printers."""
        return " ".join(re.sub(r"<[^>]+>", " ", self.admin.get("/admin/printers").text).split())

    def press_reprint(self, ticket: str, form: dict[str, str] | None = None) -> TestResponse:
        """Press the clerk's one button for a slip; `form` is the page's, else it is loaded."""
        data = {**(form or self.desk_form()), "act": f"reprint:{ticket}"}
        return self.clerk.post("/counter/1", data=data)

    def desk_form(self) -> dict[str, str]:
        """Return what is written into the desk's form."""
        page = self.clerk.get("/counter/1").text
        return dict(re.findall(r'name="(request_id|slip_request)" value="([^"]+)"', page))

    def admin_form(self) -> dict[str, str]:
        """Return what is written into the forms of the page of printers."""
        page = self.admin.get("/admin/printers").text
        return dict(re.findall(r'name="(request_id)" value="([^"]+)"', page))

    def _of(self, slip: str) -> JobRecord:
        return next(record for record in self.box.paper.jobs() if record.job.id == slip)

    def _notice(self) -> None:
        with self._changed:
            self._changed.notify_all()
