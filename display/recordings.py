"""Clips a ward has recorded itself: `FOLDER/LANGUAGE/CLIP.wav`, one for each piece of speech."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

from motcua.display.announcement import Announcement
from motcua.display.sound import Sound, SoundError

logger = logging.getLogger(__name__)

_BETWEEN_S = 0.12


class Recordings:
    """Puts recorded clips together. A sentence is spoken from recordings whole, or not at all."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Look into `folders`; a clip in an earlier one wins."""
        self._folders = tuple(folders)

    def sound(self, announcement: Announcement) -> Sound | None:
        """Return the sentence; None when a clip is missing or cannot be used."""
        files = self._files(announcement)
        if not files:
            return None
        try:
            clips = [Sound.from_wav(file.read_bytes()).trimmed() for file in files]
        except (OSError, SoundError) as error:
            logger.warning("a recorded clip cannot be used: %s", error)
            return None
        return Sound.joined(_spaced(clips))

    def stamp(self, announcement: Announcement) -> str:
        """Return a mark that changes when one of the sentence's clips does; empty without them."""
        return " ".join(f"{file}:{file.stat().st_mtime_ns}" for file in self._files(announcement))

    def has_any(self, language: str) -> bool:
        """Return whether the ward recorded anything in a language."""
        return any(next((folder / language).glob("*.wav"), None) for folder in self._folders)

    def missing(self, announcements: Iterable[Announcement]) -> list[str]:
        """Return the clips these sentences lack, as `LANGUAGE/CLIP.wav`, sorted."""
        wanted = {(said.language, piece.clip) for said in announcements for piece in said.pieces}
        return sorted(
            f"{language}/{clip}.wav"
            for language, clip in wanted
            if self._file(language, clip) is None
        )

    def _files(self, announcement: Announcement) -> list[Path]:
        """Return the clips in order; none when one is missing."""
        files = [self._file(announcement.language, piece.clip) for piece in announcement.pieces]
        return [file for file in files if file] if all(files) else []

    def _file(self, language: str, clip: str) -> Path | None:
        paths = (folder / language / f"{clip}.wav" for folder in self._folders)
        return next((path for path in paths if path.is_file()), None)


def _spaced(clips: list[Sound]) -> list[Sound]:
    gap = Sound.silence(_BETWEEN_S)
    return [sound for clip in clips for sound in (clip, gap)][:-1]
