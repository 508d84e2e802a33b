"""Papers people came without: which, for which procedure, and how often.

n     = people found without the paper when their visit ended with `papers_missing`
of    = people served with that procedure
share = n ÷ of
Somebody who lacks two papers counts once with each.
"""

from __future__ import annotations

from dataclasses import dataclass

from motcua.reports.columns import NOT_SERVED, Columns
from motcua.reports.spread import FEWEST


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
    served = {
        code: sum(columns.ends[place] not in NOT_SERVED for place in columns.procedures[code])
        for code in {code for code, _ in columns.papers}
        if code in columns.procedures
    }
    rows = [
        Missing(code, paper, n, served.get(code, 0)) for (code, paper), n in columns.papers.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.n, row.procedure, row.paper)))
