"""What is sent to a printer, byte for byte: taken apart, it is the slip that was drawn."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PIL import Image, ImageDraw

from motcua.printing.escpos_library import escpos_library, profile, send
from motcua.printing.raster import CUT, INIT, RASTER, RasterError, commands, decode


def _slip(width: int = 576, height: int = 700) -> Image.Image:
    image = Image.new("1", (width, height), 1)
    draw = ImageDraw.Draw(image)
    draw.line((0, 0, width - 1, height - 1), fill=0, width=3)
    draw.line((width // 2, 0, 0, height - 1), fill=0)
    return image


def _sent(image: Image.Image, paper_mm: int = 80) -> bytes:
    line = escpos_library().Dummy(profile=profile(paper_mm))
    send(line, image)
    sent: bytes = line.output
    return sent


@pytest.mark.parametrize(
    ("paper_mm", "width", "height"), [(80, 576, 200), (80, 576, 1700), (58, 384, 960), (80, 384, 1)]
)
def test_the_bytes_read_back_are_the_slip_pixel_for_pixel(
    paper_mm: int, width: int, height: int
) -> None:
    image = _slip(width, height)

    (read,) = decode(_sent(image, paper_mm))

    assert (read.mode, read.size) == ("1", image.size)
    assert read.tobytes() == image.tobytes()


def test_two_jobs_in_a_row_are_two_slips() -> None:
    first, second = _slip(height=100), _slip(width=384, height=500)

    slips = decode(_sent(first) + _sent(second))

    assert [slip.tobytes() for slip in slips] == [first.tobytes(), second.tobytes()]


def test_a_job_starts_afresh_comes_in_bands_and_ends_with_a_cut() -> None:
    sent = _sent(_slip(height=1000))

    names = [command.name for command in commands(sent)]

    assert names == [INIT, RASTER, RASTER, RASTER, CUT]


def test_a_job_torn_anywhere_is_refused() -> None:
    sent = _sent(_slip(64, 20))

    for length in range(len(INIT) + 1, len(sent)):
        with pytest.raises(RasterError):
            decode(sent[:length])


@pytest.mark.parametrize(
    "noise",
    [b"Hello, printer", b"\x1bt\x00", b"\x1dV\x07", b"\x1dv0\x03\x01\x00\x01\x00\x00", b"\n\n\n\n"],
)
def test_a_command_we_never_send_is_refused_with_its_place(noise: bytes) -> None:
    sent = _sent(_slip(64, 20))

    with pytest.raises(RasterError, match=f"at byte {len(sent)}"):
        decode(sent + noise)


def test_bands_of_different_widths_are_no_slip() -> None:
    narrow, wide = _sent(_slip(64, 8)), _sent(_slip(128, 8))
    cut = len(b"\x1dVB\x00")

    with pytest.raises(RasterError, match="different widths"):
        decode(narrow[:-cut] + wide)


def test_the_library_comes_in_without_touching_log_environment_or_output() -> None:
    script = """
import logging, os, sys
before = dict(os.environ)
from motcua.printing.escpos_library import escpos_library, profile, send
from PIL import Image
assert "escpos" not in sys.modules
line = escpos_library().Dummy(profile=profile(80))
send(line, Image.new("1", (576, 2000), 1))
assert len(line.output) > 140_000
assert logging.getLogger().handlers == []
assert dict(os.environ) == before
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
