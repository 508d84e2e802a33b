"""Reading ESC/POS: the bytes a printer gets, taken apart strictly and turned back into pixels.

Only what Motcua sends is known here; anything else is refused with its place, so that a byte too
many in a job cannot pass unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

# Numbers of the ESC/POS command set.
INIT: Final = b"\x1b@"
FEED_LINES: Final = b"\x1bd"
RASTER: Final = b"\x1dv0"
CUT: Final = b"\x1dV"
STATUS_NOW: Final = b"\x10\x04"
"""DLE EOT n: answered at once, whatever waits in the printer's memory."""
STATUS_IN_TURN: Final = b"\x1dr"
"""GS r n: answered when everything sent before has been carried out."""

_LENGTHS: Final = {INIT: 2, FEED_LINES: 3, STATUS_NOW: 3, STATUS_IN_TURN: 3}
_RASTER_HEAD = 8
_CUTS: Final = {0: 3, 1: 3, 48: 3, 49: 3, 65: 4, 66: 4}
"""Mode of a cut to the command's length: 65 and 66 carry a feed."""


class RasterError(ValueError):
    """The bytes are not what Motcua sends to a printer."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command in a stream of bytes."""

    name: bytes
    """Its first bytes, one of the constants above."""
    start: int
    end: int
    """Place of the first byte after it."""


def commands(data: bytes, start: int = 0) -> Iterator[Command]:
    """Yield the commands from `start` on; a last one that is not whole yet is left for later.

    Raises:
        RasterError: something else stands there.
    """
    while start < len(data):
        name, length = _head(data, start)
        if length is None or start + length > len(data):
            return
        yield Command(name, start, start + length)
        start += length


def decode(data: bytes) -> list[Image.Image]:
    """Return the slips in `data`, one image of 1 bit a pixel for each cut.

    Raises:
        RasterError: an unknown or torn command, an image not cut off, or two widths on one slip.
    """
    slips: list[Image.Image] = []
    bands: list[Command] = []
    end = 0
    for command in commands(data):
        end = command.end
        if command.name == RASTER:
            bands.append(command)
        elif command.name == CUT:
            slips.append(_joined(data, bands))
            bands = []
    if end != len(data) or bands:
        message = f"the job breaks off at byte {end} of {len(data)}"
        raise RasterError(message)
    return slips


def _head(data: bytes, start: int) -> tuple[bytes, int | None]:
    """Return a command's name and whole length, None while too little of it is there."""
    for name, length in _LENGTHS.items():
        if data.startswith(name, start):
            return name, length
    if data.startswith(CUT, start):
        return CUT, _cut_length(data, start)
    if data.startswith(RASTER, start):
        return RASTER, _raster_length(data, start)
    if len(data) - start < len(RASTER):
        return b"", None
    message = f"unknown command at byte {start}: {data[start : start + 4].hex(' ')}"
    raise RasterError(message)


def _cut_length(data: bytes, start: int) -> int | None:
    if start + len(CUT) == len(data):
        return None
    mode = data[start + len(CUT)]
    if mode not in _CUTS:
        message = f"unknown cut {mode} at byte {start}"
        raise RasterError(message)
    return _CUTS[mode]


def _raster_length(data: bytes, start: int) -> int | None:
    head = data[start : start + _RASTER_HEAD]
    if len(head) < _RASTER_HEAD:
        return None
    row_bytes, rows = _size(head)
    if head[3] or not row_bytes or not rows:
        message = f"raster of mode {head[3]}, {row_bytes} × {rows}, at byte {start}"
        raise RasterError(message)
    return _RASTER_HEAD + row_bytes * rows


def _size(head: bytes) -> tuple[int, int]:
    return int.from_bytes(head[4:6], "little"), int.from_bytes(head[6:8], "little")


def _joined(data: bytes, bands: list[Command]) -> Image.Image:
    from PIL import Image

    sizes = [_size(data[band.start : band.end]) for band in bands]
    if len({row_bytes for row_bytes, _ in sizes}) != 1:
        message = f"a slip of {len(sizes)} bands with different widths: {sizes}"
        raise RasterError(message)
    pixels = b"".join(data[band.start + _RASTER_HEAD : band.end] for band in bands)
    size = (sizes[0][0] * 8, sum(rows for _, rows in sizes))
    return Image.frombytes("1", size, pixels, "raw", "1;I")
