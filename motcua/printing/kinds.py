"""From a centre's settings to the printer they mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from motcua.printing.connectors import (
    DevicePrinter,
    SerialPrinter,
    network_printer,
    usb_printer,
)
from motcua.printing.printer import NoPrinter, Printer, PrinterSettings
from motcua.printing.virtual import VirtualPrinter


def printer_from(settings: PrinterSettings, folder: Path) -> Printer:
    """Return the printer that `settings` describe. Nothing is opened yet.

    Args:
        settings: of one printer.
        folder: where a virtual printer keeps its slips, in a folder of its own name, unless its
            settings name a `path`.
    """
    if settings.kind == "virtual":
        slips = Path(settings.path) if settings.path else folder / settings.name
        return VirtualPrinter(slips, settings.paper_mm)
    makers: dict[str, Callable[[PrinterSettings], Printer]] = {
        "network": network_printer,
        "file": DevicePrinter,
        "usb": usb_printer,
        "serial": SerialPrinter,
    }
    maker = makers.get(settings.kind)
    return maker(settings) if maker else NoPrinter()
