"""参考文档 — writes docs/reference from the code, or checks that it is fresh: `docs.py write`, `docs.py check`.

Nothing there is edited by hand: provisions and glossary come from docstrings and data, figures from the forms, rules
from their data, commands from their help. No line numbers: a page changes only when what it says changes.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gongkai.law.administration import DUTIES
from gongkai.law.procedures import PROCEDURES
from gongkai.law.publishing import STEPS, Act, Need, after
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.law.scope import Openness
from gongkai.law.secrecy import EXPLAINED, Conclusion, follows
from gongkai.law.sources import numeral, sources
from gongkai.law.steps import AnyProcedure
from gongkai.report.checks.rules import FILES
from gongkai.report.form import Edition, Line, form

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "gongkai"
REFERENCE = ROOT / "docs" / "reference"
RULES = SOURCE / "report" / "checks"
TABLES = {"proactive": "表二　主动公开", "applications": "表三　依申请公开", "remedies": "表四　复议、诉讼"}
GUARDED = {"block": "阻断", "warn": "警告", "note": "提示"}
SEVERITIES = {"error": "错误", "warning": "提醒", "note": "说明"}
# Pages written by hand that show what a command prints: what follows `<!-- gongkai … -->` is written by running it.
SHOWING = ("README.md", "README.en.md", "docs/tutorial/first-report.md")

_NUMERAL = "[零一二三四五六七八九十百]+"
_CITED = re.compile(
    rf"(?<![\u4e00-\u9fff])《?(?:中华人民共和国)?(?:政府信息公开)?(?P<source>{'|'.join(sources())})》?\s*"
    rf"(?P<articles>第{_NUMERAL}条(?:[^\s第，。；;,)）]*(?:、?第[^第\s，。；;,)）]+)*)?)"
)
_SHOWN = re.compile(r"(?P<before><!-- gongkai (?P<arguments>.+?) -->\n+```text\n).*?^```", re.DOTALL | re.MULTILINE)
_ORDINALS = {numeral(value): value for value in range(1, 1000)}
_ARTICLES = re.compile(rf"第({_NUMERAL})条(?:至第({_NUMERAL})条)?")


@dataclass(frozen=True, slots=True, order=True)
class Symbol:
    """名称 — a public module, class or function: where it is, what it is called, what its first docstring line says."""

    module: str
    name: str
    path: str
    summary: str
    text: str

    @property
    def title(self) -> str:
        """全名 — dotted, from the storey down: `report.form.Edition`."""
        return ".".join(part for part in (self.module, self.name) if part) or "gongkai"


def provisions() -> str:
    """条款索引 — from every article to the code, the data and the tests that carry it."""
    carried: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for line, text in _carriers():
        for article in cited(text):
            carried[article][line] = None
    lines = ["从条款找到代码、数据和测试：先找文件，再找第几条。条款写在代码的说明里，本页由此生成。"]
    for short, source in sources().items():
        articles = sorted(article for article in carried if article[0] == short)
        if articles:
            lines += ["", f"## {short}", "", f"《{source.title}》（{source.number}）"]
        for article in articles:
            lines += ["", f"### {short} 第{numeral(article[1])}条", ""]
            if article[1] in source.unread:
                settings = "[口径](../explanation/request-periods.md)"
                lines += [f"没有读到这一条的原文，按转述写；{settings}可以用 `--set` 改。", ""]
            lines += [f"- {line}" for line in carried[article]]
    return _page("条款索引", lines)


def glossary() -> str:
    """词汇表 — the statutory Chinese term of every public name, from its first docstring line."""
    rooms: dict[str, list[Symbol]] = defaultdict(list)
    for symbol in symbols():
        rooms[symbol.module.split(".")[0]].append(symbol)
    lines = ["法定中文用语与代码中英文名称的对照，取自每个公开名称说明的第一行。"]
    for room, found in sorted(rooms.items()):
        lines += ["", f"## {room or 'gongkai'}", "", "| 中文 | 名称 | 说明 |", "| --- | --- | --- |"]
        for symbol in found:
            term, _, rest = symbol.summary.partition(" — ")
            lines.append(f"| {_cell(term)} | [`{symbol.title}`]({_link(symbol.path)}) | {_cell(rest)} |")
    return _page("词汇表", lines)


def figures() -> str:
    """数据地址 — the address and the printed label of every figure, in both editions, and the sums between them."""
    lines = [
        "一份年报的每个数据都有一个地址：`表.行.栏`。读、核、写、比、汇总都用这些地址。",
        "“其他处理”印成一行的年报，只有 `applications.other_handling.<栏>`，没有它下面的三行。",
    ]
    for edition in Edition:
        blank = form(edition, "rows" if edition is Edition.E2021 else "row")
        lines += ["", f"## {edition} 年格式", "", f"{blank.document}，{len(blank.addresses)} 个数据。"]
        for table, title in TABLES.items():
            lines += ["", f"### {title}（`{table}`）", "", "| 行 | 项目 | 栏 |", "| --- | --- | --- |"]
            lines += [
                f"| `{line.table}.{line.id}` | {_cell(_label(line))} | {_columns(line)} |"
                for line in blank.table(table)
            ]
        lines += ["", "### 勾稽关系", "", "| 编号 | 处 | 左边之和 | 右边之和 |", "| --- | --- | --- | --- |"]
        for equation in blank.equations:
            left, right = (" + ".join(f"`{address}`" for address in side) for side in (equation.left, equation.right))
            lines.append(f"| `{equation.id}` | `{equation.scope}` | {left} | {right} |")
    return _page("数据地址", lines)


def rules() -> str:
    """核验规则 — every rule that `gongkai check` applies, as its data says it."""
    lines = ["`gongkai check` 的全部规则。错误是一定不对，提醒是请再看一眼，说明是告知。", ""]
    lines += ["| 规则 | 轻重 | 依据 | 说法 |", "| --- | --- | --- | --- |"]
    files = [tomllib.loads((RULES / name).read_text(encoding="utf-8")) for name in FILES]
    for rule in (rule for file in files for rule in file["rules"]):
        severity, provision = SEVERITIES[rule["severity"]], rule["provision"].format(document="年报格式")
        lines.append(f"| `{rule['id']}` | {severity} | {_cell(provision)} | {_cell(rule['message'])} |")
    return _page("核验规则", lines)


def guard() -> str:
    """检查的种类 — every kind of hit of the guard, as `gongkai guard --json` and the platform name it."""
    lines = ["`gongkai guard --json` 和平台上的检查所用的种类。轻重是常见的：有校验码、前面写明的重一些。"]
    lines += ["", "| 种类 | 名称 | 轻重 | 依据 | 说法 |", "| --- | --- | --- | --- | --- |"]
    data = {
        name: tomllib.loads((SOURCE / "text" / "data" / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("personal_data", "proofreading", "secrecy")
    }
    rules = {**data["personal_data"]["kinds"], **data["proofreading"]["kinds"]}
    for kind, rule in rules.items():
        for said in [rule] if "message" in rule else [data["secrecy"][case] for case in ("stamped", "mentioned")]:
            cells = (rule["label"], GUARDED[said["severity"]], said["provision"], said["message"])
            lines.append(f"| `{kind}` | {' | '.join(map(_cell, cells))} |")
    lines.append("| `hidden` | 看不见的内容 | 警告 | 条例 第十七条 | 批注、修订、隐藏的行列、作者等，副本里都不带 |")
    lines += ["", "文字差错只在正文里找，不在附件里找。没有看的部分不算发现，另外列出，同样不能公开。"]
    return _page("公开前检查的种类", lines)


def permissions() -> str:
    """权限表 — every role against every step and state, and what the three administrators do."""
    work = [role for role in Role if role not in ADMINISTRATORS]
    lines = [
        "谁在什么状态下可以办什么。表来自 `law.procedures` 和 `law.administration.DUTIES`，别处没有规定；"
        "测试逐格走过。",
        "岗位只在任命的主体里有效；管理员的事项对本主体和下级主体有效。表里没有的，一律不可以。",
        "",
    ]
    for procedure in PROCEDURES:
        lines += ["", f"## {procedure.label}", "", *_steps(procedure, work)]
    lines += ["", *_conclusions()]
    lines += ["", "## 管理平台", "", "| 事项 | " + " | ".join(role.label for role in ADMINISTRATORS) + " |"]
    lines.append("| --- |" + " :-: |" * len(ADMINISTRATORS))
    for duty, roles in DUTIES.items():
        ticks = " | ".join("✓" if role in roles else "" for role in ADMINISTRATORS)
        lines.append(f"| {duty.label} `{duty}` | {ticks} |")
    lines += [
        "",
        "三名管理员互不兼任，也不担任任何业务岗位。一个主体里，信息员和各个审核岗位由不同的人担任；"
        "设为小单位的，一个人可以担任几个，但不能连办两步。",
    ]
    return _page("权限表", lines)


def _steps(procedure: AnyProcedure, work: list[Role]) -> list[str]:
    """Every step of a procedure, and whose turn it is in its states."""
    lines = [
        "| 步骤 | 从哪些状态 | 到哪个状态 | 条件 | " + " | ".join(role.label for role in work) + " |",
        "| --- | --- | --- | --- |" + " :-: |" * len(work),
    ]
    for act, step in procedure.steps.items():
        sources = "、".join(state.label for state in procedure.states if state in step.sources) or "（新建）"
        needs = "；".join(need.label for need in type(next(iter(step.needs), Need.DAY)) if need in step.needs) or "—"
        if step.signed_by:
            signers = "、".join(role.label for role in Role if role in step.signed_by)
            needs = "；".join([*([needs] if step.needs else []), f"由另一人签发：{signers}"])
        stays = procedure.is_stored and _stays(act)
        target = step.target.label if step.target else "不变" if stays else "依路线"
        if not procedure.is_stored and not step.target:
            target = "依以前的行为"
        ticks = " | ".join("✓" if role in step.roles else "" for role in work)
        lines.append(f"| {act.label} `{act}` | {sources} | {target} | {needs} | {ticks} |")
    turns = "；".join(
        f"{state.label}：{procedure.waits_for[state]}" for state in procedure.states if state in procedure.waits_for
    )
    kept = "状态记在信息上。" if procedure.is_stored else "状态由办理行为得出，不另外记；征求意见在主线以外进行。"
    return [*lines, "", f"轮到谁——{turns}。{kept}"]


def _conclusions() -> list[str]:
    """Every conclusion of the secrecy review on a draft of every openness, and what follows."""
    asked = {"cuts": "先做好删减", "ground": "写明理由", "day": "写明哪一天再看", "": ""}
    lines = [
        "## 保密审查的结论",
        "",
        "由保密审查决定，以最近一次结论为准；保密部门答复过的，不能比答复宽。终审和公开时再核对一次。"
        "表来自 `law.secrecy.FOLLOWS`，空的格子不能这样结论。",
        "",
        "| 结论 | " + " | ".join(f"拟稿：{openness.label}" for openness in Openness) + " | 以后怎样 |",
        "| --- |" + " --- |" * (len(Openness) + 1),
    ]
    for conclusion in Conclusion:
        cells = []
        for openness in Openness:
            follow = follows(conclusion, openness)
            becomes = f"，改为{follow.openness.label}" if follow and follow.openness is not openness else ""
            asks = f"，{asked[follow.asks]}" if follow and follow.asks else ""
            cells.append(f"{follow.act.label}{becomes}{asks}" if follow else "")
        lines.append(f"| {conclusion.label} `{conclusion}` | {' | '.join(cells)} | {EXPLAINED[conclusion]} |")
    return lines


def _stays(act: Act) -> bool:
    """Whether an act leaves the state as it is, whatever the item's route."""
    sources = STEPS[act].sources
    return all(after(act, state, needs_legal_review=True, is_proactive=True) is state for state in sources)


