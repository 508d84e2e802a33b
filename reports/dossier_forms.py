"""The report of a period's dossiers as text, JSON, CSV or a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import msgspec

from motcua.reports.dossier_report import DossierReport
from motcua.reports.dossier_tables import dossier_tables
from motcua.reports.dossier_words import dossier_answer, dossier_definitions
from motcua.reports.dossiers import (
    Channel,
    Share,
    Status,
    Sums,
    progress,
    published,
    settled_on_time,
)
from motcua.reports.spread import FEWEST
from motcua.reports.text import text_of
from motcua.reports.wording import Wording

Json = dict[str, Any]
CSV_COLUMNS = (
    "part", "key", "dossiers", *(channel.value for channel in Channel),
    *(status.value for status in Status),
)  # fmt: skip
"""Of the CSV: `part` is `received`, `carried_over`, `month`, `field` or `procedure`."""


def as_json(report: DossierReport) -> Json:
    """Return the report as JSON types.

    Parts of fewer than five dossiers are only summed; a count of fewer inside a part is null.
    """
    tally = report.tally
    answer: Json = {
        "from": tally.period.first.isoformat(),
        "to": tally.period.last.isoformat(),
        "as_of": tally.as_of.isoformat(),
        "source": "file" if report.file else "counters",
        "fewest": FEWEST,
        "received": _sums(tally.sums()),
        **_of_file(report),
    }
    if report.counters:
        answer["counters"] = asdict(report.counters)
        answer["reduced_months"] = list(report.reduced)
    for name, parts in _parts(report).items():
        told = ((key, sums) for key, sums in parts.items() if sums.dossiers >= FEWEST)
        answer[f"by_{name}"] = [{name: key or None, **_sums(sums, _known)} for key, sums in told]
        answer[f"few_by_{name}"] = _few(parts)
    return answer


def _of_file(report: DossierReport) -> Json:
    """Return what only an export tells: dossiers carried over, and the shares."""
    file, tally = report.file, report.tally
    if file is None:
        return {}
    received, carried = tally.sums(), tally.sums_carried()
    shares = published(received) | {
        "settled_on_time": settled_on_time(received, carried),
        "progress": progress(received, carried),
    }
    read = {
        "dossiers": file.dossiers,
        "outside": tally.outside,
        "not_received": file.not_received,
        "derived_due_days": file.derived,
        "latest": tally.latest and tally.latest.isoformat(),
    }
    told = {name: _share(share) for name, share in shares.items()}
    return {"carried_over": _sums(carried), "shares": told, "file": read}


def _parts(report: DossierReport) -> dict[str, Mapping[str, Sums]]:
    def field(code: str) -> str:
        found = report.rules.procedures.get(code)
        return found.field if found else ""

    tally = report.tally
    parts = {
        "month": tally.by(lambda cell: cell.month),
        "field": tally.by(lambda cell: field(cell.procedure)),
        "procedure": tally.by(lambda cell: cell.procedure),
    }
    return {name: dict(sorted(found.items())) for name, found in parts.items()}


def _few(parts: Mapping[str, Sums]) -> Json:
    few = [sums.dossiers for sums in parts.values() if sums.dossiers < FEWEST]
    hidden = 0 < sum(few) < FEWEST
    return {"rows": len(few), "dossiers": None if hidden else sum(few), "hidden": hidden}


def _known(count: int) -> int | None:
    """Return a count inside a part; None where it is of a few dossiers only."""
    return None if 0 < count < FEWEST else count


def _sums(sums: Sums, told: Callable[[int], int | None] = int) -> Json:
    return {
        "dossiers": sums.dossiers,
        "channels": {channel.value: told(sums.by_channel.get(channel, 0)) for channel in Channel},
        "statuses": {status.value: told(sums.by_status.get(status, 0)) for status in Status},
    }


def _share(share: Share) -> Json:
    told = share.value if share.whole >= FEWEST else None
    return {"n": share.part, "of": share.whole, "share": told and round(told, 4)}


def as_csv(report: DossierReport) -> str:
    """Return the counts as rows for other programs: totals, then by month, field, procedure."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(CSV_COLUMNS)
    rows.writerow(("received", "", *_counts(report.tally.sums())))
    if report.file:
        rows.writerow(("carried_over", "", *_counts(report.tally.sums_carried())))
    for name, parts in _parts(report).items():
        told = ((key, sums) for key, sums in parts.items() if sums.dossiers >= FEWEST)
        rows.writerows((name, _harmless(key), *map(_known, _counts(sums))) for key, sums in told)
    return out.getvalue()


def _harmless(words: str) -> str:
    """Return words a spreadsheet does not take for a formula: some come from a stranger's file."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@") else words


def _counts(sums: Sums) -> tuple[int, ...]:
    return (
        sums.dossiers, *(sums.by_channel.get(channel, 0) for channel in Channel),
        *(sums.by_status.get(status, 0) for status in Status),
    )  # fmt: skip


def rendered(report: DossierReport, form: str, wording: Wording) -> str | bytes:
    """Return the report in one of `FORMS`; only `xlsx` is bytes."""
    return FORMS[form](report, wording)


def _text(report: DossierReport, wording: Wording) -> str:
    return text_of(
        dossier_answer(report, wording), dossier_tables(report, wording),
        dossier_definitions(report, wording), wording,
    )  # fmt: skip


def _json(report: DossierReport, _: Wording) -> str:
    return msgspec.json.format(msgspec.json.encode(as_json(report))).decode() + "\n"


def _csv(report: DossierReport, _: Wording) -> str:
    return as_csv(report)


def _workbook(report: DossierReport, wording: Wording) -> bytes:
    from motcua.reports.workbook import book_of

    return book_of(
        dossier_answer(report, wording), dossier_tables(report, wording),
        dossier_definitions(report, wording), wording,
    )  # fmt: skip


FORMS: Mapping[str, Callable[[DossierReport, Wording], str | bytes]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "xlsx": _workbook,
}
"""What a report can be rendered as."""
