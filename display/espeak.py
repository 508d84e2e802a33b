"""Speech by espeak-ng, a program of its own that may or may not be installed."""

from __future__ import annotations

import logging
import shutil
import subprocess

from motcua.display.sound import Sound, SoundError

logger = logging.getLogger(__name__)

_AMPLITUDE = 70
"""Of 200. The default of 100 reaches full scale in Vietnamese and sounds harsh."""
_TIMEOUT_S = 10.0
_ENGLISH = "en"


class Espeak:
    """Speaks any text; Vietnamese in the voice the centre chose."""

    def __init__(self, voice: str, speed_wpm: int, program: str = "espeak-ng") -> None:
        """Use `voice` (e.g. `vi-vn-x-central`) at `speed_wpm` words a minute."""
        self._voice = voice
        self._speed_wpm = speed_wpm
        self._program = program

    @property
    def name(self) -> str:
        """Changes when the same text would sound different."""
        return f"{self._program} {self._voice} {self._speed_wpm} {_AMPLITUDE}"

    @property
    def is_installed(self) -> bool:
        """Whether the program is there."""
        return shutil.which(self._program) is not None

    def say(self, text: str, language: str) -> Sound | None:
        """Return `text` as speech; None when the program is missing, too slow or refuses."""
        program = shutil.which(self._program)
        if program is None:
            return None
        voice = _ENGLISH if language == _ENGLISH else self._voice
        # The text goes in by the standard input, so that none of it can be taken for an option.
        command = [
            program, "-v", voice, "-s", str(self._speed_wpm), "-a", str(_AMPLITUDE), "-b", "1",
            "--stdin", "--stdout",
        ]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603 - a list, no shell, nothing of it from outside
                command, input=text.encode(), capture_output=True, timeout=_TIMEOUT_S, check=True
            )
            return Sound.from_wav(done.stdout).trimmed()
        except (OSError, subprocess.SubprocessError, SoundError) as error:
            logger.warning("espeak-ng did not speak: %s", error)
            return None
