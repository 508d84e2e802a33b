"""Sounds are joined, trimmed and written without clipping and without anything but `wave`."""

from __future__ import annotations

import io
import math
import wave
from array import array

import pytest

from motcua.display.chime import chime
from motcua.display.sound import FULL_SCALE, RATE_HZ, Sound, SoundError


def _tone(seconds: float, rate_hz: int = RATE_HZ, loudness: float = 0.5) -> array[int]:
    turn = 2 * math.pi * 440 / rate_hz
    top = loudness * FULL_SCALE
    return array("h", [round(top * math.sin(turn * n)) for n in range(round(seconds * rate_hz))])


def _wav(samples: bytes, *, rate_hz: int = RATE_HZ, channels: int = 1, width: int = 2) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate_hz)
        file.writeframes(samples)
    return out.getvalue()


def _peak(sound: Sound) -> int:
    return max(abs(sample) for sample in sound.samples)


def test_a_sound_comes_back_from_its_wav_as_it_was() -> None:
    sound = Sound(_tone(0.1))

    again = Sound.from_wav(sound.to_wav())

    assert again.samples == sound.samples
    with wave.open(io.BytesIO(sound.to_wav())) as file:
        assert file.getparams()[:3] == (1, 2, 22_050)


def test_sounds_are_joined_one_after_the_other() -> None:
    parts = [Sound(_tone(0.1)), Sound.silence(0.2), Sound(_tone(0.3))]

    joined = Sound.joined(parts)

    assert joined.seconds == pytest.approx(0.6, abs=0.001)
    assert Sound.joined([]).seconds == 0


def test_silence_is_cut_off_both_ends_and_nowhere_else() -> None:
    tone = _tone(0.2)
    pause = array("h", bytes(RATE_HZ))
    sound = Sound(pause + tone + pause + tone + pause)

    trimmed = sound.trimmed()

    assert trimmed.seconds == pytest.approx(0.2 + 0.5 + 0.2 + 2 * 0.03, abs=0.01)
    assert trimmed.trimmed().samples == trimmed.samples


def test_a_silent_sound_stays_as_it_is() -> None:
    assert Sound.silence(0.5).trimmed().seconds == 0.5


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000])
def test_a_recording_at_another_rate_keeps_its_length_and_loudness(rate_hz: int) -> None:
    sound = Sound.from_wav(_wav(_tone(0.5, rate_hz).tobytes(), rate_hz=rate_hz))

    assert sound.seconds == pytest.approx(0.5, abs=0.001)
    assert _peak(sound) == pytest.approx(0.5 * FULL_SCALE, rel=0.05)


def test_both_channels_of_a_stereo_recording_are_heard() -> None:
    left, right = _tone(0.2), array("h", bytes(2 * round(0.2 * RATE_HZ)))
    stereo = array("h", [sample for pair in zip(left, right, strict=True) for sample in pair])

    sound = Sound.from_wav(_wav(stereo.tobytes(), channels=2))

    assert sound.seconds == pytest.approx(0.2, abs=0.001)
    assert _peak(sound) == pytest.approx(0.25 * FULL_SCALE, rel=0.05)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no WAV"),
        (b"ID3\x04 an mp3 in disguise", "no WAV"),
        (b"RIFF\xff\xff\xff\xffWAVEfmt ", "no WAV"),
        (_wav(bytes(300), width=1), "16 bit"),
        (_wav(bytes(300), width=3), "16 bit"),
        (_wav(bytes(600), channels=3), "mono or stereo"),
        (_wav(bytes(600), rate_hz=10), "16 bit"),
        (_wav(b""), "empty"),
        (_wav(bytes(241 * 2 * 8_000), rate_hz=8_000), "longer"),
    ],
)
def test_what_is_no_usable_recording_is_refused_with_its_cure(data: bytes, reason: str) -> None:
    with pytest.raises(SoundError, match=reason):
        Sound.from_wav(data)


def test_the_chime_is_soft_short_and_ends_in_silence() -> None:
    sound = chime()

    assert 1 < sound.seconds < 2
    assert 0.15 * FULL_SCALE < _peak(sound) < 0.5 * FULL_SCALE
    assert abs(sound.samples[0]) < 50
    assert abs(sound.samples[-1]) < 50
    assert chime() is sound
