"""A folder of sounds made before, so that a second board need not make them again."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from motcua.display.sound import Sound, SoundError

logger = logging.getLogger(__name__)

_KEPT_BYTES = 24 * 1024 * 1024
"""Some hundred calls."""
_LOCKS = 16


class Clips:
    """Keeps the newest clips. A cache: what is lost or damaged is made again."""

    def __init__(self, folder: Path, kept_bytes: int = _KEPT_BYTES) -> None:
        """Keep up to `kept_bytes` in `folder`, which need not be there yet."""
        self._folder = folder
        self._kept_bytes = kept_bytes
        self._locks = tuple(Lock() for _ in range(_LOCKS))

    def get(self, key: str, make: Callable[[], Sound | None]) -> Sound | None:
        """Return the clip of `key`; `make` it when it is not there. None is not kept.

        Two who ask for the same clip at once wait for one making.
        """
        name = hashlib.sha256(key.encode()).hexdigest()[:32]
        with self._locks[int(name[:2], 16) % _LOCKS]:
            path = self._folder / f"{name}.wav"
            sound = _read(path) or make()
            if sound and not path.exists():
                self._keep(path, sound)
            return sound

    def _keep(self, path: Path, sound: Sound) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(path, sound.to_wav())
            self._forget_oldest()
        except OSError as error:
            logger.warning("a spoken clip could not be kept: %s", error)

    def _write(self, path: Path, data: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)  # a full disk must not fill up with parts as well

    def _forget_oldest(self) -> None:
        left = self._kept_bytes
        for clip in sorted(self._folder.glob("*.wav"), key=_written_ns, reverse=True):
            left -= _size(clip)
            if left < 0:
                clip.unlink(missing_ok=True)


def _read(path: Path) -> Sound | None:
    """Return a kept clip; None when there is none, or a power cut left a torn one."""
    try:
        return Sound.from_wav(path.read_bytes())
    except OSError:
        return None
    except SoundError:
        path.unlink(missing_ok=True)
        return None


def _written_ns(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
