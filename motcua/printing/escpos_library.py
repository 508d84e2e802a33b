"""python-escpos, brought in late and without its side effects, and what we ask of it.

Left to itself its import parses a large YAML file (seconds on a small box), keeps the result as a
pickle that a power cut can tear, and gives the root logger a handler. It makes one empty temporary
folder whatever it is told; that one stays.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from motcua.printing.printer import PrinterError
from motcua.printing.raster import RASTER

if TYPE_CHECKING:
    from PIL import Image

PAPER_DOTS: Final = {80: 576, 58: 384}
"""Printable width in dots of each paper width in millimetres, at 203 dpi."""

_BAND_DOTS = 480
"""Height of one raster command: cheap printers hold few dozen kilobytes."""
_PIECE_BYTES = 2048
"""What is handed over at once, so that a printer's time-out is a silence, not a whole slip."""

_LOADING = threading.Lock()

_FEATURES: Final = {"paperFullCut": True, "paperPartCut": True}

# We print rasters only, so the library's data base of 35 printers comes down to one that can cut.
_CAPABILITIES: Final = {
    "profiles": {
        "default": {
            "name": "Raster printer",
            "codePages": {"0": "CP437"},
            "features": _FEATURES,
            "fonts": {"0": {"columns": 42, "name": "Font A"}},
            "media": {"width": {"mm": "Unknown", "pixels": "Unknown"}},
        }
    },
    "encodings": {"CP437": {"name": "CP437", "python_encode": "cp437"}},
}


def escpos_library() -> ModuleType:
    """Return the module with python-escpos' connectors, importing it when first asked.

    Raises:
        PrinterError: `printer.software`, it cannot be imported.
    """
    with _LOADING:  # before looking: another printer's thread may be half through the import
        if "escpos.printer" in sys.modules:
            return sys.modules["escpos.printer"]
        with _small_data_base(), _root_logger_left_alone():
            try:
                return import_module("escpos.printer")
            except (ImportError, OSError) as error:
                raise PrinterError("printer.software", str(error)) from error


def library_error() -> type[Exception]:
    """Return the parent of the library's own exceptions.

    Raises:
        PrinterError: `printer.software`, see `escpos_library`.
    """
    escpos_library()
    error: type[Exception] = import_module("escpos.exceptions").Error
    return error


def profile(paper_mm: int) -> Any:  # noqa: ANN401  (the library is not typed)
    """Return the library's description of a printer with this paper."""
    escpos_library()
    described = import_module("escpos.capabilities").Profile(features=_FEATURES)
    width = {"mm": paper_mm, "pixels": PAPER_DOTS[paper_mm]}
    described.profile_data = described.profile_data | {"media": {"width": width}}
    return described


def send(line: Any, image: Image.Image) -> None:  # noqa: ANN401
    """Send one slip over a connector of the library: reset, pixels, feed to the knife, cut.

    The library's own `image` takes any picture and turns it through four modes, twice: 30 ms in
    which nothing else runs. A slip is black and white already.
    """
    line.hw("INIT")
    for top in range(0, image.height, _BAND_DOTS):
        bottom = min(top + _BAND_DOTS, image.height)
        band = _raster(image.crop((0, top, image.width, bottom)))
        for start in range(0, len(band), _PIECE_BYTES):
            line._raw(band[start : start + _PIECE_BYTES])  # noqa: SLF001
    line.cut(feed=False)


def _raster(band: Image.Image) -> bytes:
    """Return the command that prints a band: 1 is black for a printer, white for an image."""
    size = (band.width + 7) // 8, band.height
    head = RASTER + b"\0" + b"".join(one.to_bytes(2, "little") for one in size)
    return head + band.tobytes("raw", "1;I")


@contextmanager
def _small_data_base() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="motcua-printing-") as folder:
        file = Path(folder) / "capabilities.json"
        file.write_text(json.dumps(_CAPABILITIES), encoding="utf-8")
        ours = {
            "ESCPOS_CAPABILITIES_FILE": str(file),
            "ESCPOS_CAPABILITIES_PICKLE_DIR": folder,
        }
        before = {name: os.environ.get(name) for name in ours}
        os.environ.update(ours)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


@contextmanager
def _root_logger_left_alone() -> Iterator[None]:
    # logging.basicConfig() does nothing where a handler stands already.
    placeholder = logging.NullHandler()
    logging.getLogger().addHandler(placeholder)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(placeholder)
