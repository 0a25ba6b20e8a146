"""公开的数字 — lines as offices publish them, full of figures, in which nothing is anybody's (条例 第十九条、第二十条).

`lines(seed)` gives more than 400, `grids(seed)` tables of statistics; `FILES` writes them in every format.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable

import docx
import openpyxl

from tests.documents import make
from tests.text import persons

Grid = list[list[str]]
_PATTERNS = (
    "本年度一般公共预算收入{5},{3}万元，比上年增长{1}.{1}%。",
    "项目总投资1{3}{3}{4}元，其中财政资金{6}.{2}元。",
    "工程概算13{9}元，已到位15{9}元。",
    "中标金额：￥{2},{3},{3}.00元（大写：壹仟贰佰万元整）。",
    "豫政办〔{year}〕{2}号",
    "国办发{year}年第{2}号，索引号：00{7}-1/{year}-{5}",
    "统一社会信用代码：{credit}",
    "联系电话：0373-{7}，传真：0373-{7}",
    "监督举报电话：12345、12388、96{3}",
    "国家法人单位项目代码：{year}-410725-{2}-03-{6}",
    "招标编号：原阳采购{year}{month}{day}-{2}号",
    "ISBN 978-7-{4}-{4}-{1}，定价{2}.00元",
    "东经113度{2}分，北纬35.{6}，海拔{3}米",
    "公示时间：{year}年{month}月{day}日至{month}月{day}日",
    "豫ICP备{8}号-1 豫公网安备 4107{8}{2}号 网站标识码：4107{6}",
    "邮政编码：453{3}，新乡市平原路{2}号市政府大楼，https://www.example.gov.cn/{7}.html",
    "共受理申请{3}件，办结{3}件，答复{2}件，维持{1}件。",
    "粮食播种面积{6}.{2}亩，产量1{9}公斤，蓄水13{9}立方米。",
    "会议时间：{year}-{month}-{day} 09:30:00",
    "GB/T {5}—{year}，DB41/T {4}-{year}",
    "车牌豫G{5}，线路{2}路，桩号K{3}+{3}",
    "不动产单元号：410725{6}GB{5}W{8}",
    "序号 {1} 合计 {4} {4} {4} {4}",
    "预算编码：2{6}，科目 {3}{2}{2}",
    "公告编号：{decoy}",
)
_FIELD = re.compile(r"\{(\w+)\}")


def lines(seed: int, count: int = 460) -> list[str]:
    """几百行 — every pattern in turn."""
    rng = random.Random(seed)
    return [_FIELD.sub(lambda field: _filled(rng, field[1]), _PATTERNS[at % len(_PATTERNS)]) for at in range(count)]


def _filled(rng: random.Random, field: str) -> str:
    if field.isdigit():
        return str(rng.randrange(10 ** (int(field) - 1), 10 ** int(field)))
    return {
        "year": lambda: str(rng.randrange(2008, 2027)),
        "month": lambda: f"{rng.randrange(1, 13):02}",
        "day": lambda: f"{rng.randrange(1, 29):02}",
        "credit": lambda: persons.credit_code(rng),
        "decoy": lambda: persons.decoy(rng),
    }[field]()


def grids(seed: int, count: int = 30) -> list[Grid]:
    """统计表 — figures of all sizes, years, shares; one digit a cell too, as in table three."""
    rng = random.Random(seed)
    return [_grid(rng) for _ in range(count)]


def _grid(rng: random.Random) -> Grid:
    wide, tall, most = rng.randrange(3, 20), rng.randrange(3, 20), 10 ** rng.randrange(1, 7)
    first = rng.randrange(2005, 2020)
    head = ["项目", *(str(first + at) if rng.random() < 0.5 else f"第{at}季度" for at in range(wide))]
    return [head, *([f"指标{row}", *(_figure(rng, most) for _ in range(wide))] for row in range(tall))]


def _figure(rng: random.Random, most: int) -> str:
    value = rng.randrange(most)
    return rng.choice((str(value), str(value), f"{value:,}", f"{value}.{rng.randrange(10)}", "0", "", "—"))


def _blocks(seed: int) -> list[make.Block]:
    return [*lines(seed), *([list(row) for row in grid] for grid in grids(seed))]


def _word(seed: int) -> bytes:
    document = docx.Document(io.BytesIO(make.word(_blocks(seed))))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _sheet(seed: int) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for line in lines(seed):
        page.append([line])
    for number, grid in enumerate(grids(seed), 1):
        page = book.create_sheet(f"表{number}")
        for row in grid:
            page.append([int(text) if text.isdigit() else text for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _comma(seed: int) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([*([line] for line in lines(seed)), *(row for grid in grids(seed) for row in grid)])
    return out.getvalue().encode("utf-8-sig")


def _data(seed: int) -> bytes:
    return json.dumps({"文": lines(seed), "表": grids(seed)}, ensure_ascii=False, indent=1).encode()


FILES: dict[str, Callable[[int], bytes]] = {
    "docx": _word,
    "xlsx": _sheet,
    "csv": _comma,
    "json": _data,
    "html": lambda seed: make.html(_blocks(seed)),
    "md": lambda seed: make.md(_blocks(seed)),
    "txt": lambda seed: make.txt_tabs(_blocks(seed)),
    "pdf": lambda seed: make.pdf(_blocks(seed)),
}
