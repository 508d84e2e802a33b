"""Is it done here? What a visitor is told about a procedure before taking a number.

Only what the catalogue states is told; what it leaves blank is a question for the counter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from motcua import formats
from motcua.kiosk.line import ServiceLine, line_sentence
from motcua.kiosk.naming import Name, procedure_name
from motcua.queue.procedure import Where

if TYPE_CHECKING:
    from motcua.kiosk.opening import Opening, Say
    from motcua.queue.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what is known."""

    label: str
    text: str
    in_vietnamese: bool = False
    """Whether the text is the ward's own, in Vietnamese whatever the visitor's language."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything told about one procedure."""

    code: str
    name: Name
    where: Where
    answer: str
    """Whether it is done here, in one sentence."""
    papers: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()
    place: str = ""
    online_url: str = ""
    ask_staff: bool = False
    """Whether something a visitor would want to know is not in the catalogue."""

    @property
    def elsewhere(self) -> bool:
        """Return whether the visitor is referred to another office."""
        return self.where is Where.ELSEWHERE

    @property
    def site(self) -> str:
        """The web address as people write it down; empty when there is none."""
        return _site(self.online_url)

    def spoken(self) -> list[str]:
        """Return what is read aloud, a sentence each."""
        facts = [f"{fact.label}: {fact.text}" for fact in self.facts]
        return [self.name.title, self.answer, self.place, *self.papers, *facts, *self.warnings]


def advise(
    procedure: Procedure, line: ServiceLine, opening: Opening, say: Say, language: str
) -> Advice:
    """Return what to tell about `procedure` now."""
    elsewhere = procedure.elsewhere
    facts = _place_facts(procedure, say) if elsewhere else _facts(procedure, line, say, language)
    return Advice(
        code=procedure.code,
        name=procedure_name(procedure, language),
        where=procedure.where,
        answer=_answer(procedure, say),
        papers=procedure.papers,
        facts=facts,
        warnings=tuple(_warnings(procedure, line, opening, say)),
        place=procedure.place,
        online_url=procedure.online_url,
        ask_staff=not (procedure.papers and _fee(procedure, say, language) and procedure.limit),
    )


def _answer(procedure: Procedure, say: Say) -> str:
    if procedure.elsewhere:
        return say("This is not done at this ward.")
    if procedure.where is Where.HERE:
        return say("This is done here.")
    if procedure.place:
        return say("Handed in here, decided at: %(place)s.", place=procedure.place)
    return say("Handed in here, decided at another office.")


def _facts(procedure: Procedure, line: ServiceLine, say: Say, language: str) -> tuple[Fact, ...]:
    found = [
        Fact(say("Fee"), _fee(procedure, say, language), in_vietnamese=bool(procedure.fee_note)),
        Fact(say("Time limit"), procedure.limit, in_vietnamese=True),
        Fact(say("Online"), _online(procedure, say)),
        Fact(say("Website"), _site(procedure.online_url)),
        Fact(say("Waiting now"), line_sentence(line, say, language)),
    ]
    return tuple(fact for fact in found if fact.text)


def _place_facts(procedure: Procedure, say: Say) -> tuple[Fact, ...]:
    online = say("Can be sent in online") if procedure.online else ""
    found = [
        Fact(say("Address"), procedure.address, in_vietnamese=True),
        Fact(say("Opening hours"), procedure.hours, in_vietnamese=True),
        Fact(say("Time limit"), procedure.limit, in_vietnamese=True),
        Fact(say("Online"), online),
    ]
    return tuple(fact for fact in found if fact.text)


def _fee(procedure: Procedure, say: Say, language: str) -> str:
    if procedure.fee_vnd is None:
        return procedure.fee_note
    total = formats.dong(procedure.fee_vnd, language)
    written = say("Free of charge") if procedure.fee_vnd == 0 else total
    note = procedure.fee_note
    if not note:
        return written
    says_it_all = procedure.fee_vnd == 0 or formats.dong(procedure.fee_vnd, "vi") in note
    return note if says_it_all else f"{written}. {note}"


def _online(procedure: Procedure, say: Say) -> str:
    if procedure.online is None:
        return ""
    return say("Can be sent in online") if procedure.online else say("Only at the counter")


def _site(url: str) -> str:
    """Return a web address as people write it down."""
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")


def _warnings(procedure: Procedure, line: ServiceLine, opening: Opening, say: Say) -> list[str]:
    if procedure.elsewhere or not opening.is_open:
        return []
    turn = opening.now + timedelta(seconds=line.high_s or 0)
    found = [_cutoff_warning(procedure.same_day_cutoff, opening.now, turn, say)]
    if opening.closes and turn > opening.closes:
        sentence = "Your turn may not come before the break at %(time)s."
        found.append(say(sentence, time=formats.clock(opening.closes)))
    return [warning for warning in found if warning]


def _cutoff_warning(cutoff: str, now: datetime, turn: datetime, say: Say) -> str:
    """Return what to know when the result may not come today; empty when it will."""
    if not cutoff:
        return ""
    latest = datetime.combine(now.date(), time.fromisoformat(cutoff), now.tzinfo)
    if now >= latest:
        sentence = "Papers handed in after %(time)s: the result comes on the next working day."
    elif turn >= latest:
        sentence = "Your turn may come after %(time)s: the result then comes the next working day."
    else:
        return ""
    return say(sentence, time=cutoff)
