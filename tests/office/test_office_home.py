"""A centre's home: starter files, one owner, small files replaced whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua.folders import data_folder
from motcua.home import Home, HomeBusyError, write_atomic


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home nobody was in yet."""
    return Home(tmp_path / "centre")


def test_the_first_start_writes_the_starter_files(home: Home) -> None:
    assert home.prepare()
    for starter in (home.centre, home.procedures):
        assert starter.read_bytes() == (data_folder("config") / starter.name).read_bytes()
        assert starter.stat().st_mode & 0o777 == 0o644


def test_later_starts_leave_what_the_centre_wrote(home: Home) -> None:
    home.prepare()
    home.centre.write_text('name = "Kim Long"\n', encoding="utf-8")
    home.procedures.unlink()
    assert not home.prepare()
    assert home.centre.read_text(encoding="utf-8") == 'name = "Kim Long"\n'
    assert home.procedures.exists()


def test_the_secret_is_made_once_and_is_the_owners_alone(home: Home) -> None:
    home.prepare()
    secret = home.secret()
    assert Home(home.path).secret() == secret
    assert len(secret) == 64
    assert (home.path / "secret").stat().st_mode & 0o077 == 0


def test_a_home_has_one_owner_at_a_time(home: Home) -> None:
    with home.owned(), pytest.raises(HomeBusyError, match="stop that first"):
        Home(home.path).owned().__enter__()
    with home.owned():
        pass


def test_a_file_is_replaced_whole_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "access.json"
    write_atomic(path, b"old")
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "access.json"
    folder.mkdir()
    (folder / "in the way").touch()
    with pytest.raises(OSError, match="directory"):
        write_atomic(folder, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["access.json"]
