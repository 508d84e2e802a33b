"""Two ways in: the office itself, and the API on a connection that is kept alive."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import Any, NamedTuple, Protocol

from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.errors import QueueError
from motcua.request_ids import conceal
from tests.concurrency.told import Told, told_by_api, told_by_office

_TIMEOUT_S = 120.0
_WORDS = {
    c.OpenCounter: "open", c.PauseCounter: "pause", c.CloseCounter: "close",
    c.CallNext: "call-next", c.CallTicket: "call", c.RecallTicket: "recall",
    c.StartService: "start", c.FinishTicket: "finish", c.MissTicket: "miss",
    c.HoldTicket: "hold", c.TransferTicket: "transfer", c.UndoAct: "undo",
}  # fmt: skip
_FIELDS = ("ticket", "outcome", "service", "priority", "services")


class Door(Protocol):
    """Where a hand presses."""

    def press(self, command: c.Command, request: str) -> Told:
        """Ask for something; return the answer or the code of the refusal."""
        ...

    def kept_as(self, request: str) -> str:
        """Return what the journal keeps of an id."""
        ...

    def close(self) -> None:
        """Leave."""
        ...


class OfficeDoor:
    """Straight to the office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def press(self, command: c.Command, request: str) -> Told:
        try:
            answer = self._office.execute(command, request)
        except QueueError as refused:
            return Told(code=refused.code)
        with self._office.today() as day:
            return told_by_office(answer, day)

    def kept_as(self, request: str) -> str:
        return request

    def close(self) -> None:
        """Leave nothing behind: there is nothing."""


class ApiDoor:
    """Through the web server, as a program of the centre's own."""

    def __init__(self, port: int, token: str, secret: str) -> None:
        self._port = port
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._secret = secret
        self._wire = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)

    def press(self, command: c.Command, request: str) -> Told:
        self._ask(command, request)
        answer = self._wire.getresponse()
        body = json.loads(answer.read())
        assert not answer.will_close, "the connection is kept"
        return told_by_api(command, answer.status, body)

    def press_and_hang_up(self, command: c.Command, request: str) -> None:
        """Ask, and lose the line before the answer comes."""
        self._ask(command, request)
        self._wire.close()

    def kept_as(self, request: str) -> str:
        return conceal(request, self._secret)

    def close(self) -> None:
        self._wire.close()

    def _ask(self, command: c.Command, request: str) -> None:
        asked = _asked(command)
        body = json.dumps(asked.body | {"request_id": request})
        self._wire.request("POST", f"/api/v1{asked.path}", body, self._headers)


class _Asked(NamedTuple):
    path: str
    body: dict[str, Any]


def _asked(command: c.Command) -> _Asked:
    """Return what the API calls a command."""
    fields = {name: getattr(command, name, None) for name in _FIELDS}
    body = {name: value for name, value in fields.items() if value is not None}
    if isinstance(command, c.CounterCommand):
        return _Asked(f"/counters/{command.counter}/{_WORDS[type(command)]}", body)
    if isinstance(command, c.ReturnTicket | c.CancelTicket):
        word = "return" if isinstance(command, c.ReturnTicket) else "cancel"
        return _Asked(f"/tickets/{command.ticket}/{word}", {})
    return _Asked("/tickets", body)
