"""The process is killed at any moment: what was acknowledged is there, no number comes twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from motcua.journal.tiny import TinyJournal
from motcua.journal.verify import verify
from motcua.queue.events import TicketIssued
from tests.journal.journal_days import MONDAY

_ROOT = Path(__file__).resolve().parents[2]
_KILLS = 10
# Four kiosks at once; each line is printed only after `execute` came back.
_GIVE_NUMBERS = """
import os, sys
from pathlib import Path
from threading import Thread
from motcua.journal.tiny import TinyJournal
from motcua.queue import commands as c
from tests.journal.journal_days import open_office

office = open_office(TinyJournal(Path(sys.argv[1])))
office.execute(c.OpenCounter(1)) if office.seq == 0 else None

def kiosk():
    while True:
        answer = office.execute(c.IssueTicket(service="A"))
        os.write(1, f"{answer.seq} {answer.ticket.number}\\n".encode())

for _ in range(4):
    Thread(target=kiosk).start()
"""


@pytest.mark.slow
def test_killed_at_any_moment_nothing_acknowledged_is_lost(folder: Path) -> None:
    chance = Random(7)  # noqa: S311 - the same moments each time
    told: list[tuple[int, str]] = []
    for _ in range(_KILLS):
        told += _give_numbers_until_killed(folder, chance.randint(1, 60))
    issued = [
        (record.seq, record.event.number)
        for record in TinyJournal(folder).read(MONDAY)
        if isinstance(record.event, TicketIssued)
    ]
    assert len(told) >= _KILLS
    assert set(told) <= set(issued)
    assert len({number for _, number in issued}) == len(issued)
    [report] = verify(folder)
    assert report.sound, report.line()


def _give_numbers_until_killed(folder: Path, after: int) -> list[tuple[int, str]]:
    """Kill a process when it has acknowledged `after` numbers; return all it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", _GIVE_NUMBERS, str(folder)], cwd=_ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(after)]
        process.kill()
        lines += process.stdout.readlines()
    whole = (line.split() for line in lines if line.endswith(b"\n"))
    return [(int(seq), number.decode()) for seq, number in whole]
