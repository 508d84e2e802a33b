"""The table: measured, floor, ratio, aim, verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from benchmarks.aims import AIMS, Aim

_HEADINGS = ("", "measured", "floor", "ratio", "aim", "")
_NUMBERS = slice(1, 5)


@dataclass(slots=True)
class Figures:
    """What was measured, some of it several times; the table tells medians."""

    confined: bool = False
    values: dict[str, list[float]] = field(default_factory=dict)
    """Key of `AIMS` → measured values, in the row's unit."""
    floors: dict[str, str] = field(default_factory=dict)
    """Key of a row → key of the row that is its floor."""
    missing: dict[str, str] = field(default_factory=dict)
    """Key of a row → why there is no figure."""

    def add(self, key: str, value: float, floor: str = "") -> None:
        """Keep one measured value; `floor` is the key of the row to compare it with."""
        self.values.setdefault(key, []).append(value)
        if floor:
            self.floors[key] = floor

    def miss(self, keys: str, why: str) -> None:
        """Say why the rows whose key begins with `keys` have no figure."""
        for key in AIMS:
            if key.startswith(keys) and key not in self.values:
                self.missing[key] = why

    def value(self, key: str) -> float | None:
        """Return the median of a row, None when it was not measured."""
        values = self.values.get(key)
        return median(values) if values else None

    def rows(self) -> list[tuple[str, ...]]:
        """Return the table's rows as text."""
        known = self.values.keys() | self.missing.keys()
        return [self._row(key, aim) for key, aim in AIMS.items() if key in known]

    def _row(self, key: str, aim: Aim) -> tuple[str, ...]:
        wanted = aim.confined if self.confined else aim.value
        promised = "" if wanted is None else _promised(wanted, aim)
        value = self.value(key)
        if value is None:
            return aim.title, "–", "", "", promised, self.missing[key]
        floor = self.value(self.floors.get(key, ""))
        beside = _shown(floor, aim.unit) if floor else ""
        ratio = f"{value / floor:.1f} ×" if floor else ""
        verdict = "" if wanted is None else _verdict(value, wanted, aim)
        return aim.title, _shown(value, aim.unit), beside, ratio, promised, verdict


def _verdict(value: float, wanted: float, aim: Aim) -> str:
    held = value >= wanted if aim.at_least else value <= wanted
    return "held" if held else "SHORT"


def _shown(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2  # noqa: PLR2004 - three figures tell enough
    return f"{value:,.{digits}f} {unit}".strip()


def _promised(wanted: float, aim: Aim) -> str:
    return f"{'≥' if aim.at_least else '≤'} {wanted:,g} {aim.unit}".strip()


def as_text(rows: list[tuple[str, ...]]) -> str:
    """Return rows as a table for a terminal."""
    widths = [max(len(row[n]) for row in [_HEADINGS, *rows]) for n in range(len(_HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 0 < n < _NUMBERS.stop else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in [_HEADINGS, *rows]
    )


def as_markdown(rows: list[tuple[str, ...]]) -> str:
    """Return rows as a table for a document."""
    heads = ["| " + " | ".join(_HEADINGS) + " |", "|---|--:|--:|--:|--:|---|"]
    return "\n".join([*heads, *("| " + " | ".join(row) + " |" for row in rows)])
