"""What is shipped: the rooms as they are tracked, the built assets, and nothing else."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

_ROOMS = ("kiosk", "queue", "counter", "display", "reports", "templates", "static", "config")
_ASSETS = frozenset(
    f"motcua/static/vendor/{name}"
    for name in (
        *("LICENSES.txt", "htmx.min.js", "sse.min.js"),
        *("roboto-regular.ttf", "roboto-regular.woff2", "roboto-bold.ttf", "roboto-bold.woff2"),
    )
)


def _kept_by_git(root: Path) -> set[str]:
    """Return the files of the rooms that git keeps or is about to, as they lie in the wheel."""
    if not (root / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--exclude-standard"]
    command += ["--cached", "--others"]
    listed = subprocess.run(
        [*command, "motcua", *_ROOMS], cwd=root, capture_output=True, check=True
    )
    names = listed.stdout.decode().rstrip("\0").split("\0")
    present = [name for name in names if (root / name).is_file()]
    return {name if name.startswith("motcua/") else f"motcua/{name}" for name in present}


@pytest.mark.slow
def test_the_wheel_holds_the_tracked_files_and_the_built_assets(root: Path, wheel: Path) -> None:
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == _kept_by_git(root) | _ASSETS


@pytest.mark.slow
def test_the_wheel_carries_the_licence_and_the_command(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (entry_points,) = (name for name in names if name.endswith("/entry_points.txt"))
        assert "motcua = motcua.cli:main" in archive.read(entry_points).decode()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_every_room_is_shipped_under_the_one_package(root: Path) -> None:
    build = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    assert build["only-include"] == ["motcua", *_ROOMS]
    assert build["targets"]["wheel"]["sources"] == {room: f"motcua/{room}" for room in _ROOMS}
    assert build["targets"]["sdist"]["only-include"][: 1 + len(_ROOMS)] == ["motcua", *_ROOMS]
