"""Who is next: preference of the counter, then first come first served less the credit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.queue import commands as c
from motcua.queue.events import TicketCalled
from motcua.queue.line import Line, Place
from motcua.queue.moment import Moment
from motcua.queue.ticket import State
from tests.queue.queue_story import RULES, Story, moment

_LARGEST_CREDIT_S = max(group.credit_s for group in RULES.priorities.values())


def test_visitors_of_one_service_are_called_in_the_order_they_came(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 Minh takes A
    """
    assert story.when("08:03 counter 1 calls next") == [TicketCalled("Lan", 1)]
    story.tell("08:04 counter 1 misses")
    assert story.when("08:05 counter 1 calls next") == [TicketCalled("Minh", 1)]


def test_a_counter_calls_its_first_service_before_its_second(story: Story) -> None:
    """
    08:00 counter 1 opens H A
    08:01 Lan takes A
    08:09 Minh takes H
    """
    assert story.when("08:10 counter 1 calls next") == [TicketCalled("Minh", 1)]


def test_each_counter_has_its_own_order_of_preference(story: Story) -> None:
    """
    08:00 counter 1 opens
    08:00 counter 2 opens
    08:01 Lan takes A
    08:02 Minh takes H
    """
    assert story.when("08:03 counter 1 calls next") == [TicketCalled("Lan", 1)]
    assert story.when("08:03 counter 2 calls next") == [TicketCalled("Minh", 2)]


def test_a_counter_calls_nobody_of_a_service_it_does_not_serve(story: Story) -> None:
    """
    08:00 counter 1 opens H
    08:01 Lan takes A
    """
    assert story.refused("08:02 counter 1 calls next") == "queue.empty"


def test_an_older_person_overtakes_those_who_came_up_to_ten_minutes_before(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 Minh takes A
    08:11:30 Hoa takes A as older
    """
    assert story.waiting("A") == ["Lan", "Hoa", "Minh"]
    assert story.ticket("Hoa").ahead == 1


def test_those_who_came_at_the_same_moment_are_called_in_the_order_of_issue(story: Story) -> None:
    """
    08:01 Minh takes A
    08:01 Lan takes A
    08:01 An takes A
    """
    assert story.waiting("A") == ["Minh", "Lan", "An"]


def test_a_returned_visitor_keeps_the_place_of_the_first_issue(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 Minh takes A
    08:03 counter 1 calls next
    08:04 counter 1 misses
    08:20 Lan returns
    """
    assert story.waiting("A") == ["Lan", "Minh"]
    assert story.day.ahead(story.ticket("Minh")) == 1


def test_a_transferred_visitor_keeps_the_place_and_the_credit(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A as pregnant
    08:02 Minh takes H
    08:03 An takes H as pregnant
    08:04 counter 1 calls next
    08:05 counter 1 transfers to H
    """
    assert story.waiting("H") == ["Lan.2", "An", "Minh"]
    leg = story.ticket("Lan.2")
    assert (leg.number, leg.ahead, leg.credit_s) == ("A001", 0, 900)
    assert (leg.first_issued, leg.issued) == (moment("08:01"), moment("08:05"))


def test_nobody_ahead_is_counted_for_one_who_does_not_wait(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 Minh takes A
    08:03 counter 1 calls next
    """
    assert story.day.ahead(story.ticket("Lan")) == 0
    assert story.day.ahead(story.ticket("Minh")) == 0


def test_one_who_does_not_stand_in_a_line_cannot_leave_it() -> None:
    line = Line([Place(10.0, 1, "Lan"), Place(20.0, 2, "Minh")])
    with pytest.raises(KeyError):
        line.remove(Place(15.0, 1, "Lan"))
    assert list(line) == ["Lan", "Minh"]


_ARRIVALS = st.lists(
    st.tuples(
        st.integers(0, 1200),  # seconds after the one before
        st.sampled_from("AHK"),
        st.sampled_from([None, None, "older", "pregnant"]),
    ),
    min_size=1,
    max_size=25,
)
_SERVED_BETWEEN = st.lists(st.integers(0, 2), min_size=25, max_size=25)


def _at(seconds: float) -> Moment:
    start = moment("07:30")
    return Moment(start.wall + timedelta(seconds=seconds), start.boot, start.mono + seconds)


def _hall() -> Story:
    return Story(
        """
        07:30 counter 1 opens A H
        07:30 counter 2 opens H A K
        07:30 counter 4 opens K A
        """
    )


@given(_ARRIVALS, _SERVED_BETWEEN)
def test_nobody_is_overtaken_by_one_issued_more_than_the_largest_credit_later(
    arrivals: list[tuple[int, str, str | None]], calls: list[int]
) -> None:
    story, now_s = _hall(), 0
    for number, (gap_s, service, priority) in enumerate(arrivals):
        now_s = min(now_s + gap_s, 3 * 3600)
        wish = c.IssueTicket(service=service, priority=priority)
        story.do(wish, _at(now_s), f"t{number}")
        for _ in range(calls[number]):
            _serve_one(story, 1 + number % 2, now_s)
    _drain(story, now_s)


def _serve_one(story: Story, counter: int, now_s: float) -> bool:
    """Call and finish whoever is next; return whether there was anybody."""
    if story.day.next_for(counter) is None:
        return False
    story.do(c.CallNext(counter), _at(now_s))
    _assert_fair(story)
    story.do(c.StartService(counter), _at(now_s))
    story.do(c.FinishTicket(counter, "done"), _at(now_s))
    return True


def _assert_fair(story: Story) -> None:
    last = story.day.calls[-1]
    called = story.ticket(last.ticket)
    for waiting in story.day.waiting(called.service):
        overtaken_by_s = called.issued.mono - waiting.issued.mono
        assert overtaken_by_s <= _LARGEST_CREDIT_S


def _drain(story: Story, now_s: float) -> None:
    """Everybody who waits is called, once the counters go on long enough."""
    while any(_serve_one(story, counter, now_s) for counter in (1, 2, 4)):
        pass
    assert {ticket.state for ticket in story.day.tickets.values()} == {State.FINISHED}


@given(st.lists(st.tuples(st.floats(0, 1e6), st.integers(0, 9)), unique=True), st.data())
def test_a_line_is_always_sorted_and_knows_who_is_ahead(
    places: list[tuple[float, int]], data: st.DataObject
) -> None:
    line = Line()
    everyone = [Place(since_s, order, f"t{n}") for n, (since_s, order) in enumerate(places)]
    for place in everyone:
        line.add(place)
    leaving = data.draw(st.sets(st.sampled_from(everyone))) if everyone else set()
    for place in leaving:
        line.remove(place)
    staying = sorted(place for place in everyone if place not in leaving)
    assert list(line) == [place.ticket for place in staying]
    assert [line.ahead(place) for place in staying] == list(range(len(staying)))
