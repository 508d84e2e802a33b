"""What is installed is pinned by hash, from any index, the same for everyone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

_PINNED = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def _pins(file: Path) -> dict[str, str]:
    return dict(_PIN.findall(file.read_text("utf-8")))


@pytest.fixture
def project(root: Path) -> dict[str, Any]:
    """Return the project's own description."""
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", _PINNED)
def test_every_requirement_has_hashes(root: Path, name: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (root / name).read_text("utf-8").strip())
    without = [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block]
    assert blocks
    assert not without


@pytest.mark.parametrize("name", _PINNED)
def test_no_requirement_names_an_index(root: Path, name: str) -> None:
    text = (root / name).read_text("utf-8")
    assert not re.findall(r"https?:|--(?:extra-)?index-url|--find-links|@ ", text)


def test_what_the_project_asks_for_is_pinned(root: Path, project: dict[str, Any]) -> None:
    pinned, dev = _pins(root / "requirements.txt"), _pins(root / "requirements-dev.txt")
    assert set(project["project"]["dependencies"]) <= set(pinned)
    assert set(project["project"]["optional-dependencies"]["dev"]) <= set(dev)


def test_the_tests_run_on_the_versions_that_are_shipped(root: Path) -> None:
    pinned, dev = _pins(root / "requirements.txt"), _pins(root / "requirements-dev.txt")
    assert pinned.items() <= dev.items()


def test_the_build_requirements_are_the_same_everywhere(
    root: Path, project: dict[str, Any]
) -> None:
    asked = dict(line.split("==") for line in project["build-system"]["requires"])
    assert asked == _pins(root / "requirements-build.in")
    assert asked.items() <= _pins(root / "requirements-build.txt").items()
