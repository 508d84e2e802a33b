"""A quarter of one core: what a slow box has, made with a control group where we may."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_PERIOD_US = 100_000
_QUARTER_US = 25_000


@dataclass(frozen=True, slots=True)
class Quota:
    """A control group that a command enters before it begins."""

    group: Path

    def entered(self) -> tuple[str, ...]:
        """Return what to put before a command: it enters the group and becomes the command."""
        enter = f'echo $$ > "{self.group}/cgroup.procs" && exec "$0" "$@"'
        return "sh", "-c", enter


@contextlib.contextmanager
def quarter_core() -> Iterator[Quota]:
    """Make the group, and remove it when everybody has left.

    Raises:
        OSError: this system or user cannot.
    """
    unified = (_ROOT / "cgroup.controllers").exists()
    group = (_ROOT if unified else _ROOT / "cpu") / f"motcua-benchmarks-{os.getpid()}"
    group.mkdir()
    try:
        if unified:
            (group / "cpu.max").write_text(f"{_QUARTER_US} {_PERIOD_US}", encoding="ascii")
        else:
            for name, value in (("period", _PERIOD_US), ("quota", _QUARTER_US)):
                (group / f"cpu.cfs_{name}_us").write_text(str(value), encoding="ascii")
        yield Quota(group)
    finally:
        group.rmdir()
