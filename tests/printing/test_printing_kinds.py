"""Printers as the centre sets them up, and what each kind can say of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from motcua.kiosk import slip_page
from motcua.printing import escpos_library
from motcua.printing.kinds import printer_from
from motcua.printing.printer import (
    SENTENCES,
    NoPrinter,
    PrinterError,
    PrinterSettings,
    PrinterStatus,
)
from motcua.printing.raster import decode
from motcua.printing.virtual import VirtualPrinter
from motcua.words import Words


def _slip() -> Image.Image:
    image = Image.new("1", (384, 100), 1)
    image.paste(0, (8, 8, 80, 90))
    return image


def test_a_virtual_printer_keeps_slips_in_a_folder_of_its_own(tmp_path: Path) -> None:
    printer = printer_from(PrinterSettings(name="kiosk"), tmp_path)

    assert isinstance(printer, VirtualPrinter)
    assert printer.folder == tmp_path / "kiosk"
    assert not printer.folder.exists()


def test_a_file_printer_gets_the_bytes_of_the_slip_and_claims_nothing(tmp_path: Path) -> None:
    file = tmp_path / "lp0"
    printer = printer_from(
        PrinterSettings(name="kiosk", kind="file", path=str(file), paper_mm=58), tmp_path
    )

    said = printer.print(_slip(), "A001")

    assert said is PrinterStatus.UNKNOWN
    assert printer.status() is PrinterStatus.UNKNOWN
    (read,) = decode(file.read_bytes())
    assert read.tobytes() == _slip().tobytes()


def test_a_device_that_was_unplugged_is_not_made_into_a_file(tmp_path: Path) -> None:
    device = Path("/dev/motcua-no-such-printer")
    printer = printer_from(PrinterSettings(name="x", kind="file", path=str(device)), tmp_path)

    with pytest.raises(PrinterError) as failed:
        printer.print(_slip(), "A001")

    assert (failed.value.code, failed.value.sent) == ("printer.offline", False)
    assert printer.status() is PrinterStatus.OFFLINE
    assert not device.exists()


def test_a_file_that_cannot_be_written_is_a_printer_that_is_not_there(tmp_path: Path) -> None:
    settings = PrinterSettings(name="x", kind="file", path=str(tmp_path / "none" / "lp0"))

    with pytest.raises(PrinterError) as failed:
        printer_from(settings, tmp_path).print(_slip(), "A001")

    assert failed.value.code == "printer.offline"


def test_a_centre_without_a_printer_is_told_so(tmp_path: Path) -> None:
    printer = printer_from(PrinterSettings(name="x", kind="none"), tmp_path)

    assert isinstance(printer, NoPrinter)
    assert printer.status() is PrinterStatus.UNKNOWN
    with pytest.raises(PrinterError, match="No printer is set up"):
        printer.print(_slip(), "A001")


def test_what_is_drawn_and_what_is_printed_agree_on_the_paper() -> None:
    assert slip_page.PAPER_DOTS == escpos_library.PAPER_DOTS


def test_everything_a_printer_says_is_said_in_vietnamese_too() -> None:
    words = Words(Path())
    sentences = [*SENTENCES.values(), *(status.sentence for status in PrinterStatus)]

    assert [sentence for sentence in sentences if not words.knows("vi", sentence)] == []


def test_the_guide_to_printers_explains_every_code_and_status() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "printers.md").read_text("utf-8")

    words = [*SENTENCES, *(f"`{status}`" for status in PrinterStatus)]
    assert [word for word in words if word not in guide] == []
