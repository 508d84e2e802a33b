"""Reading a list of procedures into the catalogue: first a plan, then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from motcua.catalogue import false_codes, rows
from motcua.catalogue.catalogue import Catalogue
from motcua.catalogue.codes import base_code, repaired_code
from motcua.catalogue.errors import CatalogueError, Remark, remark
from motcua.catalogue.filing import Filing
from motcua.catalogue.plan import Entry, ImportPlan, Kind
from motcua.catalogue.reading import read_stated
from motcua.catalogue.sheet import DECISION
from motcua.catalogue.spelling import phrase, words
from motcua.catalogue.stated import PassedOver, Stated
from motcua.queue.procedure import Procedure, Where

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from motcua.queue.rules import Service

_ENDED = ("het hieu luc", "bai bo", "huy bo", "huy cong khai", "khong con", "thay the")
_NOT_ENDED = ("chua het", "chua bai bo")
_NEGATIONS = ("khong ", "chua ")
_STANDING = ("hieu luc", "cong khai", "dang ap dung", "moi ban hanh", "sua doi", "active")
_USUAL_DECIMALS = 6
_WARD = frozenset({"xa", "phuong"})
_DISTRICT = "huyen"


def plan_import(
    path: Path, current: Catalogue, services: Mapping[str, Service], day: date
) -> ImportPlan:
    """Return what reading `path` into `current` would do; nothing is written.

    The file may be the national portal's `.xlsx`, the ward's posting sheet, or our own CSV; it is
    told by its content. What it does not state stays as it is; procedures it does not name stay
    untouched.

    Args:
        path: the file to read.
        current: the catalogue as it stands.
        services: the centre's services, by letter.
        day: the day to count expiry from.

    Raises:
        CatalogueError: the file as a whole cannot be read. A wrong row is refused in the plan.
    """
    importer = _Importer(current, services, day, path.name)
    for stated in read_stated(path):
        if isinstance(stated, PassedOver):
            importer.pass_over(stated)
        else:
            importer.take(stated)
    return importer.plan()


@dataclass(frozen=True, slots=True)
class _Taken:
    """The first row of the file about some code."""

    stated: Stated
    entry: Entry


class _Importer:
    """Takes the rows of one file, in their order."""

    def __init__(
        self, current: Catalogue, services: Mapping[str, Service], day: date, file: str
    ) -> None:
        self._current = current
        self._services = services
        self._filing = Filing(current.procedures, services)
        self._day = day
        self._file = file
        self._known = {*current.by_code}
        self._taken: dict[str, _Taken] = {}
        self._entries: list[Entry] = []

    def pass_over(self, row: PassedOver) -> None:
        """Note a row about no procedure."""
        what = remark("read as a heading, not as a procedure")
        self._entries.append(Entry(Kind.PASSED_OVER, row.place, "", row.text, (what,)))

    def take(self, stated: Stated) -> None:
        """Add what one row does to the plan."""
        code, wrong, notes = self._code(stated)
        first = self._taken.get(code) if code else None
        if first:
            entry = self._repeated(stated, code, first)
        elif wrong:
            entry = Entry(Kind.REFUSED, stated.place, code or stated.code, stated.name, wrong)
        else:
            entry = self._settled(stated, code, notes)
            self._taken[code] = _Taken(stated, entry)
        self._entries.append(entry)

    def plan(self) -> ImportPlan:
        """Return the plan for the rows taken.

        Raises:
            CatalogueError: there was no row about a procedure.
        """
        if not any(entry.kind is not Kind.PASSED_OVER for entry in self._entries):
            raise CatalogueError(
                "catalogue.no_rows",
                "%(file)s names no procedure below its header: choose the right file.",
                file=self._file,
            )
        changed = {
            taken.entry.procedure.code: taken.entry.procedure
            for taken in self._taken.values()
            if taken.entry.procedure
        }
        kept = [changed.pop(old.code, old) for old in self._current.procedures]
        return ImportPlan(
            self._file, tuple(self._entries), self._current, Catalogue((*kept, *changed.values()))
        )

    def _code(self, stated: Stated) -> tuple[str, tuple[Remark, ...], tuple[Remark, ...]]:
        """Return the base code of a row, what is wrong with the row, and what to note."""
        notes = list(stated.notes)
        code = base_code(stated.code) or ""
        repaired = repaired_code(stated.code, self._known)
        if repaired and code not in self._known:
            notes.append(
                remark("code “%(text)s” read as %(code)s", text=stated.code, code=repaired)
            )
            code = repaired
        if code and len(code.partition(".")[2]) < _USUAL_DECIMALS and code[0].isdigit():
            notes.append(remark("code %(code)s is short: has a zero been lost?", code=code))
        wrong = list(stated.wrong)
        if not code:
            wrong.append(
                rows.unreadable_code(stated.code) if stated.code else remark("it has no code")
            )
        false = false_codes.refusal(code, stated.name)
        suspect = false_codes.warning(code)
        wrong += [false] if false else []
        notes += [suspect] if suspect and not false else []
        return code, tuple(wrong), tuple(notes)

    def _repeated(self, stated: Stated, code: str, first: _Taken) -> Entry:
        place = first.stated.place
        if replace(stated, place=place, code=first.stated.code) == first.stated:
            same = remark("says the same as row %(row)s", row=place)
            return Entry(Kind.REPEATED, stated.place, code, stated.name, (same,))
        other = remark("the same code stands in row %(row)s with other content", row=place)
        return Entry(Kind.REFUSED, stated.place, code, stated.name, (other,))

    def _settled(self, stated: Stated, code: str, notes: tuple[Remark, ...]) -> Entry:
        old = self._current.get(code)
        more: tuple[Remark, ...] = ()
        if old:
            new = replace(old, **self._stated_anew(stated, old))
        else:
            new, more = self._filed(Procedure(code, **{"name_vi": "", **stated.values}), stated)
        new, ended = self._with_status(new, stated)
        wrong = (*rows.faults(new), *self._unknown_service(new, old))
        if wrong:
            return Entry(Kind.REFUSED, stated.place, code, new.name_vi, wrong)
        remarks = (*notes, *more, *ended, *_level_note(new, stated))
        return Entry(self._kind(old, new), stated.place, code, new.name_vi, remarks, new, old)

    def _kind(self, old: Procedure | None, new: Procedure) -> Kind:
        if new == old:
            return Kind.UNCHANGED
        over = bool(new.valid_to and new.valid_to < self._day)
        was_over = bool(old and old.valid_to and old.valid_to < self._day)
        if over and not was_over:
            return Kind.EXPIRED
        return Kind.CHANGED if old else Kind.ADDED

    def _stated_anew(self, stated: Stated, old: Procedure) -> dict[str, Any]:
        """Return the values of a row for a procedure we have, its other sources kept."""
        values = dict(stated.values)
        source = values.get("source", "")
        if source.startswith(DECISION):
            others = [part for part in old.source.split("; ") if not part.startswith(DECISION)]
            values["source"] = "; ".join([part for part in others if part] + [source])
        return values

    def _filed(self, new: Procedure, stated: Stated) -> tuple[Procedure, tuple[Remark, ...]]:
        """Return a procedure new to the catalogue with what the form does not tell."""
        new = replace(new, source=new.source or f"Tệp {self._file}")
        if _not_for_wards(stated.level):
            new = replace(new, where=Where.ELSEWHERE, place=stated.agency or stated.level)
            return new, (
                remark("not done by wards: visitors are sent to %(place)s", place=new.place),
            )
        if new.elsewhere or new.service:
            return new, ()
        letter, remarks = self._filing.service_for(new.field)
        return replace(new, service=letter), remarks

    def _with_status(self, new: Procedure, stated: Stated) -> tuple[Procedure, tuple[Remark, ...]]:
        """Return a procedure with the end that its status in words implies; a date goes first."""
        told = phrase(stated.status)
        over = bool(new.valid_to and new.valid_to < self._day)
        if not told or "valid_to" in stated.values:
            return new, ()
        if _says(told, _ENDED) and not _says(told, _NOT_ENDED):
            return new if over else replace(new, valid_to=self._day - timedelta(days=1)), ()
        if told.startswith(_NEGATIONS) or not _says(told, _STANDING):
            doubt = remark("status “%(text)s” taken as in force: check", text=stated.status)
            return new, (doubt,)
        return (replace(new, valid_to=None), (remark("in force again"),)) if over else (new, ())

    def _unknown_service(self, new: Procedure, old: Procedure | None) -> tuple[Remark, ...]:
        kept = old is not None and old.service == new.service
        if kept or not new.service or new.service in self._services:
            return ()
        known = ", ".join(self._services) or "–"
        return (
            remark(
                "the centre has no service “%(service)s”; it has %(known)s",
                service=new.service,
                known=known,
            ),
        )


def _says(told: str, marks: tuple[str, ...]) -> bool:
    return any(mark in told for mark in marks)


def _not_for_wards(level: str) -> bool:
    """Return whether the form gives a procedure to others alone.

    Districts are no more, and most of what they did the wards do now: never turn a visitor away
    on the word of an old list.
    """
    return bool(level) and not {*words(level)} & {*_WARD, _DISTRICT}


def _level_note(new: Procedure, stated: Stated) -> tuple[Remark, ...]:
    told = {*words(stated.level)}
    if not told or told & _WARD or new.elsewhere:
        return ()
    return (remark("the file gives it to “%(level)s”: check where it is done", level=stated.level),)
