"""文本里的做法 — Markdown, plain text and csv in its several separators (条例 第十五条)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

from tests.plants.planting import Sight

_SEEN, _HIDDEN, _EITHER = Sight.SEEN, Sight.HIDDEN, Sight.EITHER
Way = tuple[str, str, Sight, bool, Callable[[str], str]]
FRAMES = {
    "md": "{{front}}# 通知\n\n各单位：\n\n| 项目 | 数量 |\n| --- | --- |\n| 受理 | 120 |\n\n{{body}}\n\n特此通知。"
    "\n{{end}}",
    "txt": "关于公开的通知\n各单位：\n项目\t数量\n受理\t120\n\n{{body}}\n特此通知。\n",
    "csv": "序号,事项,内容,备注\n1,受理,大厅,\n2,办结,窗口,\n{{body}}{{end}}",
    "tab": "序号\t事项\t内容\t备注\n1\t受理\t大厅\t\n2\t办结\t窗口\t\n{{body}}{{end}}",
    "semicolon": "序号;事项;内容;备注\n1;受理;大厅;\n2;办结;窗口;\n{{body}}{{end}}",
}


def _of(pattern: str) -> Callable[[str], str]:
    return lambda text: pattern.replace("{}", text)


def _markdown() -> Iterator[tuple[str, Way]]:
    shown = {
        "line": "\n\n{}\n\n",
        "item": "\n\n- {}\n\n",
        "heading": "\n\n## {}\n\n",
        "bold": "\n\n**{}**\n\n",
        "code": "\n\n`{}`\n\n",
        "fence": "\n\n```\n{}\n```\n\n",
        "quote": "\n\n> {}\n\n",
        "link text": "\n\n[{}](https://a.cn)\n\n",
        "html cell": "\n\n<td>{}</td>\n\n",
        "table": "\n\n| 姓名 | 身份证号 |\n| --- | --- |\n| 张某 | {} |\n\n",
        "note": "\n\n甲[^1]\n\n[^1]: {}\n\n",
        "struck": "\n\n~~{}~~\n\n",
        "indented": "\n\n    {}\n\n",
        "definition": "\n\n证号\n: {}\n\n",
        "math": "\n\n${}$\n\n",
    }
    for where, pattern in shown.items():
        yield "body", ("md shown", where, _SEEN, False, _of(pattern))
    unseen = {
        "comment": "\n\n<!-- {} -->\n\n",
        "comment of lines": "\n\n<!--\n{}\n-->\n\n",
        "link title": "\n\n[甲](https://a.cn '{}')\n\n",
        "reference title": "\n\n[a]: https://a.cn '{}'\n\n",
        "reference as comment": "\n\n[//]: # ({})\n\n",
        "html hidden": "\n\n<p hidden>{}</p>\n\n",
        "html attribute": "\n\n<p title='{}'>甲</p>\n\n",
        "html script": "\n\n<script>a='{}'</script>\n\n",
        "fence words": "\n\n``` own {}\n甲\n```\n\n",
        "html template": "\n\n<template>{}</template>\n\n",
        "instruction": "\n\n<?own {}?>\n\n",
        "html display none": "\n\n<i style='display:none'>{}</i>\n\n",
    }
    for where, pattern in unseen.items():
        yield "body", ("md unseen", where, _HIDDEN, False, _of(pattern))
    torn: dict[str, tuple[Sight, Callable[[str], str]]] = {
        "bold inside": (_SEEN, lambda n: f"\n\n**{n[:4]}**{n[4:]}\n\n"),
        "escapes between parts": (_SEEN, lambda n: f"\n\n{n[:6]}\\-{n[6:14]}\\-{n[14:]}\n\n"),
        "entities": (_SEEN, lambda n: "\n\n" + "".join(f"&#{ord(s)};" for s in n) + "\n\n"),
        "two lines": (_SEEN, lambda n: f"\n\n{n[:9]}\n{n[9:]}\n\n"),
        "two paragraphs": (_SEEN, lambda n: f"\n\n{n[:9]}\n\n{n[9:]}\n\n"),
        "line ends": (_SEEN, lambda n: f"\n\n{n[:9]}  \n{n[9:]}\n\n"),
        "cells": (_SEEN, lambda n: f"\n\n| a | b | c |\n| --- | --- | --- |\n| {n[:6]} | {n[6:14]} | {n[14:]} |\n\n"),
        "digit cells": (
            _SEEN,
            lambda n: "\n\n|" + "|".join("a" for _ in n) + "|\n|" + "---|" * len(n) + "\n|" + "|".join(n) + "|\n\n",
        ),
        "rows": (_SEEN, lambda n: f"\n\n| 号 |\n| --- |\n| {n[:9]} |\n| {n[9:]} |\n\n"),
        "items": (_SEEN, lambda n: f"\n\n- {n[:9]}\n- {n[9:]}\n\n"),
        "link parts": (_SEEN, lambda n: f"\n\n[{n[:9]}](https://a.cn)[{n[9:]}](https://a.cn)\n\n"),
        "comments inside": (_SEEN, lambda n: f"\n\n{n[:9]}<!-- a -->{n[9:]}\n\n"),
        "link address": (_HIDDEN, _of("\n\n[甲](https://a.cn/{})\n\n")),
        "tel address": (_HIDDEN, _of("\n\n[甲](tel:{})\n\n")),
        "reference": (_HIDDEN, _of("\n\n[a{}]: https://a.cn\n\n")),
        "reference title, parts": (_HIDDEN, lambda n: f"\n\n[a]: https://a.cn '{n[:9]}-{n[9:]}'\n\n"),
        "abbreviation": (_EITHER, _of("\n\n*[甲]: {}\n\n")),
        "lines in a link": (_EITHER, lambda n: f"\n\n[甲](https://a.cn/{n[:9]}\\\n{n[9:]})\n\n"),
        "reference address": (_HIDDEN, _of("\n\n[甲][b]\n\n[b]: https://a.cn/{}\n\n")),
        "autolink": (_EITHER, _of("\n\n<https://a.cn/{}>\n\n")),
        "picture address": (_HIDDEN, _of("\n\n![甲](https://a.cn/{}.png)\n\n")),
        "picture words": (_EITHER, _of("\n\n![{}](https://a.cn/a.png)\n\n")),
        "data": (_HIDDEN, lambda n: f"\n\n[甲](data:text/plain;base64,{base64.b64encode(n.encode()).decode()})\n\n"),
        "percent": (_HIDDEN, lambda n: "\n\n[甲](https://a.cn/" + "".join(f"%{ord(s):02X}" for s in n) + ")\n\n"),
        "id": (_HIDDEN, _of("\n\n## 甲 {#n{}}\n\n")),
    }
    for where, (sight, build) in torn.items():
        yield "body", ("md torn", where, sight, True, build)
    for where, pattern in (("front matter", "---\ntitle: 甲\nauthor: {}\n---\n"), ("front comment", "<!-- {} -->\n")):
        yield "front", ("md ends", where, _HIDDEN, False, _of(pattern))
    yield "end", ("md ends", "comment", _HIDDEN, False, _of("<!-- {}"))


def _text() -> Iterator[tuple[str, Way]]:
    for where, pattern in {
        "line": "{}\n",
        "sentence": "经办人张某（{}）。\n",
        "behind tabs": "甲\t\t{}\n",
        "list": "姓名\t身份证号\n张某\t{}\n",
        "control signs": "\x07{}\x08\n",
        "html": "<p>{}</p>\n",
        "padded": " " * 300 + "{}\n",
    }.items():
        yield "body", ("txt", where, _SEEN, False, _of(pattern))
    torn: dict[str, Callable[[str], str]] = {
        "two lines": lambda n: f"{n[:9]}\n{n[9:]}\n",
        "lines of a digit": lambda n: "\n".join(n) + "\n",
        "indented second line": lambda n: f"{n[:9]}\n    {n[9:]}\n",
        "tabs": lambda n: f"{n[:6]}\t{n[6:14]}\t{n[14:]}\n",
        "digit tabs": lambda n: "\t".join(n) + "\n",
        "strokes": lambda n: f"|{n[:6]}|{n[6:14]}|{n[14:]}|\n",
        "digit strokes": lambda n: "|" + "|".join(n) + "|\n",
        "blanks": lambda n: " ".join(n) + "\n",
        "wide blanks": lambda n: "\u3000".join(n) + "\n",
        "box signs": lambda n: "│".join(n) + "\n",
        "base64": lambda n: base64.b64encode(f"身份证号：{n}".encode()).decode() + "\n",
        "escapes": lambda n: "".join(f"\\u{ord(s):04x}" for s in n) + "\n",
        "percent": lambda n: "".join(f"%{ord(s):02X}" for s in n) + "\n",
        "entities": lambda n: "".join(f"&#{ord(s)};" for s in n) + "\n",
        "reversed by a mark": lambda n: f"\u202e{n[::-1]}\u202c\n",
        "tag signs": lambda n: "\U000e0020".join(n) + "\n",
        "keycaps": lambda n: "\u20e3".join(n) + "\n",
        "hangul fillers": lambda n: "\u115f".join(n) + "\n",
        "circled": lambda n: "".join(chr(0x2460 + int(s) - 1) if s in "123456789" else s for s in n) + "\n",
        "slashes": lambda n: f"{n[:6]}/{n[6:14]}/{n[14:]}\n" if len(n) == 18 else f"{n}\n",
        "brackets": lambda n: f"({n[:3]}){n[3:]}\n" if len(n) == 11 else f"{n}\n",
        "six blanks": lambda n: f"{n[:6]}      {n[6:]}\n",
        "colons": lambda n: f"{n[:6]}:{n[6:]}\n",
        "commas": lambda n: f"{n[:6]}，{n[6:14]}，{n[14:]}\n" if len(n) == 18 else f"{n}\n",
        "mailbox": lambda n: f"{n}@139.com\n" if len(n) == 11 else f"{n}@qq.com\n",
    }
    for where, build in torn.items():
        yield "body", ("txt torn", where, _SEEN, True, build)


def _separated(build: Callable[[str], str], sign: str) -> Callable[[str], str]:
    return lambda number: build(number).replace(",", sign)


def _cells(sign: str) -> Iterator[tuple[str, Way]]:
    for where, pattern in {
        "cell": "3,甲,{},\n",
        "first cell": "{},甲,1,\n",
        "quoted": '3,"{}",1,\n',
        "many cells": "3,甲,1,乙,丙,{}\n",
        "line of one": "{}\n",
        "list": "4,姓名,身份证号,电话\n5,张某,{},0373-5551234\n",
        "text by formula": '3,"=""{}""",1,\n',
        "apostrophe": "3,'{},1,\n",
        "behind blanks": "3,甲,   {}   ,\n",
        "behind an empty line": "\n\n3,甲,{},\n",
    }.items():
        yield "body", ("csv", where, _SEEN, False, _of(pattern.replace(",", sign)))
    torn: dict[str, Callable[[str], str]] = {
        "three cells": lambda n: f"甲,{n[:6]},{n[6:14]},{n[14:]}\n",
        "two cells": lambda n: f"甲,{n[:9]},{n[9:]},\n",
        "a cell between": lambda n: f"甲,{n[:9]},,{n[9:]}\n",
        "digit cells": lambda n: ",".join(n) + "\n",
        "two rows": lambda n: f"甲,{n[:9]},,\n,{n[9:]},,\n",
        "second column, two rows": lambda n: f"甲,{n[:9]},,\n乙,{n[9:]},,\n",
        "digit rows": lambda n: "".join(f"甲,{s},,\n" for s in n),
        "line end in quotes": lambda n: f'甲,"{n[:9]}\n{n[9:]}",1,\n',
        "two lines in quotes": lambda n: f'甲,"甲\n{n}",1,\n',
        "quotes inside a cell": lambda n: f'甲,"{n[:9]}""{n[9:]}",1,\n',
        "formula joined": lambda n: f'甲,"=""{n[:9]}""&""{n[9:]}""",1,\n',
        "exponent": lambda n: f"甲,{n[0]}.{n[1:]}E+{len(n) - 1},1,\n",
        "a blank line between": lambda n: f"甲,{n[:9]},,\n,,,\n乙,{n[9:]},,\n",
    }
    for where, build in torn.items():
        yield "body", ("csv torn", where, _SEEN, True, _separated(build, sign))
    # All that follows is one cell with it.
    yield "end", ("csv torn", "unclosed quote", _SEEN, True, _separated(lambda n: f'甲,甲,1,"{n}\n', sign))


WAYS: dict[str, list[tuple[str, Way]]] = {
    "md": list(_markdown()),
    "txt": list(_text()),
    "csv": list(_cells(",")),
    "tab": list(_cells("\t")),
    "semicolon": list(_cells(";")),
}
