"""The chime before a call: two soft tones, computed, so that no recording has to be shipped."""

from __future__ import annotations

import math
from array import array
from functools import cache

from motcua.display.sound import FULL_SCALE, RATE_HZ, Sound

_TONES = ((659.26, 0.0), (523.25, 0.42))
"""Pitch in Hz (e'', c'') and start in seconds."""
_LENGTH_S = 1.5
_LOUDNESS = 0.22
"""Of full scale, a tone: both together stay well below clipping."""
_RISE_S = 0.012
"""A tone that starts at once would click."""
_FADE_S = 0.32
"""After this time a tone has lost two thirds of its strength."""
_OVERTONE = 0.18


@cache
def chime() -> Sound:
    """Return the chime; computed once."""
    return Sound(array("h", [_sample(n / RATE_HZ) for n in range(round(_LENGTH_S * RATE_HZ))]))


def _sample(at_s: float) -> int:
    level = sum(_tone(pitch_hz, at_s - start_s) for pitch_hz, start_s in _TONES)
    ending = min(1.0, (_LENGTH_S - at_s) / (10 * _RISE_S))
    return round(FULL_SCALE * _LOUDNESS * level * ending)


def _tone(pitch_hz: float, age_s: float) -> float:
    if age_s < 0:
        return 0.0
    strength = min(1.0, age_s / _RISE_S) * math.exp(-age_s / _FADE_S)
    turn = 2 * math.pi * pitch_hz * age_s
    return strength * (math.sin(turn) + _OVERTONE * math.sin(2 * turn)) / (1 + _OVERTONE)
