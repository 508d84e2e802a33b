"""What the desk wants of the slips and their printers, which are not its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A slip that is not on paper, or not surely whole, of a visitor who is still here."""

    ticket: str
    number: str
    sentence: str
    """Why, in English, for translation; empty while it is being printed."""
    under_way: bool = False
    """Whether it is being printed again at this moment."""


class Paper(Protocol):
    """The slips. No method waits for a printer."""

    def troubles(self) -> list[str]:
        """Return what staff should see to, one English sentence each; none when all is well."""
        ...

    def unprinted(self) -> list[Unprinted]:
        """Return the slips to print again, in the order of their numbers."""
        ...

    def reprint(self, ticket_id: str, request: str, place: str) -> None:
        """Print the slip of a ticket of today once more, because a person asked.

        Args:
            ticket_id: the ticket's.
            request: id of this wish; the same one again prints nothing more.
            place: where it was asked for, e.g. `counter 1`.
        """
        ...

    def state(self, ticket_id: str) -> str:
        """Return where its slip is; `none` when there is no printer."""
        ...


class NoPaper:
    """A centre without a printer."""

    def troubles(self) -> list[str]:
        """Return nothing: there is no printer to have trouble with."""
        return []

    def unprinted(self) -> list[Unprinted]:
        """Return nothing: no slip is missed where there are none."""
        return []

    def reprint(self, ticket_id: str, request: str, place: str) -> None:
        """Print nothing."""

    def state(self, ticket_id: str) -> str:
        """Return that there is no slip."""
        del ticket_id
        return "none"
