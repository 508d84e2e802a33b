"""What the rules refuse, and why. A refusal changes nothing."""

from __future__ import annotations

from typing import Literal

Detail = str | int | list[str] | None
"""What a screen or program may need to act on the refusal."""

Kind = Literal["refused", "not_found", "invalid"]


class QueueError(Exception):
    """A command was refused by the rules.

    `code` is stable: programs may rely on it. `sentence` is English with `%(name)s` places filled
    from `details`; the screens translate it.
    """

    def __init__(
        self, code: str, sentence: str, kind: Kind = "refused", **details: Detail
    ) -> None:
        """Keep the code, the sentence and what it is about."""
        super().__init__(sentence % details)
        self.code = code
        self.sentence = sentence
        self.kind: Kind = kind
        self.details: dict[str, Detail] = details
