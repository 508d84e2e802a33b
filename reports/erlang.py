"""A hall in a steady flow: how many wait, and how long, by the formulas of queueing theory.

Erlang's C gives the chance that somebody has to wait at all where people come at random, at one
pace, and any free counter takes whoever is next. Real comings and services vary otherwise than the
formula supposes; the waits are stretched by `(Ca² + Cs²) / 2` for it (Allen and Cunneen): Ca² is
the variance of the numbers of people over their mean, Cs² the variance of the times at a counter
over the square of their mean. Nothing here knows of a rush: a hall before and after it is told by
`motcua.reports.replay`.

SOURCE: A. K. Erlang (1917); A. O. Allen, Probability, Statistics, and Queueing Theory (1990), 5.3.
"""

from __future__ import annotations

from math import exp

MOST_COUNTERS = 99
"""A centre has no more: `centre.toml` numbers them 1 … 99."""


def waiting_chance(load: float, counters: int) -> float:
    """Return the chance 0 … 1 that somebody has to wait (Erlang C); 1 where the line only grows.

    By the recursion of Erlang's B, `B(0) = 1`, `B(c) = a·B(c−1) / (c + a·B(c−1))`, which holds
    nothing large, and `C = B / (1 − a/c·(1 − B))`.

    Args:
        load: people an hour × hours each keeps a counter: counters busy on average.
        counters: how many are open.
    """
    if load <= 0:
        return 0.0
    if load >= counters:
        return 1.0
    lost = 1.0
    for counter in range(1, counters + 1):
        lost = load * lost / (counter + load * lost)
    return lost / (1 - load / counters * (1 - lost))


def mean_wait_s(load: float, counters: int, busy_s: float, variability: float = 1.0) -> float:
    """Return the mean wait of everybody, those at once called included; infinite in overload.

    Args:
        load: counters busy on average.
        counters: how many are open.
        busy_s: how long one person keeps a counter, on average.
        variability: `(Ca² + Cs²) / 2`; 1 for comings at random and exponential services.
    """
    if load <= 0:
        return 0.0
    if load >= counters:
        return float("inf")
    return waiting_chance(load, counters) * busy_s * variability / (counters - load)


def share_within(
    load: float, counters: int, busy_s: float, target_s: float, variability: float = 1.0
) -> float:
    """Return the share 0 … 1 of people called within `target_s`; 0 in overload.

    Who has to wait waits exponentially long, on average `busy_s · variability / (c − a)`.
    """
    if load <= 0:
        return 1.0
    if load >= counters:
        return 0.0
    left = waiting_chance(load, counters)
    if variability <= 0 or busy_s <= 0:
        return 1.0
    return 1 - left * exp(-(counters - load) * target_s / (busy_s * variability))


def counters_for(
    load: float, busy_s: float, target_s: float, share: float, variability: float = 1.0
) -> int:
    """Return the fewest counters that keep the target for `share` of the people; 0 for no load."""
    if load <= 0:
        return 0
    first = min(MOST_COUNTERS, int(load) + 1)
    for counters in range(first, MOST_COUNTERS):
        if share_within(load, counters, busy_s, target_s, variability) >= share:
            return counters
    return MOST_COUNTERS
