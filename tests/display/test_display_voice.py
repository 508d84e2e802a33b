"""The voice takes the ward's recordings, else a synthesiser, else the chime alone."""

from __future__ import annotations

import os
import shutil
from array import array
from pathlib import Path
from threading import Barrier, Thread

import pytest

from motcua.display.announcement import Announcement, announce
from motcua.display.chime import chime
from motcua.display.clips import Clips
from motcua.display.espeak import Espeak
from motcua.display.recordings import Recordings
from motcua.display.sound import RATE_HZ, Sound
from motcua.display.voice import Voice, make_voice

A015_TO_3 = announce("A015", 3)
CLIPS_OF_A015_TO_3 = ("moi-so", "a", "0", "1", "5", "den-quay-so", "3")


class Speaker:
    """A synthesiser for tests: a tenth of a second of noise for each letter; it can be silent."""

    def __init__(self, *, is_installed: bool = True) -> None:
        self.name = "speaker"
        self.is_installed = is_installed
        self.said: list[tuple[str, str]] = []

    def say(self, text: str, language: str) -> Sound | None:
        self.said.append((language, text))
        return _noise(len(text) / 10) if self.is_installed else None


def _noise(seconds: float) -> Sound:
    return Sound(array("h", [9_000, -9_000] * round(seconds * RATE_HZ / 2)))


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    """The folder of a ward's recordings; nothing recorded yet."""
    return tmp_path / "voices"


@pytest.fixture
def voice(speaker: Speaker, voices: Path, tmp_path: Path) -> Voice:
    return Voice(speaker, Recordings([voices]), Clips(tmp_path / "cache"))


def _record(voices: Path, *clips: str, seconds: float = 0.5, language: str = "vi") -> None:
    folder = voices / language
    folder.mkdir(parents=True, exist_ok=True)
    for clip in clips:
        (folder / f"{clip}.wav").write_bytes(_noise(seconds).to_wav())


def _seconds(said: Announcement) -> float:
    return len(said.text) / 10


def test_a_call_is_the_chime_and_then_the_sentences(voice: Voice, speaker: Speaker) -> None:
    english = announce("A015", 3, language="en")

    sound = Sound.from_wav(voice.call([A015_TO_3, A015_TO_3, english]))

    spoken = 2 * _seconds(A015_TO_3) + _seconds(english)
    assert sound.seconds == pytest.approx(chime().seconds + spoken + 0.15 + 2 * 0.9 + 0.2, abs=0.01)
    assert sound.samples[: len(chime().samples)] == chime().samples
    assert speaker.said == [("vi", A015_TO_3.text), ("en", english.text)]


def test_without_recordings_and_synthesiser_there_is_the_chime_alone(
    voices: Path, tmp_path: Path
) -> None:
    voice = Voice(Speaker(is_installed=False), Recordings([voices]), Clips(tmp_path / "cache"))

    sound = Sound.from_wav(voice.call([A015_TO_3, A015_TO_3]))

    assert sound.seconds == pytest.approx(chime().seconds + 0.15, abs=0.01)
    assert voice.announce(A015_TO_3) is None
    assert voice.speak("Mời ông/bà lấy số.", "vi") is None
    assert voice.kind() == "chime"
    assert not voice.reads_aloud


def test_any_text_is_read_aloud_for_the_kiosk(voice: Voice, speaker: Speaker) -> None:
    data = voice.speak("Mời ông/bà lấy số.", "vi")

    assert data
    assert Sound.from_wav(data).seconds == pytest.approx(1.8, abs=0.01)
    assert speaker.said == [("vi", "Mời ông/bà lấy số.")]
    assert voice.kind() == "synthesised"


def test_a_text_without_end_is_cut(voice: Voice, speaker: Speaker) -> None:
    voice.speak("a" * 100_000, "vi")

    assert len(speaker.said[0][1]) == 1_000


def test_the_wards_own_recordings_win(voice: Voice, speaker: Speaker, voices: Path) -> None:
    _record(voices, *CLIPS_OF_A015_TO_3)

    sound = voice.announce(A015_TO_3)

    assert sound
    assert sound.seconds == pytest.approx(7 * 0.5 + 6 * 0.12, abs=0.01)
    assert speaker.said == []
    assert voice.kind() == "recorded"


def test_one_missing_recording_lets_the_synthesiser_say_the_whole_sentence(
    voice: Voice, speaker: Speaker, voices: Path
) -> None:
    _record(voices, *CLIPS_OF_A015_TO_3[:-1])

    voice.announce(A015_TO_3)

    assert speaker.said == [("vi", A015_TO_3.text)]
    assert voice.missing([A015_TO_3]) == ["vi/3.wav"]


def test_a_damaged_recording_lets_the_synthesiser_say_it(
    voice: Voice, speaker: Speaker, voices: Path
) -> None:
    _record(voices, *CLIPS_OF_A015_TO_3)
    (voices / "vi" / "a.wav").write_bytes(b"not a sound")

    assert voice.announce(A015_TO_3)

    assert speaker.said == [("vi", A015_TO_3.text)]


