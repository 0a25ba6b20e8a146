"""共用的难例 — files that once leaked a number, taken from the upload to the public (条例 第十五条)."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.conftest import SHARED, shared_file
from tests.web.cast import client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")
FOLDER = SHARED / "cases" / "guard"
CASES = sorted(path.name for path in FOLDER.glob("*")) or ["d-cells.docx"]
NUMBERS, HIDDEN_NAME = ("110101199003078515", "410725199003071238"), "张小楠"
HIDDEN = ("guard-hidden-by-style.docx", "guard-hidden-row.docx")
"""They hide a name, which nobody can tell from other words: told as hidden, and not carried over."""


def parts(data: bytes) -> list[bytes]:
    """The bytes themselves, and of a package every part, inflated."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return [data]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [data, *(archive.read(name) for name in archive.namelist())]


def holds(data: bytes, planted: tuple[str, ...]) -> bool:
    codes = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    forms = [text.encode(code) for text in planted for code in codes]
    return any(form in part for part in parts(data) for form in forms)


def attached(office: Office, name: str, data: bytes) -> Any:
    from gongkai.web.files.actions import inspect_file, receive
    from gongkai.web.holdings import actions

    clerk, item = office.people.of(Role.CLERK), office.create()
    file = receive(body=item.body, staff=clerk, name=name, stream=BytesIO(data), now=office.tick())
    inspect_file(file=file, now=office.tick())
    # A picture is not sent without its words.
    return actions.attach_file(item=item, staff=clerk, file=file, title=f"附件：{name}", now=office.tick())


@pytest.mark.parametrize("name", CASES)
def test_no_file_that_leaked_once_leaks_again(name: str) -> None:
    from gongkai.web.files.kinds import FileError
    from gongkai.web.holdings import actions, guarding
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = attached(office, name, shared_file(f"cases/guard/{name}").read_bytes())
    item = office.bring(item, State.FINAL_REVIEW)
    if name in HIDDEN:
        assert item.newest_version.files.get().file.inspection["hidden"]
    else:
        assert guarding.blocking(item.newest_version), "what it holds, or that it was not read, stands against it"
        with pytest.raises(StepError, match="阻断"):
            office.bring(item, State.CLEARED)
    final = office.people.of(Role.FINAL_REVIEWER)
    try:
        used = item.newest_version.files.get()
        item = actions.use_masked_copy(item=item, staff=final, item_file=used, now=office.tick())
        item = office.bring(item, State.PUBLISHED)
    except (StepError, FileError):
        assert name != "x-chartsheet.xlsx", "a copy must be possible"
        return  # it stays inside
    copy = item.public_version.files.get().copy
    answer: Any = client_of(None).get(f"/files/{copy.key}/{copy.name}")
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content)
    assert data
    assert not holds(data, (*NUMBERS, HIDDEN_NAME) if name in HIDDEN else NUMBERS)
