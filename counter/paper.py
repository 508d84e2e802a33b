"""What the desk wants of the slips and their printers, which are not its own."""

from __future__ import annotations

from typing import Protocol


class Paper(Protocol):
    """The slips. No method waits for a printer."""

    def troubles(self) -> list[str]:
        """Return what staff should see to, one English sentence each; none when all is well."""
        ...

    def reprint(self, ticket_id: str) -> None:
        """Print the slip of a ticket of today once more, because a person asked."""
        ...

    def state(self, ticket_id: str) -> str:
        """Return `printing`, `printed`, `sent` (the printer cannot say), `failed` or `none`."""
        ...


class NoPaper:
    """A centre without a printer."""

    def troubles(self) -> list[str]:
        """Return nothing: there is no printer to have trouble with."""
        return []

    def reprint(self, ticket_id: str) -> None:
        """Print nothing."""

    def state(self, ticket_id: str) -> str:
        """Return that there is no slip."""
        del ticket_id
        return "none"
