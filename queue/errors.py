"""What the rules refuse, and why. A refusal changes nothing."""

from __future__ import annotations

from typing import Literal

Detail = str | int | list[str] | None
"""What a screen or program may need to act on the refusal."""

Kind = Literal["refused", "not_found", "invalid"]

_SHOWN_CHARS = 1000
"""Longer than any address or name of a catalogue; a stranger may send more."""


class QueueError(Exception):
    """A command was refused by the rules.

    `code` is stable: programs may rely on it. `sentence` is English with `%(name)s` places filled
    from `details`; the screens translate it.
    """

    def __init__(self, code: str, sentence: str, kind: Kind = "refused", **details: Detail) -> None:
        """Keep the code, the sentence and what it is about."""
        self.details: dict[str, Detail] = {name: _shown(value) for name, value in details.items()}
        super().__init__(sentence % self.details)
        self.code = code
        self.sentence = sentence
        self.kind: Kind = kind


def check_text(name: str, text: str | None, most: int) -> None:
    """Refuse a text of somebody's that the journal could not keep.

    Args:
        name: what it is: the code is `NAME.invalid`.
        text: as it came.
        most: characters allowed.

    Raises:
        QueueError: too long, or not Unicode text.
    """
    if text is not None and (len(text) > most or not _is_unicode(text)):
        sentence = "The %(name)s must be text of at most %(most)s characters."
        raise QueueError(f"{name}.invalid", sentence, "invalid", name=name, most=most)


def _shown(value: Detail) -> Detail:
    """Return a detail a screen can show: strangers choose some of them."""
    if isinstance(value, str) and not (len(value) <= _SHOWN_CHARS and _is_unicode(value)):
        return value[:_SHOWN_CHARS].encode(errors="replace").decode() + "…"
    return value


def _is_unicode(text: str) -> bool:
    """Return whether `text` can be written down: JSON may bring half a surrogate pair."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
