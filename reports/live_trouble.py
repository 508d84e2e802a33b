"""Tells of trouble in the hall, the most urgent first, each with what to do. Pure.

The thresholds stand here and in docs/measures.md. A rule that would need to know what is usual is
silent while that is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.reports.live_day import LiveDay
    from motcua.reports.live_hall import Line, Post
    from motcua.reports.wording import Wording

FAR_TARGETS = 2.0
"""Somebody waits far too long from so many targets on."""
UNATTENDED_S = 120.0
"""A service without an open counter is told of once somebody has waited so long for it."""
LONG_VISIT = 1.5
"""A visit is unusually long from so many times what nine in ten of its service do not exceed…"""
LONG_VISIT_S = 600.0
"""… and not before so many seconds."""
GROWTH_S, GROWTH = 1800.0, 5
"""A queue grows fast when it gained so many people in so many seconds, more than on three of four
usual days at that time."""
OVERTIME_S = 300.0
"""The end of the shift may be passed by so much before it is told."""
CALLS_S, MISSED, MISSED_SHARE = 3600.0, 5, 0.2
"""Many do not come when so many of the numbers called within so many seconds were missed, and such
a share of them."""
SILENT = 5
"""Nobody has taken a number, and on every usual day so many at least had by this time."""
REFERRALS = 5
"""So many people at least were sent elsewhere, and more than on any whole usual day."""


class Kind(StrEnum):
    """What is amiss, the most urgent first."""

    CLOCK = "clock"
    SILENT = "silent"
    FAR = "far"
    UNATTENDED = "unattended"
    LONG_VISIT = "long_visit"
    GROWTH = "growth"
    OVERTIME = "overtime"
    MISSED = "missed"
    MACHINE = "machine"
    REFERRALS = "referrals"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is amiss."""

    kind: Kind
    sentence: str
    cure: str = ""
    """What to do about it; empty where the sentence says it."""


def troubles(live: LiveDay, wording: Wording, machines: tuple[str, ...] = ()) -> list[Trouble]:
    """Return what is amiss.

    Args:
        live: the day.
        wording: language of the sentences.
        machines: what the printers have to tell, one English sentence each.
    """
    told = [
        *_clock(live, wording),
        *_silent(live, wording),
        *_far(live, wording),
        *_unattended(live, wording),
        *_long_visits(live, wording),
        *_growth(live, wording),
        *_overtime(live, wording),
        *_missed(live, wording),
        *(Trouble(Kind.MACHINE, wording.say(sentence)) for sentence in machines),
        *_referrals(live, wording),
    ]
    order = list(Kind)
    return sorted(told, key=lambda one: order.index(one.kind))


def _clock(live: LiveDay, wording: Wording) -> Iterator[Trouble]:
    if live.hall.opened and not live.hall.dated:
        yield Trouble(
            Kind.CLOCK,
            wording.say("The box does not know the date: its clock is wrong. Waits are right, "
                        "and nothing is compared with other days."),
            wording.say("Let the administrator put the clock right."),
        )  # fmt: skip


def _silent(live: LiveDay, wording: Wording) -> Iterator[Trouble]:
    usually = [one.numbers for one in live.then]
    if live.so_far.numbers or not live.usual.enough or min(usually) < SILENT:
        return
    told = "Nobody has taken a number today; by this time of a usual %(weekday)s %(n)s have."
    weekday = wording.weekday(live.hall.now.isoweekday())
    cure = "See that the doors are open and the kiosk works; a free day is put under holidays."
    yield Trouble(
        Kind.SILENT,
        wording.say(told, weekday=weekday, n=wording.number(median(usually))),
        wording.say(cure),
    )


def _far(live: LiveDay, wording: Wording) -> Iterator[Trouble]:
    far_s = FAR_TARGETS * live.target_s
    late = [(line, one) for line in live.hall.lines for one in line.waiting if one.waited_s > far_s]
    if not late:
        return
    line, longest = max(late, key=lambda found: found[1].waited_s)
    told = wording.say(
        "%(number)s (%(service)s) has waited for %(minutes)s minutes, since %(since)s; the target "
        "is %(target)s minutes.",
        number=longest.number, service=wording.service(line.service),
        minutes=_whole(longest.waited_s), since=_clock_time(longest.since),
        target=wording.minutes(live.target_s),
    )  # fmt: skip
    if len(late) > 1:
        more = wording.say(
            "Waiting longer than %(far)s minutes in all: %(n)s people.",
            far=wording.minutes(far_s), n=len(late),
        )  # fmt: skip
        told = f"{told} {more}"
    cure = "Call this number by itself at a counter, or open one more counter for the service."
    yield Trouble(Kind.FAR, told, wording.say(cure))


def _unattended(live: LiveDay, wording: Wording) -> Iterator[Trouble]:
    """Tell of services nobody is open for, while the doors are open or closed for the day."""
    hall = live.hall
    between_shifts = hall.opens is not None and hall.opens.date() == hall.now.date()
    if between_shifts and not hall.gives_numbers:
        return
    for line in hall.lines:
        longest = line.longest
        waited_s = longest.waited_s if longest else UNATTENDED_S
        if line.people and not line.open_at and waited_s >= UNATTENDED_S:
            yield Trouble(Kind.UNATTENDED, _nobody_open(line, wording), _who_could(line, wording))


def _nobody_open(line: Line, wording: Wording) -> str:
    service, longest = wording.service(line.service), line.longest
    if longest is None:
        sentence = "No counter is open for %(service)s, and people wait for it: %(n)s."
        return wording.say(sentence, service=service, n=line.people)
    return wording.say(
        "No counter is open for %(service)s, and people wait for it: %(n)s, the longest for "
        "%(minutes)s minutes.",
        service=service, n=line.people, minutes=_whole(longest.waited_s),
    )  # fmt: skip


