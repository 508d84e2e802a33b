"""`motcua check`: is everything in order? One line each, what is wrong and the cure."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import click

from motcua.admin_machinery import DiskStand
from motcua.backup_file import BackupError
from motcua.catalogue import Catalogue, CatalogueError
from motcua.cli.options import home_option
from motcua.clock import SystemClock
from motcua.journal.tiny import TinyJournal
from motcua.medium import Medium
from motcua.months import Months
from motcua.printing.connectors import missing_part
from motcua.printing.kinds import printer_from
from motcua.printing.printer import PrinterError, PrinterSettings, PrinterStatus
from motcua.safekeeping import Safekeeping
from motcua.settings import Centre, SettingsError, read_centre

if TYPE_CHECKING:
    from motcua.home import Home

_DAY_S = 86400
_FIRST_PLAUSIBLE_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check."""

    what: str
    good: bool | None
    """None: nobody can say."""
    says: str


_MARKS = {True: "ok  ", False: "FAIL", None: "?   "}


@click.command()
@home_option
def check(home: Home) -> None:
    """Check settings, catalogue, journal, printers, voice, disk, copies, clock; exit 1 if bad."""
    findings = list(_findings(home))
    for finding in findings:
        click.echo(f"{_MARKS[finding.good]}  {finding.what:<10} {finding.says}")
    if any(finding.good is False for finding in findings):
        raise SystemExit(1)


def _findings(home: Home) -> Iterator[Finding]:
    if not home.centre.exists():
        says = f"there is no centre in {home.path}: start it once with motcua serve --home"
        yield Finding("settings", good=False, says=says)
        return
    try:
        centre = read_centre(home.centre)
    except SettingsError as error:
        yield Finding("settings", good=False, says=str(error))
        return
    yield Finding("settings", good=True, says=centre.name)
    reach = centre.public_url or "public_url is empty: codes on slips open on this box only"
    yield Finding("phones", good=True, says=reach)
    checks: list[Callable[[Home, Centre], Iterator[Finding]]] = [
        _catalogue, _travel, _journal, _rows, _printers, _voice, _disk, _backup, _clock,
    ]  # fmt: skip
    for one in checks:
        yield from one(home, centre)


def _catalogue(home: Home, centre: Centre) -> Iterator[Finding]:
    try:
        procedures = Catalogue.load(home.procedures).procedures
    except CatalogueError as error:
        yield Finding("catalogue", good=False, says=str(error))
        return
    letters = {service.letter for service in centre.service}
    lost = [one.code for one in procedures if not one.elsewhere and one.service not in letters]
    if lost:
        says = f"{len(lost)} procedures wait in no service of centre.toml, first {lost[0]}"
        yield Finding("catalogue", good=False, says=says)
    else:
        yield Finding("catalogue", good=True, says=f"{len(procedures)} procedures")


def _travel(home: Home, centre: Centre) -> Iterator[Finding]:
    """Look whether the catalogue knows what `[travel]` says was done elsewhere."""
    places = [place for place in centre.travel.place if place.used]
    if not places:
        says = "no [[travel.place]] is filled in: reports reckon no kilometres spared"
        yield Finding("travel", good=True, says=says)
        return
    try:
        procedures = Catalogue.load(home.procedures).procedures
    except CatalogueError:
        return  # told above
    codes = {one.code for one in procedures}
    fields = {normalize("NFC", one.field) for one in procedures}
    lost = [
        f"{place.name} names {word} {one}: {_near(one, known)}"
        for place in places
        for word, names, known in (
            ("procedure", place.procedures, codes), ("field", place.fields, fields),
        )
        for one in names
        if normalize("NFC", one) not in known
    ]  # fmt: skip
    says = f"{len(places)} places, every procedure and field known"
    if lost:
        says = f"{len(lost)} not in the catalogue; first, {lost[0]}"
    yield Finding("travel", good=not lost, says=says)


