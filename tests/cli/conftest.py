"""The command line as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `motcua` with a home of its own."""

    def run(*words: str, home: str = "home") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "motcua", *words, "--home", str(tmp_path / home)]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path
        )

    return run
