"""Reading a list into the catalogue: first the plan, then on a yes."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

from flask.testing import FlaskClient

from motcua.access import Role
from motcua.app import Box
from motcua.queue.procedure import Where

HEAD = (
    "code,name_vi,name_en,field,service,where,place,address,hours,papers,fee_vnd,fee_note,limit,"
    "same_day_cutoff,online,online_url,keywords,valid_from,valid_to,source\n"
)
NEW = "9.000001,Thủ tục mới,New matter,Hộ tịch,A,here,,,,,,,,,,,,,,Thử\n"
FALSE = "1.001640,Đăng ký khai sinh,,Hộ tịch,A,here,,,,,,,,,,,,,,\n"


def read(admin: FlaskClient, text: str | bytes, name: str = "list.csv") -> tuple[int, str, str]:
    """Send a file; return the status, the page after it, and the key of the plan."""
    content = text.encode() if isinstance(text, str) else text
    answer = admin.post("/admin/catalogue", data={"file": (BytesIO(content), name)})
    page = admin.get(answer.location).text if answer.status_code == 303 else answer.text
    keys = re.findall(r'name="plan" value="([^"]+)"', page)
    return answer.status_code, page, keys[0] if keys else ""


def test_a_plan_is_shown_and_changes_nothing(admin: FlaskClient, box: Box) -> None:
    before = box.home.procedures.read_bytes()
    status, page, key = read(admin, HEAD + NEW)
    assert status == 303
    assert "Nếu nạp tệp list.csv" in page
    assert "<b>1</b> thêm mới" in page
    assert "Thủ tục mới" in page
    assert key
    assert box.home.procedures.read_bytes() == before
    assert box.catalogue.get("9.000001") is None


def test_on_a_yes_the_catalogue_is_in_use_at_once(admin: FlaskClient, box: Box) -> None:
    count = len(box.catalogue.procedures)
    _, _, key = read(admin, HEAD + NEW)
    answer = admin.post("/admin/catalogue/apply", data={"plan": key})
    page = admin.get(answer.location).text
    assert "Danh mục đã được cập nhật theo tệp." in page
    assert f"Danh mục hiện có {count + 1} thủ tục" in page
    assert "9.000001" in box.office.rules.procedures
    assert "9.000001" in box.home.procedures.read_text("utf-8")


def test_a_file_with_a_refused_row_cannot_be_used(admin: FlaskClient, box: Box) -> None:
    _, page, key = read(admin, HEAD + NEW + FALSE)
    assert "1.001193" in page
    assert "Tệp có dòng bị từ chối" in page
    assert key == ""
    assert box.catalogue.get("9.000001") is None


def test_a_refused_plan_is_refused_even_when_its_key_is_sent(admin: FlaskClient) -> None:
    answer = admin.post(
        "/admin/catalogue", data={"file": (BytesIO((HEAD + FALSE).encode()), "list.csv")}
    )
    key = answer.location.split("plan=")[1]
    assert admin.post("/admin/catalogue/apply", data={"plan": key}).status_code == 409


def test_a_file_that_is_no_list_is_told_and_read_no_further(admin: FlaskClient) -> None:
    for content, name in (
        (b"%PDF-1.7 nothing", "list.xlsx"),
        (b"\xd0\xe3\xf4", "list.csv"),
        (b"", "x"),
    ):
        status, page, _ = read(admin, content, name)
        assert status == 422
        assert 'class="notice bad" role="alert">' in page
    assert admin.post("/admin/catalogue").status_code == 422


def test_a_name_leads_to_no_other_folder(admin: FlaskClient) -> None:
    _, page, _ = read(admin, HEAD + NEW, "../../..\\etc/pass<b>wd.csv")
    assert "Nếu nạp tệp pass_b_wd.csv" in page


def test_a_plan_is_over_when_the_catalogue_moved_on(
    admin: FlaskClient, browse: Callable[..., FlaskClient], box: Box
) -> None:
    _, _, mine = read(admin, HEAD + NEW)
    other = browse(Role.ADMIN)
    _, _, theirs = read(other, HEAD + NEW.replace("9.000001", "9.000002"))
    assert other.post("/admin/catalogue/apply", data={"plan": theirs}).status_code == 303
    answer = admin.post("/admin/catalogue/apply", data={"plan": mine})
    assert answer.status_code == 409
    assert "Danh mục đã thay đổi từ khi đọc tệp" in answer.text
    assert box.catalogue.get("9.000001") is None


def test_a_plan_nobody_made_is_not_used(admin: FlaskClient) -> None:
    answer = admin.post("/admin/catalogue/apply", data={"plan": "made-up"})
    assert answer.status_code == 409
    assert "Bản xem trước không còn lưu" in answer.text


def test_the_same_file_again_says_nothing_new(admin: FlaskClient, box: Box) -> None:
    _, page, key = read(admin, box.home.procedures.read_bytes(), "procedures.csv")
    assert "Tệp không có gì mới." in page
    assert key == ""


def test_the_page_counts_by_place_and_field(admin: FlaskClient, box: Box) -> None:
    page = admin.get("/admin/catalogue").text
    elsewhere = sum(procedure.where is Where.ELSEWHERE for procedure in box.catalogue.procedures)
    assert f'Không làm tại đây</th><td class="sum">{elsewhere}</td>' in page
    assert "Hộ tịch" in page
