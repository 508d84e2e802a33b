"""The guide to recording a voice names every clip, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from motcua.display.announcement import LANGUAGES, Language, announce

_GUIDE = Path(__file__).resolve().parents[2] / "docs" / "voice.md"


def _clips(language: Language) -> set[str]:
    """Return the clips of every sentence there can be, letters left out but A, H and Đ."""
    return {
        piece.clip
        for counter in range(1, 100)
        for is_recall in (False, True)
        for is_transfer in (False, True)
        for piece in announce(
            "AHĐ0123456789", counter, is_recall=is_recall, is_transfer=is_transfer,
            language=language,
        ).pieces
    }  # fmt: skip


def _named(section: str) -> set[str]:
    """Return the clips a section of the guide names; `0` … `9` is all between."""
    named = set(re.findall(r"`([a-z0-9-]+)\.wav`", section))
    for first, last in re.findall(r"`(\d+)\.wav` … `(\d+)\.wav`", section):
        step = 10 if first == "20" else 1
        named |= {str(number) for number in range(int(first), int(last) + 1, step)}
    return named


def test_every_clip_is_named_in_the_guide() -> None:
    guide = _GUIDE.read_text("utf-8")
    for language in LANGUAGES:
        section = guide.split(f"`voices/{language}/`\n")[1].split("\n#")[0]

        missing = _clips(language) - _named(section) - {"dd"}

        assert missing == set()


def test_the_guide_names_no_clip_that_is_never_played() -> None:
    guide = _GUIDE.read_text("utf-8")
    played = {clip for language in LANGUAGES for clip in _clips(language)}

    assert _named(guide) - played - {"k"} == set()
