"""What the rules refuse: each with its code, what to do about it, and nothing changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from motcua.queue.commands import GiveFeedback, HoldTicket, IssueTicket, OpenCounter
from motcua.queue.errors import QueueError
from motcua.queue.events import FeedbackGiven, ReferralGiven, TicketIssued
from motcua.queue.moment import Moment
from tests.queue.queue_story import MONDAY, Story, moment


@pytest.mark.parametrize(
    ("line", "code", "kind"),
    [
        ("08:01 Lan takes Z", "service.unknown", "invalid"),
        ("08:01 Lan takes a", "service.unknown", "invalid"),
        ("08:01 Lan takes procedure 9.999999", "procedure.unknown", "not_found"),
        ("08:01 Lan takes procedure 1.000001", "procedure.expired", "refused"),
        ("08:01 Lan takes procedure 1.000002", "procedure.expired", "refused"),
        ("08:01 Lan takes procedure 1.000003", "procedure.elsewhere", "refused"),
        ("08:01 Lan takes A as vip", "priority.unknown", "invalid"),
        ("08:01 Lan takes A to chat", "purpose.unknown", "invalid"),
        ("08:01 Lan takes A in fr", "language.unknown", "invalid"),
        (f"08:01 Lan takes A at {'x' * 41}", "kiosk.invalid", "invalid"),
        ("12:00 Lan takes A", "centre.closed", "refused"),
        ("08:01 Lan returns", "ticket.unknown", "not_found"),
        ("08:01 Lan cancels", "ticket.unknown", "not_found"),
        ("08:01 Lan asks for 1.001193", "procedure.here", "refused"),
        ("08:01 Lan asks for 9.999999", "procedure.unknown", "not_found"),
        ("08:01 Lan rates 4", "rating.unknown", "invalid"),
        ("08:01 counter 9 opens", "counter.unknown", "not_found"),
        ("08:01 counter 1 opens Z", "service.unknown", "invalid"),
        ("08:01 counter 1 pauses", "counter.closed", "refused"),
        ("08:01 counter 1 closes", "counter.closed", "refused"),
        ("08:01 counter 1 calls next", "counter.closed", "refused"),
        ("08:01 counter 9 calls next", "counter.unknown", "not_found"),
        ("08:01 counter 9 undoes", "counter.unknown", "not_found"),
        ("08:01 counter 1 recalls", "counter.idle", "refused"),
        ("08:01 counter 1 undoes", "undo.nothing", "refused"),
    ],
)
def test_in_the_morning_before_anybody_came(line: str, code: str, kind: str) -> None:
    refusal = Story().refusal(line)
    assert (refusal.code, refusal.kind) == (code, kind)
    assert "%(" not in str(refusal)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("08:10 counter 1 opens A H", "counter.open"),
        ("08:10 counter 1 calls next", "counter.busy"),
        ("08:10 counter 1 calls Minh", "counter.busy"),
        ("08:10 counter 1 closes", "counter.busy"),
        ("08:10 counter 2 calls next", "counter.paused"),
        ("08:10 counter 2 calls Minh", "counter.paused"),
        ("08:10 counter 2 pauses", "counter.paused"),
        ("08:10 counter 3 calls next", "queue.empty"),
        ("08:10 counter 3 calls Nobody", "ticket.unknown"),
        ("08:10 counter 1 finishes thanked", "outcome.unknown"),
        ("08:10 counter 1 transfers to A", "service.same"),
        ("08:10 counter 1 transfers to Z", "service.unknown"),
        (f"08:10 counter 1 holds {'x' * 121}", "reason.invalid"),
        (f"08:10 counter 1 finishes papers_missing {'x' * 201}", "papers.invalid"),
        (f"08:10 counter 1 finishes papers_missing {'x ' * 41}", "papers.too_many"),
        ("08:10 the day closes", "day.busy"),
    ],
)
def test_while_lan_is_being_served(line: str, code: str) -> None:
    story = Story(
        """
        08:00 counter 1 opens A H
        08:00 counter 2 opens A
        08:00 counter 3 opens
        08:01 Lan takes A
        08:02 Minh takes A
        08:03 counter 1 calls next
        08:04 counter 1 starts
        08:05 counter 2 pauses
        """
    )
    assert story.refused(line) == code


def test_a_procedure_done_elsewhere_is_refused_with_the_place() -> None:
    refusal = Story().refusal("08:01 Lan takes procedure 1.000003")
    assert refusal.details == {
        "procedure": "1.000003", "name": "Cấp hộ chiếu", "place": "Công an thành phố",
        "address": "15 Lê Lợi", "hours": "7:30–17:00", "online_url": "",
    }  # fmt: skip


@pytest.mark.parametrize("code", ["1.000003", "1.000004"])
def test_a_referral_says_where_though_the_place_may_not_be_known(code: str) -> None:
    [event] = Story().when(f"08:01 Lan asks for {code}")
    assert isinstance(event, ReferralGiven)
    assert event.procedure == code


def test_a_procedure_decides_the_service(story: Story) -> None:
    """08:01 Lan takes procedure 2.000815 to collect in en at sanh"""
    event = story.records[-1].event
    assert isinstance(event, TicketIssued)
    assert (event.service, event.number, event.procedure) == ("H", "H001", "2.000815")
    assert (event.purpose, event.language, event.kiosk) == ("collect", "en", "sanh")


def test_without_services_a_counter_opens_for_its_usual_ones(story: Story) -> None:
    """08:00 counter 2 opens"""
    assert story.day.counter(2).services == ("H", "A", "K")


def test_a_counter_needs_a_service_and_names_each_once(story: Story) -> None:
    """08:00 counter 1 opens H A H"""
    assert story.day.counter(1).services == ("H", "A")
    with pytest.raises(QueueError) as refusal:
        story.do(OpenCounter(2, ()), moment("08:01"))
    assert refusal.value.code == "service.missing"


def test_after_a_pause_a_counter_opens_again(story: Story) -> None:
    """
    08:00 counter 1 opens
    08:01 counter 1 pauses
    08:02 counter 1 opens
    """
    assert story.day.counter(1).state == "open"


def test_a_ticket_can_be_finished_at_a_paused_counter(story: Story) -> None:
    """
    08:00 counter 1 opens A
    08:01 Lan takes A
    08:02 counter 1 calls next
    08:03 counter 1 starts
    08:04 counter 1 pauses
    08:05 counter 1 finishes done
    """
    assert story.state("Lan") == "finished"
    assert story.refused("08:06 counter 1 calls next") == "counter.paused"


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-11-23T06:00", "2026-11-23T07:30:00+07:00"),  # before the doors open
        ("2026-11-23T11:30", "2026-11-23T13:30:00+07:00"),  # lunch begins
        ("2026-11-23T17:00", "2026-11-24T07:30:00+07:00"),  # evening
        ("2026-11-27T17:00", "2026-11-30T07:30:00+07:00"),  # Friday evening
    ],
)
def test_a_closed_centre_says_when_it_opens(now: str, opening: str) -> None:
    wall = datetime.fromisoformat(f"{now}+07:00").astimezone(UTC)
    with pytest.raises(QueueError) as refusal:
        Story().do(IssueTicket(service="A"), Moment(wall, "b", 0.0))
    assert refusal.value.code == "centre.closed"
    assert refusal.value.details["next_opening"] == opening


def test_a_closed_day_takes_nothing_but_a_rating_or_a_question(story: Story) -> None:
    """
    08:01 Lan takes A
    08:02 the day closes
    """
    for line in ("Minh takes A", "Lan returns", "counter 1 opens", "the day closes"):
        assert story.refused(f"08:03 {line}") == "day.closed"
    assert story.when("08:04 Lan rates 3") == [FeedbackGiven(3)]
    assert story.when("08:04 Lan asks for 1.000003")
    assert story.day.ratings == {3: 1}


def test_half_a_letter_from_a_program_is_refused_not_stored() -> None:
    story = Story("08:00 counter 1 opens A\n08:01 Lan takes A\n08:02 counter 1 calls next")
    with pytest.raises(QueueError) as refusal:
        story.do(HoldTicket(1, "gi\ud800y"), moment("08:03"))
    assert refusal.value.code == "reason.invalid"


def test_what_a_stranger_sends_is_not_echoed_at_any_length() -> None:
    with pytest.raises(QueueError) as refusal:
        Story().do(IssueTicket(service="\udfff" + "A" * 100_000), moment("08:03"))
    shown = str(refusal.value.details["service"])
    assert len(shown) < 2000
    assert shown.encode()


def test_ratings_and_referrals_are_counted_and_belong_to_no_ticket(story: Story) -> None:
    """
    08:01 Lan asks for 1.000003
    08:02 Minh asks for 1.000003
    08:03 Hoa asks for 1.000004
    08:04 Hoa rates 1
    """
    places = {("1.000003", "Công an thành phố"): 2, ("1.000004", ""): 1}
    assert story.day.referrals == places
    assert story.do(GiveFeedback(1), moment("08:05")) == [FeedbackGiven(1)]
    assert story.day.ratings == {1: 2}
    assert story.day.date == MONDAY.isoformat()
