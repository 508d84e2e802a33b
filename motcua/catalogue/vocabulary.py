"""Which known words a typed word may stand for: whole, half typed, or with one letter wrong."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXACT = 1.0
_HALF_TYPED = 0.8
_ONE_LETTER_OFF = 0.6
_OFF_THOUGH_KNOWN = 0.4
"""The typed word is itself known, so a slip of the finger is less likely."""
_SHORTEST_HALF = 1
_SHORTEST_OFF = 3
_MOST_HALF_TYPED = 40
_PAIR = 2


class Vocabulary:
    """The words of a catalogue. Built once; asking costs some dictionary look-ups."""

    def __init__(self, known: Iterable[str]) -> None:
        """Prepare for the folded words `known`."""
        self._known = frozenset(known)
        self._sorted = sorted(self._known)
        self._shortened: dict[str, list[str]] = {}
        for word in self._sorted:
            if len(word) >= _SHORTEST_OFF and word.isalpha():
                for shortened in {word, *_shortened(word)}:
                    self._shortened.setdefault(shortened, []).append(word)

    def meant(self, typed: str, *, unfinished: bool, sure: bool) -> dict[str, float]:
        """Return the words `typed` may stand for, each with how likely (0–1).

        `unfinished` says that the visitor may still be typing it, `sure` that no letter is wrong.
        """
        likely: dict[str, float] = {}
        if not sure and len(typed) >= _SHORTEST_OFF and typed.isalpha():
            near = _OFF_THOUGH_KNOWN if typed in self._known else _ONE_LETTER_OFF
            likely.update(dict.fromkeys(self._one_letter_off(typed), near))
        if unfinished and len(typed) >= _SHORTEST_HALF:
            likely.update(dict.fromkeys(self._beginning_with(typed), _HALF_TYPED))
        if typed in self._known:
            likely[typed] = _EXACT
        return likely

    def parts(self, typed: str) -> list[str]:
        """Return `typed`, or the two known words it runs together (`khaisinh`)."""
        if typed not in self._known:
            for cut in range(2, len(typed) - 1):
                if typed[:cut] in self._known and typed[cut:] in self._known:
                    return [typed[:cut], typed[cut:]]
        return [typed]

    def _beginning_with(self, typed: str) -> list[str]:
        start = bisect_left(self._sorted, typed)
        found = self._sorted[start : start + _MOST_HALF_TYPED]
        return [word for word in found if word.startswith(typed)]

    def _one_letter_off(self, typed: str) -> set[str]:
        return {
            word
            for shortened in (typed, *_shortened(typed))
            for word in self._shortened.get(shortened, ())
            if _differ_by_one(typed, word)
        }


def _shortened(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def _differ_by_one(one: str, other: str) -> bool:
    """Return whether one letter was left out, added or mistaken, or two neighbours swapped."""
    if len(one) != len(other):
        return abs(len(one) - len(other)) == 1
    wrong = [place for place in range(len(one)) if one[place] != other[place]]
    if len(wrong) != _PAIR:
        return len(wrong) == 1
    first, last = wrong
    swapped = one[first] + one[last] == other[last] + other[first]
    return swapped and last == first + 1
