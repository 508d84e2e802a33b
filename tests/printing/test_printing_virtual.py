"""The printer that ships with the product: every slip a picture, every trouble at will."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from motcua.printing.printer import PrinterError, PrinterStatus
from motcua.printing.virtual import VirtualPrinter


def _slip(height: int = 40) -> Image.Image:
    image = Image.new("1", (384, height), 1)
    image.paste(0, (8, 8, 80, 30))
    return image


def test_a_slip_printed_is_a_picture_of_the_same_pixels(tmp_path: Path) -> None:
    printer, slip = VirtualPrinter(tmp_path / "slips"), _slip()

    said = printer.print(slip, "A015")

    (file,) = printer.slips()
    assert said is PrinterStatus.OK
    assert file.name == "0001-A015.png"
    with Image.open(file) as kept:
        assert (kept.mode, kept.size, kept.tobytes()) == ("1", slip.size, slip.tobytes())


def test_slips_are_numbered_on_after_a_restart_and_listed_newest_first(tmp_path: Path) -> None:
    VirtualPrinter(tmp_path).print(_slip(), "A001")
    VirtualPrinter(tmp_path).print(_slip(), "A002")

    names = [file.name for file in VirtualPrinter(tmp_path).slips()]

    assert names == ["0002-A002.png", "0001-A001.png"]


def test_only_the_newest_200_slips_are_kept(tmp_path: Path) -> None:
    printer = VirtualPrinter(tmp_path)
    for number in range(1, 204):
        printer.print(_slip(20), f"A{number:03d}")

    slips = printer.slips()

    assert len(slips) == 200
    assert slips[0].name == "0203-A203.png"
    assert slips[-1].name == "0004-A004.png"


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("giữ lại")
    printer = VirtualPrinter(tmp_path)

    printer.print(_slip(), "../../x/A 1?")

    assert [file.name for file in printer.slips()] == ["0001-xA1.png"]
    assert (tmp_path / "note.txt").exists()


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (PrinterStatus.PAPER_OUT, "printer.paper_out"),
        (PrinterStatus.COVER_OPEN, "printer.cover_open"),
        (PrinterStatus.OFFLINE, "printer.offline"),
    ],
)
def test_in_trouble_it_prints_nothing_and_says_why(
    tmp_path: Path, condition: PrinterStatus, code: str
) -> None:
    printer = VirtualPrinter(tmp_path)
    printer.condition = condition

    with pytest.raises(PrinterError) as refused:
        printer.print(_slip(), "A001")

    assert (refused.value.code, refused.value.sent) == (code, False)
    assert printer.status() is condition
    assert printer.slips() == []


def test_a_roll_with_two_slips_left_prints_two(tmp_path: Path) -> None:
    printer = VirtualPrinter(tmp_path)
    printer.slips_left = 2

    printer.print(_slip(), "A001")
    printer.print(_slip(), "A002")

    assert printer.status() is PrinterStatus.PAPER_OUT
    with pytest.raises(PrinterError, match="out of paper"):
        printer.print(_slip(), "A003")
