"""Homes to be backed up, and backups somebody tampered with."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from motcua.app import open_box
from motcua.clock import SetClock
from motcua.home import Home
from motcua.queue.commands import IssueTicket


def live(home: Home, clock: SetClock, tickets: int) -> int:
    """Issue tickets in `home`; return the number of the last event."""
    box = open_box(home, clock=clock)
    for _ in range(tickets):
        clock.advance(1)
        box.office.execute(IssueTicket(service="A"))
    seq = box.office.seq
    box.close()
    return seq


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Return a copy of a backup whose members were changed, with a manifest that fits them."""
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(file.with_name("changed.zip"), "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    return file.with_name("changed.zip")


def with_member(name: str) -> Callable[[dict[str, bytes]], None]:
    """Return a change that adds a member the manifest names, checksum and all."""

    def change(members: dict[str, bytes]) -> None:
        digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"  # of b"foo"
        manifest = json.loads(members["manifest.json"])
        manifest["files"][name] = digest
        members["manifest.json"] = json.dumps(manifest).encode()
        members[name] = b"foo"

    return change
