"""`[travel]` of `centre.toml`: what may be written, and what a centre is told when it errs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from motcua.folders import data_folder
from motcua.settings import Centre, SettingsError, read_centre
from motcua.settings_travel import Kilometres, TravelMeansSection, TravelPlaceSection

_STARTER = data_folder("config") / "centre.toml"


def centre(tmp_path: Path, text: str) -> Centre:
    """Read `text` as a centre's file."""
    path = tmp_path / "centre.toml"
    path.write_text(text, encoding="utf-8")
    return read_centre(path)


def test_nothing_is_assumed_unless_the_centre_says_so(tmp_path: Path) -> None:
    for text in ("", _STARTER.read_text("utf-8")):
        travel = centre(tmp_path, text).travel
        assert not travel.here_km.known
        assert not travel.value_of_time_vnd.known
        assert not any(place.used for place in travel.place)
        assert not any(means.share.known for means in travel.means)


def test_the_starter_shows_defaults_but_for_its_example() -> None:
    written = tomllib.loads(_STARTER.read_text("utf-8"))["travel"]
    place, means = TravelPlaceSection(), TravelMeansSection()
    [written_place], [written_means] = written["place"], written["means"]
    assert (written["here_km"], written["value_of_time_vnd"]) == ([], [])
    trips = place.trips_per_visit
    assert written_place.pop("trips_per_visit") == [
        trips.low,
        trips.value,
        trips.high,
        trips.source,
    ]
    assert written_place == {"name": place.name, "procedures": [], "fields": [], "old_km": []}
    assert (written_means.pop("name"), written_means.pop("co2_g_per_km")[:3]) == (
        "Xe máy",
        [90.83] * 3,
    )
    assert written_means == {key: [] for key in ("share", "minutes_per_km", "cost_per_km_vnd")}
    assert not means.share.known


def test_every_setting_of_the_starter_has_a_line_of_help() -> None:
    text = _STARTER.read_text("utf-8")
    lines = [line for line in text[text.index("\n[travel]") :].splitlines() if " = " in line]
    assert len(lines) == 13
    assert all(re.search(r"(^| )# ?\w", line) for line in lines)


def test_a_figure_has_a_range_and_a_source(tmp_path: Path) -> None:
    travel = centre(tmp_path, '[travel]\nhere_km = [3.6, 4.6, 6, "asked"]').travel
    assert travel.here_km == Kilometres(3.6, 4.6, 6.0, "asked")
    assert travel.here_km.known


_FOUR = 'write [low, value, high, "where it is from"], or [] when not known'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[travel]\nhere_km = 4.6", "line 2: here_km: Expected `array`, got `float`"),
        ("[travel]\nhere_km = [4.6]", f"line 2: here_km: {_FOUR}"),
        ("[travel]\nhere_km = [0]", f"line 2: here_km: {_FOUR}"),
        ("[travel]\nhere_km = [3, 4, 5]", f"line 2: here_km: {_FOUR}"),
        ("[travel]\nhere_km = [3, 4, 5, ' ']", f"line 2: here_km: {_FOUR}"),
        ("[travel]\nhere_km = [3, 4, 'map']", "line 2: here_km: Expected `float`, got `str`"),
        ("[travel]\nhere_km = [-1, 4, 5, 'map']", "line 2: here_km: Expected `float` >= 0.0"),
        ("[travel]\nhere_km = [5, 4, 3, 'map']", "line 2: here_km: low, value and high rise"),
        ("[travel]\nhere_km = [1, nan, 3, 'map']", "line 2: here_km: "),
        ("[travel]\nhere_km = [1, 2, inf, 'map']", "and are at most 1000."),
        ("[travel]\nhere_km = [1, 2, 3, 'map', 4]", "line 2: here_km: Expected `array` of at most"),
        ("[travel]\nhere = 4", "line 2: there is no setting here: did you mean here_km?"),
        (
            "[[travel.place]]\nold_kms = []",
            "line 2: there is no setting old_kms: did you mean old_km?",
        ),
        (
            "[[travel.place]]\nold_km = []\n[[travel.place]]\n# old_km\nold_km = [3, 2, 1, 'm']",
            "line 5: old_km: low, value and high rise",
        ),
        (
            "[[travel.means]]\nshare = [0, 1, 1, 'x']\n[[travel.means]]\nshare = [0, 2, 3, 'x']",
            "line 4: share: low, value and high rise, and are at most 1.",
        ),
        (
            "[[travel.means]]\nshare = [0, 1, 1, 'x']\n[[travel.means]]\nshare = [0, 0.4, 1, 'x']",
            "travel: the shares of all means make 1.4: they must make 1.",
        ),
        (
            "[[travel.place]]\nprocedures = ['1.1']\n[[travel.place]]\nprocedures = ['1.1']",
            "1.1 stands twice under procedures: keep one",
        ),
        ("[[travel.place]]\nfields = ['a', 'a']", "a stands twice under fields: keep one"),
        ("[[travel.means]]\nminutes_per_km = [1, 2, 90, 'x']", "and are at most 60"),
    ],
)
def test_a_wrong_figure_is_refused_with_its_line_and_the_cure(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        centre(tmp_path, text)
    assert told in str(refused.value)
    assert str(refused.value).startswith("centre.toml")


def test_shares_are_only_summed_when_all_are_known(tmp_path: Path) -> None:
    text = "[[travel.means]]\nshare = [0, 0.5, 1, 'x']\n[[travel.means]]\nname = 'Xe buýt'"
    assert not centre(tmp_path, text).travel.means[1].share.known
