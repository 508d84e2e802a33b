"""A device that only takes bytes, written without ever waiting longer than its silence allows."""

from __future__ import annotations

import errno
import os
import select
from pathlib import Path
from threading import Event

from motcua.printing.escpos_printer import NothingTakenError

_STEP_S = 0.02
_MODE = 0o644
"""Of a plain file, for trials."""


def is_there(path: Path) -> bool:
    """Return whether there is something to write to."""
    # Made when it is missing, a printer unplugged would become a plain file that takes every slip.
    return path.exists() or not path.is_relative_to("/dev")


class DeviceFile:
    """A printer's device, a pipe, or a plain file that holds the last slip only."""

    def __init__(self, path: Path, silence_s: float) -> None:
        """Open it for one job.

        Args:
            path: of the device.
            silence_s: seconds after which one that takes nothing is given up.

        Raises:
            OSError: it is not there, or nobody reads at the other end.
        """
        if not is_there(path):
            raise FileNotFoundError(errno.ENOENT, "no such device", str(path))
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NONBLOCK | os.O_NOCTTY
        self._handle = os.open(path, flags, _MODE)
        self._silence_s = silence_s
        self._taken = 0

    def write(self, data: bytes) -> None:
        """Hand bytes over.

        Raises:
            NothingTakenError: not one byte of the job was taken.
            OSError: it broke off, or takes no more.
        """
        silence, left = 0.0, memoryview(data)
        while left:
            try:
                taken = os.write(self._handle, left)
            except BlockingIOError:
                silence += _STEP_S
                self._give_up_after(silence)
                Event().wait(_STEP_S)
            else:
                silence, left = 0.0, left[taken:]
                self._taken += taken

    def flush(self) -> None:
        """Wait until what was handed over has been taken in.

        Raises:
            OSError: it was not.
        """
        waiting = select.poll()
        waiting.register(self._handle, select.POLLOUT)
        if not waiting.poll(self._silence_s * 1000):
            self._give_up_after(self._silence_s)

    def close(self) -> None:
        """End a job; what a device has not taken in is dropped."""
        os.close(self._handle)

    def _give_up_after(self, silence_s: float) -> None:
        if silence_s < self._silence_s:
            return
        if not self._taken:
            raise NothingTakenError(errno.EAGAIN, "the device takes nothing")
        raise TimeoutError(errno.ETIMEDOUT, "the device takes no more")
