"""What holds of a day, whatever people did in it."""

from __future__ import annotations

from motcua.journal.memory import MemoryJournal
from motcua.office import Office
from motcua.queue.day import CounterState, Day
from motcua.queue.fold import fold
from motcua.queue.ticket import State, Ticket
from motcua.queue.visits import visits

_OPEN = {State.WAITING, State.CALLED, State.HELD, State.MISSED}


def check_day(day: Day) -> None:
    """See that a day is in order."""
    assert not day.skipped
    assert not day.forced
    assert not day.touched
    for counter in day.counters.values():
        assert counter.ticket is None or counter.state is not CounterState.CLOSED
    check_places(day)
    check_lines(day)
    _check_legs(day)
    _check_measures(day)


def check_places(day: Day) -> None:
    """See that every ticket stands where its state says, and nowhere else."""
    wanted = {ticket.id: _place_of(ticket) for ticket in day.tickets.values()}
    if day.closed:
        wanted = {
            name: "" if place.startswith("counter") else place for name, place in wanted.items()
        }
    assert set(day.aside) == {name for name, place in wanted.items() if place == "aside"}
    assert sorted(_places(day)) == sorted((name, place) for name, place in wanted.items() if place)


def check_lines(day: Day) -> None:
    """See that lines are sorted and everybody knows how many are ahead."""
    for service in day.lines:
        waiting = list(day.waiting(service))
        assert waiting == sorted(waiting, key=day.place)
        assert [day.ahead(ticket) for ticket in waiting] == list(range(len(waiting)))


def check_journal(journal: MemoryJournal, office: Office) -> None:
    """Fold the journal again: what lives is what the facts say; older days are closed."""
    seqs = [record.seq for date in journal.days() for record in journal.read(date)]
    assert seqs == list(range(1, len(seqs) + 1))
    days = [fold(Day(date), journal.read(date)) for date in journal.days()]
    with office.today() as day:
        if days and day.date == days[-1].date:
            assert day == days[-1]
    for closed in days[:-1]:
        assert closed.closed
        assert not _OPEN & {ticket.state for ticket in closed.tickets.values()}


def _check_legs(day: Day) -> None:
    assert set(day.legs) == {ticket.visit for ticket in day.tickets.values()}
    for visit, ticket in day.legs.items():
        legs = [t for t in day.tickets.values() if t.visit == visit]
        assert max(legs, key=lambda leg: leg.leg).id == ticket
        assert sorted(leg.leg for leg in legs) == list(range(1, len(legs) + 1))
        assert len({(leg.number, leg.first_issued, leg.order) for leg in legs}) == 1
        assert all(leg.state is State.TRANSFERRED for leg in legs if leg.id != ticket)


def _check_measures(day: Day) -> None:
    for visit in visits(day):
        spans = (visit.wait_s, visit.way_s, visit.service_s, visit.left_after_s, visit.centre_s)
        assert all(0 <= span < 2 * 86400 for span in spans if span is not None)


def _place_of(ticket: Ticket) -> str:
    if ticket.state is State.WAITING:
        return f"line {ticket.service}"
    if ticket.at_counter:
        return f"counter {ticket.counter}"
    return "aside" if ticket.state in (State.MISSED, State.HELD) else ""


def _places(day: Day) -> list[tuple[str, str]]:
    lines = [(ticket, f"line {letter}") for letter, line in day.lines.items() for ticket in line]
    aside = [(t.id, "aside") for s in (State.MISSED, State.HELD) for t in day.set_aside(s)]
    desks = [(n.ticket, f"counter {n.number}") for n in day.counters.values() if n.ticket]
    return lines + aside + desks
