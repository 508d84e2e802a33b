"""`./run` and `./test` on systems that lack something: installed as root, else one clear line."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

_SCRIPTS = ("run", "test", "deploy/environment.sh")


class _Machine:
    """A machine whose programs are these short scripts and nothing else but the shell's own."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.programs = folder / "bin"
        self.root = root
        self.programs.mkdir()
        for name in ("cat", "cmp", "grep"):
            self.has(name, f'exec /usr/bin/{name} "$@"')

    def has(self, name: str, script: str) -> None:
        file = self.programs / name
        file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        file.chmod(0o755)

    def does(self, lines: str) -> subprocess.CompletedProcess[str]:
        scripts, home = shlex.quote(str(self.root)), shlex.quote(str(self.programs.parent))
        prelude = f"set -eu\nroot={home}\n. {scripts}/deploy/environment.sh\n"
        command = ["/bin/sh", "-c", prelude + lines]
        environment = {"PATH": str(self.programs)}
        return subprocess.run(
            command, env=environment, stdin=None, capture_output=True, text=True, check=False
        )


@pytest.fixture
def machine(root: Path, tmp_path: Path) -> _Machine:
    """Return a machine with no Python, no package manager, and nobody signed in as root."""
    machine = _Machine(root, tmp_path)
    machine.has("id", "echo 1000")
    return machine


@pytest.mark.parametrize("script", _SCRIPTS)
def test_the_commands_are_plain_shell(root: Path, script: str) -> None:
    subprocess.run(["/bin/sh", "-n", str(root / script)], check=True)


@pytest.mark.parametrize("script", ["run", "test", ".ci/run"])
def test_the_commands_can_be_started(root: Path, script: str) -> None:
    assert os.access(root / script, os.X_OK)


def test_without_root_the_exact_line_to_type_is_named(machine: _Machine) -> None:
    machine.has("apt-get", "exit 9")
    done = machine.does("need 'The tests need these packages' chromium espeak-ng; echo went on")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "The tests need these packages; type: "
        "sudo apt-get update && sudo apt-get install -y chromium espeak-ng\n"
    )


def test_root_installs_what_is_missing(machine: _Machine, tmp_path: Path) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", f'echo "$@" >>{tmp_path}/asked')
    done = machine.does("need 'The tests need these packages' chromium; echo went on")
    assert done.stdout == "went on\n", done.stderr
    update, install = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install chromium")


def test_root_without_a_network_is_told_the_line_too(machine: _Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", "exit 100")
    done = machine.does("need 'The tests need these packages' chromium; echo went on")
    assert done.returncode == 1
    assert done.stderr.endswith("apt-get install -y chromium\n")


def test_a_python_too_old_is_passed_over_for_a_newer_one(machine: _Machine) -> None:
    machine.has("python3", "exit 1")
    machine.has("python3.12", "exit 0")
    done = machine.does("find_python")
    assert done.stdout == f"{machine.programs}/python3.12\n"


def test_a_system_without_python_is_told_what_to_install(machine: _Machine) -> None:
    done = machine.does("missing_python")
    assert done.stdout == "python3 python3-venv\n", done.stderr


def test_a_system_whose_python_is_too_old_is_told_so(machine: _Machine) -> None:
    machine.has("python3", "[ $1 != -V ] || echo Python 3.9.2; exit 1")
    done = machine.does("missing_python")
    assert done.returncode == 1
    assert done.stderr == "Motcua needs Python 3.11 or newer, and this system's is Python 3.9.2.\n"


@pytest.mark.parametrize("name", ["python3", "python3.12"])
def test_a_python_without_venv_needs_the_package_of_its_version(
    machine: _Machine, name: str
) -> None:
    # Given a Python whose venv module was left out, as Debian does
    machine.has(name, "case $2 in *ensurepip*) exit 1 ;; esac")
    done = machine.does("missing_python")
    assert done.stdout == f"{name}-venv\n", done.stderr


def test_a_system_that_has_all_needs_nothing(machine: _Machine) -> None:
    machine.has("python3", "exit 0")
    done = machine.does("need 'The tests need these packages' $(missing_python); echo went on")
    assert done.stdout == "went on\n", done.stderr


def test_a_32_bit_system_is_refused_with_the_reason(machine: _Machine) -> None:
    machine.has("python3", "case $2 in *maxsize*) exit 1 ;; esac")
    done = machine.does("make_environment; echo went on")
    assert done.returncode == 1
    assert done.stderr.startswith("Motcua needs a 64-bit system")
