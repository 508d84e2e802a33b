"""Finding a procedure by the words people use for it. Built once, then pure look-ups.

Two steps: every word that was typed votes for the procedures that know it, rare words louder than
common ones; then the best of those are compared phrase by phrase (name, everyday words, English).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING

from motcua.catalogue.spelling import words
from motcua.catalogue.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from motcua.queue.procedure import Procedure

_NAME, _KEYWORD, _ENGLISH, _FIELD = 1.0, 1.0, 0.9, 0.5
_FILLERS = frozenset(
    {
        *("bi", "can", "cho", "con", "cua", "di", "do", "duoc", "gi", "hoi", "la", "lam", "len"),
        *("mot", "muon", "nao", "o", "the", "toi", "tui", "va", "ve", "voi", "xin"),
    }
)
"""Words that tell little of what is meant."""
_FILLER_SHARE = 0.15
_MOST_LETTERS = 200
_MOST_WORDS = 12
_COMPARED = 32
_COMMON_SHARE = 0.05
"""A word that more than this share of the procedures know is taken as typed."""
_LEAST_SHARE = 0.42
"""The least part of what was typed (by rarity) that a procedure must know."""
_ELSEWHERE_SHARE = 0.97
_IN_QUERY, _IN_PHRASE, _IN_ORDER, _IN_ALL = 0.6, 0.2, 0.1, 0.1

Meant = dict[str, float]
"""Known word → how likely it was meant (0–1)."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    weight: float
    rarity: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """One word that was typed."""

    meant: Meant
    rarity: float


class _Query:
    """All that was typed, turned so that a known word tells which typed words may mean it."""

    def __init__(self, asked: list[_Asked]) -> None:
        self.asked = asked
        self.rarities = [word.rarity for word in asked]
        self.total = sum(self.rarities)
        self.meant_by: dict[str, list[tuple[int, float]]] = {}
        for number, word in enumerate(asked):
            for known, likely in word.meant.items():
                self.meant_by.setdefault(known, []).append((number, likely))


class SearchIndex:
    """The procedures of a catalogue, ready to be searched; they are named by their place in it."""

    def __init__(self, procedures: Sequence[Procedure]) -> None:
        """Read every phrase of every procedure."""
        spoken = [list(_spoken(procedure)) for procedure in procedures]
        self._here = [not procedure.elsewhere for procedure in procedures]
        self._voters: dict[str, dict[int, float]] = {}
        for place, phrases in enumerate(spoken):
            for spoken_words, weight in phrases:
                for word in spoken_words:
                    voters = self._voters.setdefault(word, {})
                    voters[place] = max(voters.get(place, 0.0), weight)
        self._size = len(procedures)
        self._rarity = {word: self._rareness(len(at)) for word, at in self._voters.items()}
        self._vocabulary = Vocabulary(self._voters)
        self._phrases = [
            [
                _Phrase(said, weight, sum(map(self._rarity.__getitem__, said)))
                for said, weight in all_
            ]
            for all_ in spoken
        ]

    def _rareness(self, count: int) -> float:
        return math.log(1.0 + self._size / max(count, 0.5))

    def find(self, text: str, limit: int, allowed: Callable[[int], bool]) -> list[int]:
        """Return the places of at most `limit` procedures that fit `text`, best first."""
        query = _Query(self._asked(text[:_MOST_LETTERS]))
        votes = self._votes(query.asked)
        known = [
            (vote, -place)
            for place, vote in votes.items()
            if vote >= _LEAST_SHARE * query.total and allowed(place)
        ]
        best = nlargest(max(limit, _COMPARED), known)
        ranked = [(-self._likeness(query, -place, vote), -place) for vote, place in best]
        return [place for _, place in sorted(ranked)[:limit]]

    def _asked(self, text: str) -> list[_Asked]:
        typed = [part for word in words(text) for part in self._vocabulary.parts(word)]
        typed = typed[:_MOST_WORDS]
        return [
            self._word(word, unfinished=place == len(typed) - 1) for place, word in enumerate(typed)
        ]

    def _word(self, typed: str, *, unfinished: bool) -> _Asked:
        common = len(self._voters.get(typed, ())) > _COMMON_SHARE * self._size
        meant = self._vocabulary.meant(typed, unfinished=unfinished, sure=common)
        known = [self._rarity[word] for word in meant]
        rarity = self._rarity.get(typed) or (min(known) if known else self._rareness(1))
        return _Asked(meant, rarity * (_FILLER_SHARE if typed in _FILLERS else 1.0))

    def _votes(self, asked: list[_Asked]) -> dict[int, float]:
        votes: dict[int, float] = {}
        for word in asked:
            heard: dict[int, float] = {}
            for known, likely in word.meant.items():
                for place, weight in self._voters[known].items():
                    share = likely * weight
                    if share > heard.get(place, 0.0):
                        heard[place] = share
            for place, share in heard.items():
                votes[place] = votes.get(place, 0.0) + share * word.rarity
        return votes

    def _likeness(self, query: _Query, place: int, vote: float) -> float:
        best = max(self._phrase_likeness(query, said) for said in self._phrases[place])
        likeness = best + _IN_ALL * vote / query.total
        return round(likeness if self._here[place] else likeness * _ELSEWHERE_SHARE, 6)

    def _phrase_likeness(self, query: _Query, said: _Phrase) -> float:
        likely = [0.0] * len(query.asked)
        where: list[int | None] = [None] * len(query.asked)
        for at, word in enumerate(said.words):
            for number, share in query.meant_by.get(word, ()):
                if share > likely[number]:
                    likely[number], where[number] = share, at
        met = sum(share * rarity for share, rarity in zip(likely, query.rarities, strict=True))
        if not met:
            return 0.0
        covered = sum(self._rarity[said.words[at]] for at in {*where} if at is not None)
        ordered = sum(one is not None and two == one + 1 for one, two in pairwise(where))
        pairs = len(where) - 1
        return said.weight * (
            _IN_QUERY * met / query.total
            + _IN_PHRASE * covered / said.rarity
            + _IN_ORDER * (ordered / pairs if pairs else 1.0)
        )


def _spoken(procedure: Procedure) -> Iterator[tuple[tuple[str, ...], float]]:
    yield tuple(words(procedure.name_vi)), _NAME
    for keyword in procedure.keywords:
        yield tuple(words(keyword)), _KEYWORD
    yield tuple(words(procedure.name_en)), _ENGLISH
    yield tuple(words(procedure.field)), _FIELD
