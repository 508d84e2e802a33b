"""What a backtest answers: as JSON to the contract's letter, and as text with a verdict."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.backtest.score import Score, Unscored

_MOST_ERROR = 0.5
"""Aim: the mean error is at most this share of the mean wait,"""
_LEAST_GAIN = 0.15
"""smaller than the best simple rule's by this share,"""
_COVERAGE = (0.75, 0.85)
"""and this share of the waits lies in the 80% range."""
_FEWEST_TO_JUDGE = 100
"""Below, the share inside the range says nothing yet: ± 10 of 100 points."""
_FEWEST_TO_TELL = 5
_UNITS = ((3 * 3600.0, 3600.0, "h"), (120.0, 60.0, "min"), (0.0, 1.0, "s"))
"""From which mean wait on times are told in a unit, and its seconds."""
_Unit = tuple[float, str]
_NOTE = {
    Unscored.AT_ONCE: "called at once",
    Unscored.LEFT: "left without service: missed, cancelled, unserved",
    Unscored.NOT_CALLED: "no call and no wait in the log",
    Unscored.UNCERTAIN: "the wait could not be measured",
    Unscored.SILENT: "too little was known to foretell anything",
}
_RULES = {
    "constant": "the mean wait so far",
    "last_served": "the wait of the last one called",
    "head_of_line": "how long the first in line has waited by now",
    "queue_length": "people ahead, times the time between calls",
}


@dataclass(frozen=True)
class Answer:
    """Scores of a log."""

    visits: int
    """Rows of the log, a leg each."""
    days: tuple[str, str, int]
    """First, last, how many."""
    whole: Score
    by_service: dict[str, Score]
    unscored: dict[Unscored, int]
    disordered: int = 0
    """Rows of an uncertain clock in no possible order, not replayed."""


def as_json(answer: Answer) -> str:
    """Return the JSON form: seconds and shares, null where nothing was scored."""
    score = answer.whole
    rounded = {rule: _rounded(mae) for rule, mae in score.mae_baselines.items()}
    return json.dumps(
        {
            "visits": answer.visits,
            "scored": score.n,
            "mean_wait_s": _rounded(score.mean_wait_s),
            "mae_s": _rounded(score.mae_s),
            "median_ae_s": _rounded(score.median_ae_s),
            "rmse_s": _rounded(score.rmse_s),
            "band_coverage": _rounded(score.band_coverage, 4),
            "band_median_width_s": _rounded(score.band_median_width_s),
            "mae_baselines": rounded,
        },
        indent=2,
    )


def _rounded(value: float | None, digits: int = 3) -> float | None:
    return None if value is None else round(value, digits)


def as_text(answer: Answer) -> str:
    """Return the text form: the verdict first."""
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    yield from verdict(answer.whole)
    yield ""
    yield f"{'visits':<22}{answer.visits:>10,}   {_span(answer)}".rstrip()
    yield f"{'scored':<22}{answer.whole.n:>10,}   waited and were served"
    for why, note in _NOTE.items():
        if answer.unscored.get(why):
            yield f"{'not scored':<22}{answer.unscored[why]:>10,}   {note}"
    if answer.disordered:
        yield f"{'left out':<22}{answer.disordered:>10,}   uncertain, in no possible order"
    if answer.whole.n:
        yield ""
        yield from _errors(answer.whole)
        yield ""
        yield from _services(answer.by_service, _unit(answer.whole))


def _span(answer: Answer) -> str:
    first, last, days = answer.days
    return f"{days} days, {first} to {last}" if days > 1 else first


def verdict(score: Score) -> Iterator[str]:
    """Yield a sentence for each part of the aim, or that there is too little to judge by."""
    best = score.best_rule
    if score.mae_s is None or score.mean_wait_s is None or score.band_coverage is None or not best:
        yield "Not enough: no visit of this log could be scored."
        return
    share, rule_s = score.mae_s / score.mean_wait_s, score.mae_baselines[best] or 0.0
    gain = 1 - score.mae_s / rule_s if rule_s else 0.0
    low, high = _COVERAGE
    if score.n < _FEWEST_TO_JUDGE:
        needed = f"at least {_FEWEST_TO_JUDGE} are needed"
        yield f"Not enough to judge by: {score.n} visits scored, {needed}."
        return
    met = {
        f"mean error {share:.1%} of the mean wait (aim: at most {_MOST_ERROR:.0%})":
            share <= _MOST_ERROR,
        f"{abs(gain):.1%} {'better' if gain >= 0 else 'worse'} than the best simple rule, {best} "
        f"(aim: at least {_LEAST_GAIN:.0%} better)":
            gain >= _LEAST_GAIN,
        f"{score.band_coverage:.1%} of the waits inside the range (aim: {low:.0%} to {high:.0%})":
            low <= score.band_coverage <= high,
    }  # fmt: skip
    yield "The aim is met." if all(met.values()) else "The aim is not met."
    for sentence, is_met in met.items():
        yield f"  {'yes' if is_met else 'no ':<5}{sentence}"


def _errors(score: Score) -> Iterator[str]:
    unit = _unit(score)
    for name, value in (
        ("mean wait", score.mean_wait_s), ("mean error", score.mae_s),
        ("median error", score.median_ae_s), ("root mean square", score.rmse_s),
        ("median range width", score.band_median_width_s),
    ):  # fmt: skip
        yield f"{name:<22}{_time(value, unit):>14}"
    yield f"{'inside the range':<22}{score.band_coverage or 0.0:>10.1%}"
    yield ""
    yield "mean error of simple rules on the same visits"
    for rule, mae in score.mae_baselines.items():
        yield f"  {rule:<20}{_time(mae, unit):>14}   {_RULES[rule]}"


def _services(services: dict[str, Score], unit: _Unit) -> Iterator[str]:
    yield "by service       scored     mean wait    mean error   best rule's   inside"
    for service, score in services.items():
        if score.n < _FEWEST_TO_TELL:
            yield f"  {service:<12}{score.n:>9,}   too few to tell"
            continue
        times = (score.mean_wait_s, score.mae_s, score.mae_baselines[score.best_rule or ""])
        told = "".join(f"{_time(value, unit):>14}" for value in times)
        yield f"  {service:<12}{score.n:>9,}{told}{score.band_coverage or 0.0:>9.0%}"


def _unit(score: Score) -> _Unit:
    mean_s = score.mean_wait_s or 0.0
    return next((seconds, name) for least_s, seconds, name in _UNITS if mean_s >= least_s)


def _time(value: float | None, unit: _Unit) -> str:
    seconds, name = unit
    return f"{(value or 0.0) / seconds:,.1f} {name}"
