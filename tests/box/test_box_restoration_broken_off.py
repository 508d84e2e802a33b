"""A restore that is killed, or finds no room, leaves a whole home: the old one or the new."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from motcua.home import Home
from tests.box.backups import contents

_ROOT = Path(__file__).resolve().parents[2]

# Kills the restoring process before its first, second, ... step on the disk, until it gets through.
_KILL_AT_EVERY_STEP = """
import os, shutil, signal, sys
from itertools import count
from pathlib import Path
from motcua.home import Home
from motcua.restoration import restore
from tests.box.backups import contents

backup, kept = map(Path, sys.argv[1:])
home = Home(kept.with_name("killed"))
right = Home(kept.with_name("right"))
restore(right, backup)
old, new, steps, target = contents(kept), contents(right.path), count(), None

def kill(event, args):
    if target is not None and event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir"):
        if next(steps) == target:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(kill)
for step in count():
    shutil.copytree(kept, home.path)
    if (child := os.fork()) == 0:
        target = step
        restore(home, backup, force=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    with home.owned():
        found = contents(home.path)
    print("old" if found == old else "new" if found == new else "other", flush=True)
    left = [path.name for path in home.path.parent.glob("*.restoring")]
    assert not left, left
    for path in home.path.parent.glob("killed*"):
        shutil.rmtree(path)
    if status == 0:
        break
"""


def test_a_restore_killed_at_any_step_leaves_the_old_home_or_the_new(
    home: Home, backup: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILL_AT_EVERY_STEP, str(backup), str(home.path)],
        capture_output=True, text=True, timeout=200, check=False, cwd=_ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = done.stdout.split()
    changed = found.index("new")
    assert len(found) > 20
    assert set(found[:changed]) == {"old"}
    assert set(found[changed:]) == {"new"}


_WITH_LITTLE_ROOM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
from motcua.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_disk_that_takes_no_more_changes_nothing(home: Home, backup: Path, command: str) -> None:
    before, beside = contents(home.path), backup.read_bytes()
    words = [command, str(backup), "--home", str(home.path)]
    words += ["--force"] if command == "restore" else []
    done = subprocess.run(
        [sys.executable, "-c", _WITH_LITTLE_ROOM, *words],
        capture_output=True, text=True, timeout=60, check=False, cwd=_ROOT,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout
    assert len(done.stderr.strip().splitlines()) == 1
    assert (contents(home.path), backup.read_bytes()) == (before, beside)
    assert {path.name for path in home.path.parent.iterdir()} == {"home", "centre.zip"}
