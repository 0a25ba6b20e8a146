"""一个字符写满 — what one sign or two make, again and again, costs no more than in proportion (条例 第十五条).

A form is looked at in the process that serves everybody: a text whose cost grows with its square stops them all.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from gongkai.documents.redaction import looking
from gongkai.documents.redaction.editor import Table, shown
from gongkai.documents.redaction.places import Place
from gongkai.documents.redaction.searching import in_parts
from gongkai.documents.redaction.values import Options

SIGNS = [*'160一五XOla年生号村元亿第，,.。-/|*#[(（《<&;:%\\=+"@~_！\n\t \u3000\u200b\u202e１①⠼、']
PAIRS = [
    "1 ",
    "1,",
    "1\n",
    "1\t",
    "1+",
    "1-",
    "1.",
    "1/",
    "1|",
    "1*",
    "1年",
    "1一",
    "年1",
    "0+",
    "号[",
    "第《",
    "a1",
    "62",
]
RUNS = [
    *("110101", "13800138000", "110101199003070000 ", "138 ", "138\n", "138,", "347\n1\n", "1,,", "> ", "- ", "6222 "),
    *(
        "1990年3月7日",
        "出生",
        "村1号",
        "张三，",
        "<b>",
        "<td>1",
        "&#49;",
        "  1",
        "账号1",
        "身份证1",
        "第1页",
        "110101,1\n",
    ),
]
SIZE, TIMES, SLACK = 4_000, 4, 0.1
MOST = 8
"""The cost of four times the text; of the square of it, it would be sixteen."""


def _in_a_cell(text: str) -> None:
    rows = [["姓名", "电话"], ["张某", text]]
    list(in_parts([Table([[shown(Place(), cell) for cell in row] for row in rows])], Options()))


WAYS: dict[str, Callable[[str], object]] = {
    "words": looking.in_words,
    "markup": lambda text: looking.look({}, {"body": f"<p>{text}</p>"}),
    "grid": _in_a_cell,
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_repeated_costs_no_square(way: str) -> None:
    look = WAYS[way]
    dear = []
    for repeated in (*SIGNS, *PAIRS, *RUNS):
        # A machine that does something else makes one run slow, not every one.
        ratios = (_ratio(look, repeated) for _ in range(3))
        if all(ratio > MOST for ratio in ratios):
            dear.append(repeated)
    assert not dear


def _ratio(look: Callable[[str], object], repeated: str) -> float:
    return _seconds(look, repeated, SIZE * TIMES) / max(_seconds(look, repeated, SIZE), SLACK / MOST)


def _seconds(look: Callable[[str], object], repeated: str, size: int) -> float:
    text = (repeated * (size // len(repeated) + 1))[:size]
    begin = time.process_time()
    look(text)
    return time.process_time() - begin
