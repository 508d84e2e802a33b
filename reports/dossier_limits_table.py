"""Which limits the catalogue should state more clearly, so that due days can be reckoned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from motcua.reports.spread import FEWEST
from motcua.reports.table import Column, Few, Kind, Table, Value

if TYPE_CHECKING:
    from motcua.reports.dossier_report import DossierReport
    from motcua.reports.wording import Wording


def limits_table(report: DossierReport, wording: Wording) -> Table:
    """Return the procedures whose due day could not be reckoned, with the words of their limit."""
    columns = (
        Column(wording.say("procedure"), Kind.TEXT), Column(wording.say("limit"), Kind.TEXT),
        Column(wording.say("dossiers")),
    )  # fmt: skip
    note = wording.say(
        "With a number: dossiers without a due day, because the limit is not stated, holds only "
        "under a condition, or cannot be read. Without one: the first limit was taken, the words "
        "name others."
    )
    title = wording.say("Limits the catalogue should state more clearly")
    return Table("limits", title, columns, tuple(_rows(report, wording)), note)


def _rows(report: DossierReport, wording: Wording) -> list[tuple[Value, ...]]:
    procedures = report.rules.procedures

    def words(code: str) -> str:
        found = procedures.get(code)
        return (found.limit if found else "") or wording.say("Not stated")

    without = report.without_due_day()
    rows: list[tuple[Value, ...]] = [
        (wording.procedure(code), words(code), count)
        for code, count in without.items()
        if count >= FEWEST
    ]
    few = [count for count in without.values() if count < FEWEST]
    if few:
        rows.append((more(len(few), wording), "", summed(few)))
    if report.counters or (report.file and report.file.derived):
        in_part = report.read_in_part()
        rows += [(wording.procedure(code), words(code), None) for code in in_part]
    return rows


def more(rows: int, wording: Wording) -> str:
    """Return the name of the row that stands for `rows` rows of too few dossiers."""
    return wording.say("%(n)s more, under %(few)s dossiers each", n=rows, few=FEWEST)


def summed(few: Sequence[int]) -> Value:
    """Return how many dossiers such rows have together, hidden when those are too few still."""
    return sum(few) if sum(few) >= FEWEST else Few.HIDDEN
