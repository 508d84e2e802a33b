"""The hall at a moment: who waits and since when, what the counters do."""

from __future__ import annotations

import pytest

from motcua.queue.day import CounterState, Day
from motcua.queue.forecast import Forecast
from motcua.queue.moment import Moment
from motcua.reports.live_hall import Hall, Line, Post, hall
from tests.queue.queue_story import Story, moment
from tests.reports.live_days import MORNING, local
from tests.reports.report_days import TARGET_S


def walked(story: Story, clock: str) -> Hall:
    return hall(story.day, story.rules, moment(clock))


def ten_minutes_each(_: Day, __: str, ___: Moment, ____: str | None, ahead: int) -> Forecast:
    """Foretell as if everybody took ten minutes, and half of one visit were over."""
    point_s = (ahead + 0.5) * 600
    return Forecast(point_s, 0.0, 2 * point_s)


def line(seen: Hall, service: str) -> Line:
    return next(line for line in seen.lines if line.service == service)


def busy(visitors: int = 6) -> Story:
    """Return a morning in which visitors took ten minutes each at counter 1, and three wait."""
    story = Story("07:30 counter 1 opens A")
    for n in range(visitors):
        hour, minute = divmod(8 * 60 + 10 * n, 60)
        story.tell(f"""
            {hour:02}:{minute:02} P{n} takes A
            {hour:02}:{minute:02} counter 1 calls next
            {hour:02}:{minute:02} counter 1 starts
            {hour:02}:{minute + 9:02}:59 counter 1 finishes done
        """)
    return story


def test_at_ten_to_nine_two_wait_since_they_took_their_numbers() -> None:
    seen = walked(Story(MORNING), "08:50")
    assert (seen.people, seen.open_counters, seen.gives_numbers, seen.dated) == (2, 1, True, True)
    tam, vy = line(seen, "A").longest, line(seen, "K").longest
    assert tam is not None
    assert vy is not None
    assert (tam.number, tam.since, tam.waited_s) == ("A003", local("08:30"), 20 * 60)
    assert (vy.number, vy.since, vy.waited_s) == ("K001", local("08:40"), 10 * 60)
    assert (line(seen, "A").missed, line(seen, "A").held, line(seen, "H").people) == (1, 0, 0)
    assert (line(seen, "A").open_at, line(seen, "K").open_at) == ((1,), ())


def test_beyond_the_target_is_more_than_it() -> None:
    story = Story(MORNING)
    assert line(walked(story, "08:45"), "A").beyond(TARGET_S) == 0
    assert line(walked(story, "08:45:01"), "A").beyond(TARGET_S) == 1


def test_nothing_is_expected_before_the_pace_of_the_day_is_known() -> None:
    assert line(walked(Story(MORNING), "08:40"), "A").will_pass(TARGET_S) is None
    assert line(walked(Story(MORNING), "08:40"), "H").will_pass(TARGET_S) == 0


def test_who_has_waited_and_will_wait_longer_than_the_target_together_is_expected_to() -> None:
    """
    Counter 1 takes ten minutes a visitor. Somebody is there since 09:00. At 09:02 three wait: the
    first will be called in about five minutes, the second in fifteen, the third in 25 and more.
    """
    story = busy()
    story.tell("""
        09:00 Lan takes A
        09:00 counter 1 calls next
        09:00 counter 1 starts
        09:00:30 Minh takes A
        09:01 Hoa takes A
        09:02 Tam takes A
    """)
    here = hall(story.day, story.rules, moment("09:02"), ten_minutes_each)
    seen = line(here, "A")
    remaining = [one.remaining_s for one in seen.waiting]
    assert remaining == pytest.approx([300, 900, 1500], abs=5)
    assert (seen.beyond(TARGET_S), seen.will_pass(TARGET_S)) == (0, 2)
    assert seen.will_pass(1700) == 0


def test_who_was_called_and_waits_again_is_there_but_in_no_wait() -> None:
    story = Story(MORNING)
    story.tell("08:45 Minh returns")
    seen = line(walked(story, "08:50"), "A")
    assert (seen.people, seen.again, seen.missed, len(seen.waiting)) == (2, 1, 0, 1)
    assert seen.longest is not None
    assert seen.longest.number == "A003"


def test_a_counter_tells_whom_it_serves_since_when_and_never_who_sits_there() -> None:
    story = Story(MORNING)
    story.tell("""
        08:41 counter 2 opens
        08:42 counter 2 pauses
        08:45 counter 1 calls next
    """)
    called = walked(story, "08:46").posts
    assert called[0] == Post(
        1, CounterState.OPEN, ("A",), "A003", "A", serving=False, since=local("08:45"), for_s=60.0
    )
    assert [post.state.value for post in called] == ["open", "paused", "closed", "closed"]
    assert called[2] == Post(3, CounterState.CLOSED, ("M",))
    story.tell("08:47 counter 1 starts")
    served = walked(story, "08:57").posts[0]
    assert (served.serving, served.since, served.for_s) == (True, local("08:47"), 600)


def test_time_on_hold_is_not_time_at_the_counter() -> None:
    story = Story(MORNING)
    story.tell("""
        08:45 counter 1 calls next
        08:45 counter 1 starts
        08:50 counter 1 holds copy
    """)
    assert line(walked(story, "08:55"), "A").held == 1
    story.tell("09:10 counter 1 calls Tam\n09:10 counter 1 starts")
    post = walked(story, "09:12").posts[0]
    assert (post.since, post.for_s) == (local("09:10"), 7 * 60)


def test_the_doors_tell_when_the_shift_ends_or_when_they_open_again() -> None:
    story = Story(MORNING)
    assert walked(story, "09:00").shift_ends == local("11:30")
    noon = walked(story, "12:00")
    assert (noon.shift_ends, noon.opens, noon.gives_numbers) == (None, local("13:30"), False)
    story.tell("17:01 the day closes")
    evening = walked(story, "17:10")
    assert (evening.closed, evening.people) == (True, 0)


def test_a_hall_nobody_came_to_is_empty() -> None:
    seen = walked(Story(), "07:20")
    assert (seen.people, seen.open_counters) == (0, 0)
    assert all(line.longest is None and line.will_pass(TARGET_S) == 0 for line in seen.lines)
