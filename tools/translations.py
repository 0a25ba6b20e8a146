"""译文 — the English catalogue: `extract` finds every sentence, `compile` makes the .mo, `check` says what is missing.

A sentence is a Chinese template with named fields. Below the command line it is found by its fields or by standing
in the call of an error; in the command line and on the web every Chinese string is for people, and so are the labels of
`report.labels`. Rules and forms hold theirs in TOML, pages in `{% say "…" %}`.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import string
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "gongkai"
LOCALE = SOURCE / "cli" / "locale" / "en" / "LC_MESSAGES"
PO, MO = LOCALE / "gongkai.po", LOCALE / "gongkai.mo"

HAN = re.compile(r"[\u3400-\u9fff]")
SAID = re.compile(r'\{% say "([^"]+)"')
WIDE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
FIELD = re.compile(r"\{[a-z_]+\}")
# What people read in the TOML data; the rest of it is words to search for, dates and codes.
KEYS = {"message", "label", "item", "group", "name", "starts", "unit", "short", "provision"}
LABELS = (
    "report/labels.py",
    *(
        f"law/{name}.py"
        for name in ("publishing", "roles", "scope", "terms", "administration", "secrecy", "withdrawal")
    ),
    "documents/taking/left_out.py",
    *(f"law/requests/{name}.py" for name in ("acts", "states", "procedure", "reasons", "following", "moving")),
)
DATA = (
    *(f"report/{room}/*.toml" for room in ("forms", "checks", "ledger", "survey")),
    "law/data/*.toml",
    "text/data/*.toml",
)
# Provisions of the law are translated by their structure (cli/labels.py), those of rules as sentences.
CITATION = re.compile(r"\S+ 第[零一二三四五六七八九十百、至第]+条(第\S+)?")
CITED = re.compile(r"\S+ 第[^；]*")


def sentences() -> dict[str, list[str]]:
    """取出 — every sentence with the files that hold it, in a stable order."""
    found: dict[str, list[str]] = {}
    pages = ((path, text) for path in sorted(SOURCE.rglob("templates/**/*.html")) for text in _in_page(path))
    python = ((path, text) for path in sorted(SOURCE.rglob("*.py")) for text in _in_python(path))
    data = ((path, text) for glob in DATA for path in sorted(SOURCE.glob(glob)) for text in _in_data(path))
    for path, text in (*python, *data, *pages):
        where = found.setdefault(text, [])
        if (name := path.relative_to(SOURCE).as_posix()) not in where:
            where.append(name)
    return found


def faults() -> Iterator[str]:
    """核对译文 — one line for each thing that is wrong with the catalogue."""
    catalog, wanted = _read(), sentences()
    yield from (f"多余：{message.id}" for message in catalog if message.id and message.id not in wanted)
    for sentence in wanted:
        message = catalog.get(sentence)
        english = str(message.string) if message else ""
        if not english:
            yield f"没有译文：{sentence}"
        elif _fields(sentence) != _fields(english):
            yield f"字段不同：{sentence} → {english}"
        elif WIDE.search(english):
            yield f"译文里有汉字：{sentence} → {english}"
    yield from _untranslatable()
    if not MO.exists() or MO.read_bytes() != _compiled(catalog):
        yield "gongkai.mo 不是最新的，请运行 python tools/translations.py compile"


def _untranslatable() -> Iterator[str]:
    for path in sorted((SOURCE / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and any(HAN.search(part) for part in _constants(node)):
                yield f"不能翻译的 f 字符串：{path.name} 第 {node.lineno} 行"


def extract() -> None:
    """更新 — the catalogue has every sentence once; what is new waits for a translation."""
    old, new = _read(), Catalog(locale="en", charset="utf-8")
    for sentence, places in sentences().items():
        known = old.get(sentence)
        new.add(sentence, known.string if known else "", locations=[(place, 0) for place in places])
    PO.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, new, width=0, omit_header=True, include_lineno=False)
    header = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    PO.write_text(header + buffer.getvalue().decode("utf-8").strip() + "\n", encoding="utf-8")


def main() -> int:
    """译文命令 — extract, compile or check; 1 where the catalogue is at fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=["extract", "compile", "check"])
    task = parser.parse_args().task
    if task == "extract":
        extract()
    elif task == "compile":
        MO.write_bytes(_compiled(_read()))
    else:
        wrong = list(faults())
        print("\n".join(wrong) or "译文齐全。")
        return bool(wrong)
    return 0


def _in_python(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    joined = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    said = {
        argument
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Error")
        for argument in node.args
    }
    patterns = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if (
            not isinstance(node, ast.Constant)
            or not isinstance(node.value, str)
            or node in docstrings | joined | patterns
        ):
            continue
        if (FIELD.search(node.value) and WIDE.search(node.value)) or (
            HAN.search(node.value) and not CITATION.fullmatch(node.value) and (_is_for_people(path) or node in said)
        ):
            yield node.value


def _is_for_people(path: Path) -> bool:
    if {"migrations", "sample"}.intersection(path.parts):  # the invented county speaks Chinese
        return False
    return bool({"cli", "web"}.intersection(path.parts)) or any(path.match(name) for name in LABELS)


def _in_page(path: Path) -> Iterator[str]:
    for text in SAID.findall(path.read_text(encoding="utf-8")):
        if HAN.search(text):
            yield text


def _in_data(path: Path) -> Iterator[str]:
    # Laws are named by their titles where a person is told of one that was not in force.
    keys = {*KEYS, "title"} if path.name == "sources.toml" else KEYS

    def walk(value: object, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner, key)
        elif isinstance(value, str) and key in keys and HAN.search(value):
            yield value

    for text in walk(tomllib.loads(path.read_text(encoding="utf-8"))):
        if path.parent.name == "checks" or not CITED.fullmatch(text):
            yield text


def _read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def _compiled(catalog: Catalog) -> bytes:
    # Only the charset is kept of the header, so that the same sentences always make the same file.
    plain = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for message in catalog:
        if message.id and message.string:
            plain.add(message.id, message.string)
    buffer = io.BytesIO()
    write_mo(buffer, plain)
    return re.sub(
        rb"(?m)^(POT-Creation-Date|PO-Revision-Date): .*$", lambda m: m[1] + b": " + b"-" * 21, buffer.getvalue()
    )


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _constants(node: ast.JoinedStr) -> Iterator[str]:
    return (part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str))


if __name__ == "__main__":
    sys.exit(main())
