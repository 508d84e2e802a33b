"""`centre.toml`: what a centre decides, checked when it is read.

Every key, its default and its unit stand in the structs below and, with a line of help each, in the
starter `config/centre.toml`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date, time
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta

from motcua.mendable import MendableError
from motcua.printing.printer import PrinterSettings
from motcua.queue.hours import Hours, Shift
from motcua.queue.rules import PriorityGroup, Rules, Service
from motcua.settings_refusal import explained
from motcua.settings_section import Section, known_keys
from motcua.settings_travel import TravelSection

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from motcua.queue.procedure import Procedure

_Letter = Annotated[str, Meta(pattern=r"^[A-ZĐ]$")]
_ShiftText = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]
_WORKDAY: tuple[_ShiftText, ...] = ("07:30-11:30", "13:30-17:00")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class SettingsError(MendableError):
    """`centre.toml` cannot be used; the sentence names the line and the cure."""


class HoursSection(Section, frozen=True):
    """Opening hours: `HH:MM-HH:MM` shifts for each weekday."""

    monday: tuple[_ShiftText, ...] = _WORKDAY
    tuesday: tuple[_ShiftText, ...] = _WORKDAY
    wednesday: tuple[_ShiftText, ...] = _WORKDAY
    thursday: tuple[_ShiftText, ...] = _WORKDAY
    friday: tuple[_ShiftText, ...] = _WORKDAY
    saturday: tuple[_ShiftText, ...] = ()
    sunday: tuple[_ShiftText, ...] = ()
    holidays: tuple[date, ...] = ()
    working_days: dict[date, tuple[_ShiftText, ...]] = msgspec.field(default_factory=dict)


class ServiceSection(Section, frozen=True):
    """A queue people wait in."""

    letter: _Letter
    name: str
    name_en: str = ""


class CounterSection(Section, frozen=True):
    """A counter and its usual services, in order of preference."""

    number: Annotated[int, Meta(ge=1, le=99)]
    services: Annotated[tuple[_Letter, ...], Meta(min_length=1)]


class PrioritySection(Section, frozen=True):
    """A group whose tickets count as issued `credit_min` minutes earlier."""

    code: Annotated[str, Meta(pattern=r"^[a-z_]+$")]
    name: str
    name_en: str = ""
    credit_min: Annotated[float, Meta(ge=0, le=120)] = 10
    ground: str = ""


class PrinterSection(Section, frozen=True):
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


class KioskSection(Section, frozen=True):
    """A touch screen."""

    name: str = "sanh"
    printer: str = ""
    screen_width_mm: Annotated[int, Meta(ge=100, le=3000)] = 476
    idle_s: Annotated[int, Meta(ge=20, le=600)] = 60
    burst: Annotated[int, Meta(ge=1, le=1000)] = 30
    pace_s: Annotated[int, Meta(ge=0, le=60)] = 5


class BoardSection(Section, frozen=True):
    """A screen for the hall."""

    name: str = "sanh"
    services: tuple[_Letter, ...] = ()
    viewing_m: Annotated[float, Meta(ge=1, le=40)] = 8.0
    screen_width_mm: Annotated[int, Meta(ge=200, le=5000)] = 952
    voice: bool = True
    english: bool = False


class VoiceSection(Section, frozen=True):
    """How calls are spoken."""

    name: str = "vi-vn-x-central"
    speed_wpm: Annotated[int, Meta(ge=80, le=300)] = 130


class ServerSection(Section, frozen=True):
    """Limits of the web server."""

    streams: Annotated[int, Meta(ge=1, le=400)] = 40
    workers: Annotated[int, Meta(ge=4, le=64)] = 16
    body_kb: Annotated[int, Meta(ge=16, le=65536)] = 256
    trust_loopback: bool = True


class PrivacySection(Section, frozen=True):
    """How long what may point to people is kept."""

    rows_months: Annotated[int, Meta(ge=0, le=120)] = 12


class BackupSection(Section, frozen=True):
    """Copies of the whole centre on a second medium."""

    folder: Annotated[str, Meta(pattern=r"^(/.+)?$")] = ""
    every_h: Annotated[float, Meta(ge=0.5, le=168)] = 4
    keep: Annotated[int, Meta(ge=2, le=1000)] = 30
    warn_days: Annotated[float, Meta(gt=0, le=60)] = 3


class StaffingSection(Section, frozen=True):
    """What the advice on how many counters to open aims at."""

    target_share: Annotated[float, Meta(ge=1, le=100)] = 80


class Centre(Section, frozen=True):
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
    staffing: StaffingSection = StaffingSection()
    backup: BackupSection = BackupSection()
    privacy: PrivacySection = PrivacySection()
    server: ServerSection = ServerSection()
    travel: TravelSection = TravelSection()

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
        message = explained(path.name, text, str(error), known_keys(Centre))
        raise SettingsError(message) from error
    _agree(path.name, centre)
    return centre


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
