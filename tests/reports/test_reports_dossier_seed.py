"""The seed's own table, from its log: through the core, the command line, the screen, the files.

"More than 3,100 applications, of which nearly 95% were submitted online. The on-time settlement
rate reached over 92%, with overdue applications accounting for only over 2.3%": the log of
`dossier_log.seed_log` gives exactly 3,100, 95.0%, 92.0%, 2.3%, and 5.7% in process.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from motcua.access import Role
from motcua.home import Home
from motcua.reports.dossier_forms import as_json
from motcua.reports.dossier_report import from_counters, from_file
from motcua.reports.dossiers import (
    Channel,
    Share,
    Status,
    Sums,
    progress,
    published,
    settled_on_time,
)
from motcua.reports.period import around
from tests.reports.dossier_log import SEED, read, rules, seed_log
from tests.reports.dossier_upload import upload
from tests.reports.report_days import archived

Browse = Callable[[Role], FlaskClient]
_RANGE = {"from": SEED.first.isoformat(), "to": SEED.last.isoformat()}
_ANSWER = (
    "Từ 01/07/2025 đến 25/08/2025: tiếp nhận 3.100 hồ sơ, 95,0% nộp trực tuyến. Tính đến hết ngày "
    "25/08/2025: 92,0% đã giải quyết trước và đúng hạn, 2,3% quá hạn, 5,7% đang giải quyết trong "
    "hạn."
)


def rounded(sums: Sums) -> dict[str, float]:
    """Return the published shares in per cent, as the newspaper prints them."""
    shares = published(sums)
    return {name: round(100 * (share.value or 0), 1) for name, share in shares.items()}


def test_the_seeds_table_is_what_its_log_gives() -> None:
    counts = read(seed_log())
    received, carried = counts.sums(), counts.sums_carried()
    assert received.dossiers == 3100
    assert rounded(received) == {
        "online": 95.0, "on_time": 92.0, "overdue": 2.3, "in_process": 5.7, "other": 0.0
    }  # fmt: skip
    assert received.by_status == {
        Status.EARLY: 1900, Status.ON_DAY: 952, Status.LATE: 46, Status.OVERDUE: 25,
        Status.WITHIN: 177,
    }  # fmt: skip
    assert received.by_channel == {
        Channel.ONLINE: 2945, Channel.IN_PERSON: 150, Channel.POST: 5
    }  # fmt: skip
    assert carried.by_status == {
        Status.EARLY: 120, Status.LATE: 200, Status.OVERDUE: 60, Status.WITHIN: 20
    }  # fmt: skip
    assert (carried.dossiers, counts.outside) == (400, 30)
    assert settled_on_time(received, carried) == Share(2972, 2972 + 246)
    assert progress(received, carried) == Share(2852 + 177 + 120 + 20, 3500)


def test_overdue_is_never_what_is_left_of_a_hundred() -> None:
    """Not 8%, which is what 92% on time leaves: most of the rest is in process within its time."""
    shares = rounded(read(seed_log()).sums())
    assert shares["overdue"] == 2.3 != 100 - shares["on_time"]


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    """A centre's home with the seed's log beside it."""
    Home(tmp_path / "home").prepare()
    (tmp_path / "ho-so.csv").write_text(seed_log(), "utf-8-sig", newline="")
    return tmp_path


def motcua(ward: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run `motcua dossiers` on the seed's two months."""
    command = [sys.executable, "-m", "motcua", "dossiers", "--home", str(ward / "home")]
    command += ["--from", _RANGE["from"], "--to", _RANGE["to"], *words]
    return subprocess.run(command, capture_output=True, timeout=120, check=False)


def test_the_command_line_prints_the_seeds_table(ward: Path) -> None:
    done = motcua(ward, "--file", str(ward / "ho-so.csv"))
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert text.startswith(_ANSWER)
    rows = [re.sub(r"  +", "|", line.strip()) for line in text.splitlines()]
    for row in (
        "Tổng số hồ sơ|3.100|100,0%|400|100,0%", "– trực tuyến|2.945|95,0%|0|0,0%",
        "– trực tiếp|150|4,8%|400|100,0%", "– qua bưu chính|5|0,2%|0|0,0%",
        "Đã giải quyết trước và đúng hạn|2.852|92,0%|120|30,0%", "Quá hạn|71|2,3%|260|65,0%",
        "Đang giải quyết trong hạn|177|5,7%|20|5,0%",
    ):  # fmt: skip
        assert row in rows
    assert "Bí Mật" not in text


