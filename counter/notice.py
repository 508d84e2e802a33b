"""What a clerk is told about the last press, and the id that makes two presses one act."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from flask import request

from motcua import web
from motcua.refusals import STATUS
from motcua.request_ids import concealed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motcua.queue.errors import QueueError

UNRECORDED = (
    "Nothing was recorded, so nothing was done: the disk is full or cannot be written. Please tell"
    " the administrator; press again when it works."
)
_EVENT = re.compile(r"[0-9]{1,15}")
_REQUEST_ID = re.compile(r"[\w.:-]{1,80}")


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about the last press, in the clerk's language."""

    text: str
    status: int
    """For a browser without script; htmx is always answered with 200, so that it shows it."""
    good: bool = False

    @classmethod
    def of(cls, error: QueueError) -> Notice:
        """Return the notice of a refusal."""
        return cls(web.say(error.sentence, **error.details), STATUS[error.kind])


class Told(Protocol):
    """Something staff should look at, wherever they work."""

    @property
    def sentence(self) -> str:
        """English, with `%(name)s` places."""
        ...

    @property
    def details(self) -> Mapping[str, object]:
        """What stands in the places."""
        ...


def seen() -> int | None:
    """Return what the page showed of the counter; None when it does not say."""
    told = request.form.get("seen", "")
    return int(told) if _EVENT.fullmatch(told) else None


def request_id(pressed: str) -> str | None:
    """Return the id of this press: what was pressed, on which picture of the screen.

    The picture's part is baked into the page and the same in every tab that shows it, so that a
    double press, a retry or two tabs make one act. None when the page carries no such part.
    """
    baked = request.form.get("request_id", "")
    return concealed(f"{baked}.{pressed}") if _REQUEST_ID.fullmatch(baked) else None
