"""The report of a period's dossiers in sentences: the answer, and how it was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.reports.definitions import Definition
from motcua.reports.dossier_tables import APART
from motcua.reports.dossiers import (
    ON_TIME,
    Channel,
    Status,
    Sums,
    published,
)
from motcua.reports.spread import FEWEST

if TYPE_CHECKING:
    from motcua.reports.dossier_report import DossierReport
    from motcua.reports.wording import Wording

_COUNTED = (
    Definition(
        "Received",
        "Dossiers whose day of receiving lies in the period. Those received before it and not "
        "settled before it began are carried over and counted apart.",
    ),
    Definition(
        "Online",
        "Filed online, by the applicant alone or with help at a counter.",
        "online ÷ received",
    ),
    Definition(
        "Settled on time",
        "The result was there before the due day or on it. Handing it out may come later; its day "
        "is taken only where the file has no day of the result.",
        "(before + on the due day) ÷ received",
    ),
    Definition(
        "Overdue",
        "Settled after the due day, or in process with the due day over. Counted, never taken as "
        "what is left of 100%%.",
        "(settled late + in process, due day over) ÷ received",
    ),
    Definition(
        "In process within its time",
        "Not settled at the end of the day told above, and the due day is not over. Dossiers that "
        "wait for papers of the applicant are among them, by the due day in the file.",
        "in process, due day not over ÷ received",
    ),
    Definition(
        "Progress",
        "In the manner of the national portal's index of progress: settled on time or still within "
        "time, of everything received in the period or carried over. What has no known due day "
        "counts in the whole only.",
        "(settled on time + in process within its time) ÷ (received + carried over)",
    ),
    Definition(
        "Due day",
        "The day in the file; where it has none, reckoned from the procedure's limit in the "
        "catalogue. The day of receiving is not counted. “Ngày làm việc” are days the centre works "
        "by its calendar, holidays left out, Saturdays worked in exchange counted. “Ngày” are days "
        "of the calendar; one that ends on a day off ends on the next working day. 8 working hours "
        "are a working day. Same-day results of papers taken from the cutoff on, or at an hour not "
        "written down where there is a cutoff, are due on the next working day.",
    ),
    Definition(
        "Hidden numbers",
        "Procedures, fields and months of fewer than %(few)s dossiers stand together in one row.",
    ),
)  # fmt: skip
_SEEN = (
    Definition(
        "Taken at the counters",
        "A visit that ended with “dossier received”, or with the result in hand when it was to "
        "submit or to file online with help, or its purpose was not stated: those are settled at "
        "once, on time.",
    ),
    Definition(
        "What the counters do not see",
        "What was filed online from home or by post, and when a dossier was settled that was not "
        "settled at once. Such dossiers are told by their due day only, as “not known here”; they "
        "are never counted as on time or as overdue.",
    ),
)


def dossier_definitions(report: DossierReport, wording: Wording) -> list[Definition]:
    """Return the definitions in the reader's language."""
    counted = _COUNTED if report.file else (*_SEEN, *_COUNTED[-2:])
    return [
        Definition(
            wording.say(one.term), wording.say(one.meaning, few=FEWEST),
            one.formula and wording.say(one.formula),
        )
        for one in counted
    ]  # fmt: skip


def dossier_answer(report: DossierReport, wording: Wording) -> list[str]:
    """Return the sentences that stand on top, the answer first."""
    sums = report.tally.sums()
    if not sums.dossiers:
        told = [wording.say("%(period)s: no dossiers received.", period=_period(report, wording))]
    elif report.file:
        told = [_settled(report, sums, wording)]
    else:
        told = [_taken(report, sums, wording)]
    if report.file is None:
        told.append(
            wording.say(
                "What was filed online from home and when the other dossiers were settled, the "
                "counters do not see: read in the export of the national system for that."
            )
        )
    if report.file:
        told += _apart(sums, wording) + _carried(report.tally.sums_carried(), wording)
    told += _not_over(report, wording)
    return told


def _period(report: DossierReport, wording: Wording) -> str:
    return wording.period(report.tally.period)


def _settled(report: DossierReport, sums: Sums, wording: Wording) -> str:
    told = {
        "period": _period(report, wording), "n": wording.number(sums.dossiers),
        "day": wording.day(report.tally.as_of),
    }  # fmt: skip
    if sums.dossiers < FEWEST:
        sentence = "%(period)s: %(n)s dossiers received: too few for shares."
        return wording.say(sentence, **{name: told[name] for name in ("period", "n")})
    shares = {name: wording.percent(one.value or 0.0) for name, one in published(sums).items()}
    if not (report.file and report.file.has_channel):
        sentence = (
            "%(period)s: %(n)s dossiers received. At the end of %(day)s, %(on_time)s were settled "
            "on time, %(overdue)s are overdue, %(in_process)s are in process within their time."
        )
    else:
        sentence = (
            "%(period)s: %(n)s dossiers received, %(online)s of them online. At the end of "
            "%(day)s, %(on_time)s were settled on time, %(overdue)s are overdue, %(in_process)s "
            "are in process within their time."
        )
    return wording.say(sentence, **told, **shares)


def _taken(report: DossierReport, sums: Sums, wording: Wording) -> str:
    sentence = (
        "%(period)s: the counters took %(n)s dossiers, %(helped)s of them filed online with help; "
        "%(once)s were settled in the same visit."
    )
    return wording.say(
        sentence,
        period=_period(report, wording), n=wording.number(sums.dossiers),
        helped=wording.number(sums.by_channel.get(Channel.ASSISTED, 0)),
        once=wording.number(sums.of(*ON_TIME)),
    )  # fmt: skip


def _apart(sums: Sums, wording: Wording) -> list[str]:
    parts = [
        f"{wording.say(name)}: {wording.number(sums.of(status))}"
        for status, name in APART.items()
        if sums.of(status)
    ]
    return [wording.say("Told apart: %(parts)s.", parts="; ".join(parts))] if parts else []


def _carried(sums: Sums, wording: Wording) -> list[str]:
    if not sums.dossiers:
        return []
    sentence = (
        "Carried over from before: %(n)s dossiers, of which %(on_time)s were settled on time, "
        "%(late)s settled late, %(overdue)s are in process overdue, %(within)s in process within "
        "their time."
    )
    return [
        wording.say(
            sentence,
            n=wording.number(sums.dossiers), on_time=wording.number(sums.of(*ON_TIME)),
            late=wording.number(sums.of(Status.LATE)),
            overdue=wording.number(sums.of(Status.OVERDUE)),
            within=wording.number(sums.of(Status.WITHIN)),
        )
    ]  # fmt: skip


def _not_over(report: DossierReport, wording: Wording) -> list[str]:
    tally = report.tally
    told = []
    if report.reduced:
        months = ", ".join(f"{month[5:]}/{month[:4]}" for month in report.reduced)
        sentence = "Of these months only sums are kept, so their dossiers are not here: %(months)s."
        told.append(wording.say(sentence, months=months))
    if tally.as_of < tally.period.last:
        told.append(wording.say("The period is not over: the figures still grow."))
    if report.file and tally.latest and tally.latest < min(tally.as_of, tally.period.last):
        day = wording.day(tally.latest)
        sentence = "The file knows nothing after %(day)s: is it older than the period?"
        told.append(wording.say(sentence, day=day))
    return told
