"""拆开粘连 — a text in which labels and figures of the tables have run together, cut at the labels of the form (条例
第五十条).

Some sites give a page out as one line, or every row without a blank between its name and its numbers. Where nothing of
the tables was found, the lines are cut before each label and behind it; how the numbers themselves are to be cut is for
the equations to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from gongkai.documents.document import Block, Paragraph, View
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.text.folding import fold, squeeze

_LEAST = 6
"""Fewer labels are a sentence that names some of them."""
_BEFORE_FIGURES = r"(?=\s*[\d\-—/])"


def unglued(view: View) -> View | None:
    """拆开粘连的视图 — None where too few labels of the form stand in it."""
    blocks: list[Block] = []
    found = 0
    for block in view.blocks:
        if not isinstance(block, Paragraph):
            blocks.append(block)
            continue
        text = fold(block.text)
        found += sum(1 for _ in _labels().finditer(text))
        blocks += [replace(block, text=line) for line in _lines(text)]
    return View(view.name, tuple(blocks)) if found >= _LEAST else None


def _lines(text: str) -> Iterator[str]:
    """The text cut before each label, with a blank behind it."""
    at = 0
    for label in _labels().finditer(text):
        if text[at : label.start()].strip():
            yield text[at : label.start()].strip()
        after = _labels().search(text, label.end())
        end = after.start() if after else len(text)
        yield f"{label[0]} {text[label.end() : end].strip()}".strip()
        at = end
    if text[at:].strip():
        yield text[at:].strip()


@cache
def _labels() -> re.Pattern[str]:
    """Every name of a row, longest first; short ones only where a figure follows. White space may stand anywhere."""
    names: dict[str, None] = {}
    for edition in Edition:
        for shape in OtherHandling:
            for line in form(edition, shape).lines:
                if line.table != "remedies":
                    names[squeeze(line.label)] = None
                if line.group:
                    names[squeeze(line.group)] = None
                if line.item:
                    names[squeeze(line.item)] = None
    figured = [name for name in names if re.match(r"[\w]", name) and not re.match(r"\d|[一二三四]、|第二十", name)]
    marked = [name for name in names if name not in figured]
    parts = [_loose(name) for name in sorted(marked, key=len, reverse=True)]
    parts += [_loose(name) + _BEFORE_FIGURES for name in sorted(figured, key=len, reverse=True)]
    parts += [_loose("三、本年度办理结果"), r"总\s*计" + _BEFORE_FIGURES]
    parts += [_loose(f"{mark}、") + rf"(?={_loose(word)})" for mark, word in _HEADINGS]
    return re.compile("|".join(parts))


_HEADINGS = (("二", "主动公开"), ("三", "收到和处理"), ("四", "政府信息公开行政"), ("五", "存在的"), ("六", "其他需要"))


def _loose(name: str) -> str:
    return r"\s*".join(map(re.escape, name))
