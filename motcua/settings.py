"""`centre.toml`: what a centre decides, checked when it is read.

Every key, its default and its unit stand in the structs below and, with a line of help each, in the
starter `config/centre.toml`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from datetime import date, time
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct

from motcua.printing.printer import PrinterSettings
from motcua.queue.hours import Hours, Shift
from motcua.queue.rules import PriorityGroup, Rules, Service

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from motcua.queue.procedure import Procedure

_Letter = Annotated[str, Meta(pattern=r"^[A-ZĐ]$")]
_ShiftText = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]
_WORKDAY: tuple[_ShiftText, ...] = ("07:30-11:30", "13:30-17:00")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class SettingsError(Exception):
    """`centre.toml` cannot be used; the sentence names the line and the cure."""


class _Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file."""


class HoursSection(_Section, frozen=True):
    """Opening hours: `HH:MM-HH:MM` shifts for each weekday."""

    monday: tuple[_ShiftText, ...] = _WORKDAY
    tuesday: tuple[_ShiftText, ...] = _WORKDAY
    wednesday: tuple[_ShiftText, ...] = _WORKDAY
    thursday: tuple[_ShiftText, ...] = _WORKDAY
    friday: tuple[_ShiftText, ...] = _WORKDAY
    saturday: tuple[_ShiftText, ...] = ()
    sunday: tuple[_ShiftText, ...] = ()
    holidays: tuple[date, ...] = ()
    working_days: dict[date, tuple[_ShiftText, ...]] = {}


class ServiceSection(_Section, frozen=True):
    """A queue people wait in."""

    letter: _Letter
    name: str
    name_en: str = ""


class CounterSection(_Section, frozen=True):
    """A counter and its usual services, in order of preference."""

    number: Annotated[int, Meta(ge=1, le=99)]
    services: Annotated[tuple[_Letter, ...], Meta(min_length=1)]


class PrioritySection(_Section, frozen=True):
    """A group whose tickets count as issued `credit_min` minutes earlier."""

    code: Annotated[str, Meta(pattern=r"^[a-z_]+$")]
    name: str
    name_en: str = ""
    credit_min: Annotated[float, Meta(ge=0, le=120)] = 10
    ground: str = ""


class PrinterSection(_Section, frozen=True):
    """A printer; see `PrinterSettings`."""

    name: str = "kiosk"
    kind: Literal["virtual", "network", "file", "usb", "serial", "none"] = "virtual"
    paper_mm: Literal[58, 80] = 80
    host: str = ""
    port: Annotated[int, Meta(ge=1, le=65535)] = 9100
    path: str = ""
    vendor_id: Annotated[int, Meta(ge=0, le=0xFFFF)] = 0
    product_id: Annotated[int, Meta(ge=0, le=0xFFFF)] = 0
    baud: Annotated[int, Meta(ge=1200, le=921600)] = 9600
    timeout_s: Annotated[float, Meta(gt=0, le=30)] = 4.0


class KioskSection(_Section, frozen=True):
    """A touch screen."""

    name: str = "sanh"
    printer: str = ""
    screen_width_mm: Annotated[int, Meta(ge=100, le=3000)] = 476
    idle_s: Annotated[int, Meta(ge=20, le=600)] = 60
    burst: Annotated[int, Meta(ge=1, le=1000)] = 30
    pace_s: Annotated[int, Meta(ge=0, le=60)] = 5


class BoardSection(_Section, frozen=True):
    """A screen for the hall."""

    name: str = "sanh"
    services: tuple[_Letter, ...] = ()
    viewing_m: Annotated[float, Meta(ge=1, le=40)] = 8.0
    screen_width_mm: Annotated[int, Meta(ge=200, le=5000)] = 952
    voice: bool = True
    english: bool = False


class VoiceSection(_Section, frozen=True):
    """How calls are spoken."""

    name: str = "vi-vn-x-central"
    speed_wpm: Annotated[int, Meta(ge=80, le=300)] = 130


class ServerSection(_Section, frozen=True):
    """Limits of the web server."""

    streams: Annotated[int, Meta(ge=1, le=400)] = 40
    workers: Annotated[int, Meta(ge=4, le=64)] = 16
    body_kb: Annotated[int, Meta(ge=16, le=65536)] = 256
    trust_loopback: bool = True


class BackupSection(_Section, frozen=True):
    """Copies of the whole centre on a second medium."""

    folder: Annotated[str, Meta(pattern=r"^(/.+)?$")] = ""
    every_h: Annotated[float, Meta(ge=0.5, le=168)] = 4
    keep: Annotated[int, Meta(ge=2, le=1000)] = 30
    warn_days: Annotated[float, Meta(gt=0, le=60)] = 3