def _who_could(line: Line, wording: Wording) -> str:
    usually = [n for n, letters in wording.rules.counters.items() if line.service in letters]
    if not usually:
        return wording.say("Let one of the open counters take this service too.")
    counters = ", ".join(map(str, usually))
    return wording.say("Open one of the counters that usually take it: %(n)s.", n=counters)


def _long_visits(live: LiveDay, wording: Wording) -> Iterator[Trouble]:
    found = [(post, usual_s) for post in live.hall.posts if (usual_s := _too_long(post, live))]
    for post, usual_s in sorted(found, key=lambda one: -one[0].for_s):
        told = wording.say(
            "The visit of %(number)s at counter %(counter)s has lasted %(minutes)s minutes; nine "
            "in ten visits for %(service)s last at most %(usual)s.",
            number=post.number, counter=post.counter, minutes=_whole(post.for_s),
            service=wording.service(post.service), usual=_whole(usual_s),
        )  # fmt: skip
        cure = "Ask whether help is needed, or whether the end of the visit was not pressed."
        yield Trouble(Kind.LONG_VISIT, told, wording.say(cure))


def _too_long(post: Post, live: LiveDay) -> float | None:
    """Return what nine in ten visits do not exceed, when this one exceeds it by far."""
    usual_s = live.usual.long_service_s(post.service) if post.serving else None
    if usual_s is None or post.for_s <= max(LONG_VISIT_S, LONG_VISIT * usual_s):
        return None
    return usual_s


def _growth(live: LiveDay, wording: Wording) -> Iterator[Trouble]:
    grown, usually = live.change(GROWTH_S), live.changes_then(GROWTH_S)
    if not live.usual.enough or grown < GROWTH:
        return
    if sum(grown > change for change in usually) / len(usually) <= 3 / 4:
        return
    crowded = max(live.hall.lines, key=lambda line: line.people)
    told = wording.say(
        "In the last half hour the queue grew by %(grown)s to %(waiting)s people; at this time of "
        "a usual %(weekday)s it changes by %(usual)s.",
        grown=grown, waiting=live.course.waiting(live.at_s),
        weekday=wording.weekday(live.hall.now.isoweekday()),
        usual=_signed(median(usually), wording),
    )  # fmt: skip
    cure = wording.say(
        "Open one more counter; most people wait for %(service)s.",
        service=wording.service(crowded.service),
    )  # fmt: skip
    yield Trouble(Kind.GROWTH, told, cure)


def _overtime(live: LiveDay, wording: Wording) -> Iterator[Trouble]:
    hall, end = live.hall, expected_end(live)
    if end is None or hall.closed:
        return
    if hall.shift_ends and end > hall.shift_ends + timedelta(seconds=OVERTIME_S):
        told = wording.say(
            "At today's pace those who wait now are served at about %(end)s at the earliest; the "
            "shift ends at %(closes)s.",
            end=_clock_time(end), closes=_clock_time(hall.shift_ends),
        )  # fmt: skip
        cure = "Open one more counter, stay open longer, or tell the last in line when to come."
        yield Trouble(Kind.OVERTIME, told, wording.say(cure))


def expected_end(live: LiveDay) -> datetime | None:
    """Return when those who wait now can have been served at the earliest; None when not known.

    A queue is through no sooner than its people × today's mean time at a counter ÷ the counters
    open for it; so for each service, and for all together.
    """
    known = [
        (line.people * line.pace_s, set(line.open_at))
        for line in live.hall.lines
        if line.people and line.pace_s and line.open_at
    ]
    if not known:
        return None
    together = (sum(work for work, _ in known), set().union(*(open_at for _, open_at in known)))
    longest_s = max(work / len(open_at) for work, open_at in (*known, together))
    return live.hall.now + timedelta(seconds=longest_s)


def _missed(live: LiveDay, wording: Wording) -> Iterator[Trouble]:
    calls, missed = live.course.calls(live.at_s - CALLS_S, live.at_s)
    if missed >= MISSED and missed >= MISSED_SHARE * calls:
        told = "Of the %(calls)s numbers called in the last hour, %(missed)s did not come."
        cure = "See that the board can be read and the calls heard, and let somebody ask the hall."
        yield Trouble(Kind.MISSED, wording.say(told, calls=calls, missed=missed), wording.say(cure))


def _referrals(live: LiveDay, wording: Wording) -> Iterator[Trouble]:
    people = sum(live.referrals.values())
    if not live.usual.enough or people < REFERRALS or people <= max(live.usual.referrals):
        return
    procedure, place = max(live.referrals, key=lambda key: live.referrals[key])
    told = wording.say(
        "%(n)s people were told at the kiosk that their matter is done elsewhere: more than on any "
        "whole day of the last %(days)s of this weekday. Most often: %(procedure)s → %(place)s.",
        n=people, days=len(live.usual.days), procedure=wording.procedure(procedure), place=place,
    )  # fmt: skip
    cure = "Say so at the door and where people ask: it spares them the way."
    yield Trouble(Kind.REFERRALS, told, wording.say(cure))


def _whole(seconds: float) -> int:
    """Return whole minutes that have passed, as a clock on the wall tells them."""
    return int(seconds // 60)


def _signed(value: float, wording: Wording) -> str:
    text = wording.number(value, 0 if float(value).is_integer() else 1)
    return f"+{text}" if value > 0 else text.replace("-", "\u2212")


def _clock_time(at: datetime) -> str:
    return f"{at:%H:%M}"
