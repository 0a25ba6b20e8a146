"""旧格式 — doc, wps, rtf, et, xls, OpenDocument and office XML keep what the docx or xlsx they were made of says."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import tempfile
import threading
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from gongkai.documents import libreoffice, office
from gongkai.documents.document import Block, Document, DocumentError, Grid, Paragraph
from gongkai.documents.isolation import Room
from gongkai.documents.opening import open_documents
from tests.documents import make, make_office, zoo
from tests.documents.make_office import FROM
from tests.documents.test_isolation import assert_gone

needs_office = pytest.mark.skipif(libreoffice.program() is None, reason="没有 LibreOffice")
needs_antiword = pytest.mark.skipif(office.shutil.which("antiword") is None, reason="没有 antiword")

TABLE: list[list[make.Cell]] = [
    [("第二十条第（一）项", 4, 1)],
    ["信息内容", "制发", "废止", "有效"],
    [("规章", 1, 2), "1", "0", "23"],
    ["2", "", "4"],
]
BLOCKS: list[make.Block] = ["某市2024年政府信息公开工作年度报告", TABLE, "三、收到和处理政府信息公开申请情况"]

CALLED = {"wps": "doc", "et": "xls"}


@pytest.fixture(scope="module")
def old() -> dict[str, bytes]:
    """旧格式的文件 — the same blocks, written by LibreOffice itself in each of its formats."""
    if libreoffice.program() is None:
        pytest.skip("没有 LibreOffice")
    made = make_office.converted([(make.render(BLOCKS, of), suffix) for suffix, of in FROM.items()])
    files = dict(zip(FROM, made, strict=True))
    return files | {name: files[of] for name, of in CALLED.items()}


def read(name: str, data: bytes) -> Document:
    (item,) = open_documents(name, data)
    assert isinstance(item, Document), item
    return item


def said(document: Document) -> list[object]:
    """What the one view says: paragraphs, and tables with their spans; where it stands in the file is left out."""

    def values(block: Block) -> object:
        if isinstance(block, Paragraph):
            return block.text
        return [[(cell.text, cell.column, cell.columns, cell.rows) for cell in row.cells] for row in block.rows]

    view = next(document.views())
    return [values(block) for block in view.blocks]


@needs_office
@pytest.mark.parametrize("suffix", [*FROM, *CALLED])
def test_a_file_says_what_it_was_made_of(suffix: str, old: dict[str, bytes]) -> None:
    of = FROM[CALLED.get(suffix, suffix)]
    document = read(f"年报.{suffix}", old[suffix])
    assert said(document) == said(read(f"年报.{of}", make.render(BLOCKS, of)))
    assert all(block.exact for view in document.views() for block in view.blocks if isinstance(block, Grid))


def as_of_2003() -> bytes:
    """造 2003 版 Word XML — the same tree in another dialect, with a heading whose number is written beside it."""
    with zipfile.ZipFile(io.BytesIO(make.word(BLOCKS))) as archive:
        text = archive.read("word/document.xml").decode()
    body = text[text.index("<w:body") : text.index("</w:document>")].replace("w:vMerge", "w:vmerge")
    numbered = f"<w:p><w:pPr><w:listPr><wx:t wx:val='四、'/></w:listPr></w:pPr>{'<w:r><w:t>建议</w:t></w:r>'}</w:p>"
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
        'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint">'
        f"{body.replace('</w:body>', numbered + '</w:body>')}</w:wordDocument>"
    ).encode()


def in_one_file() -> bytes:
    """造单文件 docx — its parts under one root."""
    with zipfile.ZipFile(io.BytesIO(make.word(BLOCKS))) as archive:
        parts = {name: archive.read(name).decode().partition("?>")[2] for name in archive.namelist() if "word/" in name}
    inside = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{text}</pkg:xmlData></pkg:part>'
        for name, text in parts.items()
        if name in ("word/document.xml", "word/styles.xml")
    )
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n'
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{inside}</pkg:package>'
    ).encode()


def test_word_saved_as_xml_is_read_without_any_program() -> None:
    expected = said(read("年报.docx", make.word(BLOCKS)))
    assert said(read("年报.xml", in_one_file())) == expected
    assert said(read("年报.doc", as_of_2003())) == [*expected, "四、建议"]


SHEET_OF_2003 = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="年报"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">信息内容</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">规章</Data></Cell><Cell><Data ss:Type="Number">23</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@needs_office
def test_excel_saved_as_xml_is_converted() -> None:
    table = [[("信息内容", 1, 2, 1)], [("规章", 1, 1, 1), ("23", 2, 1, 1)]]
    assert said(read("年报.xls", SHEET_OF_2003.encode())) == [table]


@needs_office
def test_members_of_an_archive_are_converted_by_one_start(
    old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = zoo.zipped({f"{n}/年报.{suffix}": old[suffix] for n in range(3) for suffix in ("doc", "odt", "ods")})
    room = Room(__name__)
    assert room.call(servers, archive, seconds=60) == [9, 1]
    room.close()


def servers(archive: bytes) -> list[int]:
    """Inside a room: how many documents an archive gives, by how many starts."""
    started: list[libreoffice._Office] = []
    items = []
    for item in open_documents("全县.zip", archive, apart=False):
        items.append(item)
        started += [office for office in libreoffice._running if office not in started]
    return [sum(isinstance(item, Document) for item in items), len(started)]


@needs_office
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt", "ods", "xls", "fods"])
@pytest.mark.parametrize("eighths", [1, 4, 7])
def test_a_torn_file_ends_in_a_document_or_a_sentence(suffix: str, eighths: int, old: dict[str, bytes]) -> None:
    whole = old[suffix]
    (item,) = open_documents(f"断.{suffix}", whole[: len(whole) * eighths // 8])
    if isinstance(item, DocumentError):
        assert str(item).startswith(f"断.{suffix}：")


def converts(data: bytes) -> list[int]:
    """Inside a room: convert, and tell the process that did it."""
    assert libreoffice.converted(data, "doc", "docx")
    return [libreoffice._running[0]._process.pid]


def converts_without_a_server(data: bytes) -> list[int]:
    before = converts(data)
    libreoffice._running[0]._process.kill()
    libreoffice._running[0]._process.wait()
    return before + converts(data)


@needs_office
def test_it_is_started_again_when_it_died(old: dict[str, bytes]) -> None:
    room = Room(__name__)
    before, after = room.call(converts_without_a_server, old["doc"], seconds=60)  # type: ignore[misc]
    assert before != after
    room.close()


def converts_and_listens(data: bytes) -> list[str]:
    """Inside a room: the process, and where it listens, which is outside of the room's folder."""
    (pid,) = converts(data)
    (link,) = Path(tempfile.gettempdir()).glob("office-*-pipe")
    return [str(pid), str(link.readlink())]