class Centre(_Section, frozen=True):
    """The whole file."""

    name: str = "Trung tâm Phục vụ hành chính công phường"
    name_en: str = "Ward Public Administration Service Centre"
    languages: Annotated[tuple[Literal["vi", "en"], ...], Meta(min_length=1)] = ("vi", "en")
    timezone: str = "Asia/Ho_Chi_Minh"
    wait_target_min: Annotated[float, Meta(gt=0, le=480)] = 15
    undo_s: Annotated[int, Meta(ge=0, le=120)] = 10
    public_url: str = ""
    hours: HoursSection = HoursSection()
    service: tuple[ServiceSection, ...] = (ServiceSection(letter="A", name="Tiếp nhận hồ sơ"),)
    counter: tuple[CounterSection, ...] = (CounterSection(number=1, services=("A",)),)
    priority: tuple[PrioritySection, ...] = ()
    printer: tuple[PrinterSection, ...] = (PrinterSection(),)
    kiosk: tuple[KioskSection, ...] = (KioskSection(),)
    board: tuple[BoardSection, ...] = (BoardSection(),)
    voice: VoiceSection = VoiceSection()
    backup: BackupSection = BackupSection()
    server: ServerSection = ServerSection()

    def printers(self) -> list[PrinterSettings]:
        """Return the printers as the printing side takes them."""
        return [PrinterSettings(**msgspec.structs.asdict(printer)) for printer in self.printer]

    def rules(self, procedures: Mapping[str, Procedure], *, always_open: bool = False) -> Rules:
        """Return the rules the office goes by."""
        return Rules(
            services={s.letter: Service(s.letter, s.name, s.name_en) for s in self.service},
            counters={counter.number: counter.services for counter in self.counter},
            hours=self._hours(always_open=always_open),
            priorities={group.code: _group(group) for group in self.priority},
            procedures=procedures,
            undo_s=self.undo_s,
        )

    def _hours(self, *, always_open: bool) -> Hours:
        special = self.hours.working_days.items()
        return Hours(
            week=tuple(_shifts(getattr(self.hours, weekday)) for weekday in WEEKDAYS),
            zone=ZoneInfo(self.timezone),
            holidays=frozenset(self.hours.holidays),
            working_days={day: _shifts(shifts) for day, shifts in special},
            always_open=always_open,
        )


def read_centre(path: Path) -> Centre:
    """Return the settings in the file at `path`.

    Raises:
        SettingsError: it cannot be read, or a key or value is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
        centre = msgspec.convert(tomllib.loads(text), Centre, strict=True)
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror}."
        raise SettingsError(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path.name} is not valid TOML: {error}."
        raise SettingsError(message) from error
    except msgspec.ValidationError as error:
        raise SettingsError(_explain(path.name, text, str(error))) from error
    _agree(path.name, centre)
    return centre


def _explain(name: str, text: str, error: str) -> str:
    """Turn a validation error into a sentence with its line and the nearest right spelling."""
    unknown = re.search(r"unknown field `([^`]+)`", error)
    where = re.search(r"at `\$\.?([^`]*)`", error)
    key = (
        unknown[1] if unknown else re.sub(r"\[.*?\]", "", where[1]).split(".")[-1] if where else ""
    )
    lines = [n for n, line in enumerate(text.splitlines(), 1) if re.match(rf"\W*{key}\b", line)]
    line = f", line {lines[0]}" if key and lines else ""
    if not unknown:
        return f"{name}{line}: {key}: {error.split(' - at ', maxsplit=1)[0]}."
    near = difflib.get_close_matches(key, _known_keys(), n=1)
    cure = f"did you mean {near[0]}?" if near else "take it out."
    return f"{name}{line}: there is no setting {key}: {cure}"


def _known_keys() -> list[str]:
    sections: list[Any] = [Centre, *_Section.__subclasses__()]
    return sorted({key for section in sections for key in section.__struct_fields__})


def _agree(name: str, centre: Centre) -> None:
    """Refuse settings that are fine alone but not together."""
    letters = [service.letter for service in centre.service]
    for counter in centre.counter:
        for letter in counter.services:
            if letter not in letters:
                message = (
                    f"{name}: counter {counter.number} names service {letter}: add it or remove it."
                )
                raise SettingsError(message)
    numbers = [counter.number for counter in centre.counter]
    names = [printer.name for printer in centre.printer]
    for word, values in (("service letter", letters), ("counter", numbers), ("printer", names)):
        twice = [value for value, times in Counter(values).items() if times > 1]
        if twice:
            message = f"{name}: {word} {twice[0]} stands twice: keep one."
            raise SettingsError(message)
    _agree_on_paper(name, centre)
    try:
        centre.rules({})
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"{name}: {error}."
        raise SettingsError(message) from error


def _agree_on_paper(name: str, centre: Centre) -> None:
    """Refuse a printer that cannot be found, and a kiosk that prints on none there is."""
    printers = [printer.name for printer in centre.printer]
    wrong = [lack for printer in centre.printers() if (lack := printer.lack())]
    wrong += [
        f"kiosk {kiosk.name} names printer {kiosk.printer}: there is only {', '.join(printers)}."
        for kiosk in centre.kiosk
        if kiosk.printer and kiosk.printer not in printers
    ]
    if wrong:
        message = f"{name}: {wrong[0]}"
        raise SettingsError(message)


def _shifts(texts: tuple[str, ...]) -> tuple[Shift, ...]:
    shifts = []
    for text in sorted(texts):
        opens, closes = (time.fromisoformat(part) for part in text.split("-"))
        if opens >= closes:
            message = f"the shift {text} ends before it begins"
            raise ValueError(message)
        shifts.append(Shift(opens, closes))
    return tuple(shifts)


def _group(section: PrioritySection) -> PriorityGroup:
    return PriorityGroup(
        section.code, section.name, section.name_en, round(section.credit_min * 60), section.ground
    )
