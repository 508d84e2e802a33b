"""A ward where anybody may press anything at any time, held against the model act by act.

Presses come twice, from windows that are behind, over restarts, power cuts and a clock put right;
what is done, refused, answered and recorded is what the contract says, and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from motcua.clock import SetClock
from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue import commands as c
from motcua.queue.errors import QueueError
from motcua.queue.ticket import OUTCOMES
from tests.concurrency.centre import (
    COUNTERS,
    CREDITS_S,
    SERVICES,
    START,
    ZONE,
    centre_rules,
    new_day,
)
from tests.concurrency.facts import check_facts, groups
from tests.concurrency.model_hall import Standing
from tests.concurrency.told import Told, told_by_office, told_of
from tests.office.ward_checks import check_day, check_journal

_counter = st.sampled_from(sorted(COUNTERS))
_service = st.sampled_from(SERVICES)
_visitor = st.tuples(_service, st.sampled_from(list(CREDITS_S)))
_SELDOM = 9
_SENSIBLE: dict[str, list[type[c.CounterCommand]]] = {
    "nobody": [c.CallNext, c.CallNext, c.CallNext, c.UndoAct],
    "called": [c.StartService, c.MissTicket, c.RecallTicket, c.UndoAct, c.HoldTicket],
    "serving": [c.FinishTicket, c.FinishTicket, c.HoldTicket, c.UndoAct],
}
"""What a clerk does, by who is at the counter."""
_SENSELESS = [c.StartService, c.RecallTicket, c.PauseCounter, c.CloseCounter, c.UndoAct]
_wish = st.integers(0, 19)


def sensible(counter: int, shown: str, wish: int) -> c.CounterCommand:
    """Return what a clerk might do who sees a visitor stand as `shown`."""
    kinds = _SENSIBLE[shown]
    kind = kinds[wish % len(kinds)]
    if kind is c.FinishTicket:
        return c.FinishTicket(counter, OUTCOMES[wish % len(OUTCOMES)])
    return kind(counter)


class Ward(RuleBasedStateMachine):
    """Four counters, three services, and people who do not follow instructions."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = SetClock(START)
        self.journal = MemoryJournal()
        self.names = count(1)
        self.wishes = count(1)
        self.office = self.opened()
        self.model = new_day()
        self.date = START.date()
        self.passed_s = 0.0
        self.step_unrecorded = self.was_off = False
        self.pressed: list[tuple[c.Command, str]] = []
        self.answers: dict[str, Told] = {}
        self.windows: dict[int, tuple[int, int, str]] = {}
        self.pictures: dict[tuple[int, int | None], Standing | None] = {}

    def opened(self) -> Office:
        """Return the office as it starts on its journal."""
        rules = centre_rules(COUNTERS)
        return Office(self.journal, self.clock, rules, lambda: f"visitor{next(self.names)}")

    def does(self, command: c.Command, request: str = "") -> Told:
        """Let somebody press, and see that the model agrees; return what they are told."""
        request = request or f"wish {next(self.wishes)}"
        self.pressed.append((command, request))
        seq = self.office.seq
        if request in self.answers:
            told = self.press(command, request)
            assert told == self.answers[request]._replace(repeated=True)
            assert self.office.seq == seq, "an act that was done is not done again"
            return told
        code = self.model.refusal(command, self.passed_s, stale=self.is_stale(command))
        told = self.press(command, request)
        assert told.code == code
        if code:
            assert self.office.seq == seq, "what is refused changes nothing"
        else:
            self.is_recorded(command, request, told)
        return told

    def is_stale(self, command: c.Command) -> bool:
        """Return whether the clerk pressed on a picture of the counter that is no longer true."""
        if not isinstance(command, c.CounterCommand) or command.seen is None:
            return False
        shown = self.pictures[command.counter, command.seen]
        return shown is not self.model.counters[command.counter].shown

    def press(self, command: c.Command, request: str) -> Told:
        try:
            answer = self.office.execute(command, request)
        except QueueError as refused:
            return Told(code=refused.code)
        with self.office.today() as day:
            return told_by_office(answer, day)

    def is_recorded(self, command: c.Command, request: str, told: Told) -> None:
        """See that what was done is what the model does, in the answer and in the journal."""
        fresh = told.ticket.id if told.ticket else ""
        expected = self.model.does(command, self.passed_s, fresh)
        assert told.said == expected.told.said
        assert told.repeated is False
        *_, group = groups(self.journal)
        assert group[-1].request == request
        check_facts(group, expected.facts)
        self.answers[request] = told
        self.step_unrecorded = False

    def time_passes(self, seconds: float) -> None:
        """Let time pass while the box is on."""
        self.clock.advance(seconds)
        self.passed(seconds)

    def passed(self, seconds: float) -> None:
        """Note that time has passed; midnight ends the day."""
        self.passed_s += seconds
        if self.clock.wall.astimezone(ZONE).date() != self.date:
            self.date = self.clock.wall.astimezone(ZONE).date()
            self.model = new_day()
            self.was_off = False
            for memory in (self.answers, self.pressed, self.windows, self.pictures):
                memory.clear()

    def somebody(self, data: st.DataObject) -> str:
        """Return any ticket of the day."""
        tickets = [ticket for visit in self.model.visits.values() for ticket in visit.tickets]
        return data.draw(st.sampled_from([*tickets, "nobody"]))

    @initialize(visitors=st.lists(_visitor, min_size=2, max_size=8))
    def begins(self, visitors: list[tuple[str, str | None]]) -> None:
        """Begin with open counters and some people, or chance takes long to get anywhere."""
        for counter in COUNTERS:
            self.does(c.OpenCounter(counter))
        for service, priority in visitors:
            self.does(c.IssueTicket(service=service, priority=priority))

    # --- what people do ---

    @rule(visitor=_visitor)
    def takes_a_number(self, visitor: tuple[str, str | None]) -> None:
        service, priority = visitor
        self.does(c.IssueTicket(service=service, priority=priority))

    @rule(counter=_counter, services=st.none() | st.permutations(SERVICES), few=st.integers(1, 3))
    def opens(self, counter: int, services: list[str] | None, few: int) -> None:
        self.does(c.OpenCounter(counter, None if services is None else tuple(services[:few])))

    @rule(counter=_counter, kind=st.sampled_from(_SENSELESS))
    def something_is_pressed(self, counter: int, kind: type[c.CounterCommand]) -> None:
        self.does(kind(counter))

    @rule(counter=_counter, service=_service)
    def transfers(self, counter: int, service: str) -> None:
        self.does(c.TransferTicket(counter, service))

    @rule(presses=st.lists(st.tuples(_counter, _wish), min_size=2, max_size=8))
    def work_goes_on(self, presses: list[tuple[int, int]]) -> None:
        """Let clerks do what makes sense."""
        for counter, wish in presses:
            self.time_passes(2)
            self.does(sensible(counter, self.who_is_at(counter), wish))

    def who_is_at(self, counter: int) -> str:
        """Return how the visitor at a counter stands."""
        visit = self.model.counters[counter].visit
        return visit.now.state if visit else "nobody"

    @rule(counter=_counter, data=st.data(), act=st.integers(0, 2))
    def somebody_is_called_or_thinks_again(
        self, counter: int, data: st.DataObject, act: int
    ) -> None:
        ticket = self.somebody(data)
        wishes = (c.CallTicket(counter, ticket), c.ReturnTicket(ticket), c.CancelTicket(ticket))
        self.does(wishes[act])

    # --- what goes wrong ---

    @rule()
    def second_windows_are_painted(self) -> None:
        """Let a second window of each desk be painted; from now on it hears of nothing."""
        for number, counter in self.model.counters.items():
            with self.office.today() as day:
                seen = day.standing_since(number)
            self.windows[number] = self.office.seq, seen, self.who_is_at(number)
            assert self.pictures.setdefault((number, seen), counter.shown) is counter.shown

    @rule(counter=_counter, wish=_wish)
    def a_second_window_is_pressed(self, counter: int, wish: int) -> None:
        """Let the clerk do what makes sense in a window that may be behind."""
        if counter in self.windows:
            seq, seen, shown = self.windows[counter]
            command = replace(sensible(counter, shown, wish), seen=seen)
            self.does(command, f"desk{counter}.{seq}.{type(command).__name__}")

    @rule(back=st.integers(1, 12))
    def a_press_comes_again(self, back: int) -> None:
        """Let a finger, or a program that heard nothing, send an earlier press once more."""
        if self.pressed:
            self.does(*self.pressed[-min(back, len(self.pressed))])

    @rule()
    def starts_again(self) -> None:
        """Let the program be started anew: the journal is all it knows."""
        live = self.office
        live.stop()
        self.office = self.opened()
        with live.today() as before, self.office.today() as after:
            assert before == after

    @rule(off_s=st.integers(20, 600))
    def loses_power(self, off_s: int) -> None:
        """Let the plug be pulled; a clock that was put right had time to be noticed."""
        if self.step_unrecorded:
            self.office.execute(c.GiveFeedback(3))
        self.clock.reboot(f"{self.clock.boot}+", off_s)
        self.was_off = True
        self.passed(off_s)
        self.model.forget_when()
        self.starts_again()

    @rule(seconds=st.integers(1, 900))
    def waits(self, seconds: int) -> None:
        self.time_passes(seconds)

    @rule(seconds=st.sampled_from([-7200, -3600, 60, 7200]))
    def learns_the_time(self, seconds: int) -> None:
        """Let network time arrive; after a closed day's cut it may begin another (see office)."""
        right = self.clock.wall + timedelta(seconds=seconds)
        if right.astimezone(ZONE).date() == self.date and not (self.was_off and self.model.closed):
            self.clock.step(seconds)
            self.step_unrecorded = True

    @rule()
    def looks_after_the_end_of_the_day(self) -> None:
        self.office.end_day_if_over()

    @rule(again=st.integers(0, _SELDOM))
    def closes_the_day(self, again: int) -> None:
        """Let the day end, seldom: it must last to become interesting."""
        if again == _SELDOM:
            self.does(c.CloseDay())

    @rule(again=st.integers(0, _SELDOM))
    def goes_home(self, again: int) -> None:
        if again == _SELDOM:
            here = self.clock.wall.astimezone(ZONE)
            morning = here.replace(hour=8, minute=0) + timedelta(days=1)
            self.time_passes((morning - here).total_seconds())

    # --- what holds ---

    @invariant()
    def everybody_stands_where_the_model_says(self) -> None:
        with self.office.today() as day:
            check_day(day)
            shown = [day.current(name) for name in self.model.visits]
            assert [told_of(ticket) for ticket in shown if ticket] == [
                visit.told for visit in self.model.visits.values()
            ]
            for service in SERVICES:
                waiting = [ticket.id for ticket in day.waiting(service)]
                assert waiting == [visit.told.id for visit in self.model.line(service)]
            for number, counter in self.model.counters.items():
                ticket = day.at_counter(number)
                assert (ticket and ticket.id) == (counter.visit and counter.visit.told.id)
                if not self.model.closed:
                    assert day.counter(number).state == counter.state

    def teardown(self) -> None:
        check_journal(self.journal, self.office)


TestWard = Ward.TestCase
TestWard.settings = settings(
    max_examples=200,
    stateful_step_count=50,
    # Explaining a failure traces every line, for minutes; the shortest story says enough.
    phases=[phase for phase in Phase if phase is not Phase.explain],
)
