"""`centre.toml`: what a centre may write, and what it is told when it errs."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from pathlib import Path

import pytest

from motcua.folders import data_folder
from motcua.queue.hours import Shift
from motcua.settings import Centre, SettingsError, read_centre
from motcua.settings_travel import TravelMeansSection, TravelPlaceSection, TravelSection

STARTER = data_folder("config") / "centre.toml"


def centre(tmp_path: Path, text: str) -> Centre:
    """Read `text` as a centre's file."""
    path = tmp_path / "centre.toml"
    path.write_text(text, encoding="utf-8")
    return read_centre(path)


def test_the_starter_file_is_valid_and_opens_on_weekdays() -> None:
    rules = read_centre(STARTER).rules({})
    monday, saturday = date(2026, 11, 23), date(2026, 11, 28)
    assert rules.hours.shifts(monday)[0] == Shift(time(7, 30), time(11, 30))
    assert rules.hours.shifts(saturday) == ()
    assert rules.priorities["older"].credit_s == 600


def test_an_empty_file_is_a_centre_of_defaults(tmp_path: Path) -> None:
    assert centre(tmp_path, "") == Centre()


def test_every_key_of_every_table_stands_in_the_starter_file_with_its_default() -> None:
    text = STARTER.read_text(encoding="utf-8")
    written = tomllib.loads(text)
    assert set(Centre.__struct_fields__) == set(written)
    for key in ("hours", "voice", "server"):
        assert set(type(getattr(Centre(), key)).__struct_fields__) == set(written[key])
    for key in ("printer", "kiosk", "board"):
        assert set(type(getattr(Centre(), key)[0]).__struct_fields__) == set(written[key][0])
        assert centre_default(key) == written[key][0]
    assert set(TravelSection.__struct_fields__) == set(written["travel"])
    for key, section in (("place", TravelPlaceSection), ("means", TravelMeansSection)):
        assert set(section.__struct_fields__) == set(written["travel"][key][0])
    for key in ("wait_target_min", "undo_s", "public_url", "timezone"):
        assert getattr(Centre(), key) == written[key]


def centre_default(key: str) -> dict[str, object]:
    """Return the default of the first section `key` as TOML would give it."""
    section = getattr(Centre(), key)[0]
    values = {name: getattr(section, name) for name in section.__struct_fields__}
    return {name: list(one) if isinstance(one, tuple) else one for name, one in values.items()}


def test_each_setting_of_the_starter_file_has_a_line_of_help() -> None:
    for line in STARTER.read_text(encoding="utf-8").splitlines():
        if re.match(r"(wait_target_min|undo_s|screen_width_mm|idle_s|viewing_m|streams)\b", line):
            assert "#" in line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("undo_sec = 5", "line 1: there is no setting undo_sec: did you mean undo_s?"),
        ("name = 'x'\nundo_s = 'ten'", "line 2: undo_s: Expected `int`, got `str`"),
        ("wait_target_min = -1", "line 1: wait_target_min: Expected `float` > 0.0"),
        ("[hours]\nmonday = ['7h-11h']", "line 2: monday: Expected `str` matching regex"),
        ("[hours]\nmonday = ['11:30-07:30']", "ends before it begins"),
        ("[[counter]]\nnumber = 1\nservices = ['Q']", "counter 1 names service Q"),
        ("[[service]]\nletter='A'\nname='x'\n[[service]]\nletter='A'\nname='y'", "A stands twice"),
        ("timezone = 'Moon/Base'", "Moon/Base"),
        ("= 5", "is not valid TOML"),
        ("[[printer]]\nkind = 'laser'", "line 2: kind: Invalid enum value 'laser'"),
        ("[[printer]]\nkind = 'network'", 'has no host: write it down, such as host = "192.168'),
        ("[[printer]]\nkind = 'serial'", 'has no path: write it down, such as path = "/dev/tty'),
        ("[[printer]]\nkind = 'file'", "printer kiosk of kind file has no path"),
        (
            "[[printer]]\nkind = 'usb'",
            "has no vendor_id: write it down, such as vendor_id = 0x",
        ),
        ("[[printer]]\nkind = 'usb'\nvendor_id = 0x4b8", "has no product_id"),
        ("[[printer]]\nvendor_id = 70000", "line 2: vendor_id: Expected `int` <= 65535"),
        ("[[printer]]\nbaud = 0", "line 2: baud: Expected `int` >= 1200"),
        ("[[printer]]\npaper_mm = 70", "line 2: paper_mm: Invalid enum value 70"),
        ("[[printer]]\ntimeout_s = 0", "line 2: timeout_s: Expected `float` > 0.0"),
        ("[[kiosk]]\nprinter = 'attic'", "kiosk sanh names printer attic: there is only kiosk."),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_the_cure(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        centre(tmp_path, text)
    assert told in str(refused.value)
    assert str(refused.value).startswith("centre.toml")


def test_a_missing_file_is_told() -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_centre(Path("/nowhere/centre.toml"))
