"""The kiosk as a thing in the hall: which one it is, how wide, how patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Device(Protocol):
    """One touch screen of the centre."""

    @property
    def name(self) -> str:
        """How it is told from the others: `/kiosk?screen=NAME`."""
        ...

    @property
    def printer(self) -> str:
        """Name of the printer beside it."""
        ...

    @property
    def screen_width_mm(self) -> int:
        """Width of the lit screen."""
        ...

    @property
    def idle_s(self) -> int:
        """Seconds without a touch before it asks whether anybody is there."""
        ...

    @property
    def burst(self) -> int:
        """Numbers it may give at once; see `motcua.kiosk.pace`."""
        ...

    @property
    def pace_s(self) -> int:
        """Seconds between two numbers after those; 0 never makes anybody wait."""
        ...


class Centre(Protocol):
    """What the kiosk needs to know of the centre's settings."""

    @property
    def kiosk(self) -> Sequence[Device]:
        """The touch screens."""
        ...

    @property
    def languages(self) -> Sequence[str]:
        """Languages offered, the usual one first."""
        ...

    @property
    def public_url(self) -> str:
        """Address phones reach; empty: the one the kiosk itself was opened at."""
        ...


@dataclass(frozen=True, slots=True)
class UsualDevice:
    """A touch screen of 21.5 inches, for a centre that names none."""

    name: str = ""
    printer: str = ""
    screen_width_mm: int = 476
    idle_s: int = 60
    burst: int = 30
    pace_s: int = 5


def find_device(devices: Sequence[Device], name: str) -> Device:
    """Return the device called `name`, else the first."""
    named = (device for device in devices if device.name == name)
    return next(named, devices[0] if devices else UsualDevice())


def size_sheet(device: Device, *, larger: bool) -> str:
    """Return the stylesheet that makes `--mm` a real millimetre and sets the size of text.

    Text is at least 24 px, and 6 mm on a screen so fine that 24 px would be less; a tall screen has
    room for more.
    """
    scale = 1.25 if larger else 1
    return (
        f":root {{ --mm: calc(100vw / {device.screen_width_mm}); }}\n"
        f"html {{ font-size: calc({scale} * max(24px, 6 * var(--mm))); }}\n"
        "@media (orientation: portrait) {\n"
        f"  html {{ font-size: calc({scale} * max(24px, 6 * var(--mm), 2.7vw)); }}\n"
        "}\n"
    )
