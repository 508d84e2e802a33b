"""Which cells of a table are told: small ones are not, nor one that would give them away."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from motcua.reports.spread import FEWEST

Key = TypeVar("Key", bound=Hashable)


def told(sizes: Mapping[Key, int]) -> set[Key]:
    """Return the cells of a table whose total is known that may be told.

    A cell of fewer than five is not told. If what is not told is a single cell, or fewer than five
    people together, the total less the others would tell it: then the next smallest goes with it
    (complementary suppression).

    Args:
        sizes: cell → people in it.
    """
    order = sorted(sizes, key=lambda key: sizes[key])
    hidden = sum(sizes[key] < FEWEST for key in order)
    if hidden == 1 or 0 < sum(sizes[key] for key in order[:hidden]) < FEWEST:
        hidden += 1
    return set(order[hidden:])
