"""Journal files, backups and copies as an IT officer handles them on the command line."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from motcua.home import Home

Run = Callable[..., subprocess.CompletedProcess[str]]


def day_files(home: Path) -> dict[str, bytes]:
    """Return the journal of a home."""
    return {path.name: path.read_bytes() for path in sorted((home / "journal").glob("*.jsonl"))}


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence a command failed with."""
    assert (done.returncode, done.stdout) == (1, "")
    [sentence] = done.stderr.strip().splitlines()
    return sentence


def test_simulated_days_go_out_and_in_byte_for_byte(run: Run, tmp_path: Path) -> None:
    run("simulate", "--days", "3", "--tickets-per-day", "80")
    assert run("journal", "export", "days.jsonl").returncode == 0
    assert run("journal", "import", "days.jsonl", home="other").returncode == 0
    assert day_files(tmp_path / "other") == day_files(tmp_path / "home")
    assert run("journal", "verify", home="other").returncode == 0
    assert run("journal", "export", "again.jsonl", home="other").returncode == 0
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "days.jsonl").read_bytes()


def test_a_damaged_journal_is_told_at_the_export_and_asked_about_at_the_import(
    run: Run, tmp_path: Path
) -> None:
    run("simulate", "--days", "1", "--tickets-per-day", "20")
    [day] = (tmp_path / "home" / "journal").glob("*.jsonl")
    lines = day.read_bytes().splitlines(keepends=True)
    lines[7] = lines[7].replace(b"a", b"b", 1)
    day.write_bytes(b"".join(lines))
    exported = run("journal", "export", "days.jsonl")
    assert exported.returncode == 0
    assert "1 damaged places were left out: see motcua journal verify" in exported.stderr
    assert "add --gaps" in refusal(run("journal", "import", "days.jsonl", home="other"))
    assert day_files(tmp_path / "other") == {}
    assert run("journal", "import", "days.jsonl", "--gaps", home="other").returncode == 0
    assert run("journal", "export", "again.jsonl", home="other").returncode == 0
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "days.jsonl").read_bytes()


def test_a_home_that_is_served_takes_no_import_and_no_restore(run: Run, tmp_path: Path) -> None:
    run("simulate", "--days", "1", "--tickets-per-day", "5")
    run("journal", "export", "days.jsonl")
    assert run("backup", "centre.zip").returncode == 0
    before = day_files(tmp_path / "home")
    with Home(tmp_path / "home").owned():
        for words in (("journal", "import", "days.jsonl"), ("restore", "centre.zip", "--force")):
            assert "in use by a running motcua: stop that first" in refusal(run(*words))
        assert run("backup", "again.zip").returncode == 0
    assert day_files(tmp_path / "home") == before


def test_a_restore_tells_where_the_old_home_lies(run: Run, tmp_path: Path) -> None:
    run("simulate", "--days", "1", "--tickets-per-day", "5")
    run("backup", "centre.zip")
    restored = run("restore", "centre.zip")
    assert f"What was there before lies in {tmp_path / 'home'}.before-restore" in restored.stdout
    assert "What was there before" not in run("restore", "centre.zip", home="new").stdout
    assert not (tmp_path / "new.before-restore").exists()


def test_the_check_tells_of_the_copies(run: Run, tmp_path: Path) -> None:
    run("simulate", "--days", "1", "--tickets-per-day", "5")
    assert "ok    backup     no [backup] folder is set" in run("check").stdout
    centre = tmp_path / "home" / "centre.toml"
    for folder, told in (("/nowhere", "is the medium plugged in"), (str(tmp_path), "own disk")):
        text = f'[backup]\nfolder = "{folder}"\n'
        centre.write_text(text, encoding="utf-8")
        checked = run("check")
        assert checked.returncode == 1
        assert f"FAIL  backup     {folder}: " in checked.stdout
        assert told in checked.stdout
