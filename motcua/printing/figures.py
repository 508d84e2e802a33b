"""What the printers are worth to those who watch the box: figures for `/metrics`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from motcua.printing.job import JobState
from motcua.printing.printer import PrinterStatus
from motcua.printing.spooler import Spooler

if TYPE_CHECKING:
    from motcua.status import Figure


def printer_figures(spoolers: Iterable[Spooler]) -> Iterator[Figure]:
    """Yield how each printer said it is, and what became of its last slips."""
    statuses, slips = [], []
    for spooler in spoolers:
        printer = spooler.name.replace("\\", r"\\").replace('"', r"\"")
        said, counted = spooler.status, Counter(record.state for record in spooler.records())
        statuses += [
            (f'printer="{printer}",status="{status}"', float(status is said))
            for status in PrinterStatus
        ]
        slips += [
            (f'printer="{printer}",state="{state}"', float(counted[state])) for state in JobState
        ]
    yield "motcua_printer_status", "gauge", "1 at what the printer last said of itself.", statuses
    yield "motcua_slips", "gauge", "The last slips of each printer by what became of them.", slips
