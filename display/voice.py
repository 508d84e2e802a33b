"""The voice of the hall: the ward's own recordings, else a synthesiser, else the chime alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

from motcua.display.announcement import Announcement
from motcua.display.chime import chime
from motcua.display.clips import Clips
from motcua.display.espeak import Espeak
from motcua.display.recordings import Recordings
from motcua.display.sound import Sound

_AFTER_CHIME_S = 0.15
_BETWEEN_S = 0.9
_AT_END_S = 0.2
_LONGEST_TEXT = 1_000


class Synthesiser(Protocol):
    """Turns text into speech."""

    @property
    def name(self) -> str:
        """Changes when the same text would sound different."""

    @property
    def is_installed(self) -> bool:
        """Whether it can speak on this machine."""

    def say(self, text: str, language: str) -> Sound | None:
        """Return `text` as speech, or None."""


class Voice:
    """Speaks calls, and any text for those who cannot read a screen."""

    def __init__(self, synthesiser: Synthesiser, recordings: Recordings, clips: Clips) -> None:
        self._synthesiser = synthesiser
        self._recordings = recordings
        self._clips = clips

    def call(self, sentences: Sequence[Announcement]) -> bytes:
        """Return a whole call as WAV: the chime, then the sentences in turn, as far as it can."""
        spoken = [sound for said in sentences if (sound := self.announce(said))]
        parts = [chime(), Sound.silence(_AFTER_CHIME_S)]
        for sound in spoken:
            parts += [sound, Sound.silence(_BETWEEN_S if sound is not spoken[-1] else _AT_END_S)]
        return Sound.joined(parts).to_wav()

    def announce(self, said: Announcement) -> Sound | None:
        """Return one sentence; None when there is neither a recording nor a synthesiser."""
        stamp = self._recordings.stamp(said)
        if stamp:
            recorded = self._clips.get(stamp, lambda: self._recordings.sound(said))
            if recorded:
                return recorded
        return self._say(said.text, said.language)

    def speak(self, text: str, language: str) -> bytes | None:
        """Return any text as WAV, for reading a screen aloud; None when nothing can speak it.

        Args:
            text: what to say; only its first 1,000 characters are.
            language: `vi` or `en`.
        """
        sound = self._say(text[:_LONGEST_TEXT], language)
        return sound.to_wav() if sound else None

    def kind(self, language: str = "vi") -> Literal["recorded", "synthesised", "chime"]:
        """Return how calls sound on this machine."""
        if self._recordings.has_any(language):
            return "recorded"
        return "synthesised" if self._synthesiser.is_installed else "chime"

    @property
    def reads_aloud(self) -> bool:
        """Whether `speak` can speak: recordings make calls only."""
        return self._synthesiser.is_installed

    def missing(self, sentences: Sequence[Announcement]) -> list[str]:
        """Return the clips `sentences` lack, for a ward that records its own."""
        return self._recordings.missing(sentences)

    def _say(self, text: str, language: str) -> Sound | None:
        key = f"{self._synthesiser.name}\n{language}\n{text}"
        return self._clips.get(key, lambda: self._synthesiser.say(text, language))


def make_voice(voice: str, speed_wpm: int, folders: Sequence[Path], cache_dir: Path) -> Voice:
    """Return the voice of a centre.

    Args:
        voice: espeak-ng's name of the Vietnamese voice.
        speed_wpm: words a minute.
        folders: where the ward's recordings may lie; an earlier one wins.
        cache_dir: where spoken clips are kept for a while.
    """
    return Voice(Espeak(voice, speed_wpm), Recordings(folders), Clips(cache_dir))
