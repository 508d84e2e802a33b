"""Copies of the centre on a second medium, made now and then while it serves.

Nothing waits for the medium but the thread that writes to it: a stick that was pulled or a share
that hangs delays no visitor, and what is told of the copies is told from memory.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from motcua import backup
from motcua.backup_file import BackupError, Manifest, continues, read_manifest
from motcua.queue.moment import Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from motcua.home import Home
    from motcua.medium import Medium
    from motcua.settings import BackupSection
    from motcua.status import Figure

logger = logging.getLogger(__name__)

_AGE: Final = "motcua_backup_age_seconds"
_TROUBLE: Final = "motcua_backup_trouble"
_RETRY_S: Final = 600.0
"""After a copy failed, so that a worn medium is not worn down."""
SENTENCES: Final = {
    "nowhere": "No folder is set for copies: see [backup] in centre.toml.",
    "busy": "A copy is being made at this moment.",
    "stopping": "The box is being switched off.",
}
"""Why no copy was made, in English, for translation; more in `motcua.medium`."""


@dataclass(frozen=True, slots=True)
class Copies:
    """What is known of the copies."""

    at: Moment | None = None
    """When the newest whole copy was made; its boot is empty when another run made it."""
    last_seq: int = 0
    """Number of the last event in it."""
    trouble: str = ""
    """Why there is no newer one, in English, for translation; empty when all is well."""
    busy: bool = False

    def age_s(self, now: Moment) -> float | None:
        """Return how old the newest copy is; None when there is none or the clock contradicts."""
        if self.at is None:
            return None
        if self.at.boot == now.boot:
            return now.mono - self.at.mono
        age_s = (now.wall - self.at.wall).total_seconds()
        return age_s if age_s >= 0 else None


class Safekeeping:
    """Keeps copies on a medium: makes one when it is due, and takes away what it replaces."""

    def __init__(
        self,
        home: Home,
        settings: BackupSection,
        medium: Medium,
        now: Callable[[], Moment],
        local: Callable[[datetime], datetime],
    ) -> None:
        """Look after the copies of `home`; nothing is read or written before `look_after`.

        Args:
            home: what is copied.
            settings: how often, how many.
            medium: where to.
            now: reads the clock.
            local: turns its wall time into that of the centre, for the names of copies.
        """
        self._home = home
        self._settings = settings
        self._medium = medium
        self._now = now
        self._local = local
        self._copies = Copies()
        self._looked = False
        self._tried: Moment | None = None
        self._at_work = Lock()
        self._telling = Lock()
        self._over = Event()

    @property
    def settings(self) -> BackupSection:
        """What the centre decided."""
        return self._settings

    def copies(self) -> Copies:
        """Return what is known of the copies, without asking the medium."""
        return replace(self._copies, busy=self._at_work.locked())

    def figures(self) -> Iterator[Figure]:
        """Yield how the copies are, for those who watch the box; nothing when none are to be made.

        The age is -1 while no whole copy is known.
        """
        if self._settings.folder:
            age_s = self._copies.age_s(self._now())
            value = -1.0 if age_s is None else age_s
            trouble = float(bool(self._copies.trouble))
            yield _AGE, "gauge", "Age of the newest whole copy; -1: none is known.", [("", value)]
            yield _TROUBLE, "gauge", "1 while no copy can be made.", [("", trouble)]

    def look_after(self) -> None:
        """Make a copy when one is due; say once what keeps it from being made."""
        if not self._settings.folder or self._at_work.locked():
            return
        try:
            self._medium.check()
        except BackupError as error:
            self._tried = None  # back again, it is tried at once
            self._tell(error.sentence, error)
            return
        with suppress(BackupError):  # told already
            if not self._looked:
                self.look()
            if self._is_due(self._now()):
                self.copy()
            elif self._tried is None:
                self._tell("")

    def look(self) -> Copies:
        """Learn which copies earlier runs made and return it; of another centre's, nothing.

        Raises:
            BackupError: the medium is not there, or failed.
        """
        self._medium.check()
        here = backup.last_seq(self._home.path)
        ours = [(path, one) for path, one in self._readable() if one.last_seq <= here]
        for path, manifest in ours[:1]:
            taken_at = datetime.fromisoformat(manifest.taken_at)
            self._know(Moment(taken_at, "", 0.0), manifest.last_seq)
            logger.info("the newest copy is %s", path.name)
        self._looked = True
        return self._copies

    def copy(self) -> Manifest:
        """Make a copy now, whoever asks, and take away those it replaces.

        Raises:
            BackupError: none was made; the sentence, in English, says why.
        """
        if not self._settings.folder:
            raise BackupError(SENTENCES["nowhere"])
        if not self._at_work.acquire(blocking=False):
            raise BackupError(SENTENCES["busy"])
        try:
            at = self._tried = self._now()
            manifest = self._write(at)
        except BackupError as error:
            self._tell(error.sentence, error)
            raise
        finally:
            self._at_work.release()
        self._tried = None
        return manifest

    def stop(self) -> None:
        """Give up the copy that is being made, if one is, as soon as the medium lets go."""
        self._over.set()

    def _write(self, at: Moment) -> Manifest:
        name = f"motcua-{self._local(at.wall):%Y%m%d-%H%M%S}.zip"
        with self._medium.adding(name) as file:
            manifest = backup.write(self._home, file, at, self._step)
        self._know(at, manifest.last_seq)
        self._tell("")
        self._rotate(name)
        return manifest

    def _step(self) -> None:
        if self._over.is_set():
            raise BackupError(SENTENCES["stopping"])

    def _is_due(self, now: Moment) -> bool:
        tried = self._tried
        if tried and tried.boot == now.boot and now.mono - tried.mono < _RETRY_S:
            return False
        age_s = self._copies.age_s(now)
        return age_s is None or age_s >= self._settings.every_h * 3600

    def _readable(self) -> list[tuple[Path, Manifest]]:
        """Return the copies that say what they hold, the one that reaches furthest first."""
        found = []
        for path in self._medium.copies():
            try:
                found.append((path, read_manifest(path)))
            except (BackupError, OSError) as error:
                logger.warning("the copy %s cannot be used: %s", path.name, error)
        return sorted(found, key=lambda copy: (copy[1].last_seq, copy[1].taken_at), reverse=True)

    def _rotate(self, name: str) -> None:
        """Take away the oldest copies beyond those to be kept, if the new one holds all of theirs.

        So a copy of another centre, or of days that were damaged since, stays where it is.
        """
        try:
            paths = [path for path, _ in self._readable()]
            new = next(path for path in paths if path.name == name)
            replaced = [path for path in paths if path != new and continues(new, path)]
            for path in replaced[self._settings.keep - 1 :]:
                self._medium.remove(path)
        except (BackupError, OSError, StopIteration) as error:
            logger.warning("old copies stay where they are: %s", error)

    def _know(self, at: Moment, last_seq: int) -> None:
        with self._telling:
            self._copies = replace(self._copies, at=at, last_seq=last_seq)

    def _tell(self, trouble: str, error: BackupError | None = None) -> None:
        """Keep what is wrong, and log it when it changes."""
        with self._telling:
            before, self._copies = self._copies, replace(self._copies, trouble=trouble)
        if trouble and trouble != before.trouble:
            logger.error("no copy was made: %s", error)
        elif before.trouble and not trouble:
            logger.info("copies are made again")
