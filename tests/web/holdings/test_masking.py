"""附件遮盖 — the public never gets what the guard blocks: a list of names from draft to the public (条例 第十五条)."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.holdings.county import Office, draft

pytestmark = pytest.mark.usefixtures("ground")
IDENTITY = "11010519491231002X"


def name_list() -> bytes:
    """名单 — a sheet whose fourth column, hidden, holds identity numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("序号", "姓名", "乡镇", "备注"), (1, "王某", "河湾镇", IDENTITY), (2, "赵某", "柳林镇", "")):
        sheet.append(row)
    sheet.column_dimensions["D"].hidden = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def attached(office: Office, item: Any, data: bytes, name: str = "名单.xlsx") -> Any:
    from gongkai.web.files.actions import inspect_file, receive
    from gongkai.web.holdings import actions

    clerk = office.people.of(Role.CLERK)
    file = receive(body=item.body, staff=clerk, name=name, stream=BytesIO(data), now=office.tick())
    inspect_file(file=file, now=office.tick())
    return actions.attach_file(item=item, staff=clerk, file=file, now=office.tick())


def test_a_hidden_column_of_identity_numbers_blocks_until_a_masked_copy_takes_its_place() -> None:
    from gongkai.web.files.models import CopyKind
    from gongkai.web.files.storing import opened
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = office.bring(attached(office, office.create(), name_list()), State.FINAL_REVIEW)
    assert blocking(item.newest_version)
    final = office.people.of(Role.FINAL_REVIEWER)
    with pytest.raises(StepError, match="阻断"):
        office.bring(item, State.CLEARED)
    used = item.newest_version.files.get()
    item = actions.use_masked_copy(item=item, staff=final, item_file=used, now=office.tick())
    assert blocking(item.newest_version) == []
    item = office.bring(item, State.PUBLISHED)
    copy = item.public_version.files.get().copy
    assert (copy.kind, copy.published_at is not None) == (CopyKind.MASKED, True)
    with opened(copy.storage_name) as stream:
        data = stream.read()
    cells = [cell for row in openpyxl.load_workbook(BytesIO(data)).active.iter_rows(values_only=True) for cell in row]
    assert "王某" in cells
    assert IDENTITY not in cells
    address = f"/items/{item.index_number}/"
    page = Client().get(address).content.decode()
    assert "已隐去不宜公开的内容" in page
    assert "更新</li>" not in page
    office.now += timedelta(days=2)
    item = actions.amend(item=item, staff=office.people.of(Role.CLERK), now=office.tick())
    item = office.bring(item, State.PUBLISHED)
    page = Client().get(address).content.decode()
    assert re.search(rf"{timezone.localtime(office.now):%Y-%m-%d} \d\d:\d\d 更新</li>", page), "beside the first day"


def test_a_clean_attachment_gets_its_public_copy_with_the_final_review_and_loses_it_when_withdrawn() -> None:
    from gongkai.web.files.models import CopyKind
    from gongkai.web.holdings import actions

    office = Office()
    item = attached(office, office.create(), "序号,项目\n1,管网改造\n".encode(), "项目.csv")
    item = office.bring(item, State.CLEARED)
    copy = item.newest_version.files.get().copy
    assert (copy.kind, copy.published_at) == (CopyKind.STRIPPED, None)
    item = office.bring(item, State.PUBLISHED)
    copy.refresh_from_db()
    assert copy.published_at is not None
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    ground = WithdrawalGround.INACCURATE
    actions.withdraw(item=item, staff=director, ground=ground, reason="名单有误", now=office.tick())
    copy.refresh_from_db()
    assert copy.published_at is None


def test_a_revision_without_the_file_takes_its_copy_from_the_public() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = attached(office, office.create(), "序号,项目\n1,管网改造\n".encode(), "项目.csv")
    item = office.bring(item, State.PUBLISHED)
    copy, clerk = item.public_version.files.get().copy, office.people.of(Role.CLERK)
    office.now += timedelta(days=2)
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    used = item.newest_version.files.get()
    item = actions.detach_file(item=item, staff=clerk, item_file=used, now=office.tick())
    copy.refresh_from_db()
    assert copy.published_at is not None
    office.bring(item, State.PUBLISHED)
    copy.refresh_from_db()
    assert copy.published_at is None


def test_another_body_cannot_lend_its_file() -> None:
    from gongkai.web.files.actions import receive
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item, town = office.create(), office.people.township
    stranger = office.people.of(Role.CLERK, town)
    file = receive(body=town, staff=stranger, name="表.csv", stream=BytesIO(b"a,b\n"), now=office.tick())
    with pytest.raises(StepError, match="别的单位"):
        actions.attach_file(item=item, staff=office.people.of(Role.CLERK), file=file, now=office.tick())


def test_what_was_let_pass_stays_told_when_the_rest_is_masked_and_is_asked_about_in_the_next_version() -> None:
    from gongkai.web.files.storing import opened
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.hits import shown

    office = Office()
    listed = "姓名,手机\n王某,13800138000\n赵某,13911112222\n".encode()
    item = office.bring(attached(office, office.create(), listed, "名单.csv"), State.FINAL_REVIEW)
    final = office.people.of(Role.FINAL_REVIEWER)
    let, masked = blocking(item.newest_version)
    item = actions.override_hit(item=item, staff=final, hit=let["id"], reason="本人同意公布", now=office.tick())
    used = item.newest_version.files.get()
    item = actions.use_masked_copy(item=item, staff=final, item_file=used, now=office.tick())
    told = {each.found["id"]: each.override for each in shown(item.newest_version)}
    assert told[let["id"]], "who reviews after sees what was let pass, and why"
    assert masked["id"] not in told
    with opened(item.newest_version.files.get().copy.storage_name) as stream:
        data = stream.read()
    assert b"13800138000" in data
    assert b"139****2222" in data
    assert blocking(item.newest_version) == []
    item = actions.send_back(item=item, staff=final, opinion="标题改一改", now=office.tick())
    clerk = office.people.of(Role.CLERK)
    changed = draft(title="关于公布名单的通知")
    item = actions.edit(item=item, staff=clerk, draft=changed, edition=item.edition, now=office.tick())
    assert [each["id"] for each in blocking(item.newest_version)] == [let["id"]]


def test_a_file_that_was_masked_for_other_words_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a copy is made, somebody lets a hit pass: the copy would hide what may be public, and nobody would know."""
    from gongkai.web.files import actions as files
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.refusals import ClashError

    office = Office()
    listed = "姓名,手机\n王某,13800138000\n赵某,13911112222\n".encode()
    item = office.bring(attached(office, office.create(), listed, "名单.csv"), State.FINAL_REVIEW)
    final = office.people.of(Role.FINAL_REVIEWER)
    hit = blocking(item.newest_version)[0]["id"]
    made = files.ready_public_copy

    def meanwhile(**given: Any) -> Any:
        ready = made(**given)
        actions.override_hit(item=item, staff=final, hit=hit, reason="本人同意公布", now=office.tick())
        return ready

    monkeypatch.setattr(files, "ready_public_copy", meanwhile)
    used = item.newest_version.files.get()
    with pytest.raises(ClashError):
        actions.use_masked_copy(item=item, staff=final, item_file=used, now=office.tick())
    assert item.newest_version.files.get().copy is None
