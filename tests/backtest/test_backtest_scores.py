"""Errors, ranges and the simple rules, checked by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from motcua.backtest.answer import Answer, as_json, as_text, verdict
from motcua.backtest.score import Score, Unscored
from motcua.backtest.simple_rules import SimpleRules, SimpleWaits
from motcua.backtest.trial import tried
from tests.backtest.forecasters import Range, Steady, day_of, log_of

_COLUMNS = "day ticket service issued_at called_at finished_at outcome wait_s uncertain\n"
_FOUR = (
    _COLUMNS
    + """
    2026-11-23 A1 A 08:00 08:01 08:09 done      -  -
    2026-11-23 A2 A 08:01 08:04 08:15 received  -  -
    2026-11-23 H1 H 08:02 08:12 -     -         -  -
    2026-11-24 A1 A 08:00 08:06 08:07 advised   -  -
    2026-11-23 A3 A 08:02 08:02 08:09 done      -  -
    2026-11-23 A4 A 08:03 -     08:30 cancelled -  -
    2026-11-23 A5 A 08:04 08:40 08:42 missed    -  -
    2026-11-23 A6 A 08:05 -     -     done      -  -
    2026-11-23 A7 A 08:06 08:50 08:52 done      -  yes
""".strip()
)


def test_only_who_waited_and_was_served_is_scored_and_the_others_are_counted_by_reason() -> None:
    """Waits of 1, 3, 10 and 6 minutes, foretold as 4 each, 2 to 6: errors 3, 1, 6 and 2."""
    answer = tried(log_of(day_of(_FOUR)), Steady(Range(240.0, 120.0, 360.0)))
    assert answer.unscored == {
        Unscored.AT_ONCE: 1, Unscored.LEFT: 2, Unscored.NOT_CALLED: 1, Unscored.UNCERTAIN: 1,
    }  # fmt: skip
    score = answer.whole
    assert (answer.visits, score.n, score.mean_wait_s) == (9, 4, 300.0)
    assert (score.mae_s, score.median_ae_s) == (180.0, 150.0)
    assert score.rmse_s == pytest.approx(60 * (50 / 4) ** 0.5)
    assert (score.band_coverage, score.band_median_width_s) == (0.5, 240.0)
    assert {service: one.n for service, one in answer.by_service.items()} == {"A": 3, "H": 1}


def test_a_silent_forecaster_is_not_scored() -> None:
    answer = tried(log_of(day_of(_FOUR)), Steady(None))
    assert (answer.whole.n, answer.unscored[Unscored.SILENT]) == (0, 4)
    assert json.loads(as_json(answer))["mae_baselines"] == dict.fromkeys(SimpleWaits._fields)
    assert as_text(answer).startswith("Not enough: no visit")


def test_the_simple_rules_know_what_the_hall_has_seen() -> None:
    """
    0 s  1 and 2 come, one after the other; nothing is known: no rule says anything but 0
    60 s  1 is called after 60 s
    90 s  3 comes: 2 has waited for 90 s; the mean is 60, the last wait 60; no gap is known yet
    100 s  2 is called after 100 s, 40 s after 1, with somebody waiting all the while
    130 s  4 comes: mean (60 + 100) / 2, last 100, 3 has waited for 40 s, 2 people × 40 s
    """
    rules = SimpleRules()
    assert rules.issued(1, "A", 0.0) == SimpleWaits(0, 0, 0, 0)
    assert rules.issued(2, "A", 0.0) == SimpleWaits(0, 0, 0, 0)
    rules.called(1, 60.0)
    assert rules.issued(3, "A", 90.0) == SimpleWaits(60, 60, 90, 90)
    rules.called(2, 100.0)
    assert rules.issued(4, "A", 130.0) == SimpleWaits(80, 100, 40, 80)
    assert rules.issued(5, "B", 130.0) == SimpleWaits(80, 80, 80, 80)


def test_a_time_between_calls_counts_only_while_somebody_waited() -> None:
    """
    0 s  1 comes and is called at 10 s; nobody waits until 500 s, when 2, 3 and 4 come
    510 s  2 is called: a gap of 500 s in an empty hall says nothing
    530 s  3 is called, 20 s after 2
    540 s  4 leaves, 5 comes: the only gap is of 20 s, nobody is ahead
    """
    rules = SimpleRules()
    rules.issued(1, "A", 0.0)
    rules.called(1, 10.0)
    for ticket in (2, 3, 4):
        rules.issued(ticket, "A", 500.0)
    rules.called(2, 510.0)
    rules.called(3, 530.0)
    rules.left(4)
    assert rules.issued(5, "A", 540.0).queue_length == 20.0


def test_whom_five_have_overtaken_no_longer_counts_as_waiting() -> None:
    rules = SimpleRules()
    for ticket in range(7):
        rules.issued(ticket, "A", 10.0 * ticket)
    for ticket in range(1, 6):
        rules.called(ticket, 100.0 + 10 * ticket)
    assert rules.issued(7, "A", 160.0).head_of_line == 160.0 - 60.0
    rules.called(0, 170.0)  # back all the same: a wait like any other
    assert rules.issued(8, "A", 180.0).last_served == 170.0


def test_the_night_forgets_who_waited_but_not_what_calls_take() -> None:
    rules = SimpleRules()
    for ticket in range(3):
        rules.issued(ticket, "A", 0.0)
    rules.called(0, 30.0)
    rules.called(1, 50.0)
    rules.day_ends()
    assert rules.issued(3, "A", 9e4) == SimpleWaits(40, 40, 40, 20)


def scored(n: int = 1000, **facts: float) -> Score:
    """Return a score that meets the aim but for the facts given."""
    plain = {"mae": 40.0, "coverage": 0.8, "best": 60.0}
    known = {**plain, **facts}
    rules = {"constant": 90.0, "last_served": 70.0, "head_of_line": 65.0}
    baselines: dict[str, float | None] = {**rules, "queue_length": known["best"]}
    return Score(n, 100.0, known["mae"], 30.0, 50.0, known["coverage"], 120.0, baselines)


@pytest.mark.parametrize(
    ("score", "sentence"),
    [
        (scored(), "The aim is met."),
        (scored(mae=50.0), "The aim is met."),
        (scored(mae=50.1), "The aim is not met."),
        (scored(best=47.0), "The aim is not met."),
        (scored(coverage=0.74), "The aim is not met."),
        (scored(coverage=0.86), "The aim is not met."),
        (scored(99), "Not enough to judge by: 99 visits scored, at least 100 are needed."),
    ],
)
def test_the_verdict_is_that_of_the_aim(score: Score, sentence: str) -> None:
    assert next(verdict(score)) == sentence


@pytest.mark.parametrize(
    ("mean_s", "told"), [(100.0, "100.0 s"), (1200.0, "20.0 min"), (18000.0, "5.0 h")]
)
def test_the_text_tells_times_by_tempo_and_hides_services_of_few(mean_s: float, told: str) -> None:
    whole = replace(scored(), mean_wait_s=mean_s)
    services = {"A": scored(995), "H": scored(4)}
    answer = Answer(1200, ("2026-11-02", "2026-11-27", 20), whole, services, {}, 3)
    text = as_text(answer)
    assert "1,200   20 days, 2026-11-02 to 2026-11-27" in text
    assert f"mean wait{told:>27}" in text
    assert "too few to tell" in text
    assert "uncertain, in no possible order" in text
