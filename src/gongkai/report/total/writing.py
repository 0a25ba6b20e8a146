"""写汇总 — a total as JSON, as a sheet, or as a Word file in the official form, parts behind it (条例 第五十条)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gongkai.documents import writing
from gongkai.documents.writing.manuscript import Block, Cell, Manuscript, Role, Style, Table, Text
from gongkai.report.compare import plain
from gongkai.report.equations import UNREAD
from gongkai.report.naming import cells, names
from gongkai.report.total.adding import Left, Sum, Total
from gongkai.report.writing.tables import TABLES, printed

FORMAT = "gongkai.total/1"
FORMATS = ("json", "xlsx", "docx")
"""写得出的格式 — suffixes of files, without the dot."""

TITLE = "{year}年政府信息公开工作年度报告数据汇总"
_HEADS = {
    2: "一、主动公开政府信息情况",
    3: "二、收到和处理政府信息公开申请情况",
    4: "三、政府信息公开行政复议、行政诉讼情况",
}
REMARKS = {
    Left.BLANK: "{body}：{cells}空白，没有数可加。",
    Left.ABSENT: "{body}：{cells}没有读出来，没有加进去。",
    Left.DOUBTFUL: "{body}：{cells}存疑，照最可能的数加进去了。",
    Left.ERROR: "{body}：{cells}与别的数对不上，有错误，照填的数加进去了。",
    Left.UNIT: "{body}：{cells}没有写明金额单位，没有加进去。",
}
"""说明 — what is said of the figures of one body that a sum lacks, or has in doubt."""
MARKS = {Left.ABSENT: "没有读出", Left.DOUBTFUL: "存疑", Left.UNIT: "单位不明", Left.ERROR: "有错误"}
"""标注 — what stands beside the part of a body in the list of parts; of a blank nothing."""
_WHOLE = "各单位数据齐全，全部相加。"
_AT_THE_TOP = "要看的事项写在第一页。"
_NOTE = "注：{cells}里有的单位的数有错误，见“五、说明”。"
_APART = "{cells}：{reason}（{provision}）没有相加。"


def write_total(total: Total, suffix: str) -> bytes:
    """写汇总 — the total as a file of one of FORMATS."""
    if suffix == "json":
        return (json.dumps(to_json(total), ensure_ascii=False, indent=1) + "\n").encode()
    title = TITLE.format(year=total.year or "")
    parts = _matrix(total) if suffix == "xlsx" else _list(total)
    return writing.write(Manuscript(title, "", tuple(_blocks(total, title, parts))), suffix)


def to_json(total: Total) -> dict[str, Any]:
    """交换格式 — the total as a JSON object of `gongkai.total/1`: parts in the order of `reports`."""
    return {
        "format": FORMAT,
        "year": total.year,
        "edition": str(total.level.form.edition),
        "reports": [
            {
                "source": report.source,
                "agency": report.agency,
                "year": report.year,
                "edition": str(report.edition),
                "errors": errors,
            }
            for report, errors in zip(total.reports, total.errors, strict=True)
        ],
        "repeated": [{"source": source, "same_as": twin} for source, twin in total.repeated],
        "figures": {address: plain(s.value) for address, s in total.sums.items()},
        "states": {address: str(s.state) for address, s in total.sums.items() if s.state is not None},
        "parts": {address: [plain(part) for part in s.parts] for address, s in total.sums.items()},
        "left": {
            address: [{"report": index, "kind": str(kind)} for index, kind in s.left.items()]
            for address, s in total.sums.items()
            if s.left
        },
        "not_comparable": [
            {"figures": list(addresses), "reason": reason.template, "provision": reason.provision}
            for reason, addresses in total.apart.items()
        ],
        "findings": [finding.to_json() for finding in total.findings],
    }


def bodies(total: Total) -> list[str]:
    """各单位 — what each report is called: its body, or the file where no body is named."""
    return [report.agency or report.source for report in total.reports]


def _blocks(total: Total, title: str, parts: Table) -> Iterator[Block]:
    yield Text(title, Style.TITLE)
    listed = (
        f"{body}（有 {errors} 处错误）" if errors else body
        for body, errors in zip(bodies(total), total.errors, strict=True)
    )
    yield Text(f"共 {len(total.reports)} 份：{'、'.join(listed)}。")
    # What makes the sums wrong is read before them.
    yield from (Text(finding.message) for finding in total.findings)
    report = total.report
    for number, (name, table) in TABLES.items():
        yield Text(_HEADS[number], Style.HEADING)
        yield table(report)
        wrong = [a for a in total.level.form.addresses_of(name) if a in total.sums and _is_wrong(total.sums[a])]
        if wrong:
            yield Text(_NOTE.format(cells=cells(total.level.form, wrong, table=False)), Style.NOTE)
    yield Text("四、各单位数据", Style.HEADING)
    yield parts
    yield Text("五、说明", Style.HEADING)
    yield from map(Text, list(_remarks(total)) or ([] if total.findings else [_WHOLE]) or [_AT_THE_TOP])


def _remarks(total: Total) -> Iterator[str]:
    """What was left out of the sums, and why, cell by cell."""
    of = total.level.form
    for index, body in enumerate(bodies(total)):
        for kind, addresses in total.left(index).items():
            yield REMARKS[kind].format(body=body, cells=cells(of, addresses))
    for reason, addresses in total.apart.items():
        # In the words of an edition that prints them: no form has all of both.
        forms = {report.edition: report.form for report in total.reports}
        told = dict.fromkeys(filter(None, (cells(form, addresses) for form in forms.values())))
        yield _APART.format(cells="；".join(told), reason=reason.template, provision=reason.provision)


def _matrix(total: Total) -> Table:
    """A row for each figure, a column for each body: for a sheet."""
    known = names(total.level.form)
    called, remarked = bodies(total), any(map(_is_marked, total.sums.values()))
    head = ("表", "项", "栏", "合计", *called, *["说明"] * remarked)
    rows = [tuple(Cell(text, Role.COLUMN) for text in head)]
    for address, s in total.sums.items():
        name = known[address]
        labels = (Cell(text, Role.ROW) for text in name)
        told = "；".join(f"{called[index]}{MARKS[kind]}" for index, kind in s.left.items() if kind in MARKS)
        remark = [Cell(told, Role.TEXT)] * remarked
        rows.append((*labels, Cell(printed(s.value)), *(Cell(printed(part)) for part in s.parts), *remark))
    widths = (12, 60, 30, 20, *[24] * len(total.reports), *[48] * remarked)
    return Table("各单位数据", widths, tuple(rows), heads=1)


def _is_marked(s: Sum) -> bool:
    return not MARKS.keys().isdisjoint(s.left.values())


def _is_wrong(s: Sum) -> bool:
    return Left.ERROR in s.left.values()


def _list(total: Total) -> Table:
    """A row for each figure that some body has, with the bodies and their parts in words: for a page."""
    known, called = names(total.level.form), bodies(total)
    rows = [tuple(Cell(text, Role.COLUMN) for text in ("表", "项", "栏", "合计", "各单位"))]
    for address, s in total.sums.items():
        if s.value or s.state in UNREAD:
            labels = (Cell(text, Role.ROW) for text in known[address])
            parts = (
                f"{body} {printed(part)}" + (f"（{MARKS[s.left[at]]}）" if s.left.get(at) in MARKS else "")
                for at, (body, part) in enumerate(zip(called, s.parts, strict=True))
                if part or s.left.get(at) in MARKS
            )
            rows.append((*labels, Cell(printed(s.value)), Cell("；".join(parts), Role.TEXT)))
    return Table("各单位数据", (12, 44, 22, 20, 58), tuple(rows), heads=1)