def _near(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean {near[0]}?" if near else "take it out"


def _journal(home: Home, _: Centre) -> Iterator[Finding]:
    from motcua.journal.verify import verify

    if not home.journal.is_dir():
        yield Finding("journal", good=True, says="no day yet")
        return
    days = verify(home.journal, gone=Months(home.months).gone())
    damaged = [day.day for day in days if not day.sound]
    if damaged:
        says = f"{len(damaged)} of {len(days)} days are damaged: see motcua journal verify"
        yield Finding("journal", good=False, says=says)
    else:
        count = len(TinyJournal(home.journal).days())
        yield Finding("journal", good=True, says=f"{count} days, every line sound")


def _rows(home: Home, centre: Centre) -> Iterator[Finding]:
    months, keeps = Months(home.months), centre.privacy.rows_months
    if damaged := months.damaged():
        says = f"the sums of {', '.join(damaged)} cannot be read: restore months/ from a backup"
        yield Finding("rows", good=False, says=says)
        return
    kept = f"kept for {keeps} months" if keeps else "kept for good"
    sums = (
        f"; of {len(names)} months up to {names[-1]} only sums" if (names := months.names()) else ""
    )
    yield Finding("rows", good=True, says=kept + sums)


def _printers(home: Home, centre: Centre) -> Iterator[Finding]:
    for settings in centre.printers():
        if settings.kind == "none":
            yield Finding("printer", good=True, says=f"{settings.name}: none set up")
            continue
        yield _printer(settings, home)


def _printer(settings: PrinterSettings, home: Home) -> Finding:
    named = f"{settings.name} ({settings.kind})"
    try:
        missing = missing_part(settings)
        status = printer_from(settings, home.slips).status()
    except PrinterError as error:
        return Finding("printer", good=False, says=f"{named}: {error}")
    if missing:
        says = f"{named}: its program part is not installed: {missing}"
        return Finding("printer", good=False, says=says)
    good = None if status is PrinterStatus.UNKNOWN else not status.stops
    return Finding("printer", good=good, says=f"{named}: {status.sentence}")


def _voice(home: Home, centre: Centre) -> Iterator[Finding]:
    from motcua.app import voice_of

    kind = voice_of(centre, home).kind()
    if not any(board.voice for board in centre.board):
        yield Finding("voice", good=True, says="no board speaks")
    elif kind == "chime":
        says = "espeak-ng is missing, boards only chime: apt-get install espeak-ng"
        yield Finding("voice", good=False, says=says)
    else:
        yield Finding("voice", good=True, says=f"{kind}, {centre.voice.name}")


def _disk(home: Home, _: Centre) -> Iterator[Finding]:
    disk = DiskStand(shutil.disk_usage(home.path).free)
    enough = disk.state != "stopped"
    says = f"{disk.megabytes:,} MB free"
    yield Finding("disk", good=enough, says=says if enough else f"{says}: make room")


def _backup(home: Home, centre: Centre) -> Iterator[Finding]:
    """Look at the copies as the running box would, but make none."""
    settings = centre.backup
    if not settings.folder:
        yield Finding("backup", good=True, says="no [backup] folder is set: no copies are made")
        return
    medium = Medium(Path(settings.folder), home.path)
    clock, local = SystemClock(), centre.rules({}).hours.local
    keeping = Safekeeping(home, settings, medium, clock.now, local)
    try:
        age_s = keeping.look().age_s(clock.now())
    except BackupError as error:
        yield Finding("backup", good=False, says=f"{settings.folder}: {error}")
        return
    if age_s is None:
        says = f"no whole copy in {settings.folder}: start the box, or press Make a copy now"
        yield Finding("backup", good=False, says=says)
    else:
        good = age_s <= settings.warn_days * _DAY_S
        yield Finding("backup", good=good, says=f"the newest copy is {age_s / 3600:.1f} hours old")


def _clock(home: Home, centre: Centre) -> Iterator[Finding]:
    local = centre.rules({}).hours.local(SystemClock().now().wall)
    days = TinyJournal(home.journal).days() if home.journal.is_dir() else []
    says = f"{local:%Y-%m-%d %H:%M} at the centre"
    good = local.year >= _FIRST_PLAUSIBLE_YEAR and f"{local:%Y-%m-%d}" >= max(days, default="")
    cure = "" if good else " lies before what was recorded: set the clock"
    yield Finding("clock", good=good, says=says + cure)
