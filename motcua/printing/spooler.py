"""The line of slips before one printer: a dead printer never delays a ticket.

A job is drawn and printed in the spooler's own thread. It is tried again by itself only while not
one byte of it has reached the printer; from then on only a person may ask for another copy. Nothing
is kept for the next start of the box: whoever wants a slip of before then asks for it.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.printing.job import UNDER_WAY, Job, JobRecord, JobState, Wish
from motcua.printing.printer import Printer, PrinterError, PrinterStatus

if TYPE_CHECKING:
    from PIL import Image

_log = logging.getLogger(__name__)

_KEPT = 50
"""Jobs remembered for staff; a job that still waits is never forgotten."""
_QUEUE_LIMIT = 40
_TRIES = 2
_RETRY_S = 2.0
_POLL_S = 30.0
_CLOSE_S = 6.0
"""How long `close` waits for the slip in hand: a printer's time-out and a little."""
_UNASKED = Wish()


class Spooler:
    """One printer's line, worked off by one thread."""

    def __init__(  # noqa: PLR0913  (three are tunables with defaults)
        self,
        name: str,
        printer: Printer,
        now: Callable[[], datetime],
        *,
        retry_s: float = _RETRY_S,
        poll_s: float | None = _POLL_S,
        queue_limit: int = _QUEUE_LIMIT,
    ) -> None:
        """Start the thread.

        Args:
            name: the printer's, for logs and screens.
            printer: used by this spooler alone.
            now: reads the clock; stands in the records only.
            retry_s: pause before a job is tried again.
            poll_s: how often an idle printer is asked how it is; None is never.
            queue_limit: jobs that may wait.
        """
        self.name = name
        self._printer = printer
        self._now = now
        self._retry_s = retry_s
        self._poll_s = poll_s
        self._queue_limit = queue_limit
        self._woken = threading.Condition()
        self._waiting: deque[str] = deque()
        self._records: dict[str, JobRecord] = {}
        self._listeners: list[Callable[[], None]] = []
        self._status = PrinterStatus.UNKNOWN
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=f"printer-{name}", daemon=True)
        self._thread.start()

    @property
    def status(self) -> PrinterStatus:
        """What the printer last said of itself. Asks nobody, so it answers at once."""
        return self._status

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener`, in the spooler's or the submitter's thread, after each change."""
        self._listeners.append(listener)

    def submit(self, job: Job, wish: Wish = _UNASKED) -> JobRecord:
        """Put a job in the line and return at once. Never raises: see the record's state."""
        with self._woken:
            known = self._records.get(job.id)
            if known:
                return known
            new = JobRecord(job, JobState.QUEUED, self._now(), (wish,), wish.again)
            record = self._enqueue(new)
        self._tell()
        return record

    def reprint(self, job_id: str, wish: Wish = _UNASKED) -> JobRecord:
        """Print another copy because a person asked.

        One that still waits is left as it is; so is one whose same wish was heard before.

        Raises:
            PrinterError: `printer.job_unknown`.
        """
        with self._woken:
            known = self._records.get(job_id)
            if known is None:
                raise PrinterError("printer.job_unknown", job_id)
            if known.state in UNDER_WAY or known.knows(wish):
                return known
            record = self._enqueue(_again(known, wish, self._now()))
        _log.info("slip %s on %s is asked for again: %s", known.job.about, self.name, wish.place)
        self._tell()
        return record

    def record(self, job_id: str) -> JobRecord | None:
        """Return what became of a job, None when it is no longer known."""
        with self._woken:
            return self._records.get(job_id)

    def records(self) -> list[JobRecord]:
        """Return the jobs still known, newest first."""
        with self._woken:
            return list(reversed(self._records.values()))

    def close(self) -> None:
        """Stop: the slip in hand is finished, those still waiting fail with `printer.stopped`."""
        with self._woken:
            self._closed = True
            for job_id in self._waiting:
                self._fail(job_id, PrinterError("printer.stopped"))
            self._waiting.clear()
            self._woken.notify_all()
        self._tell()
        self._thread.join(_CLOSE_S)

    def _enqueue(self, record: JobRecord) -> JobRecord:
        """Put a record in the line, or at once among the failed; the lock is held."""
        job_id = record.job.id
        self._records.pop(job_id, None)
        self._records[job_id] = record
        if self._closed:
            self._fail(job_id, PrinterError("printer.stopped"))
        elif len(self._waiting) >= self._queue_limit:
            self._fail(job_id, PrinterError("printer.queue_full"))
        else:
            self._waiting.append(job_id)
            self._woken.notify_all()
        settled = [known for known, kept in self._records.items() if kept.state not in UNDER_WAY]
        for old in settled[: max(0, len(self._records) - _KEPT)]:
            del self._records[old]
        return self._records.get(job_id, record)

    def _run(self) -> None:
        while (job_id := self._next()) is not None:
            if job_id:
                self._work(job_id)
                self._tell()
            elif self._learn(self._ask()):
                self._tell()

    def _next(self) -> str | None:
        """Wait for a job and return its id: empty, ask the printer meanwhile; None, it is over."""
        with self._woken:
            self._woken.wait_for(lambda: self._waiting or self._closed, self._poll_s)
            if self._closed:
                return None
            if not self._waiting:
                return ""
            job_id = self._waiting.popleft()
            self._change(job_id, state=JobState.PRINTING)
        self._tell()
        return job_id

    def _work(self, job_id: str) -> None:
        record = self._records[job_id]
        try:
            status = self._print(record)
        except PrinterError as error:
            self._learn(error.status)
            with self._woken:
                self._fail(job_id, error)
        else:
            self._learn(status)
            told = status is not PrinterStatus.UNKNOWN
            with self._woken:
                state = JobState.PRINTED if told else JobState.UNKNOWN
                self._change(job_id, state=state, on_paper=True)

    def _print(self, record: JobRecord) -> PrinterStatus:
        """Draw and print; try again when the printer was there a moment ago and is not now."""
        try:
            image = record.job.draw(record)
        except PrinterError:
            raise
        except Exception as error:
            _log.exception("slip %s cannot be drawn", record.job.about)
            raise PrinterError("printer.not_drawn", str(error)) from error
        tries = 1 if self._status is PrinterStatus.OFFLINE else _TRIES
        for _ in range(tries - 1):
            try:
                return self._try(image, record.job.about)
            except PrinterError as error:
                if error.sent or error.code != "printer.offline":
                    raise
            if self._pause():
                raise PrinterError("printer.stopped")
        return self._try(image, record.job.about)

    def _try(self, image: Image.Image, about: str) -> PrinterStatus:
        try:
            return self._printer.print(image, about)
        except PrinterError:
            raise
        except Exception as error:
            # Whatever a library throws, this thread must live to print the next slip.
            _log.exception("printer %s", self.name)
            raise PrinterError("printer.software", str(error), sent=True) from error

    def _ask(self) -> PrinterStatus:
        try:
            return self._printer.status()
        except Exception:  # noqa: BLE001  (this thread must live to print the next slip)
            _log.exception("printer %s", self.name)
            return PrinterStatus.UNKNOWN

    def _pause(self) -> bool:
        """Wait before another try; return whether the spooler was closed meanwhile."""
        with self._woken:
            return self._woken.wait_for(lambda: self._closed, self._retry_s)

    def _learn(self, status: PrinterStatus) -> bool:
        """Remember what the printer said; return whether that is news."""
        news = status is not self._status
        if news:
            _log.info("printer %s is %s", self.name, status)
        self._status = status
        return news

    def _fail(self, job_id: str, error: PrinterError) -> None:
        """Keep why a slip is not on paper; one that may be half on paper is in nobody's hand."""
        _log.warning("slip %s on %s: %s", self._records[job_id].job.about, self.name, error)
        state = JobState.UNKNOWN if error.uncertain else JobState.FAILED
        on_paper = self._records[job_id].on_paper or error.sent
        self._change(
            job_id, state=state, on_paper=on_paper, code=error.code, sentence=error.sentence
        )

    def _change(self, job_id: str, **changes: Any) -> None:  # noqa: ANN401  (fields of a record)
        self._records[job_id] = replace(self._records[job_id], changed_at=self._now(), **changes)

    def _tell(self) -> None:
        for listener in self._listeners:
            try:
                listener()
            except Exception:  # noqa: BLE001  (a screen's fault is no printer's)
                _log.exception("a listener of printer %s failed", self.name)


def _again(known: JobRecord, wish: Wish, now: datetime) -> JobRecord:
    """Return the record of another copy of a slip."""
    wishes = (*known.wishes, wish)
    return JobRecord(known.job, JobState.QUEUED, now, wishes, known.on_paper or wish.again)
