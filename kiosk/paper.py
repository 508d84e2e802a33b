"""What the touch screen asks of paper. It knows no printer; the composition root joins the two.

A ticket's slip is printed because the ticket was issued, not because a page was shown; its id is
the ticket's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from motcua.queue.procedure import Procedure

NO_SLIP = "none"
UNKNOWN_SLIPS = (NO_SLIP, "forgotten")
"""States of a slip of which nothing is known."""


class Paper(Protocol):
    """The slips. No method waits for a printer."""

    def print_referral(
        self, procedure: Procedure, language: str, kiosk: str | None = None, request: str = ""
    ) -> str | None:
        """Print the way to another office; return the slip's id, None without a printer.

        The same `request` again prints nothing more.
        """
        ...

    def reprint(self, job_id: str, request: str, place: str) -> None:
        """Print another copy of a slip that is known, or of a ticket's of today.

        Args:
            job_id: the slip's.
            request: id of this wish; the same one again prints nothing more.
            place: where it was asked for, e.g. `kiosk sanh`.
        """
        ...

    def state(self, job_id: str) -> str:
        """Return where a slip is.

        `printing`, `printed`, `sent` (the printer cannot say), `broken` (it may be half printed),
        `failed`, `forgotten` (nothing is known of it) or `none` (there is no printer).
        """
        ...

    def reason(self, job_id: str) -> str:
        """Return why a slip failed, in an English sentence for the visitor; else empty."""
        ...


class NoPaper:
    """A kiosk without a printer: the visitor keeps the number in mind."""

    def print_referral(
        self, procedure: Procedure, language: str, kiosk: str | None = None, request: str = ""
    ) -> str | None:
        """Print nothing."""
        del procedure, language, kiosk, request
        return None

    def reprint(self, job_id: str, request: str, place: str) -> None:
        """Print nothing."""

    def state(self, job_id: str) -> str:
        """Return that there is no such slip."""
        del job_id
        return NO_SLIP

    def reason(self, job_id: str) -> str:
        """Return nothing: nothing failed."""
        del job_id
        return ""
