"""The live day as a page shows it: every figure already in words, for templates that only print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from motcua.queue.day import CounterState
from motcua.reports.definitions import Definition
from motcua.reports.live_chart import live_chart
from motcua.reports.live_status import explained, so_far, status
from motcua.reports.live_trouble import Trouble, troubles
from motcua.reports.live_usual import Middle, middle
from motcua.reports.spread import FEWEST

if TYPE_CHECKING:
    from motcua.reports.live_course import SoFar
    from motcua.reports.live_day import LiveDay
    from motcua.reports.live_hall import Line, Post, Waiter
    from motcua.reports.wording import Wording

_STATES = {
    CounterState.OPEN: "Open", CounterState.PAUSED: "Paused", CounterState.CLOSED: "Closed",
}  # fmt: skip
_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Running:
    """A time that goes on between two pictures."""

    seconds: int
    late_s: int = 0
    """From so many seconds on it is marked; 0: never."""

    @property
    def late(self) -> bool:
        """Return whether it is marked now."""
        return 0 < self.late_s < self.seconds


@dataclass(frozen=True, slots=True)
class ShownWait:
    """Who waits longest; empty when nobody does."""

    number: str = ""
    since: str = ""
    waited: Running | None = None


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """How far the day has come."""

    numbers: str
    served: str
    median: str
    share: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """The people of one service, or of all."""

    service: str
    people: int
    longest: ShownWait
    beyond: str
    will_pass: str
    held: int
    missed: int
    open_at: str
    so_far: ShownFigures


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A counter."""

    counter: int
    state: str
    """For the stylesheet: `open`, `paused` or `closed`."""
    state_name: str
    services: str
    number: str
    doing: str
    since: str
    lasted: Running | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of today beside what is usual by now."""

    name: str
    today: str
    usual: str
    half: str
    """Between what half of the usual days lay."""


@dataclass(frozen=True, slots=True)
class LivePage:
    """Everything the page prints."""

    seq: int
    time: str
    changes_in_s: int
    """When something will look different although nothing happens."""
    day: str
    """Weekday and date in words."""
    today: date
    troubles: tuple[Trouble, ...]
    status: str
    so_far: str
    lines: tuple[ShownLine, ...]
    total: ShownLine
    posts: tuple[ShownPost, ...]
    compared: tuple[Compared, ...]
    picture: tuple[str, str]
    """Title and SVG."""
    explained: tuple[Definition, ...]

    @property
    def look(self) -> str:
        """What changes the page without any event: the minute."""
        return self.time.replace(":", "")


def live_page(live: LiveDay, wording: Wording, machines: tuple[str, ...] = ()) -> LivePage:
    """Return what the page prints; `machines` is what the printers have to tell."""
    hall = live.hall
    return LivePage(
        seq=hall.seq, time=f"{hall.now:%H:%M}", changes_in_s=_MINUTE_S - hall.now.second,
        day=f"{wording.weekday(hall.now.isoweekday())} {wording.day(hall.now.date())}",
        today=hall.now.date(),
        troubles=tuple(troubles(live, wording, machines)),
        status=status(live, wording), so_far=so_far(live, wording),
        lines=tuple(_line(line, live, wording) for line in hall.lines),
        total=_total(live, wording),
        posts=tuple(_post(post, live, wording) for post in hall.posts),
        compared=tuple(_compared(live, wording)),
        picture=live_chart(live, wording.rules.hours, wording),
        explained=tuple(explained(live, wording)),
    )  # fmt: skip


def _line(line: Line, live: LiveDay, wording: Wording) -> ShownLine:
    passing = line.will_pass(live.target_s)
    return ShownLine(
        service=wording.service(line.service), people=line.people,
        longest=_longest(line.longest, live.target_s),
        beyond=str(line.beyond(live.target_s) or ""),
        will_pass="–" if passing is None else str(passing or ""),
        held=line.held, missed=line.missed, open_at=", ".join(map(str, line.open_at)),
        so_far=_so_far(live.by_service[line.service], wording),
    )  # fmt: skip


def _total(live: LiveDay, wording: Wording) -> ShownLine:
    lines, target_s = live.hall.lines, live.target_s
    waiting = [line.longest for line in lines if line.longest]
    passing = [line.will_pass(target_s) for line in lines]
    known = [people for people in passing if people is not None]
    return ShownLine(
        service=wording.say("All services"), people=live.hall.people,
        longest=_longest(max(waiting, key=lambda one: one.waited_s, default=None), target_s),
        beyond=str(sum(line.beyond(target_s) for line in lines) or ""),
        will_pass=str(sum(known) or "") if len(known) == len(passing) else "–",
        held=sum(line.held for line in lines), missed=sum(line.missed for line in lines),
        open_at=wording.say("%(n)s open", n=live.hall.open_counters),
        so_far=_so_far(live.so_far, wording),
    )  # fmt: skip


def _longest(one: Waiter | None, target_s: float) -> ShownWait:
    if one is None:
        return ShownWait()
    waited = Running(int(one.waited_s), int(target_s))
    return ShownWait(one.number, f"{one.since:%H:%M}", waited)


def _so_far(told: SoFar, wording: Wording) -> ShownFigures:
    """Return the figures of the day so far; the times of fewer than five people are not told."""
    few = wording.say("under %(n)s", n=FEWEST)
    median = share = ""
    if told.wait.median_s is not None:
        median = wording.minutes(told.wait.median_s) if _enough(told.wait.n) else few
    if told.share is not None:
        share = wording.percent(told.share) if _enough(told.within + told.late) else few
    return ShownFigures(wording.number(told.numbers), wording.number(told.served), median, share)


def _enough(people: int | None) -> bool:
    return (people or 0) >= FEWEST


def _post(post: Post, live: LiveDay, wording: Wording) -> ShownPost:
    usual_s = live.usual.long_service_s(post.service) if post.serving else None
    doing = wording.say("being served") if post.serving else wording.say("called")
    return ShownPost(
        counter=post.counter, state=post.state.value, state_name=wording.say(_STATES[post.state]),
        services=" ".join(post.services), number=post.number,
        doing=doing if post.number else "",
        since=f"{post.since:%H:%M}" if post.since else "",
        lasted=Running(int(post.for_s), int(usual_s or 0)) if post.number else None,
    )  # fmt: skip


def _compared(live: LiveDay, wording: Wording) -> list[Compared]:
    def row(
        name: str, value: Callable[[SoFar], float | None], words: Callable[[float], str],
        now: float | None = None,
    ) -> Compared:  # fmt: skip
        today = value(live.so_far) if now is None else now
        usual = middle(value(one) for one in live.then)
        return Compared(
            wording.say(name), "–" if today is None else words(today),
            *_usual(usual, words),
        )  # fmt: skip

    return [
        row("Numbers given", lambda one: one.numbers, wording.number),
        row("Served", lambda one: one.served, wording.number),
        row("People waiting now", lambda one: one.waiting, wording.number),
        row("Most people waiting at once", lambda one: one.deepest, wording.number),
        row("Half of those called waited at most, minutes", _median_s, wording.minutes),
        row("Called within the target, of all so far", _share, wording.percent),
        row("Counters open now", lambda one: one.counters, wording.number,
            live.hall.open_counters),
    ]  # fmt: skip


def _usual(usual: Middle | None, words: Callable[[float], str]) -> tuple[str, str]:
    if usual is None:
        return "", ""
    return words(usual.median), f"{words(usual.low)} – {words(usual.high)}"


def _median_s(one: SoFar) -> float | None:
    return one.wait.median_s if _enough(one.wait.n) else None


def _share(one: SoFar) -> float | None:
    return one.share if _enough(one.within + one.late) else None
