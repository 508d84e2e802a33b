"""The live day in a sentence or two, and how it was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.reports.definitions import Definition
from motcua.reports.live_chart import usual_words
from motcua.reports.live_trouble import expected_end
from motcua.reports.live_usual import (
    DAMAGED,
    DAYS,
    FEWEST_DAYS,
    NO_DATE,
    NO_NUMBERS,
    OTHER_HOURS,
    WEEKS,
    middle,
)
from motcua.reports.spread import FEWEST

if TYPE_CHECKING:
    from motcua.reports.live_day import LiveDay
    from motcua.reports.live_hall import Hall, Waiter
    from motcua.reports.wording import Wording

_WHY = {
    NO_NUMBERS: "without visits on record (a holiday, switched off, or past keeping): %(n)s",
    OTHER_HOURS: "with hours of their own: %(n)s",
    NO_DATE: "under a wrong clock: %(n)s",
    DAMAGED: "with records lost: %(n)s",
}
_DEFINITIONS = (
    Definition(
        "Who waits",
        "Everybody whose number was not called yet, as the board of the hall shows it too. Who was "
        "called and waits again is among the people, and in no wait: the first call ended it.",
    ),
    Definition(
        "Beyond the target; expected to pass it",
        "Beyond: waiting longer than %(target)s minutes already. Expected: not yet, but the wait "
        "so far and the wait to come, as estimated for every number, are longer together.",
    ),
    Definition(
        "Within target, so far",
        "Who still waits after the target counts as late at once, and not only when called. "
        "Figures of fewer than %(few)s people are not told.",
        "called in time ÷ (called in time + called late + left late + still waiting late)",
    ),
    Definition(
        "Numbers given, served",
        "Served are those who left a counter with an outcome, whoever was sent on from another "
        "service among them: they got no new number.",
    ),
    Definition(
        "Usual",
        "The last %(days)s worked days of this weekday, %(weeks)s weeks back at most, each as it "
        "stood at this time of the day. Told are the median of the days and between what half of "
        "them lay; with fewer than %(fewest)s such days nothing is called usual.",
    ),
)


def status(live: LiveDay, wording: Wording) -> str:
    """Return how it is, in one calm sentence."""
    hall = live.hall
    if hall.closed:
        return wording.say("The day is closed; nobody waits any more.")
    if hall.gives_numbers:
        return _while_open(hall, live, wording)
    return _behind_closed_doors(hall, live, wording)


def _while_open(hall: Hall, live: LiveDay, wording: Wording) -> str:
    if not hall.opened:
        return wording.say("Nobody has taken a number today yet.")
    if not hall.people:
        return wording.say("Nobody waits at the moment.")
    return _waiting(hall, live, wording)


def _behind_closed_doors(hall: Hall, live: LiveDay, wording: Wording) -> str:
    told = wording.say("No numbers are given now.")
    if hall.opens:
        if hall.opens.date() == hall.now.date():
            told = wording.say("No numbers are given until %(time)s.", time=f"{hall.opens:%H:%M}")
        else:
            told = wording.say(
                "No numbers are given until %(time)s on %(weekday)s %(day)s.",
                time=f"{hall.opens:%H:%M}", weekday=wording.weekday(hall.opens.isoweekday()),
                day=wording.day(hall.opens.date()),
            )  # fmt: skip
    if not hall.people:
        return told
    told = f"{told} {_waiting(hall, live, wording)}"
    if end := expected_end(live):
        served = wording.say(
            "At today's pace they are served at about %(end)s at the earliest.",
            end=f"{end:%H:%M}",
        )  # fmt: skip
        told = f"{told} {served}"
    return told


def _waiting(hall: Hall, live: LiveDay, wording: Wording) -> str:
    beyond = sum(line.beyond(live.target_s) for line in hall.lines)
    longest = _longest(hall)
    if longest is None:
        return wording.say("People waiting again after a call: %(n)s.", n=hall.people)
    told = wording.say(
        "People waiting: %(n)s, the longest for %(minutes)s minutes (%(number)s, since %(since)s).",
        n=hall.people, minutes=int(longest.waited_s // 60), number=longest.number,
        since=f"{longest.since:%H:%M}",
    )  # fmt: skip
    target = wording.minutes(live.target_s)
    late = wording.say("Nobody has waited longer than the target of %(target)s minutes.",
                       target=target)  # fmt: skip
    if beyond:
        late = wording.say(
            "Longer than the target of %(target)s minutes: %(n)s.", target=target, n=beyond
        )
    return f"{told} {late}"


def _longest(hall: Hall) -> Waiter | None:
    waiting = [line.longest for line in hall.lines if line.longest]
    return max(waiting, key=lambda one: one.waited_s, default=None)


def so_far(live: LiveDay, wording: Wording) -> str:
    """Return how many numbers were given, beside what is usual by now."""
    numbers, usual = live.so_far.numbers, middle(one.numbers for one in live.then)
    weekday = wording.weekday(live.hall.now.isoweekday())
    if usual:
        return wording.say(
            "So far %(n)s numbers; usual for a %(weekday)s by %(time)s: %(usual)s.",
            n=wording.number(numbers), weekday=weekday, time=f"{live.hall.now:%H:%M}",
            usual=usual_words(usual, wording),
        )  # fmt: skip
    return wording.say(
        "So far %(n)s numbers. What is usual for a %(weekday)s is not known yet: %(days)s such "
        "days are recorded, at least %(fewest)s are needed.",
        n=wording.number(numbers), weekday=weekday, days=len(live.usual.days),
        fewest=FEWEST_DAYS,
    )  # fmt: skip


def explained(live: LiveDay, wording: Wording) -> list[Definition]:
    """Return how it was counted, and which days say what is usual."""
    values = {
        "target": wording.minutes(live.target_s), "few": FEWEST, "days": DAYS, "weeks": WEEKS,
        "fewest": FEWEST_DAYS,
    }  # fmt: skip
    told = [
        Definition(
            wording.say(one.term),
            wording.say(one.meaning, **values),
            one.formula and wording.say(one.formula),
        )
        for one in _DEFINITIONS
    ]
    return [*told, Definition(wording.say("Days that say what is usual"), _days(live, wording))]


def _days(live: LiveDay, wording: Wording) -> str:
    days = ", ".join(wording.day(day) for day in reversed(live.usual.days))
    told = [wording.say("%(n)s: %(days)s.", n=len(live.usual.days), days=days or "–")]
    left_out = [
        wording.say(_WHY[why], n=people) for why, people in sorted(live.usual.left_out.items())
    ]
    if left_out:
        told.append(wording.say("Left out: %(why)s.", why="; ".join(left_out)))
    return " ".join(told)
