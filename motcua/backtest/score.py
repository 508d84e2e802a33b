"""How good forecasts were: errors against the measured waits, beside four simple rules."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt
from statistics import median

from motcua.backtest.log import Fate
from motcua.backtest.replay import Foretold, Told
from motcua.backtest.simple_rules import SimpleWaits


class Unscored(StrEnum):
    """Why a row is not scored."""

    LEFT = "left"
    NOT_CALLED = "not_called"
    UNCERTAIN = "uncertain"
    AT_ONCE = "at_once"
    SILENT = "silent"


_BY_FATE = {
    Fate.LEFT: Unscored.LEFT,
    Fate.NOT_CALLED: Unscored.NOT_CALLED,
    Fate.UNCERTAIN: Unscored.UNCERTAIN,
}


@dataclass(frozen=True)
class Score:
    """Errors over some visits. Seconds; None where there are no visits to tell it of."""

    n: int
    mean_wait_s: float | None
    mae_s: float | None
    """Mean of |foretold − waited|."""
    median_ae_s: float | None
    rmse_s: float | None
    """Square root of the mean of (foretold − waited)²."""
    band_coverage: float | None
    """Share of waits inside the range told, its ends included."""
    band_median_width_s: float | None
    mae_baselines: dict[str, float | None]
    """Mean error of each simple rule on the same visits."""

    @property
    def best_rule(self) -> str | None:
        """The simple rule with the least error."""
        known = {rule: mae for rule, mae in self.mae_baselines.items() if mae is not None}
        return min(known, key=lambda rule: known[rule], default=None)


@dataclass
class _Errors:
    """Errors as they come in."""

    errors: array[float] = field(default_factory=lambda: array("d"))
    widths: array[float] = field(default_factory=lambda: array("d"))
    waited_s: float = 0.0
    squares: float = 0.0
    inside: int = 0
    simple: list[float] = field(default_factory=lambda: [0.0] * len(SimpleWaits._fields))

    def add(self, wait_s: float, forecast: Foretold, simple: SimpleWaits) -> None:
        error = forecast.point_s - wait_s
        self.errors.append(abs(error))
        self.widths.append(forecast.high_s - forecast.low_s)
        self.waited_s += wait_s
        self.squares += error * error
        self.inside += forecast.low_s <= wait_s <= forecast.high_s
        for place, foretold_s in enumerate(simple):
            self.simple[place] += abs(foretold_s - wait_s)

    def score(self) -> Score:
        n = len(self.errors)
        rules = dict.fromkeys(SimpleWaits._fields)
        if n == 0:
            return Score(0, None, None, None, None, None, None, {**rules})
        return Score(
            n, self.waited_s / n, sum(self.errors) / n, median(self.errors),
            sqrt(self.squares / n), self.inside / n, median(self.widths),
            {rule: total / n for rule, total in zip(rules, self.simple, strict=True)},
        )  # fmt: skip


class Scores:
    """The scores of one replay, as it runs."""

    def __init__(self) -> None:
        """Begin with none."""
        self.unscored: Counter[Unscored] = Counter()
        self._whole = _Errors()
        self._services: dict[str, _Errors] = {}

    def add(self, told: Told) -> Unscored | None:
        """Take in a row; return why it is not scored, None when it is."""
        row, forecast = told.row, told.forecast
        why = _BY_FATE.get(row.fate)
        if why is None and not row.wait_s:
            why = Unscored.AT_ONCE
        if why is None and forecast is None:
            why = Unscored.SILENT
        if why is not None or row.wait_s is None or forecast is None:
            self.unscored[why or Unscored.UNCERTAIN] += 1
            return why
        for errors in (self._whole, self._services.setdefault(row.service, _Errors())):
            errors.add(row.wait_s, forecast, told.simple)
        return None

    def whole(self) -> Score:
        """Return the score of all."""
        return self._whole.score()

    def by_service(self) -> dict[str, Score]:
        """Return the score of each service, by its letter."""
        return {letter: self._services[letter].score() for letter in sorted(self._services)}
