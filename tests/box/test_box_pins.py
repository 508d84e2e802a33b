"""PINs: hashed slowly, at a cost a small box can bear."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from motcua.access import Access, Role, SignInsBusyError
from motcua.clock import SetClock


@pytest.fixture
def access(tmp_path: Path, clock: SetClock) -> Access:
    """An access file nobody is in."""
    return Access(tmp_path / "access.json", clock)


def test_pins_are_hashed_slowly_with_known_cost(access: Access, tmp_path: Path) -> None:
    access.add_staff("Lan", Role.ADMIN)
    assert '"pin": "scrypt:32768:8:1$' in (tmp_path / "access.json").read_text("utf-8")


def test_a_crowd_at_the_door_is_told_to_come_back_rather_than_fill_the_memory(
    access: Access,
) -> None:
    pin = access.add_staff("Lan", Role.STAFF)

    def knock(_: int) -> str:
        try:
            return "in" if access.sign_in("Lan", pin) else "wrong"
        except SignInsBusyError:
            return "busy"

    with ThreadPoolExecutor(40) as pool:
        told = list(pool.map(knock, range(40)))
    assert set(told) == {"in", "busy"}
    assert access.sign_in("Lan", pin) is not None
