"""When trouble is told, when it is not, and in what order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.reports.live_day import LiveDay
from motcua.reports.live_trouble import Kind, Trouble, expected_end, troubles
from motcua.reports.live_usual import Usual
from tests.queue.queue_story import Story
from tests.reports.live_days import ENGLISH, MORNING, ago, came, local, mondays, seen, worked


def told(live: LiveDay) -> dict[Kind, Trouble]:
    return {trouble.kind: trouble for trouble in troubles(live, ENGLISH)}


def usually(*clocks: str, service: str = "A", **facts: object) -> Usual:
    """Return three Mondays of such arrivals."""
    days = (ago(weeks) for weeks in (1, 2, 3))
    return mondays(*(worked(day, came(*clocks, day=day, service=service), **facts) for day in days))


def minutes(hour: int, count: int) -> tuple[str, ...]:
    return tuple(f"{hour:02}:{n:02}" for n in range(count))


def test_a_quiet_morning_has_no_trouble() -> None:
    assert told(seen(Story("07:30 counter 1 opens A\n07:40 Lan takes A"), "07:45")) == {}


def test_a_morning_without_a_single_number_is_trouble_where_people_usually_come() -> None:
    story, usual = Story("07:30 counter 1 opens A"), usually(*minutes(8, 7))
    assert Kind.SILENT not in told(seen(story, "08:00", usual))
    trouble = told(seen(story, "09:00", usual))[Kind.SILENT]
    assert trouble.sentence == (
        "Nobody has taken a number today; by this time of a usual Monday 7 have."
    )
    story.tell("09:00 Lan takes A")
    assert Kind.SILENT not in told(seen(story, "09:01", usual))
    assert Kind.SILENT not in told(seen(Story("07:30 counter 1 opens A"), "09:00"))


def test_who_waits_longer_than_twice_the_target_is_named_with_service_and_minutes() -> None:
    story = Story(MORNING)
    story.tell("08:55 counter 2 opens")  # takes K too
    assert Kind.FAR not in told(seen(story, "09:00"))
    trouble = told(seen(story, "09:00:01"))[Kind.FAR]
    assert trouble.sentence == (
        "A003 (A – A) has waited for 30 minutes, since 08:30; the target is 15 minutes."
    )
    assert "Call this number by itself" in trouble.cure
    both = told(seen(story, "09:10:01"))[Kind.FAR].sentence
    assert both.endswith("Waiting longer than 30 minutes in all: 2 people.")


def test_a_service_with_people_and_no_open_counter_is_told_with_the_counters_it_has() -> None:
    story = Story(MORNING)
    assert Kind.UNATTENDED not in told(seen(story, "08:41:59"))
    trouble = told(seen(story, "08:42"))[Kind.UNATTENDED]
    assert trouble.sentence == (
        "No counter is open for K – K, and people wait for it: 1, the longest for 2 minutes."
    )
    assert trouble.cure == "Open one of the counters that usually take it: 2, 4."


def test_the_lunch_break_is_no_trouble_but_people_left_after_closing_are() -> None:
    story = Story("08:00 counter 2 opens\n11:20 Vy takes K\n11:30 counter 2 pauses")
    assert Kind.UNATTENDED not in told(seen(story, "12:00"))
    assert Kind.UNATTENDED in told(seen(story, "13:30"))
    assert Kind.UNATTENDED in told(seen(story, "17:05"))


def test_a_visit_is_long_by_what_is_usual_for_its_service() -> None:
    """Nine in ten visits for A take ten minutes: one and a half times that is 15 minutes."""
    story = Story(MORNING)
    story.tell("08:40 counter 1 calls next\n08:41 counter 1 starts")
    usual = usually(*minutes(8, 7))  # three days of seven visits
    assert Kind.LONG_VISIT not in told(seen(story, "08:56", usual))
    trouble = told(seen(story, "08:56:01", usual))[Kind.LONG_VISIT]
    assert trouble.sentence == (
        "The visit of A003 at counter 1 has lasted 15 minutes; nine in ten visits for A – A last "
        "at most 10."
    )
    assert Kind.LONG_VISIT not in told(seen(story, "09:30", usually(*minutes(8, 6))))  # 18 visits
    assert Kind.LONG_VISIT not in told(seen(story, "09:30"))


def test_short_services_are_given_ten_minutes_before_a_visit_is_called_long() -> None:
    story = Story(MORNING)
    story.tell("08:40 counter 1 calls next\n08:41 counter 1 starts")
    usual = usually(*minutes(8, 7))
    quick = replace(usual, services={"A": type(usual.services["A"])("d", [60.0] * 21)})
    assert Kind.LONG_VISIT not in told(seen(story, "08:51", quick))
    assert Kind.LONG_VISIT in told(seen(story, "08:51:01", quick))


def test_a_queue_that_grows_faster_than_on_three_of_four_days_is_told() -> None:
    story = Story("07:30 counter 1 opens A")
    for n in range(4):
        story.tell(f"09:0{n} P{n} takes A")
    assert Kind.GROWTH not in told(seen(story, "09:20", usually("08:00")))
    story.tell("09:05 P5 takes A")
    trouble = told(seen(story, "09:20", usually("08:00")))[Kind.GROWTH]
    assert trouble.sentence == (
        "In the last half hour the queue grew by 5 to 5 people; at this time of a usual Monday it "
        "changes by 0."
    )
    assert trouble.cure == "Open one more counter; most people wait for A – A."
    assert Kind.GROWTH not in told(seen(story, "09:20"))  # nothing is usual yet
    assert Kind.GROWTH not in told(seen(story, "09:40", usually("08:00")))  # no longer growing
    rush = usually("09:16", "09:17", "09:18", "09:19", "09:20")
    assert Kind.GROWTH not in told(seen(story, "09:20", rush))  # as fast as ever


def served_and_waiting(waiting: int) -> Story:
    """Return a morning of five visitors, ten minutes each, and people waiting from eleven on."""
    story = Story("07:30 counter 1 opens A")
    for n in range(5):
        story.tell(f"""
            {8 + n // 3:02}:{n % 3}0 S{n} takes A
            {8 + n // 3:02}:{n % 3}0 counter 1 calls next
            {8 + n // 3:02}:{n % 3}0 counter 1 starts
            {8 + n // 3:02}:{n % 3 + 1}0 counter 1 finishes done
        """)
    for n in range(waiting):
        story.tell(f"11:00:{n:02} W{n} takes A")
    return story


def test_more_people_than_the_shift_has_time_for_are_told_with_the_end_they_would_have() -> None:
    """At 11:01 three need thirty minutes: 11:31, five minutes past 11:30 may be; four: 11:41."""
    assert expected_end(seen(served_and_waiting(3), "11:01")) == local("11:31")
    assert Kind.OVERTIME not in told(seen(served_and_waiting(3), "11:01"))
    trouble = told(seen(served_and_waiting(4), "11:01"))[Kind.OVERTIME]
    assert trouble.sentence == (
        "At today's pace those who wait now are served at about 11:41 at the earliest; the shift "
        "ends at 11:30."
    )


def test_a_second_counter_halves_the_work_left() -> None:
    story = served_and_waiting(4)
    story.tell("11:00:30 counter 2 opens")
    assert expected_end(seen(story, "11:01")) == local("11:21")
    assert expected_end(seen(Story(MORNING), "08:50")) is None  # the pace is not known


def test_services_that_share_a_counter_wait_for_each_other() -> None:
    """Two people for A and two for H, ten minutes each, one counter for both: forty minutes."""
    story = served_and_waiting(2)
    story.tell("11:00:30 counter 1 opens A H\n11:00:40 V0 takes H\n11:00:50 V1 takes H")
    assert expected_end(seen(story, "11:01")) == local("11:41")


def test_many_who_do_not_come_are_told_as_a_share_of_the_last_hours_calls() -> None:
    def called(missed: int, calls: int) -> LiveDay:
        story = Story("07:30 counter 1 opens A")
        for n in range(calls):
            end = "misses" if n < missed else "starts\n09:00 counter 1 finishes done"
            story.tell(f"09:00 P{n} takes A\n09:00 counter 1 calls next\n09:00 counter 1 {end}")
        return seen(story, "09:30")

    assert told(called(5, 25))[Kind.MISSED].sentence == (
        "Of the 25 numbers called in the last hour, 5 did not come."
    )
    assert Kind.MISSED not in told(called(5, 26))
    assert Kind.MISSED not in told(called(4, 4))


def test_more_people_sent_elsewhere_than_on_any_whole_usual_day_are_told() -> None:
    story = Story("\n".join(f"08:0{n} P{n} asks for 1.000003" for n in range(6)))
    four, six = (usually("08:00", referrals={("1.000003", "Công an thành phố"): n}) for n in (4, 6))
    trouble = told(seen(story, "09:00", four))[Kind.REFERRALS]
    assert trouble.sentence.startswith("6 people were told at the kiosk")
    assert "1.000003 – Cấp hộ chiếu → Công an thành phố" in trouble.sentence
    assert Kind.REFERRALS not in told(seen(story, "09:00", six))
    assert Kind.REFERRALS not in told(seen(story, "09:00"))


def test_a_clock_nobody_knows_the_date_by_is_told_and_nothing_is_compared() -> None:
    live = seen(Story(MORNING), "08:42", usually("08:00"))
    assert live.usual.enough
    astray = replace(live, hall=replace(live.hall, dated=False))
    assert Kind.CLOCK in told(astray)


def test_the_most_urgent_comes_first_and_the_printer_before_the_signposts() -> None:
    live = seen(Story(MORNING), "09:30", usually("08:00"))
    live = replace(live, referrals={("1.000003", "Công an thành phố"): 9})
    found = troubles(live, ENGLISH, ("The printer is out of order.",))
    assert [one.kind for one in found] == [
        Kind.FAR, Kind.UNATTENDED, Kind.MACHINE, Kind.REFERRALS
    ]  # fmt: skip
    assert found[2].sentence == "The printer is out of order."


@pytest.mark.parametrize("clock", ["07:00", "08:50", "12:00", "16:59", "17:30", "23:59"])
def test_every_trouble_says_what_is_amiss_at_any_time(clock: str) -> None:
    story = Story("\n".join(MORNING.splitlines()[:2]))
    for trouble in troubles(seen(story, clock, usually("08:00")), ENGLISH):
        assert trouble.sentence.endswith(".")
