"""项目名称的噪声 — what happens to the words beside and above the figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from gongkai.report.form import Edition
from tests.noise.noises import noise
from tests.noise.printed import Order, Part, Printed, Row, Table
from tests.noise.rendering import COUNTED, LOOSE

WORDS = (Part.HEADING, Part.LABEL, Part.GROUP)
HALF = str.maketrans("（）：，；“”、．", '():,;"",.')


def _labels(report: Printed, change: Callable[[str], str], *parts: Part) -> Printed:
    """Change the words of the statutory tables alone, not those of the prose."""
    return report.each_cell(lambda cell: cell._replace(text=change(cell.text)), *(parts or WORDS))


def _replaced(report: Printed, table: Mapping[str, str], random: Random) -> Printed:
    """Exchange whole words of labels for others, each with even odds, at least one."""
    chosen = {old for old in table if random.random() < 0.5} or {random.choice(sorted(table))}

    def change(text: str) -> str:
        for old in chosen:
            text = text.replace(old, table[old])
        return text

    return _labels(report, change)


@noise("labels")
def wrapped_labels(report: Printed, random: Random) -> Printed:
    """名称折成两三行: a label wrapped over two or three lines."""
    width = random.randint(4, 14)

    def wrap(text: str) -> str:
        if "\n" in text or len(text) <= width:
            return text
        size = max(width, -(-len(text) // 3))
        return "\n".join(text[i : i + size] for i in range(0, len(text), size))

    return _labels(report, wrap)


def _ordered(report: Printed, random: Random, order: Order) -> Printed:
    share = random.choice((0.2, 1.0))

    def change(row: Row) -> Row:
        long = sum(len(cell.text) for cell in row.cells if cell.part is Part.LABEL) > 8
        return row._replace(order=order) if long and random.random() < share else row

    return report.each_row(change)


@noise("labels", formats=("plain",))
def values_below_label(report: Printed, random: Random) -> Printed:
    """数字在名称之后另起一行: the values on a line of their own after the label."""
    return _ordered(report, random, Order.BELOW)


@noise("labels", formats=("plain",))
def values_before_label(report: Printed, random: Random) -> Printed:
    """数字在名称之前: the values on the line before the label."""
    return _ordered(report, random, Order.BEFORE)


@noise("labels", formats=("plain",))
def values_between_label(report: Printed, random: Random) -> Printed:
    """数字夹在名称中间: half the label, the values, the other half."""
    return _ordered(report, random, Order.BETWEEN)


@noise("labels")
def truncated_labels(report: Printed, random: Random) -> Printed:
    """名称残缺: "2.其他法律行政止公开", "本年增/", "本年发件"."""
    torn = {
        "其他法律行政法规禁止公开": "其他法律行政止公开",
        "本年增/减": "本年增/",
        "本年制发件数": "本年发件",
        "不再处理其政府信息公开申请": "不再处理其政府信息公开",
        "本年新收政府信息公开申请数量": "本年新收政府信息公开申请",
        "现行有效件数": "现行有效件",
        "本机关不掌握相关政府信息": "本机关不掌握相关政府",
    }
    return _replaced(report, torn, random)


@noise("labels")
def shortened_labels(report: Printed, random: Random) -> Printed:
    """名称简写: "1.逾期不补正"."""
    short = {
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.逾期不补正",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.逾期未缴纳费用",
        "（区分处理的，只计这一情形，不计其他情形）": "",
        "1.本机关不掌握相关政府信息": "1.不掌握相关信息",
        "5.要求行政机关确认或重新出具已获取信息": "5.要求重新出具已获取信息",
        "1.信访举报投诉类申请": "1.信访举报投诉",
        "社会公益组织": "社会公益",
        "法律服务机构": "法律服务",
        "四、结转下年度继续办理": "四、结转下年度",
        "（六）其他处理": "（六）其他",
    }
    return _replaced(report, short, random)


@noise("labels")
def spaced_labels(report: Printed, random: Random) -> Printed:
    """名称中夹空格: "总 计", "规 章", "1. 属于"."""
    space = random.choice((" ", "\u3000", "\xa0", "  "))

    def change(text: str) -> str:
        if len(text) == 2 and random.random() < 0.7:
            return space.join(text)
        return re.sub(r"(?<=[.、）])(?=\S)", " ", text) if random.random() < 0.7 else text

    return _labels(report, change)


@noise("labels")
def half_width_punctuation(report: Printed, random: Random) -> Printed:
    """半角标点."""
    share = random.choice((0.5, 1.0))
    return report.texts(lambda text: text.translate(HALF) if random.random() < share else text, *WORDS)


@noise("labels", formats=COUNTED | LOOSE)
def woven_group_labels(report: Printed, random: Random) -> Printed:
    """大项名称织进小项: "（四）无2.没有现成…", "三、本法提供"."""

    def weave(table: Table) -> Table:
        rows = list(table.rows)
        for index, row in enumerate(rows):
            for at, cell in enumerate(row.cells):
                if cell.part is not Part.GROUP or cell.rows < 2 or not cell.text or random.random() < 0.3:
                    continue
                cut = random.randint(1, len(cell.text) - 1)
                rows[index] = _prefixed(_emptied(rows[index], at), cell.text[:cut])
                below = index + random.randint(1, min(cell.rows, 4) - 1)
                if below < len(rows):
                    rows[below] = _prefixed(rows[below], cell.text[cut:])
        return replace(table, rows=tuple(rows))

    return report.each_table(weave, "applications")


def _emptied(row: Row, at: int) -> Row:
    return row._replace(cells=(*row.cells[:at], row.cells[at]._replace(text=""), *row.cells[at + 1 :]))


def _prefixed(row: Row, text: str) -> Row:
    at = next((index for index, cell in enumerate(row.cells) if cell.part is Part.LABEL), None)
    if at is None:
        return row
    return row._replace(
        cells=(*row.cells[:at], row.cells[at]._replace(text=text + row.cells[at].text), *row.cells[at + 1 :])
    )


@noise("labels")
def vertical_labels(report: Printed, random: Random) -> Printed:
    """竖排: "三|、|本|年…", one character a line."""
    return _labels(report, lambda text: "\n".join(text.replace("\n", "")), Part.GROUP)


@noise("labels")
def fused_header(report: Printed, random: Random) -> Printed:
    """表头粘连 "审结总计"."""

    def fuse(row: Row) -> Row:
        texts = [cell.text for cell in row.cells]
        if row.line or "尚未审结" not in texts or "总计" not in texts:
            return row
        names = {"尚未审结": "尚未", "总计": "审结总计"}
        return row._replace(cells=tuple(cell._replace(text=names.get(cell.text, cell.text)) for cell in row.cells))

    return report.each_row(fuse, "remedies")


@noise("labels")
def normative_documents_renamed(report: Printed, random: Random) -> Printed:
    """规范性文件 / 行政规范性文件 混用: each edition with the other's name."""
    old, new = ("行政规范性文件", "规范性文件")
    if report.edition is Edition.E2019:
        old, new = new, old
    return _labels(report, lambda text: new if text == old else text, Part.LABEL)