@needs_office
def test_it_ends_with_its_room_and_leaves_nothing(old: dict[str, bytes]) -> None:
    for kill in (False, True):
        room = Room(__name__)
        pid, pipe = room.call(converts_and_listens, old["doc"], seconds=60)  # type: ignore[misc]
        assert Path(pipe).exists()
        if kill:
            room._end()
        else:
            room.close()
        assert_gone(int(pid))
        assert not Path(pipe).exists()


ODT_TYPE = b"application/vnd.oasis.opendocument.text"
ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.2"><office:body><office:text>
 <text:p>年报{body}</text:p></office:text></office:body></office:document-content>"""
MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def test_the_settings_forbid_macros_links_and_network(tmp_path: Path) -> None:
    libreoffice._write_settings(tmp_path / "user" / "registrymodifications.xcu")
    root = etree.fromstring((tmp_path / "user" / "registrymodifications.xcu").read_bytes())
    settings = {prop.get("{http://openoffice.org/2001/registry}name"): prop[0].text for prop in root.iter("prop")}
    assert settings["DisableMacrosExecution"] == "true"
    assert settings["MacroSecurityLevel"] == "3"
    assert settings["BlockUntrustedRefererLinks"] == "true"


def odt(body: str = "") -> bytes:
    """造 odt — with something more in its text."""
    parts = {"content.xml": ODT.format(body=body), "META-INF/manifest.xml": MANIFEST}
    return zoo.zipped({"mimetype": ODT_TYPE, **{name: text.encode() for name, text in parts.items()}})


PICTURE = """<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:image xlink:type="simple"
 xlink:href="http://127.0.0.1:{port}/a.png" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>"""


def converts_with_network(data: bytes) -> bool:
    """Inside a room: convert with nothing but the settings between it and the network."""
    libreoffice._shut_off.cache_clear()
    libreoffice._WITHOUT_NETWORK = ()  # type: ignore[assignment]
    return libreoffice.converted(data, "odt", "docx") is not None


@needs_office
def test_no_link_is_followed() -> None:
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    wire, _ = server.accept()
                except OSError:
                    return
                calls.append(wire.recv(1_000))
                wire.close()

        threading.Thread(target=answer, daemon=True).start()
        room = Room(__name__)
        assert room.call(converts_with_network, odt(PICTURE.format(port=server.getsockname()[1])), seconds=60)
        room.close()
        server.shutdown(socket.SHUT_RDWR)
    assert calls == []


@needs_office
def test_it_has_no_network_where_the_system_lets_us() -> None:
    prefix = libreoffice._shut_off()
    if not prefix:
        pytest.skip("这台电脑不让断开网络")
    shown = subprocess.run([*prefix, "cat", "/proc/net/dev"], capture_output=True, text=True, check=True).stdout
    assert {line.split(":")[0].strip() for line in shown.splitlines()[2:]} <= {"lo"}


@pytest.fixture
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)


@pytest.mark.usefixtures("_no_office")
@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        ("rtf", b"{\\rtf1 text}"),
        ("odt", odt()),
        ("xml", b'<?xml version="1.0"?>\n<Workbook/>'),
    ],
)
def test_without_it_the_sentence_says_what_to_install(suffix: str, data: bytes) -> None:
    (item,) = open_documents(f"年报.{suffix}", data, apart=False)
    assert isinstance(item, DocumentError)
    assert "apt install libreoffice" in str(item)


@pytest.mark.usefixtures("_no_office")
def test_without_it_and_without_antiword_so_does_that_of_a_doc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    (item,) = open_documents("年报.doc", zoo.ole("WordDocument"), apart=False)
    assert isinstance(item, DocumentError)
    assert "apt install libreoffice" in str(item)


@needs_office
@needs_antiword
@pytest.mark.usefixtures("_no_office")
def test_without_it_antiword_gives_the_text_of_a_doc(old: dict[str, bytes]) -> None:
    (item,) = open_documents("年报.doc", old["doc"], apart=False)
    assert isinstance(item, Document)
    texts = [
        text
        for view in item.views()
        for block in view.blocks
        for text in ([block.text] if isinstance(block, Paragraph) else [t for row in block.rows for t in row.texts])
    ]
    assert BLOCKS[0] in texts
    assert "23" in texts


def test_a_locked_doc_is_said_to_be_locked() -> None:
    data = zoo.ole("WordDocument")[:512] + b"\xec\xa5" + b"\0" * 9 + b"\x01" + zoo.ole("WordDocument")[512:]
    (item,) = open_documents("密.doc", data)
    assert isinstance(item, DocumentError)
    assert "密码" in str(item)


def test_a_locked_open_document_is_said_to_be_locked() -> None:
    locked = zoo.zipped({"META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>"}, odt())
    (item,) = open_documents("密.odt", locked)
    assert isinstance(item, DocumentError)
    assert "密码" in str(item)


def test_slides_are_not_taken_for_a_text() -> None:
    slides = zoo.zipped({"mimetype": b"application/vnd.oasis.opendocument.presentation"}, odt())
    (item,) = open_documents("片.odp", slides)
    assert isinstance(item, DocumentError)
    assert "odt" in str(item)


def test_what_remains_of_the_environment_is_little(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(libreoffice.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("GONGKAI_SECRET", "1")
    seen: list[dict[str, str]] = []

    def started(command: list[str], *, env: dict[str, str], **_: object) -> subprocess.Popen[bytes]:
        seen.append(env)
        raise InterruptedError

    monkeypatch.setattr(subprocess, "Popen", started)
    monkeypatch.setattr(libreoffice, "_shut_off", list)
    with pytest.raises(InterruptedError):
        libreoffice._Office("soffice")
    assert "GONGKAI_SECRET" not in seen[0]
    assert seen[0]["HOME"] != os.environ.get("HOME")