def test_every_form_tells_the_same_figures(ward: Path) -> None:
    def made(form: str) -> bytes:
        return motcua(ward, "--file", str(ward / "ho-so.csv"), "--format", form).stdout

    answer = json.loads(made("json"))
    assert answer["received"]["dossiers"] == 3100
    assert answer["shares"]["overdue"] == {"n": 71, "of": 3100, "share": 0.0229}
    rows = list(csv.DictReader(io.StringIO(made("csv").decode())))
    assert (rows[0]["part"], rows[0]["dossiers"], rows[0]["early"]) == ("received", "3100", "1900")
    assert (rows[1]["part"], rows[1]["dossiers"], rows[1]["late"]) == ("carried_over", "400", "200")
    for part in ("month", "field", "procedure"):
        assert sum(int(row["dossiers"]) for row in rows if row["part"] == part) == 3100
    sheets = openpyxl.load_workbook(io.BytesIO(made("xlsx")))
    assert sheets.worksheets[0]["A1"].value == _ANSWER
    cells = {row[0].value: row[1] for row in sheets.worksheets[1].iter_rows()}
    assert cells["Quá hạn"].value == 71
    assert cells["Quá hạn"].data_type == "n"


def test_the_screen_shows_the_seeds_table_and_its_files(browse: Browse) -> None:
    manager = browse(Role.MANAGER)
    shown = upload(manager, seed_log(), **_RANGE)
    page = manager.get(shown).text
    assert _ANSWER in page
    assert "Kỳ trước chuyển sang: 400 hồ sơ, trong đó 120" in page
    for row in (("Quá hạn", "71", "2,3%", "260", "65,0%"), ("– trực tuyến", "2.945", "95,0%")):
        cells = "".join(f'<td class="figure">{figure}</td>' for figure in row[1:])
        assert f'<th scope="row">{row[0]}</th>{cells}' in page
    assert "Bí Mật" not in page
    key = shown.partition("?")[2]
    answer = json.loads(manager.get(f"/reports/dossiers.json?{key}").text)
    assert answer["shares"]["on_time"] == {"n": 2852, "of": 3100, "share": 0.92}
    assert answer["carried_over"]["dossiers"] == 400


@pytest.mark.parametrize(
    ("span", "received", "carried", "outside"),
    [
        # 2,244 came in July and 856 in August, ten more on the 26th; 420 in June.
        ("month", 2244, 400, 886),
        ("quarter", 3110, 400, 20),
        ("year", 3530, 0, 0),
    ],
)
def test_month_quarter_and_year_are_reported(
    span: str, received: int, carried: int, outside: int
) -> None:
    period = around(SEED.first, span)
    counts = read(seed_log(), period)
    assert counts.sums().dossiers == received
    assert counts.sums_carried().dossiers == carried
    assert counts.outside == outside
    assert sum(sums.dossiers for sums in counts.by(lambda cell: cell.month).values()) == received


def test_every_key_of_the_json_is_told_in_the_guide() -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
    known = set(re.findall(r"[a-z][a-z0-9_]*", guide.read_text("utf-8")))
    whole, empty = rules(), archived()
    reports = (
        from_file(io.BytesIO(seed_log().encode()), "a.csv", SEED, SEED.last, whole),
        from_counters(empty, SEED, SEED.last, whole),
    )
    told = {key for report in reports for key in keys(as_json(report))}
    assert {"carried_over", "progress", "reduced_months", "in_process_overdue"} <= told
    assert told <= known


def keys(value: object) -> Iterator[str]:
    """Yield every key of a JSON document."""
    inside = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict):
        yield from value
    if isinstance(inside, Iterable) and not isinstance(inside, str):
        for one in inside:
            yield from keys(one)