@noise("labels")
def year_in_headers(report: Printed, random: Random) -> Printed:
    """表头带年份 "本年(2023)制发件数"."""
    form = random.choice(("本年({})", "本年（{}）", "{}年", "本年度（{}年）"))
    return _labels(report, lambda text: re.sub("^本年", form.format(report.year), text), Part.HEADING)


@noise("labels")
def accumulated_in_header(report: Printed, random: Random) -> Printed:
    """表头注 "（历史累计）"."""
    return _labels(
        report, lambda text: re.sub("^(现行有效件数|对外公开总数量)$", r"\1（历史累计）", text), Part.HEADING
    )


TRADITIONAL = dict(
    zip(
        "报开动应当与为个项条类数据总计机构关业务发强许证处罚决办结转续维纠诉讼复议审过经属国规范费额单万汇采购书质现实责调论补内",
        "報開動應當與為個項條類數據總計機構關業務發強許證處罰決辦結轉續維糾訴訟復議審過經屬國規範費額單萬匯採購書質現實責調論補內",
        strict=True,
    )
)
TRADITIONAL |= dict(
    zip(
        "区县乡广无监众确级给统编网获见视请诉财负贵买车输达选还释长门间随难页预领题马验齐",
        "區縣鄉廣無監眾確級給統編網獲見視請訴財負貴買車輸達選還釋長門間隨難頁預領題馬驗齊",
        strict=True,
    )
)


@noise("labels")
def traditional_characters(report: Printed, random: Random) -> Printed:
    """繁体字: the whole report in traditional script."""
    return report.texts(lambda text: "".join(TRADITIONAL.get(char, char) for char in text), *WORDS)


@noise("labels")
def wrong_conversions(report: Printed, random: Random) -> Printed:
    """误转字: 隻計, 行政強製, 許可證."""
    wrong = {
        "只计": "隻計",
        "行政强制": "行政強製",
        "行政许可": "行政許可",
        "复议": "複議",
        "制作": "製作",
        "机关": "機關",
        "征收": "徵收",
    }
    return _replaced(report, wrong, random)


@noise("labels")
def pinyin_in_brackets(report: Printed, random: Random) -> Printed:
    """括注拼音: 務(wù)."""
    share = random.choice((0.3, 1.0))
    names = {
        "务": "務(wù)",
        "规": "規(guī)",
        "开": "開(kāi)",
        "复": "復(fù)",
        "数": "數(shù)",
        "业": "業(yè)",
        "织": "織(zhī)",
        "构": "構(gòu)",
    }
    return report.texts(
        lambda text: "".join(names[c] if c in names and random.random() < share else c for c in text), *WORDS
    )


@noise("labels")
def mojibake(report: Printed, random: Random) -> Printed:
    """镜像站乱码 "?。ㄒ唬": one byte of a GBK page lost, so that every second byte is read with the wrong one."""
    share = random.choice((0.1, 0.3))

    def shift(text: str) -> str:
        if random.random() >= share or not text:
            return text
        raw = ("\u3000" + text).encode("gb18030", errors="replace")
        return raw[1:].decode("gb18030", errors="replace").replace("\ufffd", "?")

    return _labels(report, shift, Part.LABEL, Part.GROUP)


@noise("labels")
def agency_misread(report: Printed, random: Random) -> Printed:
    """机关名称误认: 沐阳 for 沭阳, throughout."""
    wrong = str.maketrans("沭柳岭湾", "沐抑岑弯")
    changed = report.texts(lambda text: text.translate(wrong), *WORDS)
    return replace(changed, agency=report.agency.translate(wrong))
