"""The audit: the journal, replayed through the model, against what everybody was told.

The journal puts all acts into one order. In that order each must have been legal, must have left
the facts it should, and its answers must tell what it left. What was refused must stand nowhere,
and its reason must have been true at some moment between the press and the refusal.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from motcua.queue import commands as c
from motcua.queue.record import Record
from motcua.record_keeping import Journal
from tests.concurrency.facts import check_facts, groups
from tests.concurrency.office_model import Model
from tests.concurrency.told import Told


class Asked(NamedTuple):
    """One press."""

    command: c.Command
    request: str
    """Its id, as the journal keeps it."""
    began: int
    """Number of the last event before it."""
    ended: int
    """Number of the last event when the answer had come."""
    ended_s: float
    told: Told | None
    """None when the answer was lost on the way."""


@dataclass
class Audit:
    """Replays a journal and keeps account of the presses."""

    model: Model
    asked: list[Asked]
    done: set[str] = field(default_factory=set)
    """Requests that were found in the journal."""
    unexplained: list[Asked] = field(default_factory=list)
    """Refusals whose reason was not true yet at any moment since the press."""

    def check(self, journal: Journal) -> None:
        """See that everything everybody was told is what happened, and nothing else did."""
        by_request: dict[str, list[Asked]] = defaultdict(list)
        for one in self.asked:
            by_request[one.request].append(one)
        refused = [one for one in self.asked if one.told and one.told.code]
        refused.sort(key=lambda one: one.began, reverse=True)
        seq, last_s = 0, 0.0
        for group in groups(journal):
            self._explain(refused, seq, group[-1].seq)
            assert group[-1].at.mono >= last_s, "nobody overtakes in time"
            seq, last_s = group[-1].seq, group[-1].at.mono
            if group[-1].request:
                self._replay(group, by_request[group[-1].request])
        self._explain(refused, seq, seq + 1)
        assert self.unexplained == [], "refused for a reason that never was"
        told = {one.request for one in self.asked if one.told and not one.told.code}
        assert told <= self.done, "told and not recorded"

    def _explain(self, refused: list[Asked], seq: int, following: int) -> None:
        """Let go of those who had to be refused as things stood from `seq` until `following`."""
        while refused and refused[-1].began < following:
            self.unexplained.append(refused.pop())
        assert all(seq <= one.ended for one in self.unexplained), "refused for no true reason"
        self.unexplained = [one for one in self.unexplained if not self._must_be_refused(one)]

    def _must_be_refused(self, one: Asked) -> bool:
        code = one.told.code if one.told else ""
        known = one.request in self.done
        return not known and self.model.refusal(one.command, one.ended_s) == code

    def _replay(self, group: list[Record], asked: list[Asked]) -> None:
        assert asked, "recorded and never asked"
        record = group[-1]
        assert record.request not in self.done, "done twice"
        self.done.add(record.request or "")
        fresh = getattr(record.event, "ticket", "")
        expected = self.model.does(asked[0].command, record.at.mono, fresh)
        check_facts(group, expected.facts)
        answers = [one for one in asked if one.told and not one.told.code]
        for one in answers:
            assert one.told is not None
            assert one.told.said == expected.told.said
            assert record.seq <= one.ended, "told before it was recorded"
        repeated = [one.told.repeated for one in asked if one.told and not one.told.code]
        lost = any(one.told is None for one in asked)
        assert repeated.count(False) <= 1, "two were told they were the first"
        assert repeated.count(False) == 1 or lost or None in repeated, "somebody was the first"
