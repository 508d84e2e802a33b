"""Homes to measure: a centre without or with a printer, long catalogues, days already begun."""

from __future__ import annotations

import csv
from pathlib import Path

from motcua.access import Access, Role
from motcua.app import fresh_id
from motcua.catalogue import Catalogue
from motcua.clock import SystemClock
from motcua.home import Home
from motcua.journal.tiny import TinyJournal
from motcua.office import Office
from motcua.queue.commands import CallNext, FinishTicket, IssueTicket, OpenCounter, StartService
from motcua.settings import read_centre

PROCEDURE = "1.001193"
"""What is asked for: registering a birth, in service A."""
_COUNTERS = 12


def make_home(path: Path, *, printer: str = "none") -> tuple[Path, str]:
    """Make a centre of 12 counters; return its folder and an API token that may do everything."""
    home = Home(path)
    home.prepare()
    text = home.centre.read_text(encoding="utf-8")
    text = text.replace('kind = "virtual"', f'kind = "{printer}"')
    have = len(read_centre(home.centre).counter)
    more = (
        f'[[counter]]\nnumber = {number}\nservices = ["A", "H"]\n'
        for number in range(have + 1, _COUNTERS + 1)
    )
    home.centre.write_text("\n".join([text, *more]), encoding="utf-8")
    return path, Access(home.access).add_token(Role.ADMIN)


def lengthen_catalogue(path: Path, procedures: int) -> None:
    """Let the catalogue of a home have `procedures` rows, the further ones like the first."""
    file = Home(path).procedures
    with file.open(encoding="utf-8", newline="") as lines:
        heading, *rows = csv.reader(lines)
    for number in range(len(rows), procedures):
        _, *rest = rows[number % len(rows)]
        rows.append([f"9.{number:06}", *rest])
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([heading, *rows])


def begin_day(path: Path, *, issued: int, waiting: int) -> None:
    """Let `issued` people have come today, all but the last `waiting` served already."""
    home = Home(path)
    procedures = Catalogue.load(home.procedures).by_code
    rules = read_centre(home.centre).rules(procedures, always_open=True)
    journal = TinyJournal(home.journal, durable=False)
    office = Office(journal, SystemClock(), rules, fresh_id)
    office.execute(OpenCounter(1, ("A",)))
    for number in range(issued):
        office.execute(IssueTicket(PROCEDURE, None, None, None, "vi"))
        if number < issued - waiting:
            office.execute(CallNext(1))
            office.execute(StartService(1))
            office.execute(FinishTicket(1, "done"))
    office.stop()
