"""The wait estimates tried on a year of visits: the command itself, from a log to its scores."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date, timedelta
from time import perf_counter

from benchmarks.run import Run
from benchmarks.served import MOTCUA, environment
from benchmarks.start import history
from motcua.home import Home
from motcua.journal.tiny import TinyJournal

_YEAR = timedelta(days=364)
_KB = 1024


def measure(run: Run) -> None:
    """Backtest the last year of the history."""
    home = history(run)
    if home is None:
        run.figures.miss("backtest", "not in a quick run")
        return
    last = date.fromisoformat(list(TinyJournal(Home(home).journal).days())[-1])
    log = run.folder / "visits.csv"
    days = ("--from", str(last - _YEAR), "--to", str(last))
    command = [*MOTCUA, "report", "--home", str(home), *days, "--format", "csv", "--counters"]
    with log.open("w", encoding="utf-8") as file:
        subprocess.run(command, stdout=file, check=True, env=environment())
    begun = perf_counter()
    process = subprocess.Popen(
        [*MOTCUA, "backtest", str(log), "--format", "json"], stdout=subprocess.PIPE,
        env=environment(),
    )  # fmt: skip
    answer = json.loads(process.stdout.read()) if process.stdout else {}
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    run.figures.add("backtest.year", perf_counter() - begun)
    run.figures.add("backtest.memory", used.ru_maxrss / _KB)
    run.figures.add("backtest.error", answer["mae_s"] / answer["mean_wait_s"])
    run.figures.add("backtest.gain", 1 - answer["mae_s"] / min(answer["mae_baselines"].values()))
    run.figures.add("backtest.inside", 100 * answer["band_coverage"])
    log.unlink()