def commands() -> str:
    """命令 — the help of every command, as it prints it."""
    lines = ["与 `gongkai 命令 --help` 相同。退出状态：0 无误；1 有需要看的；2 有文件读不了；64 命令写错了。"]
    listed = ast.parse((SOURCE / "cli" / "__init__.py").read_text(encoding="utf-8")).body
    table = next(s.value for s in listed if isinstance(s, ast.Assign) and ast.unparse(s.targets[0]) == "COMMANDS")
    for name in ("", *ast.literal_eval(table)):
        said = printed([*name.split(), "--help"], width=100)
        lines += ["", f"## gongkai {name}".rstrip(), "", "```text", said, "```"]
    return _page("命令", lines)


def showing(path: Path) -> str:
    """所见即所印 — a page written by hand, with the output of the commands it shows as they print it now."""
    return _SHOWN.sub(
        lambda match: f"{match['before']}{printed(match['arguments'].split(), width=80)}\n```",
        path.read_text(encoding="utf-8"),
    )


def printed(arguments: list[str], width: int) -> str:
    """命令的输出 — what `gongkai` prints for these arguments on a page `width` columns wide, in Chinese unless told."""
    environment = {**os.environ, "COLUMNS": str(width), "NO_COLOR": "1", "PYTHONUTF8": "1", "GONGKAI_LANG": "zh"}
    command = [sys.executable, "-m", "gongkai", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", env=environment)
    if done.stderr:
        raise RuntimeError(f"gongkai {' '.join(arguments)}：{done.stderr}")
    return "\n".join(map(str.rstrip, done.stdout.strip().splitlines()))


PAGES: dict[Path, Callable[[], str]] = {
    REFERENCE / "provisions.md": provisions,
    REFERENCE / "glossary.md": glossary,
    REFERENCE / "figures.md": figures,
    REFERENCE / "rules.md": rules,
    REFERENCE / "permissions.md": permissions,
    REFERENCE / "guard.md": guard,
    REFERENCE / "commands.md": commands,
    **{ROOT / name: partial(showing, ROOT / name) for name in SHOWING},
}


def main(arguments: list[str]) -> int:
    """参考文档 — `write` the pages, or `check` them: 1 when one is stale, named in a sentence."""
    stale = []
    for path, page in PAGES.items():
        text = page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if arguments == ["write"]:
                path.write_text(text, encoding="utf-8")
    if arguments == ["write"]:
        print(f"已更新：{'、'.join(stale)}" if stale else "已是最新")
        return 0
    if stale:
        print(f"这几页旧了：{'、'.join(stale)}。请运行 make docs，并把改动一起提交。")
    return bool(stale)


def symbols() -> Iterator[Symbol]:
    """名称 — every public module, class and function of gongkai, in the order of the tree."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        module = ".".join(part for part in parts if part != "__init__")
        text = path.read_text(encoding="utf-8")
        where = path.relative_to(ROOT).as_posix()
        tree = ast.parse(text)
        yield Symbol(module, "", where, _first_line(tree), _statements(tree, text))
        yield from _inside(tree, text, module, "", where)


def cited(text: str) -> set[tuple[str, int]]:
    """所引条款 — the articles that a text cites, as (short name of the document, number); 至 names all in between."""
    return {
        (match["source"], article)
        for match in _CITED.finditer(text)
        for first, last in _ARTICLES.findall(match["articles"])
        # A test may cite what no document has: such an ordinal is no article.
        for article in range(_ORDINALS.get(first, 1), _ORDINALS.get(last or first, 0) + 1)
    }


def _inside(tree: ast.Module | ast.ClassDef, text: str, module: str, within: str, path: str) -> Iterator[Symbol]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and (member := _member(node)):
            name, label, *rest = member
            yield Symbol(module, f"{within}{name}", path, f"{label} — {' '.join(rest)}", " ".join(rest))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            name = f"{within}{node.name}"
            own = _statements(node, text) if isinstance(node, ast.ClassDef) else ast.get_source_segment(text, node)
            yield Symbol(module, name, path, _first_line(node), own or "")
            if isinstance(node, ast.ClassDef):
                yield from _inside(node, text, module, f"{name}.", path)


def _member(node: ast.Assign) -> list[str]:
    """A member of an enumeration of the law: its name, label and provision; empty for any other assignment."""
    values = node.value.elts if isinstance(node.value, ast.Tuple) else []
    strings = [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    is_term = len(strings) == len(values) > 1 and re.match("[\u4e00-\u9fff]", strings[1])
    return [ast.unparse(node.targets[0]), *strings[1:]] if is_term else []


def _carriers() -> Iterator[tuple[str, str]]:
    """Whatever may carry a provision: the line that leads to it, and its text. Code first, then data, then tests."""
    for symbol in symbols():
        yield f"代码　[`{symbol.title}`]({_link(symbol.path)})：{symbol.summary.partition(' — ')[0]}", symbol.text
    for path in sorted(SOURCE.rglob("*.toml")):
        where = path.relative_to(ROOT).as_posix()
        for entry in re.split(r"\n(?=\[)|\n{2,}(?=#)", path.read_text(encoding="utf-8")):
            header = re.search(r"^\[+([^\]]+)\]+", entry, re.MULTILINE)
            named = re.search(r'^(?:id|short|name|title)\s*=\s*"([^"{]+)"', entry, re.MULTILINE)
            title = named[1] if named else header[1] if header else path.stem
            yield f"数据　[`{where.removeprefix('src/gongkai/')}`]({_link(where)})：`{title}`", entry
    for path in sorted((ROOT / "tests").rglob("*")):
        if path.suffix in {".py", ".toml"}:
            where = path.relative_to(ROOT).as_posix()
            yield f"测试　[`{where}`]({_link(where)})", path.read_text(encoding="utf-8")


def _statements(tree: ast.Module | ast.ClassDef, text: str) -> str:
    """What a module or class says itself: its docstring and values, not what is defined inside it."""
    kinds = (ast.Expr, ast.Assign, ast.AnnAssign)
    own = [n for n in tree.body if isinstance(n, kinds) and not (isinstance(n, ast.Assign) and _member(n))]
    return "\n".join(ast.get_source_segment(text, node) or "" for node in own)


def _first_line(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return (ast.get_docstring(node) or "").partition("\n")[0].strip()


def _label(line: Line) -> str:
    return "　".join(part for part in (line.item, line.group, line.label) if part)


def _columns(line: Line) -> str:
    return "、".join(f"`{column.id}` {column.label}" for column in line.columns)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _link(path: str) -> str:
    return f"../../{path}"


def _page(title: str, lines: list[str]) -> str:
    return "\n".join([f"# {title}", "", "<!-- 由 make docs 生成，请勿手改。 -->", "", *lines, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
