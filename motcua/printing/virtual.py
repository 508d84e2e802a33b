"""A printer without paper: it reads the very bytes a real one gets and keeps each slip as a PNG."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.printing.escpos_library import escpos_library, profile, send
from motcua.printing.printer import PrinterError, PrinterStatus
from motcua.printing.raster import decode

if TYPE_CHECKING:
    from PIL import Image

_KEPT = 200
_NAME = re.compile(r"(\d{4,})-.*\.png")


class VirtualPrinter:
    """Keeps its newest slips in a folder as `NNNN-<number>.png`.

    It can be told to be in trouble, for demos and tests: set `condition`, `slips_left`, `pause_s`.
    """

    def __init__(self, folder: Path, paper_mm: int = 80) -> None:
        """Keep slips in `folder`, which is made when the first one comes."""
        self.folder = folder
        self.condition = PrinterStatus.OK
        """What it says of itself; anything that `stops` makes it refuse jobs."""
        self.slips_left: int | None = None
        """Slips until the roll is out; None is a roll without end."""
        self.pause_s = 0.0
        """How long one slip takes."""
        self._paper_mm = paper_mm

    def print(self, image: Image.Image, about: str) -> PrinterStatus:
        """Print one slip; see `Printer.print`."""
        if self.status().stops:
            raise PrinterError.of_status(self.status(), sent=False)
        line = escpos_library().Dummy(profile=profile(self._paper_mm))
        send(line, image)
        threading.Event().wait(self.pause_s)
        if self.condition.stops:
            raise PrinterError.of_status(self.condition, sent=True)
        for slip in decode(line.output):
            self._keep(slip, about)
        if self.slips_left is not None:
            self.slips_left -= 1
        return self.condition

    def status(self) -> PrinterStatus:
        """Return the condition it was told to be in."""
        return PrinterStatus.PAPER_OUT if self.slips_left == 0 else self.condition

    def slips(self) -> list[Path]:
        """Return the kept slips, newest first."""
        if not self.folder.is_dir():
            return []
        numbered = [
            (int(match[1]), file)
            for file in self.folder.iterdir()
            if (match := _NAME.fullmatch(file.name))
        ]
        return [file for _, file in sorted(numbered, reverse=True)]

    def _keep(self, slip: Image.Image, about: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = self.slips()
        number = int(kept[0].name.split("-")[0]) + 1 if kept else 1
        safe = re.sub(r"[^\w-]+", "", about) or "slip"
        file = self.folder / f"{number:04d}-{safe}.png"
        partial = file.with_suffix(".part")
        slip.save(partial, "PNG", compress_level=1)
        partial.replace(file)  # whoever lists the folder never meets half a picture
        for old in kept[_KEPT - 1 :]:
            old.unlink(missing_ok=True)
