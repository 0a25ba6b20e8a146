"""PDF 里挂着的 — annotations, actions, forms, outlines, attachments, the catalogue, the page (条例 第十五条).

ENTRIES: kind, what it is, who sees it, whether it takes a bare number, and how to hang it on the file.
"""

from __future__ import annotations

from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream, String

from tests.plants.planting import Sight
from tests.plants.word_ways import book_with
from tests.plants.zipping import BINARY, TEXTS

_SEEN, _HIDDEN, _EITHER = Sight.SEEN, Sight.HIDDEN, Sight.EITHER


def _annotation(kind: str, **entries: object) -> Dictionary:
    more = {"QuadPoints": [10, 10, 90, 10, 10, 30, 90, 30]} if kind in ("Highlight", "Underline", "StrikeOut") else {}
    return Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=[10, 10, 90, 30], **more, **entries)


KINDS = (
    *("Text", "FreeText", "Link", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline"),
    *(
        "Squiggly",
        "StrikeOut",
        "Stamp",
        "Caret",
        "Ink",
        "Popup",
        "FileAttachment",
        "Sound",
        "Movie",
        "Widget",
        "Screen",
    ),
    *("Watermark", "3D", "Redact", "Projection", "RichMedia"),
)
_WORDS = ("Contents", "T", "Subj", "RC", "NM", "Own", "DA", "OverlayText", "TU")
Entry = Callable[[Pdf, Page, str], None]


def _annotated(kind: str, word: str) -> Entry:
    def write(file: Pdf, page: Page, text: str) -> None:
        _append(file, page, _annotation(kind, **{word: String(text)}))

    return write


def _append(file: Pdf, page: Page, annotation: Dictionary) -> None:
    if "/Annots" not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(file.make_indirect(annotation))


def _acting(make: Callable[[Pdf, str], Dictionary]) -> Entry:
    return lambda file, page, text: _append(file, page, _annotation("Link", A=make(file, text)))


def _stream(file: Pdf, text: str, **entries: object) -> Stream:
    return Stream(file, text.encode(), Dictionary(**entries)) if entries else Stream(file, text.encode())


ACTIONS: dict[str, Callable[[Pdf, str], Dictionary]] = {
    "address tel": lambda _, n: Dictionary(S=Name.URI, URI=String(f"tel:{n}")),
    "address http": lambda _, n: Dictionary(S=Name.URI, URI=String(f"https://a.cn/?a={n}")),
    "address in percent": lambda _, n: Dictionary(
        S=Name.URI, URI=String("https://a.cn/" + "".join(f"%{ord(s):02X}" for s in n))
    ),
    "script": lambda _, n: Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{n}')")),
    "script joined": lambda _, n: Dictionary(S=Name.JavaScript, JS=String(f"var a='{n[:9]}'+'{n[9:]}'")),
    "script in a stream": lambda file, n: Dictionary(S=Name.JavaScript, JS=_stream(file, f"var a='{n}'")),
    "launch": lambda _, n: Dictionary(S=Name.Launch, F=String(f"D:/{n}.xlsx")),
    "other file": lambda _, n: Dictionary(S=Name.GoToR, F=String(f"{n}.pdf"), D=String("a")),
    "send": lambda _, n: Dictionary(S=Name.SubmitForm, F=String(f"https://a.cn/{n}")),
    "place": lambda _, n: Dictionary(S=Name.GoTo, D=String(n)),
    "next": lambda _, n: Dictionary(
        S=Name.URI, URI=String("https://a.cn/"), Next=Dictionary(S=Name.URI, URI=String(f"tel:{n}"))
    ),
    "named": lambda _, n: Dictionary(S=Name.Named, N=Name(f"/N{n}")),
}


def _form(**entries: Callable[[str], object]) -> Entry:
    def write(file: Pdf, page: Page, text: str) -> None:
        field = _annotation("Widget", FT=Name.Tx, **{key: make(text) for key, make in entries.items()})
        if "/T" not in field:
            field.T = String("甲")
        field = file.make_indirect(field)
        if "/AcroForm" not in file.Root:
            file.Root.AcroForm = Dictionary(Fields=Array(), DA=String("/Plant 0 Tf"))
        file.Root.AcroForm.Fields.append(field)
        _append(file, page, field)

    return write


def _rooted(key: str, make: Callable[[Pdf, str], object]) -> Entry:
    def write(file: Pdf, page: Page, text: str) -> None:
        file.Root[key] = make(file, text)

    return write


def _paged(key: str, make: Callable[[Pdf, str], object]) -> Entry:
    def write(file: Pdf, page: Page, text: str) -> None:
        page.obj[key] = make(file, text)

    return write


def _outlined(key: str) -> Entry:
    def write(file: Pdf, page: Page, text: str) -> None:
        item = file.make_indirect(Dictionary(Title=String("甲"), A=Dictionary(S=Name.URI, URI=String("https://a.cn/"))))
        item[key] = String(text)
        file.Root.Outlines = file.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
        item.Parent = file.Root.Outlines

    return write


def _attached(name: str, make: Callable[[str], bytes]) -> Entry:
    def write(file: Pdf, page: Page, text: str) -> None:
        file.attachments[name.format(text)] = make(text)

    return write


def _appearance(file: Pdf, page: Page, text: str) -> None:
    form = Stream(file, f"BT /Plant 9 Tf 2 2 Td ({text}) Tj ET".encode())
    for key, value in {
        "/Type": Name.XObject,
        "/Subtype": Name.Form,
        "/BBox": Array([0, 0, 80, 20]),
        "/Resources": page.obj.Resources,
    }.items():
        form[key] = value
    _append(file, page, _annotation("Stamp", AP=Dictionary(N=file.make_indirect(form))))


def _xmp(pattern: str) -> Entry:
    space = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    head = f'<?xpacket begin="" id="a"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{space}">'

    def write(file: Pdf, page: Page, text: str) -> None:
        words = f'<rdf:Description xmlns:dc="urn:dc" rdf:about="">{pattern.replace("{}", text)}</rdf:Description>'
        body = f"{head}{words}</rdf:RDF></x:xmpmeta>"
        stream = Stream(file, body.encode())
        stream["/Type"], stream["/Subtype"] = Name.Metadata, Name.XML
        file.Root.Metadata = file.make_indirect(stream)

    return write


def _nested(depth: int) -> Entry:
    def write(file: Pdf, page: Page, text: str) -> None:
        inner = f"BT /Plant 9 Tf 60 {{}} Td ({text}) Tj ET"
        resources = Dictionary(Font=Dictionary(Plant=page.obj.Resources.Font.Plant))
        for level in range(depth):
            form = Stream(file, inner.format(150 + depth * 12).encode() if level == 0 else b"/X Do")
            for key, value in {
                "/Type": Name.XObject,
                "/Subtype": Name.Form,
                "/BBox": Array([0, 0, 595, 842]),
                "/Resources": resources,
            }.items():
                form[key] = value
            resources = Dictionary(XObject=Dictionary(X=file.make_indirect(form)))
        name = page.add_resource(resources.XObject.X, Name.XObject)
        page.contents_add(Stream(file, f"q {name} Do Q".encode()))

    return write


def _tagged(key: str) -> Entry:
    def write(file: Pdf, page: Page, text: str) -> None:
        element = file.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P))
        element[key] = String(text)
        root = file.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([element])))
        element.P = root
        file.Root.StructTreeRoot = root

    return write


