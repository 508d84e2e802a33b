"""The range around a forecast: as wide as the misses so far demand, to hold four in five.

A miss is measured in units of the forecast itself (and a little of the usual wait, so that short
forecasts have a unit too), times how much wider the service misses than all do. The range reaches
between two quantiles of the recent misses; their levels give way by a little at every miss and
tighten by a little at every hit, so that each side is missed once in ten in the long run whatever
changes (I. Gibbs and E. Candès, "Adaptive conformal inference under distribution shift", NeurIPS
2021).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from dataclasses import dataclass, field

_REMEMBERED = 600
_FEWEST = 20
_MISSED_A_SIDE = 0.1
_STEP = 0.008
_LEVELS = (0.01, 0.3)
_UNIT_SHARE = 0.15
"""Share of the usual wait in the unit misses are measured in."""
_USUAL = 100
_KEPT = 0.98
_PRIOR = 15.0
"""The width of all services counts as so many visitors of one."""
_FIRST = (0.7, 1.5)
"""Shares of the forecast the range reaches down and up before enough misses are known."""


@dataclass(slots=True)
class _Width:
    """How far the forecasts of one service, or of all, missed; the past fades."""

    missed: float = 0.0
    of: float = 0.0

    def note(self, missed: float) -> None:
        self.missed = self.missed * _KEPT + missed
        self.of = self.of * _KEPT + 1.0


@dataclass(slots=True)
class Band:
    """Learns how far forecasts miss."""

    low_level: float = _MISSED_A_SIDE
    high_level: float = _MISSED_A_SIDE
    _misses: deque[float] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _ordered: list[float] = field(default_factory=list)
    _waits_s: deque[float] = field(default_factory=lambda: deque(maxlen=_USUAL))
    _sum_s: float = 0.0
    _all: _Width = field(default_factory=_Width)
    _own: dict[str, _Width] = field(default_factory=dict)

    def around(self, point_s: float, service: str) -> tuple[float, float]:
        """Return the range of a forecast, seconds: 0 ≤ low ≤ point ≤ high."""
        known = len(self._ordered)
        if known < _FEWEST:
            return max(0.0, point_s * (1 - _FIRST[0])), point_s * (1 + _FIRST[1])
        unit_s = self._unit_s(point_s) * self._wider(service)
        low = self._ordered[int(self.low_level * known)]
        high = self._ordered[min(known - 1, int((1 - self.high_level) * known))]
        return max(0.0, point_s + min(0.0, low) * unit_s), point_s + max(0.0, high) * unit_s

    def note(self, told: tuple[float, float, float], wait_s: float, service: str) -> None:
        """Learn from a forecast (point, low, high) whose wait is known now."""
        point_s, low_s, high_s = told
        self.low_level = _moved(self.low_level, missed=wait_s < low_s)
        self.high_level = _moved(self.high_level, missed=wait_s > high_s)
        if len(self._misses) == _REMEMBERED:
            del self._ordered[bisect_left(self._ordered, self._misses[0])]
        miss = (wait_s - point_s) / self._unit_s(point_s)
        wider = self._wider(service)
        self._all.note(abs(miss))
        self._own.setdefault(service, _Width()).note(abs(miss))
        miss /= wider
        self._misses.append(miss)
        insort(self._ordered, miss)

    def wait(self, wait_s: float) -> None:
        """Learn what waits are usual; called before `note` of the same visitor."""
        if len(self._waits_s) == _USUAL:
            self._sum_s -= self._waits_s[0]
        self._waits_s.append(wait_s)
        self._sum_s += wait_s

    def _wider(self, service: str) -> float:
        """Return how many times as far as all services this one misses."""
        if not self._all.missed:
            return 1.0
        usual = self._all.missed / self._all.of
        own = self._own.get(service, _Width())
        return (own.missed + _PRIOR * usual) / ((own.of + _PRIOR) * usual)

    def _unit_s(self, point_s: float) -> float:
        usual_s = self._sum_s / len(self._waits_s) if self._waits_s else 0.0
        return max(1e-6, point_s + _UNIT_SHARE * usual_s)


def _moved(level: float, *, missed: bool) -> float:
    low, high = _LEVELS
    return min(high, max(low, level + _STEP * (_MISSED_A_SIDE - missed)))
