"""A real second file system: mounted, filled, made read-only, taken away, put back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from motcua.home import Home
from motcua.medium import SENTENCES as MEDIUM

_ROOT = Path(__file__).resolve().parents[2]
_UNSHARE = ["unshare", "--map-root-user", "--mount"]
_A_STICK_S_LIFE = """
import subprocess, sys
from pathlib import Path
from motcua.backup_file import BackupError, check
from motcua.clock import SystemClock
from motcua.home import Home
from motcua.medium import Medium
from motcua.safekeeping import Safekeeping
from motcua.settings import BackupSection

home, folder = Home(Path(sys.argv[1])), Path(sys.argv[2])
count = iter(range(1000))
safekeeping = Safekeeping(
    home, BackupSection(folder=str(folder), keep=1000), Medium(folder, home.path),
    SystemClock().now, lambda wall: wall.replace(year=next(count) + 1000),
)

def system(*words):
    subprocess.run(words, check=True)

def copies():
    for path in folder.glob("*.zip"):
        check(path)
    return len(list(folder.iterdir()))

def tell():
    try:
        safekeeping.copy()
        print("made", copies())
    except BackupError as error:
        print(error.sentence, copies())

tell()
system("mount", "-t", "tmpfs", "-o", "size=100k", "stick", folder)
for _ in range(16):
    tell()
system("mount", "-o", "remount,ro", folder)
tell()
system("mount", "-o", "remount,rw,size=10m", folder)
tell()
system("umount", folder)
tell()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty mount point, where this machine lets a test mount something."""
    (tmp_path / "mount point").mkdir()
    trial = [*_UNSHARE, "mount", "-t", "tmpfs", "trial", str(tmp_path / "mount point")]
    if subprocess.run(trial, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    return tmp_path / "mount point"


def test_a_stick_is_filled_locked_enlarged_and_taken_away(home: Home, folder: Path) -> None:
    done = subprocess.run(
        [*_UNSHARE, sys.executable, "-c", _A_STICK_S_LIFE, str(home.path), str(folder)],
        capture_output=True, text=True, timeout=120, check=False, cwd=_ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = [line.rsplit(" ", 1) for line in done.stdout.splitlines()]
    assert told[0] == [MEDIUM["same"], "0"]
    made = [count for word, count in told if word == "made"]
    *filling, locked, enlarged, gone = told[1:]
    most = made[-2]
    assert made == [str(n) for n in range(1, int(most) + 2)]
    assert filling[-1] == [MEDIUM["full"], most]
    assert locked == [MEDIUM["locked"], most]
    assert enlarged == ["made", made[-1]]
    assert gone == [MEDIUM["same"], "0"]
    assert list(folder.iterdir()) == []
