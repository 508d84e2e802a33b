"""What people are told of rows that went: command line, report, administrator, audit trail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box, open_box
from motcua.audit import Audit
from motcua.cli import main
from motcua.clock import SetClock
from motcua.home import Home
from motcua.reports.coverage import table
from motcua.reports.wording import Wording
from tests.conftest import MONDAY_8_AM
from tests.journal.journal_days import RULES
from tests.reports.report_days import ListeningWords
from tests.retention.old_days import Centre, days_of

Run = Callable[..., Result]
_OLD = days_of([f"2025-{place:02}" for place in range(8, 13)], 6, 20)
_NEW = days_of([f"2026-{place:02}" for place in range(1, 12)], 6, 20)


@pytest.fixture
def old(home: Home) -> Centre:
    """A centre with rows since August 2025; it is November 2026."""
    home.prepare()
    centre = Centre(home.path)
    centre.live(*_OLD, *_NEW)
    return centre


@pytest.fixture
def run(home: Home) -> Run:
    """Run a command on the home."""
    return lambda *words: CliRunner().invoke(main, [*words, "--home", str(home.path)])


def test_the_command_line_tells_first_and_then_does(run: Run, old: Centre, home: Home) -> None:
    told = run("retention", "--dry-run")
    assert told.exit_code == 0
    assert "Rows are kept for 12 months: there are rows from 2025-08 on" in told.stdout
    assert "2025-08: rows would go, sums stay" in told.stdout
    assert old.months.names() == []
    done = run("retention")
    assert "2025-10: rows are gone, sums stay" in done.stdout
    assert old.months.names() == ["2025-08", "2025-09", "2025-10"]
    noted = [(one.act, one.about) for one in Audit(home.audit, lambda: MONDAY_8_AM).entries()]
    assert noted[0] == ("rows.summed", "2025-10")
    assert "Nothing is due." in run("retention").stdout


def test_the_centre_is_not_touched_while_it_serves(run: Run, old: Centre, home: Home) -> None:
    with home.owned():
        refused = run("retention")
        assert (refused.exit_code, old.months.names()) == (1, [])
        assert "in use" in refused.stderr
        assert run("retention", "--dry-run").exit_code == 0


def test_check_and_verify_know_what_is_left(run: Run, old: Centre, home: Home) -> None:
    assert old.journal.days()
    run("retention")
    assert "of 3 months up to 2025-10 only sums" in run("check").stdout
    verified = run("journal", "verify")
    assert (verified.exit_code, "2025-08     sums, rows gone: sound" in verified.stdout) == (
        0,
        True,
    )
    file = home.months / "2025-09.json"
    file.write_bytes(file.read_bytes()[:-9])
    assert "the sums of 2025-09 cannot be read" in run("check").stdout
    assert run("journal", "verify").exit_code == 1
    report = run("report", "--from", "2025-08-01", "--to", "2025-10-31")
    assert (report.exit_code, "restored from a backup" in report.stderr) == (1, True)


def test_the_report_says_of_which_months_only_sums_are_left(run: Run, old: Centre) -> None:
    whole = ("--from", "2025-08-01", "--to", "2026-11-30")
    assert old.journal.days()
    run("retention")
    text = run("report", *whole, "--language", "vi").stdout
    assert "chỉ còn số liệu tổng hợp" in text
    assert "Các tháng đến hết 10/2025 chỉ còn số liệu tổng hợp" in text
    rows = run("report", *whole, "--format", "csv")
    assert (rows.exit_code, rows.stdout) == (1, "")
    assert "ask for days from 2025-11-01 on" in rows.stderr
    assert run("report", "--from", "2025-11-01", "--to", "2026-11-30", "--format", "csv").stdout


def test_a_year_is_compared_with_one_of_sums(run: Run, old: Centre) -> None:
    assert old.journal.days()
    run("retention")
    words = ("--from", "2026-08-01", "--to", "2026-10-31", "--compare-from", "2025-08-01")
    told = run("report", *words, "--compare-to", "2025-10-31", "--language", "en")
    assert told.exit_code == 0
    assert "36" in told.stdout  # people of six days on either side


@pytest.fixture
def aged(old: Centre, home: Home) -> Box:
    """The running box of that centre."""
    assert old.journal.days()
    return open_box(home, clock=SetClock(MONDAY_8_AM))


def test_the_box_lets_rows_go_by_itself_and_notes_it(aged: Box) -> None:
    aged.reduce_rows()
    aged.reduce_rows()
    assert aged.retention.stand().months == ("2025-08",)
    assert [(one.act, one.about) for one in aged.audit.entries()] == [("rows.summed", "2025-08")]
    aged.close()


def test_every_sentence_of_it_has_its_vietnamese(old: Centre) -> None:
    old.reduce()
    words = ListeningWords()
    assert "chỉ còn số liệu tổng hợp" in table(old.measures(), Wording(words, "vi", RULES)).note
    assert words.unknown == set()


def test_the_administrator_sees_what_goes_next(
    browse: Callable[[Role], FlaskClient], box: Box, tmp_path: Path
) -> None:
    assert tmp_path.exists()
    page = browse(Role.ADMIN).get("/admin/journal").text
    assert "Dữ liệu từng lượt được giữ 12 tháng" in page
    assert box.retention.stand().months == ()
