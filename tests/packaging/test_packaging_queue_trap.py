"""`queue/` stands at the top level, and `import queue` is the standard library's all the same.

A thread pool, a log listener and the web server import `queue`; were it ours, nothing would start.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import shutil
import subprocess
import sys
import venv
from itertools import islice
from pathlib import Path

import pytest

import motcua

_ROOMS = ("kiosk", "queue", "counter", "display", "reports", "templates", "static", "config")
_PROBE = """
import concurrent.futures.thread, logging.handlers, multiprocessing.queues, queue
import motcua.queue.procedure

def test_the_standard_queue_is_found():
    assert queue.SimpleQueue().empty()
    assert queue is concurrent.futures.thread.queue
    assert "site-packages" not in queue.__file__
    assert motcua.queue.procedure.Where.HERE == "here"
"""
_RUN_PROBE = _PROBE + "\ntest_the_standard_queue_is_found()"


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("room", _ROOMS)
def test_no_room_has_an_init_file(root: Path, room: str) -> None:
    assert not (root / room / "__init__.py").exists()


def test_python_started_at_the_root_finds_the_standard_queue(root: Path) -> None:
    # Given a program started with `python -c`, whose import path begins with the current folder
    done = _run([sys.executable, "-c", _RUN_PROBE], root)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "start",
    [["-m", "pytest"], [str(Path(sys.executable).with_name("pytest"))]],
    ids=["python -m pytest", "pytest"],
)
def test_pytest_started_at_the_root_finds_the_standard_queue(
    root: Path, tmp_path: Path, start: list[str]
) -> None:
    # Given a test outside the checkout, run with the checkout's configuration
    test = tmp_path / "test_probe.py"
    test.write_text(_PROBE, "utf-8")
    options = ["-q", "-p", "no:cacheprovider", "-c", str(root / "pyproject.toml")]
    done = _run([sys.executable, *start, *options, f"--rootdir={root}", str(test)], root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


@pytest.mark.slow
def test_the_installed_wheel_leaves_the_standard_queue_alone(wheel: Path, tmp_path: Path) -> None:
    # Given a fresh environment that has the dependencies but not this checkout
    python = _fresh_python(tmp_path / "venv")
    installed = _run([*_pip(python), "install", "--no-deps", "--no-index", str(wheel)], tmp_path)
    assert installed.returncode == 0, installed.stderr
    # When Python starts in an empty folder, then the package and both queues are found
    done = _run([str(python), "-c", _RUN_PROBE], tmp_path)
    assert done.returncode == 0, done.stderr
    where = _run([str(python), "-c", "import motcua; print(*motcua.__path__)"], tmp_path)
    assert where.stdout.split() == [str(next(tmp_path.glob("venv/lib/python*/*/motcua")))]
    # And the installed command starts
    command = _run([str(python.with_name("motcua")), "--help"], tmp_path)
    assert command.returncode == 0, command.stderr


def _fresh_python(folder: Path) -> Path:
    """Make an environment that also sees our dependencies, though not the editable install.

    A `.pth` file is read in an environment's own folder only, so the one that leads to this
    checkout is not followed from there.
    """
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    dependencies = Path(pytest.__file__).parent.parent
    (packages / "dependencies.pth").write_text(f"{dependencies}\n", "utf-8")
    return folder / "bin" / "python"


def _pip(python: Path) -> list[str]:
    return [sys.executable, "-m", "pip", "--python", str(python), "--quiet"]


def test_the_root_package_is_not_found_inside_itself() -> None:
    with pytest.raises(ImportError, match="import this package as 'motcua'"):
        importlib.import_module("motcua.motcua")


def test_a_walk_over_the_package_ends() -> None:
    walk = pkgutil.walk_packages(motcua.__path__, "motcua.", onerror=lambda _: None)
    names = [module.name for module in islice(walk, 2000)]
    assert len(names) < 2000
    assert not any(name.startswith("motcua.motcua.") for name in names)


def test_a_queue_that_would_hide_pythons_own_stops_the_tests_with_one_sentence(
    root: Path, tmp_path: Path
) -> None:
    # Given a checkout in which somebody made queue/ a package
    (tmp_path / "tests").mkdir()
    shutil.copy(root / "tests" / "conftest.py", tmp_path / "tests")
    shutil.copy(root / "pyproject.toml", tmp_path)
    (tmp_path / "queue").mkdir()
    (tmp_path / "queue" / "__init__.py").touch()
    # When its tests are run, then the cure is named and nothing is run
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests"]
    done = _run(command, tmp_path)
    assert done.returncode != 0
    printed = (done.stdout + done.stderr).strip()
    assert printed.startswith("queue/__init__.py hides Python's own queue: delete it")
    assert len(printed.splitlines()) == 1
