"""How it was counted: each figure in words, and as a formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.reports.spread import FEWEST

if TYPE_CHECKING:
    from motcua.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure explained."""

    term: str
    meaning: str
    formula: str = ""


_DEFINITIONS = (
    Definition(
        "Wait",
        "From taking the number to the first call. A visitor sent on to another service waits "
        "there again: each wait counts.",
        "first call − issue",
    ),
    Definition(
        "Way", "From the call the visitor came for to the start at the counter.", "start − call"
    ),
    Definition(
        "Service",
        "From the start to the finish; time in which the visitor was set aside is taken out.",
        "finish − start − holds",
    ),
    Definition(
        "Time in the centre",
        "From the first number to the last finish, for visits that were served.",
        "last finish − first issue",
    ),
    Definition(
        "Median",
        "Half of the people had at most this. Unlike the mean it is not moved by a few very long "
        "times.",
        "x(½), h = (n − 1)·½",
    ),
    Definition(
        "9 in 10 within",
        "Nine in ten people had at most this: the 90th percentile, between the two nearest values "
        "in proportion.",
        "x(0.9), h = (n − 1)·0.9, x⌊h⌋ + (h − ⌊h⌋)·(x⌊h⌋₊₁ − x⌊h⌋)",
    ),
    Definition(
        "Within target",
        "People called within the target, of all who were called and all who left after waiting "
        "longer than it. Who left sooner is in neither part: nobody knows how long the wait would "
        "have been.",
        "within ÷ (within + later + left after the target)",
    ),
    Definition(
        "Missed, cancelled, not served",
        "Called and did not come; gave the number back; still waiting or set aside when the day "
        "was closed.",
    ),
    Definition(
        "Figures of several days",
        "Made from all people of these days together, each with the same weight; never a mean of "
        "the days' figures.",
    ),
    Definition(
        "Hour",
        "The hour in which the number was taken, by the clock of the centre.",
    ),
    Definition(
        "Hidden numbers",
        "A row of fewer than %(few)s people is not told, nor a count of fewer inside a larger row, "
        "so that nobody is recognised; that there was nobody is told.",
    ),
    Definition(
        "Times that could not be measured",
        "When the machine was off between two events, that interval is in no figure; it is counted "
        "under “What was counted, and what was not”.",
    ),
    Definition(
        "Waits told and kept",
        "Of people who were told a range when they took the number: how many were called within "
        "it. Whoever left uncalled after more than the longest wait told counts as later; whoever "
        "left sooner is in no share.",
        "inside ÷ (inside + sooner + later + left after the longest wait told)",
    ),
    Definition(
        "People for each open counter-hour",
        "Three counters open for an hour are three hours. A counter is open from its opening to "
        "its pause or closing, while the machine runs; of days that are over.",
        "waits begun ÷ Σ counters (closed − opened)",
    ),
    Definition(
        "People who came in an hour",
        "The mean of the days of that weekday that have records.",
        "waits begun in the hour ÷ days of that weekday",
    ),
    Definition(
        "Papers most often missing",
        "Ticked at the counter when a visit ended for want of papers, by procedure; somebody who "
        "lacks two counts with each.",
        "people found without the paper ÷ people served with the procedure",
    ),
    Definition(
        "First-visit resolution",
        "Served visits that got what they came for: the result, papers taken, or advice. Whether "
        "somebody comes for the first time is not asked. As long as nobody comes in vain twice, "
        "the share of persons lies between the two figures told.",
        "(reached − in vain) ÷ reached … reached ÷ served",
    ),
    Definition(
        "Way spared",
        "Finished visits for what another office used to do, each there and back, times the "
        "difference of the distances. Distances, means of travel and unit values are the "
        "centre's own, each with its range and source; ranges are reckoned through, all inputs "
        "erring at once.",
        "visits × 2 × (trips there × old place − here)",
    ),
    Definition(
        "Queueing spared",
        "People told at the kiosk that it is done elsewhere, each with the median wait of that "
        "day; at least and at most with its quartiles.",
        "Σ over days: people told × x(½), x(¼) … x(¾) of the day's waits",
    ),
    Definition(
        "Time at the counter",
        "How long a person keeps a counter: from the call to the end, time set aside taken out. "
        "Whoever was called and did not come kept it for the call.",
        "way + service",
    ),
    Definition(
        "Counters needed",
        "The measured days are played again: everybody comes at the measured time and keeps a "
        "counter for a measured time of the same service, drawn at random but the same whenever "
        "asked; the first in line is called by the first free counter, and lines go on from hour "
        "to hour. Times at the counter are stretched so that the replay is as slow as the hall "
        "was with the counters that were open. Told are the fewest counters that keep the share "
        "called within the target; never fewer than serve everything usually asked for. Whoever "
        "left after the target counts as staying.",
        "min c(hour): replayed(c, f) ≥ share; f ≥ 1: replayed(as open, f) = measured",
    ),
    Definition(
        "If none helps another",
        "The same for each service by itself, summed: as if every service had counters of its "
        "own. What is really needed lies between the two.",
        "Σ over services: min c(hour)",
    ),
    Definition(
        "Before and after",
        "How the median of all people's waits changed. The true change lies between “from” and "
        "“to” in about 95 of 100 such comparisons: days are drawn again, not people, for people of "
        "one day share its luck.",
        "x(½) after − x(½) before",
    ),
    Definition(
        "Both equally busy",
        "The same change when days of both times that were about as busy, by people for each hour "
        "a counter was open, weigh the same. Days as busy as none of the other time count nothing.",
        "among a days before and b after: b ÷ (a + b) and a ÷ (a + b) each",
    ),
)


def definitions(wording: Wording) -> list[Definition]:
    """Return the definitions in the reader's language."""
    return [
        Definition(
            wording.say(one.term),
            wording.say(one.meaning, few=FEWEST)
            if "%(" in one.meaning
            else wording.say(one.meaning),
            one.formula and wording.say(one.formula),
        )
        for one in _DEFINITIONS
    ]
