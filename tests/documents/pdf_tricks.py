"""PDF 的花样 — pages that hold a number in every way in which pages have shown or hidden one, by raw operators.

Each way is a name, whether a reader sees the number, and the content that draws it. /A is Helvetica, /W a font of two
bytes a sign, /I a grey picture, /T a form with text, /G an almost clear state, /O a layer that is off.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

HIGH = 420
Draw = Callable[[str], str]


class Way(NamedTuple):
    """花样."""

    name: str
    seen: bool
    draw: Draw


def _text(before: str = "", after: str = "", size: float = 12, at: str = "40 300") -> Draw:
    return lambda n: f"q {before} BT /A {size} Tf {at} Td ({n}) Tj ET Q {after}"


def _each(step: Callable[[int], str], sign: str = "({s}) Tj") -> Draw:
    return lambda n: (
        "BT /A 12 Tf " + " ".join(f"1 0 0 1 {step(at)} Tm {sign.format(s=s)}" for at, s in enumerate(n)) + " ET"
    )


def _order(places: Callable[[int], list[int]]) -> Draw:
    return lambda n: (
        "BT /A 12 Tf " + " ".join(f"1 0 0 1 {40 + 7 * at} 300 Tm ({n[at]}) Tj" for at in places(len(n))) + " ET"
    )


def _wide(n: str) -> str:
    return "BT /W 12 Tf 40 300 Td <" + "".join(f"{ord(s):04x}" for s in n) + "> Tj ET"


WAYS = (
    Way("plain", True, _text()),
    Way("hex", True, lambda n: f"BT /A 12 Tf 40 300 Td <{n.encode().hex()}> Tj ET"),
    Way("octal", True, lambda n: "BT /A 12 Tf 40 300 Td (" + "".join(f"\\{ord(s):03o}" for s in n) + ") Tj ET"),
    Way("two bytes", True, _wide),
    Way("quote", True, lambda n: f"BT /A 12 Tf 14 TL 40 300 Td ({n}) ' ET"),
    Way("double quote", True, lambda n: f'BT /A 12 Tf 14 TL 40 300 Td 1 1 ({n}) " ET'),
    Way("array", True, lambda n: "BT /A 12 Tf 40 300 Td [" + " -90 ".join(f"({s})" for s in n) + "] TJ ET"),
    Way("far apart", True, lambda n: "BT /A 12 Tf 40 300 Td [" + " -800 ".join(f"({s})" for s in n) + "] TJ ET"),
    Way("spaced", True, _text("3 Tc")),
    Way("squeezed", True, _text("60 Tz")),
    Way("signs", True, _each(lambda at: f"{40 + 7 * at} 300")),
    Way("a little up and down", True, _each(lambda at: f"{40 + 7 * at} {300 + at % 2}")),
    Way("backwards", True, _order(lambda size: list(range(size))[::-1])),
    Way("odd ones first", True, _order(lambda size: [*range(1, size, 2), *range(0, size, 2)])),
    Way("shuffled", True, _order(lambda size: sorted(range(size), key=lambda at: (at * 7) % 18))),
    Way("column", True, _each(lambda at: f"300 {390 - 14 * at}")),
    Way("two lines", True, lambda n: f"BT /A 12 Tf 40 300 Td ({n[:9]}) Tj 0 -14 Td ({n[9:]}) Tj ET"),
    Way(
        "three lines",
        True,
        lambda n: f"BT /A 12 Tf 40 300 Td ({n[:6]}) Tj 0 -14 Td ({n[6:14]}) Tj 0 -14 Td ({n[14:]}) Tj ET",
    ),
    Way(
        "boxes",
        True,
        lambda n: " ".join(
            f"{40 + 16 * at} 298 14 14 re S BT /A 10 Tf {43 + 16 * at} 301 Td ({s}) Tj ET" for at, s in enumerate(n)
        ),
    ),
    Way("upwards", True, lambda n: f"BT /A 12 Tf 0 1 -1 0 300 60 Tm ({n}) Tj ET"),
    Way("downwards", True, lambda n: f"BT /A 12 Tf 0 -1 1 0 300 380 Tm ({n}) Tj ET"),
    Way("upside down", True, lambda n: f"BT /A 12 Tf -1 0 0 -1 300 300 Tm ({n}) Tj ET"),
    Way("aslant", True, lambda n: f"BT /A 12 Tf .87 .5 -.5 .87 60 100 Tm ({n}) Tj ET"),
    Way("leaning", True, lambda n: f"BT /A 12 Tf 1 0 .3 1 40 300 Tm ({n}) Tj ET"),
    Way("large", True, _text(size=26, at="10 300")),
    Way("small", True, _text(size=4)),
    Way("grey", True, _text(".6 g")),
    Way("red", True, _text("1 0 0 rg")),
    Way("light on dark", True, _text("0 g 30 290 200 30 re f 1 g")),
    Way("outlined", True, _text("1 Tr .4 w")),
    Way("filled and outlined", True, _text("2 Tr .3 w")),
    Way("printed twice", True, lambda n: _text()(n) + " " + _text(at="40.3 300")(n)),
    Way("in a form", True, lambda n: "/T Do"),
    Way("clipped wide", True, _text("20 280 300 60 re W n")),
    Way("under a line", True, _text(after="40 298 130 .6 re f")),
    Way("raised", True, _text("5 Ts", size=9)),
    Way("after a picture", True, _text("q 200 0 0 60 30 280 cm /I Do Q")),
    Way("tagged", True, lambda n: f"/Span <</ActualText (nothing)>> BDC {_text()(n)} EMC"),
    Way("unseen mode", False, _text("3 Tr")),
    Way("clip mode", False, _text("7 Tr")),
    Way("white", False, _text("1 g")),
    Way("nearly white", False, _text(".98 g")),
    Way("black on black", False, _text("0 g 30 290 200 30 re f 0 g")),
    Way("red on red", False, _text("1 0 0 rg 30 290 200 30 re f")),
    Way("covered", False, _text(after="0 g 30 290 200 30 re f")),
    Way("covered in white", False, _text(after="1 g 30 290 200 30 re f")),
    Way("covered but for a rim", False, _text(after="0 g 30 301.5 200 30 re f")),
    Way("covered by a picture", False, _text(after="q 200 0 0 40 30 285 cm /I Do Q")),
    Way("off to the left", False, _text(at="-300 300")),
    Way("above", False, _text(at="40 900")),
    Way("clipped away", False, _text("20 20 10 10 re W n")),
    Way("tiny", False, _text(size=0.2)),
    Way("clear", False, _text("/G gs")),
    Way("switched off", False, lambda n: f"/OC /O BDC {_text()(n)} EMC"),
)


def made(ways: tuple[Way, ...], numbers: tuple[str, ...]) -> bytes:
    """造文件 — a page for each way, with the number of the same place."""
    with pikepdf.new() as file:
        layer = file.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("layer")))
        file.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        wide = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/STSong-Light"),
            Encoding=Name("/UniGB-UCS2-H"),
            DescendantFonts=Array(
                [
                    Dictionary(
                        Type=Name.Font,
                        Subtype=Name.CIDFontType0,
                        BaseFont=Name("/STSong-Light"),
                        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="GB1", Supplement=2),
                    )
                ]
            ),
        )
        fonts = Dictionary(A=file.make_indirect(helvetica), W=file.make_indirect(wide))
        picture = pikepdf.Stream(file, b"\x99" * 16)
        picture.update(
            {
                "/Type": Name.XObject,
                "/Subtype": Name.Image,
                "/Width": 4,
                "/Height": 4,
                "/ColorSpace": Name.DeviceGray,
                "/BitsPerComponent": 8,
            }
        )
        for way, number in zip(ways, numbers, strict=True):
            form = pikepdf.Stream(file, _text()(number).encode())
            form.update(
                {
                    "/Type": Name.XObject,
                    "/Subtype": Name.Form,
                    "/BBox": Array([0, 0, 500, 500]),
                    "/Resources": Dictionary(Font=fonts),
                }
            )
            page = file.add_blank_page(page_size=(360, HIGH)).obj
            page.Resources = Dictionary(
                Font=fonts,
                XObject=Dictionary(I=file.make_indirect(picture), T=file.make_indirect(form)),
                ExtGState=Dictionary(G=Dictionary(Type=Name.ExtGState, ca=0.02, CA=0.02)),
                Properties=Dictionary(O=layer),
            )
            page.Contents = file.make_stream(way.draw(number).encode())
        out = io.BytesIO()
        file.save(out)
        return out.getvalue()