def test_a_recording_made_anew_is_heard_at_once(voice: Voice, voices: Path) -> None:
    _record(voices, *CLIPS_OF_A015_TO_3)
    before = voice.announce(A015_TO_3)

    _record(voices, "a", seconds=1.5)

    after = voice.announce(A015_TO_3)
    assert before
    assert after
    assert after.seconds == pytest.approx(before.seconds + 1.0, abs=0.01)


def test_a_clip_of_the_home_wins_over_one_that_came_along(tmp_path: Path) -> None:
    home, shipped = tmp_path / "home", tmp_path / "shipped"
    _record(shipped, *CLIPS_OF_A015_TO_3)
    _record(home, "a", seconds=1.5)

    sound = Recordings([home, shipped]).sound(A015_TO_3)

    assert sound
    assert sound.seconds == pytest.approx(6 * 0.5 + 1.5 + 6 * 0.12, abs=0.01)


def test_the_second_board_gets_what_was_made_for_the_first(voice: Voice, speaker: Speaker) -> None:
    for _ in range(3):
        voice.announce(A015_TO_3)

    assert len(speaker.said) == 1


def test_two_boards_that_ask_at_once_make_one_clip(voice: Voice, speaker: Speaker) -> None:
    together = Barrier(4)
    heard: list[Sound | None] = []

    def board() -> None:
        together.wait(timeout=10)
        heard.append(voice.announce(A015_TO_3))

    boards = [Thread(target=board) for _ in range(4)]
    for thread in boards:
        thread.start()
    for thread in boards:
        thread.join(timeout=10)

    assert len(heard) == 4
    assert all(heard)
    assert len(speaker.said) == 1


def test_a_clip_torn_by_a_power_cut_is_made_again(
    voice: Voice, speaker: Speaker, tmp_path: Path
) -> None:
    voice.announce(A015_TO_3)
    for clip in (tmp_path / "cache").glob("*.wav"):
        clip.write_bytes(b"")

    assert voice.announce(A015_TO_3)

    assert len(speaker.said) == 2


def test_only_so_much_disk_is_used_and_the_newest_stay(tmp_path: Path) -> None:
    size = len(_noise(1).to_wav())
    clips = Clips(tmp_path / "cache", kept_bytes=3 * size)
    for number in range(6):
        clips.get(f"clip {number}", lambda: _noise(1))
        for age, clip in enumerate(sorted((tmp_path / "cache").glob("*.wav"))):
            os.utime(clip, (age, age))

    assert len(list((tmp_path / "cache").glob("*"))) == 3


def test_a_disk_that_refuses_does_not_silence_the_hall(speaker: Speaker, tmp_path: Path) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file where the folder belongs")
    voice = Voice(speaker, Recordings([]), Clips(blocked / "voice"))

    assert voice.announce(A015_TO_3)


def test_a_program_that_is_not_there_says_nothing() -> None:
    espeak = Espeak("vi-vn-x-central", 130, program="no-such-program-anywhere")

    assert not espeak.is_installed
    assert espeak.say("Mời số A", "vi") is None


def test_a_program_that_fails_says_nothing() -> None:
    assert Espeak("vi", 130, program="false").say("Mời số A", "vi") is None


def test_a_program_that_writes_no_sound_says_nothing() -> None:
    assert Espeak("vi", 130, program="true").say("Mời số A", "vi") is None


needs_espeak = pytest.mark.skipif(
    shutil.which("espeak-ng") is None,
    reason="espeak-ng is not installed: apt-get install espeak-ng",
)


@needs_espeak
@pytest.mark.parametrize("voice_name", ["vi", "vi-vn-x-central", "vi-vn-x-south"])
def test_espeak_speaks_a_call_that_is_heard_and_not_clipped(voice_name: str) -> None:
    sound = Espeak(voice_name, 130).say(A015_TO_3.text, "vi")

    assert sound
    assert 2.5 < sound.seconds < 6
    peak = max(abs(sample) for sample in sound.samples)
    assert 10_000 < peak < 32_000
    assert abs(sound.samples[0]) < 300, "no click at the start"
    assert max(abs(sample) for sample in sound.samples[-400:]) < 300, "nor at the end"


@needs_espeak
def test_espeak_takes_nothing_in_a_text_for_an_option() -> None:
    assert Espeak("vi", 130).say("--version -w /tmp/stolen.wav", "vi")
    assert not Path("/tmp/stolen.wav").exists()  # noqa: S108 - the name in the text above


@needs_espeak
def test_espeak_refuses_a_voice_it_does_not_have() -> None:
    assert Espeak("xx-none", 130).say("Mời số A", "vi") is None


@needs_espeak
def test_a_centre_has_a_voice_as_soon_as_espeak_is_installed(tmp_path: Path) -> None:
    voice = make_voice("vi-vn-x-central", 130, [tmp_path / "voices"], tmp_path / "cache")

    whole = Sound.from_wav(voice.call([A015_TO_3, A015_TO_3]))

    assert voice.kind() == "synthesised"
    assert 7 < whole.seconds < 15
