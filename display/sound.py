"""Sounds: mono, 16 bit, one rate; read from WAV, joined, written as WAV."""

from __future__ import annotations

import io
import wave
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

RATE_HZ = 22_050
"""The rate of the synthesiser, and enough for speech."""
FULL_SCALE = 32_767
_SAMPLE_BYTES = 2
_SILENCE = 300
"""Samples below this (1% of full scale) are no speech."""
_KEPT_S = 0.03
"""Left at the ends when silence is cut, so that soft consonants stay whole."""
_LONGEST_S = 240
_CHANNELS = (1, 2)
_RATES_HZ = range(4_000, 192_001)


class SoundError(Exception):
    """A file is no WAV that can be used; the sentence says what it must be."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A stretch of sound."""

    samples: array[int]

    @classmethod
    def silence(cls, seconds: float) -> Self:
        """Return nothing to hear for a while."""
        return cls(array("h", bytes(round(seconds * RATE_HZ) * _SAMPLE_BYTES)))

    @classmethod
    def joined(cls, sounds: Iterable[Sound]) -> Self:
        """Return one sound after the other."""
        samples = array("h")
        for sound in sounds:
            samples.extend(sound.samples)
        return cls(samples)

    @classmethod
    def from_wav(cls, data: bytes) -> Self:
        """Read a WAV of 16 bit, mono or stereo, at any rate.

        Raises:
            SoundError: it is something else, empty, or longer than four minutes.
        """
        try:
            with wave.open(io.BytesIO(data)) as file:
                channels, width, rate_hz = file.getparams()[:3]
                # A synthesiser that writes to a pipe cannot know the length it has to state.
                frames = file.readframes(min(file.getnframes(), _LONGEST_S * rate_hz + 1))
        except (wave.Error, EOFError) as error:
            message = "It is no WAV file."
            raise SoundError(message) from error
        if width != _SAMPLE_BYTES or channels not in _CHANNELS or rate_hz not in _RATES_HZ:
            message = "It must be a WAV of 16 bit, mono or stereo."
            raise SoundError(message)
        samples = array("h", frames[: len(frames) // (width * channels) * width * channels])
        if not 0 < len(samples) <= _LONGEST_S * rate_hz * channels:
            message = f"It must not be empty, nor longer than {_LONGEST_S} seconds."
            raise SoundError(message)
        return cls(_at_our_rate(_mono(samples, channels), rate_hz))

    def to_wav(self) -> bytes:
        """Return the sound as a WAV file."""
        out = io.BytesIO()
        with wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(_SAMPLE_BYTES)
            file.setframerate(RATE_HZ)
            file.writeframes(self.samples.tobytes())
        return out.getvalue()

    def trimmed(self) -> Sound:
        """Return the sound without the silence around it; all silence stays as it is."""
        loud = [n for n in (self._first_loud(1), self._first_loud(-1)) if n is not None]
        if not loud:
            return self
        kept = round(_KEPT_S * RATE_HZ)
        start, end = max(0, loud[0] - kept), len(self.samples) - max(0, loud[1] - kept)
        return Sound(self.samples[start:end])

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / RATE_HZ

    def _first_loud(self, step: int) -> int | None:
        """Return how many samples of silence there are at the start (1) or the end (-1)."""
        samples = self.samples if step == 1 else reversed(self.samples)
        return next((n for n, sample in enumerate(samples) if abs(sample) > _SILENCE), None)


def _mono(samples: array[int], channels: int) -> array[int]:
    if channels == 1:
        return samples
    pairs = zip(samples[::2], samples[1::2], strict=True)
    return array("h", [(left + right) // 2 for left, right in pairs])


def _at_our_rate(samples: array[int], rate_hz: int) -> array[int]:
    """Resample by straight lines between neighbours: good enough for a voice in a hall."""
    if rate_hz == RATE_HZ or not samples:
        return samples
    last = len(samples) - 1
    out = array("h")
    for n in range(len(samples) * RATE_HZ // rate_hz):
        whole, part = divmod(n * rate_hz, RATE_HZ)
        here, there = samples[min(whole, last)], samples[min(whole + 1, last)]
        out.append(here + (there - here) * part // RATE_HZ)
    return out
