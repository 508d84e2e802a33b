"""The centre's own form of the catalogue, `procedures.csv`: read, checked and written."""

from __future__ import annotations

import csv
import io
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from motcua.catalogue import cells
from motcua.catalogue.codes import base_code, is_code
from motcua.catalogue.csv_file import read_bytes, read_csv
from motcua.catalogue.errors import CatalogueError, Remark, remark
from motcua.catalogue.spelling import tidy
from motcua.queue.procedure import Procedure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from motcua.catalogue.table import Cell, Row

HEADER = (
    "code", "name_vi", "name_en", "field", "service", "where", "place", "address", "hours",
    "papers", "fee_vnd", "fee_note", "limit", "same_day_cutoff", "online", "online_url", "keywords",
    "valid_from", "valid_to", "source",
)  # fmt: skip
REQUIRED = ("code", "name_vi")
_MOST_NAME_LETTERS = 500
_MOST_LETTERS = 5_000

Values = dict[str, Any]
"""Attribute of a `Procedure` → what a row states for it."""

_READERS: dict[str, Callable[[str], object]] = {
    "where": cells.read_where,
    "papers": cells.read_list,
    "keywords": cells.read_list,
    "fee_vnd": cells.read_sum,
    "same_day_cutoff": cells.read_clock,
    "online": cells.read_choice,
    "valid_from": cells.read_day,
    "valid_to": cells.read_day,
}


def read_procedures(path: Path) -> Iterator[Procedure]:
    """Yield the procedures of a `procedures.csv`.

    Raises:
        CatalogueError: a line is wrong; the sentence names it and the cure.
    """
    table = read_csv(read_bytes(path), path.name)
    header = header_of(table.rows[0], path.name) if table.rows else None
    if header is None:
        raise CatalogueError(
            "catalogue.no_header",
            "%(file)s does not begin with the line code,name_vi,…: choose the right file.",
            file=path.name,
        )
    lines: dict[str, str] = {}
    for row in table.rows[1:]:
        if not row.blank:
            procedure = _procedure(row, header, path.name)
            _must_be_new(procedure.code, row.place, lines, path.name)
            yield procedure


def header_of(row: Row, name: str) -> tuple[str, ...] | None:
    """Return the columns that `row` names, or None when it is not a header of our form.

    Raises:
        CatalogueError: it is one, with a column that is unknown or stands twice.
    """
    names = [tidy(cell).casefold() if isinstance(cell, str) else "" for cell in row.cells]
    while names and not names[-1]:
        names.pop()
    if not set(REQUIRED) <= set(names):
        return None
    for place, column in enumerate(names):
        if column not in HEADER or column in names[:place]:
            near = get_close_matches(column, HEADER, n=1)
            raise CatalogueError(
                "catalogue.unknown_column",
                "%(file)s has the column “%(column)s”, unknown or there twice; did you mean"
                " “%(near)s”?",
                file=name,
                column=column,
                near=near[0] if near else HEADER[0],
            )
    return tuple(names)


def stated(row: Row, header: Sequence[str], *, padded: bool) -> tuple[Values, list[Remark]]:
    """Return what `row` states under `header`, and what is wrong with it.

    The code is left as it is written; a blank cell states that nothing is known. `padded`: cells
    left out at the end of a row are blank, as in a sheet, and not a mistake.
    """
    texts = row.cells[: len(header)]
    overlong = any(cell not in (None, "") for cell in row.cells[len(header) :])
    if overlong or (len(texts) < len(header) and not padded):
        return {}, [
            remark(
                "it has %(found)s cells, the header %(expected)s: put text with commas in quotes",
                found=len(row.cells),
                expected=len(header),
            )
        ]
    values: Values = {}
    wrong: list[Remark] = []
    padding: tuple[Cell, ...] = (None,) * (len(header) - len(texts))
    for column, cell in zip(header, (*texts, *padding), strict=True):
        try:
            text = cells.plain_code(cell) if column == "code" else cells.plain(cell)
            values[column] = _READERS.get(column, str)(text)
        except cells.CellError as error:
            wrong.append(remark("%(column)s: %(what)s", column=column, what=error.remark))
    return values, wrong


def faults(procedure: Procedure) -> Iterator[Remark]:
    """Yield what keeps `procedure` from standing in a catalogue."""
    if not procedure.name_vi:
        yield remark("it has no Vietnamese name")
    if len(procedure.name_vi) > _MOST_NAME_LETTERS:
        yield remark("its name is longer than %(most)s letters", most=_MOST_NAME_LETTERS)
    texts = [cells.written(getattr(procedure, name)) for name in HEADER]
    if any(len(text) > _MOST_LETTERS for text in texts):
        yield remark("one of its cells is longer than %(most)s letters", most=_MOST_LETTERS)
    if procedure.elsewhere and procedure.service:
        yield remark("it is done elsewhere, so nobody waits for it here: leave its service blank")
    if procedure.elsewhere and not procedure.place:
        yield remark("it is done elsewhere: write the place")
    if not procedure.elsewhere and not procedure.service:
        yield remark("it is done here: write the letter of the service it waits in")
    if procedure.online_url and not procedure.online_url.startswith(("https://", "http://")):
        yield remark("online_url must begin with https://")
    if procedure.valid_from and procedure.valid_to and procedure.valid_from > procedure.valid_to:
        yield remark("it ends before it begins: check valid_from and valid_to")
    if any(text.startswith("=") for text in texts):
        yield remark("a cell begins with “=”, which a spreadsheet takes for a formula: remove it")


def as_csv(procedures: Iterable[Procedure]) -> str:
    """Return the text of a `procedures.csv`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for procedure in procedures:
        writer.writerow([cells.written(getattr(procedure, name)) for name in HEADER])
    return text.getvalue()


def _procedure(row: Row, header: Sequence[str], file: str) -> Procedure:
    values, wrong = stated(row, header, padded=False)
    code = str(values.get("code", ""))
    if not wrong and not is_code(code):
        wrong = [unreadable_code(code)]
    if not wrong:
        procedure = Procedure(**values)
        wrong = list(faults(procedure))
        if not wrong:
            return procedure
    raise CatalogueError(
        "catalogue.row",
        "%(file)s, line %(line)s: %(what)s.",
        file=file,
        line=row.place,
        what=wrong[0],
    )


def unreadable_code(text: str) -> Remark:
    """Return what is wrong with a code cell."""
    base = base_code(text)
    if base:
        return remark(
            "write the code “%(text)s” without its suffix: %(base)s", text=text, base=base
        )
    return remark("“%(text)s” is no procedure code: write it like 1.001193", text=text)


def _must_be_new(code: str, place: str, lines: dict[str, str], file: str) -> None:
    first = lines.setdefault(code, place)
    if first != place:
        raise CatalogueError(
            "catalogue.duplicate_line",
            "%(file)s, line %(line)s: the code %(code)s stands already in line %(first)s: remove"
            " one of the two.",
            file=file,
            line=place,
            code=code,
            first=first,
        )
