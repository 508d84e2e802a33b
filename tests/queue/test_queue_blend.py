"""Clues, blended by how little they missed; and the range that the misses demand."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.queue.band import Band
from motcua.queue.blend import Blend, Row, learn

ALL = ("A", None)


def rows(count: int, seed: int = 1) -> list[Row]:
    """Waits of which the second clue tells nine tenths, and the first and third nothing."""
    chance = Random(seed)  # noqa: S311 - repeatable draws, no secret
    made = []
    for _ in range(count):
        wait_s = chance.uniform(60, 1800)
        clues = (chance.uniform(60, 1800), 0.9 * wait_s + chance.gauss(0, 20), 900.0)
        made.append(Row(ALL, clues, wait_s))
    return made


def missed(blend: Blend, seen: list[Row]) -> float:
    return sum(abs(row.wait_s - blend.point_s(row.clues, row.group)) for row in seen) / len(seen)


def test_the_clue_that_tells_gets_the_weight() -> None:
    weights = learn(rows(600)).weights
    assert weights[1] == pytest.approx(1, abs=0.15)
    assert weights[0] < 0.05
    assert all(weight >= 0 for weight in weights)


def test_weights_of_few_waits_lean_on_the_rule_that_missed_least_alone() -> None:
    weights = learn(rows(15)).weights
    assert weights[1] > 0.8


def test_a_blend_of_waits_it_never_saw_beats_every_clue_alone() -> None:
    blend, later = learn(rows(600)), rows(300, seed=2)
    alone = [sum(abs(r.wait_s - r.clues[place]) for r in later) / 300 for place in range(3)]
    assert missed(blend, later) < min(alone)


def test_a_group_that_is_called_by_other_rules_has_weights_of_its_own() -> None:
    others = [Row(("H", "older"), (r.wait_s, r.wait_s * 2, 900.0), r.wait_s) for r in rows(300)]
    blend = learn(rows(900) + others)
    assert missed(blend, others) < 0.6 * missed(Blend(blend.weights), others)


def test_waits_in_other_units_give_the_same_weights() -> None:
    seconds = learn(rows(200)).weights
    hours = learn([Row(ALL, tuple(c / 3600 for c in r.clues), r.wait_s / 3600) for r in rows(200)])
    assert hours.weights == pytest.approx(seconds, rel=1e-3, abs=1e-6)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)), min_size=1, max_size=40))
def test_any_waits_give_weights_that_are_numbers(waits: list[tuple[float, float]]) -> None:
    blend = learn([Row(ALL, (clue_s, 60.0), wait_s) for clue_s, wait_s in waits])
    assert all(0 <= weight < float("inf") for weight in blend.weights)


@pytest.mark.parametrize("spread", [0.1, 0.5, 1.0])
def test_four_in_five_waits_to_come_lie_inside_the_range(spread: float) -> None:
    chance, band, inside = Random(3), Band(), 0  # noqa: S311 - repeatable draws
    for number in range(4000):
        point_s = chance.uniform(100, 1000)
        wait_s = point_s * chance.lognormvariate(0, spread)
        low_s, high_s = band.around(point_s, "A")
        inside += number >= 1000 and low_s <= wait_s <= high_s
        band.wait(wait_s)
        band.note((point_s, low_s, high_s), wait_s, "A")
    assert inside / 3000 == pytest.approx(0.8, abs=0.03)


def test_a_service_that_is_hard_to_foretell_has_a_wider_range_of_its_own() -> None:
    chance, band = Random(4), Band()  # noqa: S311 - repeatable draws, no secret
    inside = {"A": 0, "N": 0}
    for number in range(4000):
        for service, spread in (("A", 0.1), ("N", 0.4)):
            wait_s = 600 * chance.lognormvariate(0, spread)
            low_s, high_s = band.around(600, service)
            inside[service] += number >= 1000 and low_s <= wait_s <= high_s
            band.wait(wait_s)
            band.note((600, low_s, high_s), wait_s, service)
    assert all(0.7 < hits / 3000 < 0.9 for hits in inside.values())


@given(st.floats(0, 1e5), st.lists(st.floats(0, 1e5), max_size=60))
def test_a_range_holds_its_middle_and_nothing_below_zero(
    point_s: float, waits_s: list[float]
) -> None:
    band = Band()
    for wait_s in waits_s:
        band.wait(wait_s)
        band.note((point_s, *band.around(point_s, "A")), wait_s, "A")
    low_s, high_s = band.around(point_s, "A")
    assert 0 <= low_s <= point_s <= high_s
