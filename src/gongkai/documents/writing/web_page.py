"""写网页 — one page that stands alone: language, captions, headings with their scope, no script (GB/T 37668—2019)."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from gongkai.documents.writing.look import FACES, FANGSONG, LATIN
from gongkai.documents.writing.manuscript import Cell, Manuscript, Style, Table, Text

_TAGS = {Style.TITLE: "h1", Style.HEADING: "h2", Style.SUBHEADING: "h3"}


def write(manuscript: Manuscript) -> bytes:
    """写网页 — UTF-8."""
    body = "\n".join(_text(block) if isinstance(block, Text) else _region(block) for block in manuscript.blocks)
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="author" content="{escape(manuscript.author)}">\n'
        f"<title>{escape(manuscript.title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def _style() -> str:
    faces = "".join(f"--{style}: {_faces(names)};\n" for style, names in FACES.items())
    fixed = (files(__package__) / "web_page.css").read_text(encoding="utf-8")
    return f":root {{\n{faces}--cell: {_faces(FANGSONG)};\n}}\n{fixed}"


def _faces(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in (LATIN, *names)) + ", serif"


def _text(block: Text) -> str:
    tag = _TAGS.get(block.style, "p")
    return f'<{tag} class="{block.style}">{escape(block.text).replace(chr(10), "<br>")}</{tag}>'


def _region(table: Table) -> str:
    """The table in a region of its own that can be scrolled, by keyboard too, where the window is narrow."""
    return (
        f'<div class="table" role="region" aria-label="{escape(table.caption)}" tabindex="0">\n'
        f"{table_markup(table)}\n</div>"
    )


def table_markup(table: Table) -> str:
    """表格的标记 — the table as html, with caption and the scope of its headings; no line of it is blank."""
    rows = ["<tr>" + "".join(map(_cell, cells)) + "</tr>" for cells in table.rows]
    head = "<thead>\n" + "\n".join(rows[: table.heads]) + "\n</thead>\n" if table.heads else ""
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * width / total:.2f}%">' for width in table.widths)
    return (
        f"<table>\n<caption>{escape(table.caption)}</caption>\n<colgroup>{columns}</colgroup>\n"
        f"{head}<tbody>\n" + "\n".join(rows[table.heads :]) + "\n</tbody>\n</table>"
    )


def _cell(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{count}"' for name, count in (("colspan", cell.columns), ("rowspan", cell.rows)) if count > 1
    )
    if cell.is_heading:
        return f'<th scope="{cell.role}"{spans}>{escape(cell.text)}</th>'
    return f'<td class="{cell.role}"{spans}>{escape(cell.text)}</td>'
