"""What must be looked after now and then: the end of a day, a changed catalogue, copies."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

logger = logging.getLogger(__name__)

_ROUND_S = 20.0


class Caretaker:
    """Makes a round every now and then. Nothing depends on a round coming at a certain time."""

    def __init__(self, chores: Sequence[Callable[[], object]], round_s: float = _ROUND_S) -> None:
        """Look after `chores`, each round all of them; nothing happens before `start`."""
        self._chores = chores
        self._round_s = round_s
        self._over = Event()
        self._thread = Thread(target=self._run, name="caretaker", daemon=True)

    def start(self) -> None:
        """Make the first round now, then one every so often."""
        self._thread.start()

    def stop(self, patience_s: float | None = None) -> None:
        """Go home; returns when the round in hand is done.

        Args:
            patience_s: the longest to wait for that; None waits as long as it takes.
        """
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(patience_s)

    def round(self) -> None:
        """Do every chore once; one that fails is logged and keeps nobody from the next."""
        for chore in self._chores:
            try:
                chore()
            except Exception:
                logger.exception("a chore failed")

    def _run(self) -> None:
        while True:
            self.round()
            if self._over.wait(self._round_s):
                return
