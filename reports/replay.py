"""Days played again with other counters: who comes stays, how many serve is chosen.

The people of a measured day come at the instants they came, in that order; each keeps a counter for
a time drawn from the measured ones; whoever is first is called by the first free counter. A ward's
morning is no steady flow: it opens with a rush and carries its line from hour to hour, and no
formula for a steady flow knows that (docs/decisions/0025-staffing-by-replay.md).

Somebody may be called while fewer people are at counters than counters are open. More counters,
shorter services or fewer people then never lengthen anybody's wait: by induction over the order of
coming, everybody is called no later and gone no later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from heapq import heapreplace
from itertools import pairwise
from math import inf

from motcua.reports.staffing_days import HOUR_S, HOURS, Stretch


def hours(at_s: Sequence[float]) -> list[int]:
    """Return the place of the first person of each hour, and how many there are."""
    return [bisect_left(at_s, hour * HOUR_S) for hour in range(HOURS + 1)]


class Hall:
    """One day being played: who came, and how far it got."""

    __slots__ = ("at_s", "bounds", "busy_s", "free_s", "reached", "waits_s")

    def __init__(
        self, at_s: Sequence[float], busy_s: Sequence[float], bounds: Sequence[int] = ()
    ) -> None:
        """Let people come at `at_s`, ascending, and keep a counter for `busy_s` each.

        `bounds` is `hours(at_s)`, where it is known already.
        """
        self.at_s = at_s
        self.busy_s = busy_s
        self.bounds = bounds or hours(at_s)
        self.waits_s = [inf] * len(at_s)
        """How long each waited; infinite for who was not called yet."""
        self.free_s: list[float] = []
        """When those at counters are done."""
        self.reached = 0
        """Place of the first person who was not called yet."""

    def counters(self, begin_s: float, counters: int) -> tuple[list[float], list[float]]:
        """Return when each of so many counters is free, and when those leave who close then."""
        busy = sorted([free_s for free_s in self.free_s if free_s > begin_s])
        if len(busy) <= counters:
            return [begin_s] * (counters - len(busy)) + busy, []
        return busy[-counters:], busy[:-counters]

    def play(self, stretch: Stretch, until_s: float) -> None:
        """Let so many counters call whoever came before the end, as long as it is not `until_s`."""
        begin_s, end_s, counters = stretch
        free_s, closing_s = self.counters(begin_s, counters)
        at_s, busy_s, waits_s = self.at_s, self.busy_s, self.waits_s
        for place in range(self.reached, bisect_left(at_s, end_s)):
            came_s = at_s[place]
            called_s = max(came_s, free_s[0])
            if called_s >= until_s:
                break
            heapreplace(free_s, called_s + busy_s[place])
            waits_s[place] = called_s - came_s
            self.reached = place + 1
        self.free_s = free_s + closing_s

    def late(self, begin_s: float, counters: int, hour: int, target_s: float) -> dict[int, int]:
        """Return by hour of coming who would wait too long, were it so many counters from now on.

        Of all who were not called yet, up to those who come in `hour`.
        """
        free_s, _ = self.counters(begin_s, counters)
        at_s, busy_s = self.at_s, self.busy_s
        found: dict[int, int] = {}
        for place in range(self.reached, self.bounds[hour + 1]):
            came_s = at_s[place]
            called_s = free_s[0]
            if called_s <= came_s:
                called_s = came_s
            elif called_s - came_s > target_s:
                came = int(came_s // HOUR_S)
                found[came] = found.get(came, 0) + 1
            heapreplace(free_s, called_s + busy_s[place])
        return found


def played(hall: Hall, stretches: Sequence[Stretch]) -> Hall:
    """Play a whole day with counters open as `stretches` say.

    Who waits when the last counter closes, for lunch or for the day, is served before it does.
    """
    for stretch, (begins_s, _, _) in pairwise([*stretches, (inf, inf, 0)]):
        end_s = stretch[1]
        hall.play(stretch, inf if begins_s > end_s else end_s)
    return hall


def by_hour(counters: Sequence[int]) -> list[Stretch]:
    """Return the stretches of a day with so many counters in each of its hours."""
    return [
        (hour * HOUR_S, (hour + 1) * HOUR_S, many) for hour, many in enumerate(counters) if many
    ]
