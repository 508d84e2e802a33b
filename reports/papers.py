"""Papers people came without: which, for which procedure, and how often.

n     = people found without the paper when their visit ended with `papers_missing`
of    = people served with that procedure
share = n ÷ of
Somebody who lacks two papers counts once with each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.reports.columns import NOT_SERVED, Columns
from motcua.reports.spread import FEWEST
from motcua.reports.table import Column, Kind, Table, more

if TYPE_CHECKING:
    from motcua.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Missing:
    """A paper of a procedure."""

    procedure: str
    """Its code; empty when none was stated."""
    paper: str
    n: int
    of: int

    @property
    def hidden(self) -> bool:
        """Whether it is of too few to be told."""
        return self.n < FEWEST

    @property
    def share(self) -> float | None:
        """Of the people served with the procedure, 0 … 1; None where nobody is known."""
        return self.n / self.of if self.of >= self.n else None


def missing_papers(columns: Columns) -> tuple[Missing, ...]:
    """Return the papers of a period, the most often missing first."""
    parts = columns.parts("procedure", columns.procedures)
    served = {
        code: sum(n for end, n in parts[code].ends().items() if end not in NOT_SERVED)
        for code in {code for code, _ in columns.papers}
        if code in parts
    }
    rows = [
        Missing(code, paper, n, served.get(code, 0)) for (code, paper), n in columns.papers.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.n, row.procedure, row.paper)))


def papers_table(papers: Sequence[Missing], visits: int, wording: Wording) -> Table:
    """Return the papers people came without; `visits`: how many ended for want of papers."""
    columns = (
        Column(wording.say("procedure"), Kind.TEXT),
        Column(wording.say("paper that was missing"), Kind.TEXT),
        Column(wording.say("people")),
        Column(wording.say("of those served with it"), Kind.PERCENT),
    )
    told = [one for one in papers if not one.hidden]
    rows = [(wording.procedure(one.procedure), one.paper, one.n, one.share) for one in told]
    rest = more(len(papers) - len(told), len(columns), wording)
    note = wording.say(
        "%(visits)s visits ended for want of papers; %(noted)s times a paper was noted. Somebody "
        "who lacks two papers counts with each.",
        visits=wording.number(visits), noted=wording.number(sum(one.n for one in papers)),
    )  # fmt: skip
    title = wording.say("Papers most often missing")
    return Table("papers", title, columns, (*rows, *rest), note)