ENTRIES: list[tuple[str, str, Sight, bool, Entry]] = [
    *(
        (
            "pdf annotation",
            f"{kind} {word}",
            _EITHER if kind == "FreeText" and word == "Contents" else _HIDDEN,
            False,
            _annotated(kind, word),
        )
        for kind in KINDS
        for word in _WORDS
    ),
    *(("pdf action", name, _HIDDEN, True, _acting(make)) for name, make in ACTIONS.items()),
    *(("pdf action", f"open: {name}", _HIDDEN, True, _rooted("/OpenAction", make)) for name, make in ACTIONS.items()),
    *(
        ("pdf form", key, _EITHER if key == "V" else _HIDDEN, False, _form(**{key: String}))
        for key in ("V", "DV", "TU", "TM", "T", "RV", "DS")
    ),
    ("pdf form", "options", _HIDDEN, False, _form(Opt=lambda n: Array([String("甲"), String(n)]))),
    ("pdf form", "caption", _HIDDEN, False, _form(MK=lambda n: Dictionary(CA=String(n)))),
    *(("pdf outline", key, _HIDDEN, False, _outlined(key)) for key in ("/Title", "/Own")),
    *(
        ("pdf attachment", name, _HIDDEN, True, _attached(name, make))
        for name, make in (
            ("名单.csv", lambda n: f"姓名,证件号\n张某,{n}\n".encode()),
            ("名单.xlsx", book_with),
            ("{}.txt", lambda n: b"a"),
            *((f"{kind}.bin", build) for kind, build in BINARY.items()),
            *TEXTS.items(),
        )
    ),
    ("pdf appearance", "stamp", _EITHER, True, _appearance),
    *(("pdf form xobject", f"depth {depth}", _SEEN, True, _nested(depth)) for depth in (1, 2, 4)),
    *(
        ("pdf metadata", pattern, _HIDDEN, False, _xmp(pattern))
        for pattern in ("<dc:creator>{}</dc:creator>", '<dc:a b="{}"/>', "<!-- {} -->", "<?own {}?>")
    ),
    *(
        ("pdf structure", key, _HIDDEN, False, _tagged(key))
        for key in ("/Alt", "/ActualText", "/E", "/T", "/ID", "/Own", "/Lang")
    ),
    (
        "pdf catalogue",
        "page labels",
        _HIDDEN,
        False,
        _rooted("/PageLabels", lambda _, n: Dictionary(Nums=[0, Dictionary(P=String(n))])),
    ),
    (
        "pdf catalogue",
        "destinations",
        _HIDDEN,
        True,
        _rooted("/Dests", lambda _, n: Dictionary({f"/N{n}": Array([0])})),
    ),
    (
        "pdf catalogue",
        "names",
        _HIDDEN,
        False,
        _rooted("/Names", lambda _, n: Dictionary(Dests=Dictionary(Names=[String(n), Array([0])]))),
    ),
    (
        "pdf catalogue",
        "script names",
        _HIDDEN,
        True,
        _rooted(
            "/Names",
            lambda _, n: Dictionary(
                JavaScript=Dictionary(Names=[String("a"), Dictionary(S=Name.JavaScript, JS=String(f"a='{n}'"))])
            ),
        ),
    ),
    (
        "pdf catalogue",
        "layers",
        _HIDDEN,
        False,
        _rooted(
            "/OCProperties",
            lambda file, n: Dictionary(
                OCGs=Array([file.make_indirect(Dictionary(Type=Name.OCG, Name=String(n)))]),
                D=Dictionary(Name=String(n)),
            ),
        ),
    ),
    (
        "pdf catalogue",
        "threads",
        _HIDDEN,
        False,
        _rooted("/Threads", lambda file, n: Array([file.make_indirect(Dictionary(I=Dictionary(Title=String(n))))])),
    ),
    ("pdf catalogue", "language", _HIDDEN, False, _rooted("/Lang", lambda _, n: String(n))),
    (
        "pdf catalogue",
        "address base",
        _HIDDEN,
        True,
        _rooted("/URI", lambda _, n: Dictionary(Base=String(f"https://a.cn/{n}/"))),
    ),
    (
        "pdf catalogue",
        "collection",
        _HIDDEN,
        False,
        _rooted("/Collection", lambda _, n: Dictionary(Schema=Dictionary(A=Dictionary(N=String(n))))),
    ),
    (
        "pdf catalogue",
        "output intent",
        _HIDDEN,
        False,
        _rooted(
            "/OutputIntents",
            lambda _, n: Array([Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier=String(n), Info=String(n))]),
        ),
    ),
    (
        "pdf catalogue",
        "requirements",
        _HIDDEN,
        False,
        _rooted("/Own", lambda file, n: file.make_indirect(_stream(file, n))),
    ),
    (
        "pdf catalogue",
        "xfa",
        _HIDDEN,
        False,
        _rooted(
            "/AcroForm",
            lambda file, n: Dictionary(
                Fields=Array(),
                XFA=Array(
                    [
                        String("datasets"),
                        file.make_indirect(_stream(file, f"<xfa:data xmlns:xfa='urn:x'>{n}</xfa:data>")),
                    ]
                ),
            ),
        ),
    ),
    (
        "pdf catalogue",
        "private",
        _HIDDEN,
        False,
        _rooted("/PieceInfo", lambda _, n: Dictionary(Own=Dictionary(Private=String(n)))),
    ),
    (
        "pdf page entry",
        "private",
        _HIDDEN,
        False,
        _paged("/PieceInfo", lambda _, n: Dictionary(Own=Dictionary(Private=String(n)))),
    ),
    (
        "pdf page entry",
        "metadata",
        _HIDDEN,
        False,
        _paged("/Metadata", lambda file, n: file.make_indirect(_stream(file, f"<a>{n}</a>"))),
    ),
    (
        "pdf page entry",
        "thumbnail",
        _HIDDEN,
        False,
        _paged("/Thumb", lambda file, n: file.make_indirect(_stream(file, n))),
    ),
    (
        "pdf page entry",
        "transition",
        _HIDDEN,
        False,
        _paged("/AA", lambda _, n: Dictionary(O=Dictionary(S=Name.JavaScript, JS=String(n)))),
    ),
    ("pdf page entry", "own", _HIDDEN, False, _paged("/Own", lambda _, n: String(n))),
    ("pdf page entry", "own name", _HIDDEN, True, lambda _, page, n: page.obj.__setitem__(f"/N{n}", 1)),
    (
        "pdf page entry",
        "unused resource",
        _HIDDEN,
        True,
        lambda file, page, n: page.obj.Resources.__setitem__(
            "/Properties", Dictionary({f"/N{n}": Dictionary(A=String(n))})
        ),
    ),
]
