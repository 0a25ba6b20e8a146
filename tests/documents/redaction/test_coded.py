"""编在文字里的文件 — texts and documents in base64 are looked into, in every file that is a text (条例 第十五条)."""

from __future__ import annotations

import base64
import io
import random
import textwrap
import zipfile

import docx
import pytest

from gongkai.documents.redaction import inspect, masked
from gongkai.documents.redaction.values import SurvivedError
from tests.text import persons

NUMBER = persons.identity(random.Random(31))
HOME = "张三家住幸福花园3栋2单元501室"


def _word() -> bytes:
    out, file = io.BytesIO(), docx.Document()
    file.add_paragraph(f"张三，身份证号{NUMBER}")
    file.save(out)
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", f"张三 {NUMBER}")
    return out.getvalue()


HELD = {
    "address": HOME.encode(),
    "address in another code": HOME.encode("gb18030"),
    "birthday": "张三，1985年3月12日出生".encode("utf-16"),
    "list": f"姓名,证件号码\n张三,{NUMBER}\n".encode(),
    "document": _word(),
    "archive": _zip(),
    "twice": base64.b64encode(HOME.encode()),
}
WAYS = {
    "usual": base64.b64encode,
    "of addresses": base64.urlsafe_b64encode,
    "in lines": lambda data: "\n".join(textwrap.wrap(base64.b64encode(data).decode(), 76)).encode(),
}
FILES = {
    "a.txt": "附件\n{}\n",
    "a.csv": '名称,内容\n一,"{}"\n',
    "a.html": '<p>附件</p><a href="data:application/octet-stream;base64,{}">下载</a>',
    "a.xml": "<r><d>{}</d></r>",
    "a.eml": "From: a@x.gov.cn\nSubject: t\nMIME-Version: 1.0\nContent-Type: text/plain\n\n附件 {}\n",
}


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", FILES)
def test_what_is_written_in_base64_is_looked_into(held: str, way: str, name: str) -> None:
    seen = inspect(name, FILES[name].format(WAYS[way](HELD[held]).decode()).encode(), pictures=False)
    assert {str(found.hit.kind) for found in seen.hits} & {"identity", "address", "birthday"}


@pytest.mark.parametrize("held", HELD)
def test_json_escapes_the_strokes_of_a_word(held: str) -> None:
    word = base64.b64encode(HELD[held]).decode().replace("/", "\\/")
    assert inspect("a.json", f'{{"data": "{word}"}}'.encode(), pictures=False).hits


def test_a_number_in_a_word_is_told_once() -> None:
    word = base64.b64encode(f"张三 {NUMBER}".encode()).decode()
    assert len(inspect("a.txt", f"附件 {word}".encode(), pictures=False).hits) == 1


def test_no_copy_carries_what_is_written_so() -> None:
    word = base64.b64encode(_word()).decode()
    with pytest.raises(SurvivedError):
        masked("a.txt", f"附件 {word}".encode(), pictures=False)


def test_digests_keys_and_addresses_are_no_words() -> None:
    rng = random.Random(4)
    lines = [base64.b64encode(rng.randbytes(size)).decode() for size in (16, 20, 32, 64) for _ in range(200)]
    lines += ["https://www.yunxiu.gov.cn/zwgk/gongkai/nianbao/t20250131_0012345.html", "openGovernmentInformation" * 3]
    lines.append(base64.b64encode("云岫县人民政府办公室关于印发工作要点的通知".encode()).decode())
    seen = inspect("a.txt", "\n\n".join(lines).encode(), pictures=False)
    assert not [found for found in seen.hits if found.place.member]
    assert not seen.unread
