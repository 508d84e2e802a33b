"""The box works with the cable out: no tracked file names an outside host or somebody's machine."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

_FREE = frozenset({"LICENSE"})
_ADDRESS = re.compile(
    r"(?:https?|wss?|ftp)://(\[[0-9a-f:]+\]|[^\s/:\"'`<>()|\\,;]+)", re.IGNORECASE
)
_BARE_HOST = re.compile(
    r"\b(?:[\w-]+\.)*(?:pypi|pythonhosted|npmjs|unpkg|jsdelivr|cdnjs|googleapis|gstatic|github"
    r"|githubusercontent|gitlab|docker|quay|ghcr)\.(?:org|com|net|io)\b",
    re.IGNORECASE,
)
_MACHINE_PATH = re.compile(r"(?<![\w.$}*])/(?:root|work|Users/\w+|home/(?!pi/)\w+)/")
# Namespaces are names, not addresses; the rest can never leave the centre's own network.
_NAMES = frozenset({"localhost", "www.w3.org", "0.0.0.0"})  # noqa: S104
_LOCAL_ENDINGS = (".local", ".lan", ".test", ".example", ".invalid", ".localhost")
_PUBLIC_SERVICE = (".gov.vn",)
"""Where a procedure is filed online is a fact of the catalogue, shown and never fetched."""


def _tracked(root: Path) -> list[str]:
    if not (root / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    return [name for name in listed.stdout.decode().split("\0") if name and name not in _FREE]


def _lines(root: Path) -> Iterator[tuple[str, str]]:
    """Yield place and text of every line of every tracked text file."""
    for name in _tracked(root):
        file = root / name
        content = file.read_bytes() if file.is_file() else b""
        if b"\0" not in content:
            for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
                yield f"{name}:{number}", line


def _is_outside(host: str) -> bool:
    host = host.strip("[]").rsplit("@", 1)[-1].rstrip(".").lower()
    if host in _NAMES or host[:1] in "{%$" or host.endswith((*_LOCAL_ENDINGS, *_PUBLIC_SERVICE)):
        return False
    if "example" in host.split("."):
        return False  # nobody's
    try:
        return not ip_address(host).is_private
    except ValueError:
        return "." in host


def _assert_none(offenders: list[str]) -> None:
    if offenders:
        pytest.fail("\n".join(offenders), pytrace=False)


@pytest.mark.parametrize(
    ("host", "outside"),
    [
        ("cdn.somewhere.org", True),
        ("8.8.8.8", True),
        ("dichvucong.gov.vn", False),
        ("192.168.1.20", False),
        ("motcua.local", False),
        ("motcua.example.vn", False),
        ("localhost", False),
        ("[::1]", False),
        ("{host}", False),
        ("kiosk", False),
    ],
)
def test_a_host_is_told_from_the_centres_own(host: str, *, outside: bool) -> None:
    assert _is_outside(host) is outside


def test_no_tracked_file_names_an_outside_host(root: Path) -> None:
    offenders = [
        f"{place} {host}"
        for place, line in _lines(root)
        for host in [
            *(host for host in _ADDRESS.findall(line) if _is_outside(host)),
            *_BARE_HOST.findall(line),
        ]
    ]
    _assert_none(offenders)


def test_no_tracked_file_names_a_path_of_somebodys_machine(root: Path) -> None:
    offenders = [
        f"{place} {line.strip()}" for place, line in _lines(root) if _MACHINE_PATH.search(line)
    ]
    _assert_none(offenders)
