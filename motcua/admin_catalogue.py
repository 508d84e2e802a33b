"""The catalogue: what is in it, and reading a file into it: first the plan, then on a yes."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import request

from motcua import web
from motcua.access import Role
from motcua.catalogue.errors import CatalogueError
from motcua.catalogue.plan import ImportPlan, Kind
from motcua.queue.procedure import Where
from motcua.web import role

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as AnyResponse

    from motcua.admin_desk import AdminDesk

MOST_BYTES = 16 * 1024 * 1024
"""Largest file taken: the whole national list is far smaller."""
_PLANS_KEPT = 3
_ROWS_SHOWN = 400
WHERE = {
    Where.HERE: "Done here",
    Where.RECEIVED_HERE: "Received here, decided elsewhere",
    Where.ELSEWHERE: "Not done here",
}
"""Where a procedure is done → its words."""
_NO_FILE = "Choose a file first."
_GONE = "This plan is no longer kept: read the file again."
_MOVED_ON = "The catalogue has changed since the file was read: read it again."


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the file and what it does, in the words of the screen."""

    place: str
    kind: str
    what: str
    code: str
    name: str
    why: str


class Plans:
    """The last plans, until somebody says yes to one."""

    def __init__(self) -> None:
        """Keep none yet."""
        self._kept: dict[str, ImportPlan] = {}
        self._lock = Lock()

    def keep(self, plan: ImportPlan) -> str:
        """Keep a plan; return its key."""
        key = secrets.token_urlsafe(9)
        with self._lock:
            while len(self._kept) >= _PLANS_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = plan
        return key

    def get(self, key: str) -> ImportPlan | None:
        """Return the plan of `key` while it is kept."""
        with self._lock:
            return self._kept.get(key)

    def drop(self, key: str) -> None:
        """Forget a plan."""
        with self._lock:
            self._kept.pop(key, None)


def add_catalogue(blueprint: Blueprint, desk: AdminDesk) -> None:
    """Add the page of the catalogue."""
    plans = Plans()

    @blueprint.url_value_preprocessor
    def allow_files(endpoint: str | None, _: dict[str, Any] | None) -> None:
        """Let this one address take a file; the guard still looks at who sends it first."""
        if endpoint == "admin.read_catalogue":
            request.max_content_length = MOST_BYTES

    @blueprint.get("/catalogue")
    @role(Role.ADMIN)
    def catalogue() -> str:
        """Show what is in the catalogue, and a plan that waits for a yes."""
        key = request.args.get("plan", "")
        return desk.page("catalogue", **_catalogue(desk, plans.get(key), key))

    @blueprint.post("/catalogue")
    @role(Role.ADMIN)
    def read_catalogue() -> AnyResponse:
        """Read a file; nothing is changed yet."""
        file = request.files.get("file")
        if file is None or not file.filename:
            return desk.refuse("catalogue", web.say(_NO_FILE), 422, **_catalogue(desk))
        try:
            plan = desk.machinery.plan(file.filename, file.read())
        except CatalogueError as error:
            trouble = error.remark.text(web.say)
            return desk.refuse("catalogue", trouble, 422, **_catalogue(desk))
        return web.see_other("admin.catalogue", plan=plans.keep(plan))

    @blueprint.post("/catalogue/apply")
    @role(Role.ADMIN)
    def apply_plan() -> AnyResponse:
        """Make the plan the catalogue."""
        key = request.form.get("plan", "")
        plan = plans.get(key)
        if plan is None or plan.current != desk.machinery.catalogue():
            trouble = web.say(_GONE if plan is None else _MOVED_ON)
            return desk.refuse("catalogue", trouble, 409, **_catalogue(desk))
        try:
            desk.machinery.apply(plan)
        except CatalogueError as error:
            trouble = error.remark.text(web.say)
            return desk.refuse("catalogue", trouble, 409, **_catalogue(desk, plan, key))
        plans.drop(key)
        return desk.done("catalogue", web.say("The catalogue is in use as read from the file."))


def _catalogue(desk: AdminDesk, plan: ImportPlan | None = None, key: str = "") -> dict[str, object]:
    procedures = desk.machinery.catalogue().procedures
    by_where = Counter(procedure.where for procedure in procedures)
    by_field = Counter(procedure.field or "–" for procedure in procedures)
    rows = _rows(plan) if plan else []
    return {
        "count": len(procedures),
        "by_where": [(words, by_where[where]) for where, words in WHERE.items()],
        "by_field": by_field.most_common(),
        "plan": plan,
        "key": key,
        "sums": _sums(plan) if plan else [],
        "rows": rows[:_ROWS_SHOWN],
        "unshown": len(rows[_ROWS_SHOWN:]),
        "most_mb": MOST_BYTES // (1024 * 1024),
    }


def _sums(plan: ImportPlan) -> list[tuple[str, int]]:
    return [(web.say(kind.value), len(plan.of(kind))) for kind in Kind]


def _rows(plan: ImportPlan) -> list[PlanRow]:
    """Return what is worth reading: refused rows first; rows that change nothing only if noted."""
    told = [entry for kind in reversed(Kind) for entry in plan.of(kind)]
    return [
        PlanRow(
            entry.place, entry.kind.name.lower(), web.say(entry.kind.value), entry.code, entry.name,
            "; ".join(reason.text(web.say) for reason in entry.reasons()),
        )
        for entry in told
        if entry.kind is not Kind.UNCHANGED or entry.remarks
    ]  # fmt: skip
