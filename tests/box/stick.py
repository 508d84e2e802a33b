"""A stick to keep copies on: mounted, full, pulled, or forgetful, as a story wants it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from motcua.medium import Medium


class FailingFile:
    """A file on a medium that gives up after some bytes."""

    def __init__(self, file: BinaryIO, room: int, code: int) -> None:
        self._file, self._room, self._code = file, room, code

    def write(self, data: bytes) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(self._code, os.strerror(self._code))
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a file has
        return getattr(self._file, name)


class GarblingFile(FailingFile):
    """A file on a medium that forgets what it was given, and does not say so."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, 0, 0)

    def write(self, data: bytes) -> int:
        return self._file.write(data[:20] + b"\0" * (len(data) - 20) if len(data) > 100 else data)


class Stick(Medium):
    """A folder that stands for a stick: mounted, unless told otherwise; it may fail at will."""

    def __init__(self, folder: Path, home: Path) -> None:
        super().__init__(folder, home)
        self.mounted = True
        self.pulled_after: int | None = None
        """How many looks find it mounted before it is pulled."""
        self.room: int | None = None
        self.code = errno.ENOSPC
        self.garbles = False

    def _is_apart(self, device: int) -> bool:
        if self.pulled_after is not None:
            self.pulled_after -= 1
            return self.pulled_after >= 0
        return self.mounted

    @contextmanager
    def adding(self, name: str) -> Iterator[BinaryIO]:
        with super().adding(name) as file:
            if self.garbles:
                yield cast("BinaryIO", GarblingFile(file))
            elif self.room is None:
                yield file
            else:
                yield cast("BinaryIO", FailingFile(file, self.room, self.code))


def names(folder: Path) -> list[str]:
    """Return what lies on the stick."""
    return sorted(path.name for path in folder.iterdir())
