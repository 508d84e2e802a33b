"""What a printer is to the rest of Motcua: it prints an image, says how it is, or says why not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from PIL import Image

Kind = Literal["virtual", "network", "file", "usb", "serial", "none"]

_NEEDS: Final[dict[Kind, dict[str, str]]] = {
    "network": {"host": '"192.168.1.50"'},
    "usb": {"vendor_id": "0x04b8", "product_id": "0x0e15"},
    "serial": {"path": '"/dev/ttyUSB0"'},
    "file": {"path": '"/dev/usb/lp0"'},
}
"""Kind of a printer → what it cannot be found without, with an example of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterSettings:
    """One printer as the centre configured it. Fields a kind has no use for are ignored."""

    name: str
    kind: Kind = "virtual"
    host: str = ""
    """Address of a network printer; better a number than a name, which may take long to find."""
    port: int = 9100
    path: str = ""
    """Device of a file or serial printer; folder of a virtual one (empty: one is chosen)."""
    vendor_id: int = 0
    product_id: int = 0
    baud: int = 9600
    paper_mm: int = 80
    """Width of the roll: 80 or 58."""
    timeout_s: float = 4
    """Longest silence taken before the printer counts as not there."""

    def lack(self) -> str:
        """Return in a sentence what is missing to find the printer; empty when nothing is."""
        for key, example in _NEEDS.get(self.kind, {}).items():
            if not getattr(self, key):
                what = f"printer {self.name} of kind {self.kind} has no {key}"
                return f"{what}: write it down, such as {key} = {example}."
        return ""


class PrinterStatus(StrEnum):
    """What the printer said of itself when it was last asked."""

    UNKNOWN = "unknown"
    """It cannot be asked, was not asked yet, or did not answer: never taken for `ok`."""
    OK = "ok"
    PAPER_NEAR_END = "paper_near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"

    @property
    def stops(self) -> bool:
        """Whether nothing can be printed until a person has seen to it."""
        return self in {self.PAPER_OUT, self.COVER_OPEN, self.OFFLINE}

    @property
    def sentence(self) -> str:
        """The status for staff, in an English message, for translation."""
        return _STATUS_SENTENCES[self]


SENTENCES: Final = {
    "printer.offline": "The printer does not answer: check its power and its cable.",
    "printer.paper_out": "The printer is out of paper: put in a new roll.",
    "printer.cover_open": "The printer's cover is open: close it.",
    "printer.stuck": "The printer takes nothing: check its paper, its cover and its cable.",
    "printer.broken_off": "The printer broke off in the middle: look whether the slip is whole.",
    "printer.too_wide": "The slip is wider than the paper: check the paper width in the settings.",
    "printer.connector_missing": "The program part for this kind of printer is not installed.",
    "printer.software": "The printing program cannot be started: see the log.",
    "printer.none": "No printer is set up here.",
    "printer.queue_full": "Too many slips are waiting for this printer.",
    "printer.stopped": "The box was switched off before this slip was printed.",
    "printer.not_drawn": "The slip could not be drawn: see the log.",
    "printer.job_unknown": "This slip is no longer kept: it cannot be printed again.",
}
"""Sentence of each code, in English; the translations hold the Vietnamese."""

_CODES: Final = {
    PrinterStatus.PAPER_OUT: "printer.paper_out",
    PrinterStatus.COVER_OPEN: "printer.cover_open",
    PrinterStatus.OFFLINE: "printer.offline",
}

_STATUS_SENTENCES: Final = {
    PrinterStatus.UNKNOWN: "The printer does not say how it is.",
    PrinterStatus.OK: "The printer is ready.",
    PrinterStatus.PAPER_NEAR_END: "The paper roll is nearly used up.",
    **{status: SENTENCES[code] for status, code in _CODES.items()},
}


class PrinterError(Exception):
    """A slip was not printed, or nobody can say that it was."""

    def __init__(self, code: str, detail: str = "", *, sent: bool = False) -> None:
        """Tell what went wrong.

        Args:
            code: stable, one of `SENTENCES`.
            detail: the technical reason, for the log and `motcua check`; not translated.
            sent: whether some of the job may have reached the printer. Only a job of which nothing
                was sent may be tried again unasked: else a visitor could hold two slips.
        """
        self.code = code
        self.sentence = SENTENCES[code]
        self.detail = detail
        self.sent = sent
        super().__init__(f"{self.sentence} ({detail})" if detail else self.sentence)

    @classmethod
    def of_status(cls, status: PrinterStatus, *, sent: bool) -> PrinterError:
        """Return the error for a status that stops printing."""
        return cls(_CODES[status], f"status {status}", sent=sent)

    @property
    def uncertain(self) -> bool:
        """Whether nobody can say how much of the slip is on paper."""
        return self.sent and not self.status.stops

    @property
    def status(self) -> PrinterStatus:
        """What the error says of the printer itself."""
        return next((s for s, code in _CODES.items() if code == self.code), PrinterStatus.UNKNOWN)


class Printer(Protocol):
    """A thing that puts an image on paper. Called by one thread, its spooler's, and may block."""

    def print(self, image: Image.Image, about: str) -> PrinterStatus:
        """Print one slip and cut it off.

        Args:
            image: 1 bit a pixel, not wider than the paper.
            about: what the slip is, in a few letters (`A015`): for names of files and logs.

        Returns:
            What the printer said after the job: `UNKNOWN` means sent, and nobody knows.

        Raises:
            PrinterError: not printed, or broken off.
        """

    def status(self) -> PrinterStatus:
        """Ask the printer how it is. Never raises."""


class NoPrinter:
    """Stands where a centre has no printer: whoever prints is told so."""

    def print(self, image: Image.Image, about: str) -> PrinterStatus:  # noqa: ARG002
        """Refuse.

        Raises:
            PrinterError: always, `printer.none`.
        """
        raise PrinterError("printer.none")

    def status(self) -> PrinterStatus:
        """Return `UNKNOWN`."""
        return PrinterStatus.UNKNOWN
