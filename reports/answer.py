"""The answer in a sentence or two: what a reader takes away who reads no further."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.reports.compare_words import verdict
from motcua.reports.coverage import ends_short
from motcua.reports.spared_tables import spared_sentences
from motcua.reports.spread import FEWEST
from motcua.reports.staffing_words import sentences

if TYPE_CHECKING:
    from motcua.reports.report import Report
    from motcua.reports.wording import Wording


def answer(report: Report, wording: Wording) -> list[str]:
    """Return the sentences that stand on top of the report, the answer first."""
    measures = report.measures
    told = [_waits(report, wording)]
    if measures.left and measures.wait.n:
        left = wording.number(measures.left)
        told.append(wording.say("%(left)s visitors left without being served.", left=left))
    told += _reservations(report, wording)
    if report.comparison:
        told += verdict(report.comparison, wording)
    if not too_few(report) and report.staffing:
        told += sentences(report.staffing, wording)
    told += spared_sentences(report, wording)
    return told


def _reservations(report: Report, wording: Wording) -> Iterator[str]:
    """Yield what is to be known of the days before their figures are used."""
    measures = report.measures
    if short := ends_short(measures.days, report.period, wording.rules.hours):
        first, last = map(wording.day, short)
        sentence = "There are records only from %(first)s to %(last)s."
        yield wording.say(sentence, first=first, last=last)
    if measures.running:
        yield wording.say("The day is not over: the figures still grow.")
    if measures.undated:
        days = ", ".join(map(wording.day, measures.undated))
        sentence = "The box's clock was wrong, so the date of these days is not certain: %(days)s."
        yield wording.say(sentence, days=days)
    if measures.damaged:
        days = ", ".join(map(wording.day, measures.damaged))
        sentence = "The disk lost records of these days; what is left is counted: %(days)s."
        yield wording.say(sentence, days=days)
    if measures.summed:
        last = f"{measures.summed[-1][5:]}/{measures.summed[-1][:4]}"
        sentence = "Of months up to %(last)s only sums are kept: times are right to 15 seconds."
        yield wording.say(sentence, last=last)


def too_few(report: Report) -> bool:
    """Return whether there is not enough to judge by."""
    return (report.measures.wait.n or 0) < FEWEST


def _waits(report: Report, wording: Wording) -> str:
    measures = report.measures
    period, visits = wording.period(report.period), wording.number(measures.visits)
    wait = measures.wait
    if not wait.n or wait.median_s is None or wait.p90_s is None:
        if not measures.visits:
            return wording.say(
                "%(period)s: no visits, so there is nothing to measure.", period=period
            )
        sentence = "%(period)s: %(visits)s visits, and no wait could be measured yet."
        return wording.say(sentence, period=period, visits=visits)
    if too_few(report):
        sentence = "%(period)s: %(visits)s visits, %(n)s waits measured: not enough to judge by."
        return wording.say(sentence, period=period, visits=visits, n=wait.n)
    return wording.say(
        "%(period)s: %(visits)s visits. Half of the waits lasted at most %(median)s minutes, nine "
        "in ten at most %(p90)s; %(share)s of the people were called within the target of "
        "%(target)s minutes.",
        period=period, visits=visits, median=wording.minutes(wait.median_s),
        p90=wording.minutes(wait.p90_s), share=wording.percent(measures.within.share or 0.0),
        target=_target(report, wording),
    )  # fmt: skip


def _target(report: Report, wording: Wording) -> str:
    minutes = report.target_s / 60
    return wording.number(minutes, 0 if minutes.is_integer() else 1)
