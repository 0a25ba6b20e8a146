"""数字的写法 — how a figure is spelled in its cell: signs beside it, digits of other scripts, words for nothing."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.noise.printed import Cell, Part, Printed
from tests.noise.ways import layout

GRIDS = ("html", "csv", "md", "txt-tabs", "docx", "xlsx")
_LINES = (*GRIDS, "plain", "pdf")


def some(report: Printed, random: Random, change: Callable[[str], str], *, share: float = 0.05) -> Printed:
    """改几格 — some of the figures that are not nothing, spelled otherwise."""

    def spelled(cell: Cell) -> Cell:
        if not cell.text.isdecimal() or cell.text == "0" or random.random() > share:
            return cell
        return cell._replace(text=change(cell.text))

    return report.each_cell(spelled, Part.VALUE)


def zeros(report: Printed, random: Random, change: Callable[[str], str], *, share: float = 0.2) -> Printed:
    """改几个零 — some of the zeros, spelled otherwise."""

    def spelled(cell: Cell) -> Cell:
        return cell._replace(text=change(cell.text)) if cell.text == "0" and random.random() < share else cell

    return report.each_cell(spelled, Part.VALUE)


def _spell(name: str, change: Callable[[str], str], copies: tuple[str, ...] = GRIDS, share: float = 0.05) -> None:
    def spelled(report: Printed, random: Random) -> Printed:
        return some(report, random, change, share=share)

    spelled.__name__ = name
    layout(*copies)(spelled)


def _nothing(name: str, text: str, copies: tuple[str, ...] = GRIDS) -> None:
    def spelled(report: Printed, random: Random) -> Printed:
        return zeros(report, random, lambda _: text)

    spelled.__name__ = name
    layout(*copies)(spelled)


_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_spell("mark_circled", lambda text: f"{text}①", _LINES)
_spell("mark_star", lambda text: f"{text}*", _LINES)
_spell("mark_square", lambda text: f"{text}[1]", _LINES)
_spell("mark_note", lambda text: f"{text}（注2）", _LINES)
_spell("mark_note_open", lambda text: f"{text}注1", _LINES)
_spell("mark_before", lambda text: f"※{text}", _LINES)
_spell("mark_dagger", lambda text: f"{text}†", _LINES)
_spell("mark_raised_sign", lambda text: f"{text}²", _LINES)
_spell("mark_letter", lambda text: f"{text}a", _LINES)
_spell("mark_hash", lambda text: f"{text}#", _LINES)
_spell("thousands_blank", lambda text: f"{int(text):,}".replace(",", " "), GRIDS, 1.0)
_spell("thousands_narrow_blank", lambda text: f"{int(text):,}".replace(",", "\u202f"), GRIDS, 1.0)
_spell("thousands_apostrophe", lambda text: f"{int(text):,}".replace(",", "'"), GRIDS, 1.0)
_spell("thousands_dot", lambda text: f"{int(text):,}".replace(",", "."), GRIDS, 1.0)
_spell("thousands_wide_comma", lambda text: f"{int(text):,}".replace(",", "，"), _LINES, 1.0)
_spell("thousands_in_four", lambda text: f"{text[:-4]},{text[-4:]}" if len(text) > 4 else text, GRIDS, 1.0)
_spell("decimals_none", lambda text: f"{text}.0", _LINES, 1.0)
_spell("decimals_two", lambda text: f"{text}.00", _LINES, 1.0)
_spell("full_stop_behind", lambda text: f"{text}。", _LINES)
_spell("dot_behind", lambda text: f"{text}.", _LINES)
_spell("digits_mathematical", lambda text: "".join(chr(0x1D7CE + int(d)) for d in text), GRIDS)
_spell("digits_circled", lambda text: _CIRCLED[int(text) - 1] if len(text) == 1 else text, GRIDS, 0.5)
_spell("digits_arabic", lambda text: "".join(chr(0x660 + int(d)) for d in text), GRIDS)
_spell("digits_superscript", lambda text: "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(d)] for d in text), GRIDS)
_spell("digits_chinese", lambda text: "".join("〇一二三四五六七八九"[int(d)] for d in text), GRIDS)
_spell("digits_capital", lambda text: "".join("零壹贰叁肆伍陆柒捌玖"[int(d)] for d in text), GRIDS)
_spell("digits_padded", lambda text: text.zfill(len(text) + 2), _LINES)
_spell("zero_width_inside", lambda text: "\u200b".join(text), GRIDS)
_spell("soft_hyphen_inside", lambda text: "\u00ad".join(text), GRIDS)
_spell("hard_blank_inside", lambda text: "\u00a0".join(text), GRIDS)
_spell("blank_inside", lambda text: " ".join(text), GRIDS)
_spell("line_break_inside", lambda text: "\n".join(text), ("html", "csv", "docx", "xlsx"))
_spell("unit_item", lambda text: f"{text}件", _LINES)
_spell("unit_apart", lambda text: f"{text} 件", _LINES)
_spell("unit_before", lambda text: f"共{text}件", _LINES)
_spell("sum_written", lambda text: f"{int(text) - 1}+1", _LINES)
_spell("sum_with_result", lambda text: f"{int(text) - 1}+1={text}", _LINES)
_spell("corrected_beside", lambda text: f"{int(text) + 7}（更正为{text}）", GRIDS)
_spell("corrected_arrow", lambda text: f"{int(text) + 7}→{text}", _LINES)
_spell("of_last_year_beside", lambda text: f"{text}（上年{int(text) + 3}）", GRIDS)
_spell("of_last_year_stroke", lambda text: f"{int(text) + 3}/{text}", _LINES)
_spell("percent_beside", lambda text: f"{text}（12%）", GRIDS)
_spell("quoted", lambda text: f"“{text}”", GRIDS)
_spell("apostrophe_before", lambda text: f"'{text}", GRIDS)
_spell("formula_text", lambda text: f"={text}", ("html", "md", "txt-tabs", "docx"))
_spell("negative_brackets", lambda text: f"({text})", GRIDS)
_spell("tally_beside", lambda text: f"{text}（正正）", GRIDS)
_nothing("nothing_na", "N/A")
_nothing("nothing_nan", "nan")
_nothing("nothing_null", "null")
_nothing("nothing_python_none", "None")
_nothing("nothing_long_stroke", "——", _LINES)
_nothing("nothing_points", "……")
_nothing("nothing_circle", "○")
_nothing("nothing_letter", "O", _LINES)
_nothing("nothing_cross", "×")
_nothing("nothing_error", "#REF!")
_nothing("nothing_pending", "待统计")
_nothing("nothing_signed", "-0", _LINES)
_nothing("nothing_percent", "0%")
_nothing("nothing_word_zero", "零件")
