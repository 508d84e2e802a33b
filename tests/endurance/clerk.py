"""A counter's clerk, and the visitors who come to that counter: an endless line of usual days."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from benchmarks.wire import Client

_KIOSK_EVERY = 20
_FATES = 25
"""Of so many visitors one each cancels, never comes, is held, is sent on."""
_CANCELS, _MISSES, _HOLDS, _GOES_ON = 7, 11, 13, 17
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class TouchScreen:
    """The browser of a kiosk: it keeps a cookie, and its forms carry the token of their page.

    A connection serves one visitor: the server drops those that nobody uses.
    """

    def __init__(self, port: int) -> None:
        """Use the kiosk of the centre at `port`."""
        self._line = HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookie = ""

    def take(self, service: str) -> str:
        """Take a number by hand; return the id of its ticket."""
        page, _ = self._ask("GET", f"/kiosk/service/{service}/collect")
        token = _TOKEN.search(page)
        assert token
        form = urlencode({"csrf_token": token[1], "service": service, "purpose": "collect"})
        _, place = self._ask("POST", "/kiosk/take", form)
        assert "/kiosk/number/" in place, place
        self._ask("GET", place)
        self._line.close()
        return place.rpartition("/")[2]

    def _ask(self, method: str, path: str, form: str | None = None) -> tuple[str, str]:
        """Return the page and the place it leads on to."""
        headers = {"Cookie": self._cookie}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, form, headers)
        answer = self._line.getresponse()
        page = answer.read().decode()
        assert answer.status in (200, 303), (path, answer.status, page[:500])
        self._cookie = (answer.getheader("Set-Cookie") or self._cookie).split(";")[0]
        return page, answer.getheader("Location") or ""


@dataclass
class Clerk:
    """One counter with its visitors, over HTTP."""

    port: int
    token: str
    counter: int
    service: str
    """Its visitors take numbers for this one."""
    others: str
    """The service to which some are sent on."""
    ended: Counter[str] = field(default_factory=Counter)
    """How today's visits ended, as the legs of a day's table tell it."""
    taken: int = 0
    called: int = 0

    def __post_init__(self) -> None:
        """Connect."""
        self._client = Client(self.port, self.token)
        self._kiosk = TouchScreen(self.port)

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def act(self, act: str, **body: object) -> dict[str, Any]:
        """Press a key at the counter."""
        return self._post(f"/api/v1/counters/{self.counter}/{act}", body)

    def work(self, people: int) -> None:
        """Let `people` come and serve as many; one phone and one board look on."""
        taken = [self._come() for _ in range(people)]
        for _ in range(people):
            self._serve()
        for path in (f"/t/{taken[0]}?seen=1", "/api/v1/board"):
            assert self._client.get(path).status == 200

    def serve_all(self) -> None:
        """Serve whoever still waits."""
        while self._serve():
            pass

    def _come(self) -> str:
        self.taken += 1
        if self.taken % _KIOSK_EVERY == 3:
            return self._kiosk.take(self.service)
        ticket: str = self._post("/api/v1/tickets", {"service": self.service})["id"]
        if self.taken % _FATES == _CANCELS:
            self._post(f"/api/v1/tickets/{ticket}/cancel", {})
            self.ended["cancelled"] += 1
        return ticket

    def _serve(self) -> bool:
        """Serve the next visitor; return whether there was one."""
        request_id = f"{self.counter}.{self.called}"
        answer = self._client.post(
            f"/api/v1/counters/{self.counter}/call-next", {"request_id": request_id}
        )
        if answer.status == 409:
            assert answer.json()["error"]["code"] == "queue.empty"
            return False
        assert answer.status == 200, answer.body
        self.called += 1
        self._treat(answer.json()["ticket"], self.called % _FATES)
        return True

    def _treat(self, ticket: dict[str, Any], fate: int) -> None:
        if fate == _MISSES:
            self.act("miss")
            self.ended["missed"] += 1
            return
        self.act("start")
        if fate == _GOES_ON:
            # The counter calls from both lines: on to the one the visitor was not in.
            on = self.others if ticket["service"] == self.service else self.service
            self.act("transfer", service=on)
            self.ended["transferred"] += 1
            return
        if fate == _HOLDS:
            self.act("hold", reason="copy")
            self.act("call", ticket=ticket["id"])
            self.act("start")
        self.act("finish", outcome="received")
        self.ended["received"] += 1

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._client.post(path, body)
        assert answer.status in (200, 201), (path, answer.body)
        told: dict[str, Any] = answer.json()
        return told
