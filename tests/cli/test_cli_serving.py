"""`motcua serve` and `motcua demo` as they are started for real; killed, and started again."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Start = Callable[..., "Running"]


class Running:
    """A started `motcua`: its address, what it printed, and requests to it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.printed: list[str] = []
        while not self.printed or "PIN" not in self.printed[-1]:
            line = self._line()
            self.printed.append(line)
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)", self.printed[0])[1])  # type: ignore[index]

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"it ended: {self.printed}"
        return line

    def ask(self, method: str, path: str, body: object = None, token: str = "") -> tuple[int, Any]:
        """Send one request; return status and JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = connection.getresponse()
        data = response.read()
        connection.close()
        return response.status, json.loads(data)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `motcua` on a free port; everything started ends with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: str) -> Running:
        command = [sys.executable, "-m", "motcua", *words, "--port", "0"]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=tmp_path
        )
        started.append(process)
        return Running(process)

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def token_for(home: Path, role: str) -> str:
    """Make a token the way an IT officer does."""
    command = [sys.executable, "-m", "motcua", "token", "add", "--role", role, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_first_run_makes_a_centre_and_says_how_to_sign_in(start: Start, tmp_path: Path) -> None:
    running = start("serve", "--home", "centre")
    said = "".join(running.printed)
    assert "/kiosk" in said
    assert "/board" in said
    assert re.search(r"as admin with the PIN \d{6}", said)
    assert (tmp_path / "centre" / "centre.toml").exists()
    assert running.ask("GET", "/healthz")[0] == 200


def test_a_second_server_on_the_same_home_is_refused(start: Start, tmp_path: Path) -> None:
    start("serve", "--home", "centre")
    second = subprocess.run(
        [sys.executable, "-m", "motcua", "serve", "--home", "centre", "--port", "0"],
        capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert "in use by a running motcua" in second.stderr


def test_it_stops_cleanly_when_told(start: Start) -> None:
    running = start("serve", "--home", "centre")
    running.process.send_signal(signal.SIGTERM)
    rest, _ = running.process.communicate(timeout=30)
    assert "Motcua stops." in rest
    assert running.process.returncode == 0


def test_the_queue_is_as_it_was_after_the_process_was_killed(start: Start, tmp_path: Path) -> None:
    first = start("serve", "--home", "centre", "--always-open")
    token = token_for(tmp_path / "centre", "admin")
    for service in "AHA":
        assert first.ask("POST", "/api/v1/tickets", {"service": service}, token)[0] == 201
    first.ask("POST", "/api/v1/counters/1/open", {}, token)
    called = first.ask("POST", "/api/v1/counters/1/call-next", {"request_id": "r"}, token)[1]
    before = first.ask("GET", "/api/v1/queue", token=token)[1]
    first.process.kill()
    first.process.wait()

    second = start("serve", "--home", "centre", "--always-open")
    after = second.ask("GET", "/api/v1/queue", token=token)[1]
    links = [ticket.pop("follow_url") for one in (before, after) for ticket in one["tickets"]]
    assert before == after
    assert len(links) == 6
    again = second.ask("POST", "/api/v1/counters/1/call-next", {"request_id": "r"}, token)[1]
    assert again["ticket"]["number"] == called["ticket"]["number"]
    assert second.ask("POST", "/api/v1/tickets", {"service": "A"}, token)[1]["number"] == "A003"


@pytest.mark.slow
def test_the_demo_lives_by_itself(start: Start, tmp_path: Path) -> None:
    running = start("demo", "--home", "demo", "--speed", "200")
    token = token_for(tmp_path / "demo", "admin")
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
    connection.request("GET", "/live", headers={"Authorization": f"Bearer {token}"})
    stream = connection.getresponse()
    numbers = [int(line.split()[1]) for line in _messages(stream, 5)]
    assert numbers == sorted(set(numbers))
    slips = tmp_path / "demo" / "slips"
    assert any(list(slips.rglob("*.png")) for _ in _messages(stream, 300))
    connection.close()
    calls = running.ask("GET", "/api/v1/board", token=token)[1]["calls"]
    assert len(calls) >= 5
    assert running.ask("GET", "/api/v1/reports/waits", token=token)[1]["visits"] > 0


def _messages(stream: http.client.HTTPResponse, most: int) -> Iterator[str]:
    """Yield up to `most` messages of a live stream, as they come."""
    for _ in range(most):
        line = stream.readline().decode()
        while not line.startswith("data:"):
            assert line, "the stream ended"
            line = stream.readline().decode()
        yield line
