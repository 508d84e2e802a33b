"""A ward where anybody may press anything at any time: what holds whatever they do."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import date, datetime, time, timedelta, timezone
from itertools import count
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.errors import QueueError
from motcua.queue.events import TicketUnserved
from motcua.queue.hours import Hours
from motcua.queue.rules import PriorityGroup, Rules, Service
from motcua.queue.ticket import OUTCOMES, TRANSITIONS, State
from tests.office.ward_checks import check_day, check_journal, next_by_hand

_HUE = timezone(timedelta(hours=7))
_START = datetime.combine(date(2026, 11, 23), time(8), _HUE)
_SERVICES = "AHK"
_COUNTERS = {1: ("A", "H"), 2: ("H", "A"), 3: ("K",), 4: ("K", "H", "A")}
_CREDITS_S = {None: 0, "older": 600, "pregnant": 900}
_RULES = Rules(
    services={letter: Service(letter, letter) for letter in _SERVICES},
    counters=_COUNTERS,
    hours=Hours(((),) * 7, _HUE, always_open=True),
    priorities={
        name: PriorityGroup(name, name, name, credit_s)
        for name, credit_s in _CREDITS_S.items()
        if name
    },
)
_counter = st.sampled_from(sorted(_COUNTERS))
_service = st.sampled_from(_SERVICES)
_visitor = st.tuples(_service, st.sampled_from(list(_CREDITS_S)))
_SELDOM = 9


class Ward(RuleBasedStateMachine):
    """Four counters, three services, and people who do not follow instructions."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = SetClock(_START)
        self.journal = MemoryJournal()
        names = count(1)
        self.office = Office(self.journal, self.clock, _RULES, lambda: f"visitor{next(names)}")
        self.numbers: Tally[tuple[str, str]] = Tally()

    def does(self, command: c.Command) -> None:
        """Let somebody try; a refusal changes nothing."""
        with self.office.today() as day:
            before = deepcopy(day)
        try:
            self.office.execute(command)
        except QueueError:
            with self.office.today() as day:
                assert day == before

    def somebody(self, data: st.DataObject) -> str:
        """Return any ticket of the day."""
        with self.office.today() as day:
            return data.draw(st.sampled_from(sorted(day.tickets) or ["nobody"]))

    @initialize(visitors=st.lists(_visitor, min_size=2, max_size=8))
    def begins(self, visitors: list[tuple[str, str | None]]) -> None:
        """Begin with open counters and some people, or chance takes long to get anywhere."""
        for counter in _COUNTERS:
            self.office.execute(c.OpenCounter(counter))
        for service, priority in visitors:
            self.takes_a_number((service, priority))

    @rule(visitor=_visitor)
    def takes_a_number(self, visitor: tuple[str, str | None]) -> None:
        service, priority = visitor
        with self.office.today() as day:
            if day.closed:
                return
        answer = self.office.execute(c.IssueTicket(service=service, priority=priority))
        assert answer.ticket is not None
        with self.office.today() as day:
            self.numbers[day.date, answer.ticket.number] += 1

    @rule(counter=_counter, services=st.none() | st.lists(_service, min_size=1, max_size=3))
    def opens(self, counter: int, services: list[str] | None) -> None:
        self.does(c.OpenCounter(counter, None if services is None else tuple(services)))

    @rule(counter=_counter, command=st.sampled_from([c.PauseCounter, c.CloseCounter]))
    def leaves(self, counter: int, command: type[c.CounterCommand]) -> None:
        self.does(command(counter))

    @rule(counter=_counter)
    def calls_next(self, counter: int) -> None:
        with self.office.today() as day:
            expected = next_by_hand(day, counter)
        try:
            answer = self.office.execute(c.CallNext(counter))
        except QueueError:
            return
        assert answer.ticket is not None
        assert answer.ticket.id == expected

    @rule(counters=st.lists(_counter, min_size=2, max_size=6), outcome=st.sampled_from(OUTCOMES))
    def work_goes_on(self, counters: list[int], outcome: str) -> None:
        """Let clerks do what they mostly do next."""
        for counter in counters:
            with self.office.today() as day:
                ticket = day.at_counter(counter)
            self.clock.advance(3)
            if ticket is None:
                self.does(c.CallNext(counter))
            elif ticket.state is State.CALLED:
                self.does(c.StartService(counter))
            else:
                self.does(c.FinishTicket(counter, outcome))

    @rule(counter=_counter, data=st.data())
    def calls_somebody(self, counter: int, data: st.DataObject) -> None:
        self.does(c.CallTicket(counter, self.somebody(data)))

    @rule(counter=_counter, command=st.sampled_from([c.MissTicket, c.HoldTicket]))
    def sets_aside(self, counter: int, command: type[c.CounterCommand]) -> None:
        self.does(command(counter))

    @rule(counter=_counter, data=st.data())
    def sees_one_set_aside_again(self, counter: int, data: st.DataObject) -> None:
        with self.office.today() as day:
            aside = [t.id for state in (State.MISSED, State.HELD) for t in day.set_aside(state)]
        if aside:
            ticket = data.draw(st.sampled_from(aside))
            wish = data.draw(st.booleans())
            self.does(c.ReturnTicket(ticket) if wish else c.CallTicket(counter, ticket))

    @rule(counter=_counter, command=st.sampled_from([c.RecallTicket, c.StartService]))
    def acts(self, counter: int, command: type[c.CounterCommand]) -> None:
        self.does(command(counter))

    @rule(counter=_counter, outcome=st.sampled_from(OUTCOMES))
    def finishes(self, counter: int, outcome: str) -> None:
        self.does(c.FinishTicket(counter, outcome))

    @rule(counter=_counter, service=_service)
    def transfers(self, counter: int, service: str) -> None:
        self.does(c.TransferTicket(counter, service))

    @rule(counter=_counter)
    def undoes(self, counter: int) -> None:
        self.does(c.UndoAct(counter))

    @rule(data=st.data(), command=st.sampled_from([c.ReturnTicket, c.CancelTicket]))
    def thinks_again(
        self, data: st.DataObject, command: type[c.ReturnTicket | c.CancelTicket]
    ) -> None:
        self.does(command(self.somebody(data)))

    @rule(seconds=st.integers(1, 900))
    def waits(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule(seconds=st.sampled_from([-7200, -3600, 60, 7200]))
    def learns_the_time(self, seconds: int) -> None:
        self.clock.step(seconds)

    @rule()
    def looks_after_the_end_of_the_day(self) -> None:
        self.office.end_day_if_over()

    @rule(off_s=st.integers(20, 600))
    def loses_power(self, off_s: int) -> None:
        self.office.stop()
        self.clock.reboot(f"{self.clock.boot}+", off_s)
        live = self.office
        names = count(1 + sum(self.numbers.values()) * 100)
        self.office = Office(self.journal, self.clock, _RULES, lambda: f"visitor{next(names)}")
        with live.today() as before, self.office.today() as after:
            assert before == after

    @rule(again=st.integers(0, 9))
    def closes_the_day(self, again: int) -> None:
        if again == _SELDOM:
            self.does(c.CloseDay())

    @rule(again=st.integers(0, 9))
    def goes_home(self, again: int) -> None:
        """Let the next day begin, seldom: a day must last to become interesting."""
        if again != _SELDOM:
            return
        self.clock.advance_to(
            self.clock.wall.astimezone(_HUE).replace(hour=0, minute=0) + timedelta(days=1, hours=8)
        )

    @invariant()
    def the_day_is_in_order(self) -> None:
        with self.office.today() as day:
            check_day(day)
            issued = sum(1 for date_, _ in self.numbers if date_ == day.date)
            assert len(day.legs) == sum(day.issued.values()) == issued

    def teardown(self) -> None:
        assert all(times == 1 for times in self.numbers.values())
        check_journal(self.journal, self.office)


_DEEDS: list[Callable[[int, str, str], c.Command]] = [
    lambda _, __, service: c.IssueTicket(service=service),
    lambda _, __, service: c.IssueTicket(service=service, priority="older"),
    lambda counter, _, __: c.CallNext(counter),
    lambda counter, _, __: c.CallNext(counter),
    lambda counter, ticket, _: c.CallTicket(counter, ticket),
    lambda counter, _, __: c.RecallTicket(counter),
    lambda counter, _, __: c.StartService(counter),
    lambda counter, _, __: c.StartService(counter),
    lambda counter, _, __: c.FinishTicket(counter, "done"),
    lambda counter, _, __: c.FinishTicket(counter, "received"),
    lambda counter, _, __: c.MissTicket(counter),
    lambda counter, _, __: c.HoldTicket(counter),
    lambda counter, _, service: c.TransferTicket(counter, service),
    lambda counter, _, __: c.UndoAct(counter),
    lambda _, ticket, __: c.ReturnTicket(ticket),
    lambda _, ticket, __: c.CancelTicket(ticket),
]


def test_five_thousand_acts_of_one_day_keep_everything_in_order() -> None:
    clock, journal, chance = SetClock(_START), MemoryJournal(), Random(20261123)  # noqa: S311 - the same day each time
    names = count(1)
    office = Office(journal, clock, _RULES, lambda: f"visitor{next(names)}")
    for counter in _COUNTERS:
        office.execute(c.OpenCounter(counter))
    for act in range(5000):
        clock.advance(chance.choice([1, 2, 5]))
        with office.today() as day:
            ticket = chance.choice(list(day.tickets) or ["nobody"])
            if act % 100 == 0:
                check_day(day)
        deed = chance.choice(_DEEDS)(chance.choice(list(_COUNTERS)), ticket, chance.choice("AHK"))
        with suppress(QueueError):
            office.execute(deed)
    check_journal(journal, office)
    assert {type(record.event) for record in journal.read("2026-11-23")} >= set(TRANSITIONS) - {
        TicketUnserved
    }


TestWard = Ward.TestCase
TestWard.settings = settings(max_examples=130, stateful_step_count=50)
