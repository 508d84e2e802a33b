"""A derived figure's formula with its numbers filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from motcua.reports.spread import FEWEST

if TYPE_CHECKING:
    from motcua.reports.spared import Derived
    from motcua.reports.wording import Wording

_DECIMALS = 4
"""Most decimals of a number in a formula; zeros at the end are left out."""
_TOLD_DECIMALS = {"VND": 0}
_KEYS = {"place": "[[travel.place]]", "means": "[[travel.means]]"}
Number = Callable[[float, int], str]
"""A number with so many decimals → as it is written."""


def filled(figure: Derived, say: Callable[..., str], number: Number) -> str:
    """Return `214 visits × 2 × (12 − 4.6) km = 3,167.2 km`; empty when the figure is not told.

    Args:
        figure: of which.
        say: fills an English sentence, in the language wanted.
        number: writes a number in that language.
    """
    if figure.bounds is None:
        return ""
    told = number(figure.bounds.value, _TOLD_DECIMALS.get(figure.unit, 1))
    return say(figure.formula, **{k: _term(v, number) for k, v in figure.terms.items()}, told=told)


def _term(term: float | tuple[tuple[float, ...], ...], number: Number) -> str:
    if isinstance(term, tuple):
        return " + ".join(
            " × ".join(_term(factor, number) for factor in factors) for factors in term
        )
    decimals = len(f"{term:.{_DECIMALS}f}".rstrip("0").partition(".")[2])
    return number(term, decimals)


def how(figure: Derived, wording: Wording) -> str:
    """Return how a figure was reckoned, or why it was not."""
    sentences = []
    if figure.bounds:
        sentences.append(filled(figure, wording.say, lambda x, d: _signed(wording.number(x, d))))
    if figure.hidden:
        sentences.append(wording.say("Fewer than %(n)s people: not told.", n=FEWEST))
    if figure.lacks:
        keys = ", ".join(_KEYS.get(key, key) for key in dict.fromkeys(figure.lacks))
        said = "Not reckoned: fill in %(keys)s under [travel] in centre.toml."
        if figure.bounds:
            said = "Not in the sum: fill in %(keys)s under [travel] in centre.toml."
        sentences.append(wording.say(said, keys=keys))
    return " ".join(sentences) or wording.say("Nothing to reckon from.")


def _signed(number: str) -> str:
    return number.replace("-", "\u2212")
