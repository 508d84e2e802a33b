"""What the touch screen asks of paper. It knows no printer; the composition root joins the two.

A ticket's slip is printed because the ticket was issued, not because a page was shown; its id is
the ticket's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from motcua.queue.procedure import Procedure

NO_SLIP = "none"


class Paper(Protocol):
    """The slips. No method waits for a printer."""

    def print_referral(
        self, procedure: Procedure, language: str, kiosk: str | None = None
    ) -> str | None:
        """Print the way to another office; return the slip's id, None without a printer."""
        ...

    def reprint(self, job_id: str) -> None:
        """Print another copy of a slip that is known, or of a ticket's of today."""
        ...

    def state(self, job_id: str) -> str:
        """Return `printing`, `printed`, `sent` (the printer cannot say), `failed` or `none`."""
        ...


class NoPaper:
    """A kiosk without a printer: the visitor keeps the number in mind."""

    def print_referral(
        self, procedure: Procedure, language: str, kiosk: str | None = None
    ) -> str | None:
        """Print nothing."""
        del procedure, language, kiosk
        return None

    def reprint(self, job_id: str) -> None:
        """Print nothing."""

    def state(self, job_id: str) -> str:
        """Return that there is no such slip."""
        del job_id
        return NO_SLIP
