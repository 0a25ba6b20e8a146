"""写法 — the ways in which a number can be written so that people, or their programs, still read it."""

from __future__ import annotations

import base64
from collections.abc import Callable

Writing = Callable[[str], str]


def _cuts(number: str) -> list[str]:
    if len(number) == 11:
        return [number[:3], number[3:7], number[7:]]
    if len(number) == 18:
        return [number[:6], number[6:14], number[14:]]
    return [number[at : at + 4] for at in range(0, len(number), 4)]


def _cut_by(separator: str) -> Writing:
    return lambda number: separator.join(_cuts(number))


def _after_each(sign: str) -> Writing:
    return lambda number: sign.join(number)


def _as_digits(zero_to_nine: str) -> Writing:
    return lambda number: number.translate({ord("0") + value: sign for value, sign in enumerate(zero_to_nine)})


def _each(write: Callable[[str], str]) -> Writing:
    return lambda number: "".join(map(write, number))


def _brackets(number: str) -> str:
    first, *rest = _cuts(number)
    return f"({first}){' '.join(rest) if len(number) in (16, 19) else ''.join(rest)}"


def _braille(number: str) -> str:
    return "\u283c" + number.translate(str.maketrans("1234567890", "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚"))


def _box_cross(number: str) -> str:
    return number.replace("X", "\u2169").replace("x", "\u2179")


SEPARATED: dict[str, Writing] = {
    "六个空格": _cut_by(" " * 6),
    "十个空格": _cut_by("\u3000" * 10),
    "斜线": _cut_by("/"),
    "冒号": _cut_by(":"),
    "全角冒号": _cut_by("\uff1a"),
    "等号": _cut_by("="),
    "波浪号": _cut_by("~"),
    "加号": _cut_by("+"),
    "点": _cut_by("·"),
    "下划线": _cut_by("_"),
    "连字符": _cut_by(" - "),
    "盲文空格": _cut_by("\u2800"),
    "欧甘空格": _cut_by("\u1680"),
    "括号": _brackets,
    "零宽": _after_each("\u200b"),
    "键帽": _each(lambda sign: f"{sign}\ufe0f\u20e3"),
    "标签": _after_each("\U000e0031"),
    "异体选择符": _after_each("\U000e0101"),
    "组合符": _each(lambda sign: f"{sign}\u0332"),
    "谚文填充": _after_each("\u115f"),
    "蒙文选择符": _after_each("\u180b"),
    "连字": _after_each("\u034f"),
    "控制符": _after_each("\x02"),
    "数学黑体": _as_digits("".join(chr(0x1D7CE + value) for value in range(10))),
    "圈码": _as_digits("⓪①②③④⑤⑥⑦⑧⑨"),
    "阿拉伯文": _as_digits("٠١٢٣٤٥٦٧٨٩"),
    "罗马数字": _as_digits("0" + "".join(chr(0x2160 + value) for value in range(9))),
    "苏州码子": _as_digits("〇〡〢〣〤〥〦〧〨〩"),
    "口语": _as_digits("洞幺两三四五六拐八勾"),
    "大写": _as_digits("零壹贰叁肆伍陆柒捌玖"),
    "罗马十": _box_cross,
}
"""Every kind of number."""
CHECKED: dict[str, Writing] = {
    "逗号": _cut_by(","),
    "顿号": _cut_by("、"),
    "分号": _cut_by("；"),
    "制表符": _cut_by("\t"),
    "星号": _cut_by("*"),
    "竖线": _cut_by("|"),
    "换行": _cut_by("\n"),
    "字母": _as_digits("0123456789".replace("5", "S").replace("8", "B")),
    "一位一格": _after_each(" "),
    "一位一行": _after_each("\n"),
}
"""Identity numbers, which their check digit makes sure."""
ENCODED: dict[str, Writing] = {
    "百分号": _each(lambda sign: f"%{ord(sign):02X}"),
    "转义": _each(lambda sign: f"\\u{ord(sign):04x}"),
    "双转义": _each(lambda sign: f"\\\\u{ord(sign):04x}"),
    "十六进制转义": _each(lambda sign: f"\\x{ord(sign):02x}"),
    "实体": _each(lambda sign: f"&#{ord(sign)};"),
    "十六进制实体": _each(lambda sign: f"&#x{ord(sign):x};"),
    "等号编码": _each(lambda sign: f"={ord(sign):02X}"),
    "base64": lambda number: base64.b64encode(f"姓名{number}。".encode()).decode(),
    "UTF-7": lambda number: f"+{base64.b64encode(number.encode('utf-16-be')).decode().rstrip('=')}-",
    "十六进制": lambda number: number.encode().hex(),
    "两字节十六进制": lambda number: f"0x{number.encode('utf-16-be').hex()}",
    "指数": lambda number: number if number[-1] == "X" else f"{number[0]}.{number[1:]}E+{len(number) - 1}",
    "码位": _each(lambda sign: f"U+{ord(sign):04X} "),
    "盲文": _braille,
    "倒排": lambda number: f"\u202e{number[::-1]}\u202c",
}
