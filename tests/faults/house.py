"""A centre as it is started for real, on a disk that can be full; and a browser at it."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from motcua.journal.tiny import TinyJournal
from tests.faults.disks import PATIENCE_S
from tests.faults.wire import Told, ask

NO_ROOM = 0
TICKETS = "/api/v1/tickets"
_FULL_FROM_THE_START = 'ulimit -S -f 0; exec "$@"'
_UNLIMITED = resource.RLIM_INFINITY


def motcua(*words: str, full: bool = False) -> list[str]:
    """Return a command line; one that finds the disk full from its start, if wanted."""
    command = [sys.executable, "-m", "motcua", *words]
    return ["sh", "-c", _FULL_FROM_THE_START, "sh", *command] if full else command


class House:
    """A running `motcua serve`.

    The system limits how large a file it may write: beyond the limit every write is refused as by
    a full disk, that of the journal and every other one.
    """

    def __init__(self, home: Path, *, full: bool = False) -> None:
        """Start it and wait until it serves."""
        self.home = home
        self.process = subprocess.Popen(
            motcua("serve", "--home", str(home), "--port", "0", "--always-open", full=full),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=home.parent,
        )  # fmt: skip
        said = ""
        while "PIN" not in said:
            assert self.process.stdout is not None
            line = self.process.stdout.readline()
            assert line, f"it ended: {said}{self.process.stderr and self.process.stderr.read()}"
            said += line
        self.served = f"http://127.0.0.1:{re.findall(r':([0-9]+)', said)[0]}"
        self.pin = "".join(re.findall(r"PIN ([0-9]{6})", said))

    def room(self, size: int = _UNLIMITED) -> None:
        """Let no file grow beyond `size` bytes from now on."""
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, _UNLIMITED))

    def stop(self) -> str:
        """Stop it; return what it wrote to its log."""
        self.process.terminate()
        _, log = self.process.communicate(timeout=PATIENCE_S)
        return log

    def files(self) -> dict[str, bytes]:
        """Return what lies in the home and has anything in it."""
        found = {path: path.read_bytes() for path in self.home.rglob("*") if path.is_file()}
        return {str(path.relative_to(self.home)): data for path, data in found.items() if data}

    def token(self, role: str) -> str:
        """Make a token the way an IT officer does."""
        command = motcua("token", "add", "--role", role, "--home", str(self.home))
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@dataclass
class Browser:
    """A browser that keeps its cookies and sends the token of the page."""

    served: str

    def __post_init__(self) -> None:
        """Know nobody yet."""
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Told:
        """Load a page."""
        return self._open(path)

    def send(self, page: str, path: str, **form: str) -> Told:
        """Send a form that stands on `page` to `path`."""
        token = re.findall(r'name="csrf_token" value="([^"]+)"', self.get(page).text)[0]
        data = urlencode({**form, "csrf_token": token}).encode()
        return self._open(path, data, Referer=self.served + page)

    def upload(self, page: str, path: str, name: str, content: str) -> Told:
        """Send a file from a form on `page`."""
        token = re.findall(r'name="csrf_token" value="([^"]+)"', self.get(page).text)[0]
        edge = "edge-of-a-part"
        body = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
            f"{content}\r\n--{edge}--\r\n"
        ).encode()
        kind = f"multipart/form-data; boundary={edge}"
        return self._open(path, body, **{"Content-Type": kind})

    def sign_in(self, name: str, pin: str) -> Told:
        """Sign in."""
        return self.send("/signin", "/signin", name=name, pin=pin)

    def _open(self, path: str, data: bytes | None = None, **headers: str) -> Told:
        request = Request(self.served + path, data, headers)  # noqa: S310 - our own server
        answer: Any
        try:
            answer = self._opener.open(request, timeout=PATIENCE_S)
        except HTTPError as error:
            answer = error
        with answer:
            return Told(answer.status, dict(answer.headers), answer.read().decode(errors="replace"))


def take(house: House, token: str, request: str) -> Told:
    """Ask for a number."""
    return ask(house.served, "POST", TICKETS, {"service": "A", "request_id": request}, token)


def assert_sound(house: House, numbers: int) -> None:
    """Assert that a journal reads without damage or gap, and gave so many numbers."""
    journal = TinyJournal(house.home / "journal")
    records = [record for day in journal.days() for record in journal.read(day)]
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert journal.damage == []
    issued = [record for record in records if type(record.event).__name__ == "TicketIssued"]
    assert len(issued) == numbers
