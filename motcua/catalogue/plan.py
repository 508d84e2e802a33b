"""What reading a file would do to the catalogue, row by row; and doing it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from motcua.catalogue import rows
from motcua.catalogue.cells import written
from motcua.catalogue.errors import CatalogueError, Remark, remark
from motcua.home import write_atomic
from motcua.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from motcua.catalogue.catalogue import Catalogue
    from motcua.queue.procedure import Procedure

_NAME_LETTERS = 48
_VALUE_LETTERS = 60


class Kind(StrEnum):
    """What a row does, in the order of the printed table."""

    UNCHANGED = "unchanged"
    ADDED = "added"
    CHANGED = "changed"
    EXPIRED = "expired"
    PASSED_OVER = "passed over"
    REPEATED = "repeated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the file and what becomes of it."""

    kind: Kind
    place: str
    """Where the row stands: `12`, or `Sheet2!12`."""
    code: str
    name: str
    remarks: tuple[Remark, ...] = ()
    """Why it is refused, or what to check."""
    procedure: Procedure | None = None
    """The procedure as it will stand."""
    old: Procedure | None = None
    """The procedure as it stood."""

    def reasons(self) -> Iterator[Remark]:
        """Yield what to tell about the row: the changes, then the remarks."""
        if self.old and self.procedure:
            for column in rows.HEADER:
                old, new = (written(getattr(one, column)) for one in (self.old, self.procedure))
                if old != new:
                    same = _same_beginning(old, new)
                    yield remark(
                        "%(column)s: “%(old)s” → “%(new)s”",
                        column=column,
                        old=_shortened(old[same:], _VALUE_LETTERS),
                        new=_shortened(new[same:], _VALUE_LETTERS),
                    )
        yield from self.remarks


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What reading a file would do. Nothing is written before `apply`."""

    file: str
    entries: tuple[Entry, ...]
    current: Catalogue
    catalogue: Catalogue
    """The whole catalogue as it would stand."""

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        """Return the rows that do `kind`, in the order of the file."""
        return tuple(entry for entry in self.entries if entry.kind is kind)

    @property
    def refused(self) -> tuple[Entry, ...]:
        """Return the rows that keep the whole file from being read."""
        return self.of(Kind.REFUSED)

    def apply(self, path: Path) -> None:
        """Write the catalogue whole; after a power cut the old or the new one is there.

        Raises:
            CatalogueError: `catalogue.refused` when a row was refused, `catalogue.unwritable`;
                nothing has been written.
        """
        if self.refused:
            raise CatalogueError(
                "catalogue.refused",
                "%(file)s has refused rows, so nothing was written: correct them and import it"
                " again.",
                file=self.file,
            )
        if self.catalogue == self.current and path.exists():
            return
        try:
            write_atomic(path.resolve(), rows.as_csv(self.catalogue.procedures).encode())
        except OSError as error:
            raise CatalogueError(
                "catalogue.unwritable",
                "%(file)s cannot be written (%(why)s): nothing was changed.",
                file=str(path),
                why=error.strerror or type(error).__name__,
            ) from error

    def text_table(self, language: str, words: Words | None = None) -> str:
        """Return the plan as a table to print: one line a row, refused ones last, then the sums.

        Rows that change nothing are only counted, unless there is something to check.
        """
        known = words or Words()

        def translate(sentence: str) -> str:
            return known.say(language, sentence)

        head = tuple(map(translate, ("Row", "What", "Code", "Name", "Why")))
        lines = [head, *(self._line(entry, translate) for entry in self._told())]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        printed = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        ]
        return "\n".join([*(printed if len(lines) > 1 else ()), self._sums().text(translate)])

    def _told(self) -> Iterator[Entry]:
        for kind in Kind:
            for entry in self.of(kind):
                if kind is not Kind.UNCHANGED or entry.remarks:
                    yield entry

    def _line(self, entry: Entry, translate: Callable[[str], str]) -> tuple[str, ...]:
        return (
            entry.place,
            translate(entry.kind.value),
            entry.code,
            _shortened(entry.name, _NAME_LETTERS),
            "; ".join(reason.text(translate) for reason in entry.reasons()),
        )

    def _sums(self) -> Remark:
        counts = Counter(entry.kind for entry in self.entries)
        sums = {kind.value.replace(" ", "_"): counts[kind] for kind in Kind}
        return Remark(
            "%(file)s: %(added)s added, %(changed)s changed, %(expired)s expired, %(unchanged)s"
            " unchanged, %(repeated)s repeated, %(passed_over)s passed over, %(refused)s refused.",
            {"file": self.file, **sums},
        )


def _same_beginning(one: str, other: str) -> int:
    """Return how many letters two long values need not both be printed, up to a word's end."""
    if max(len(one), len(other)) <= _VALUE_LETTERS:
        return 0
    pairs = enumerate(zip(one, other, strict=False))
    parted = next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
    return one.rfind(" ", 0, parted) + 1


def _shortened(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"
