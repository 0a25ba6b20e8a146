"""接口的话 — what was found in a call and what to write instead, for the people who read its log (条例 第八条)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from gongkai.text.quoted import Quoted
from gongkai.web.look.language import say

SLUG, NO_NUL, KEY = r"^[-a-z0-9_]{1,60}$", r"^[^\x00]*$", r"^[!-~]+$"
_PATTERNS = {
    SLUG: "收到的是{found}。代号由小写字母、数字、“-”“_”组成，最多 60 个，如 policies，请看栏目清单",
    NO_NUL: "里面有看不见的控制字符，请删去再报",
    KEY: "收到的是{found}。键由英文字母、数字和标点组成，没有空格和汉字，最多 100 个",
}
_DAY = "收到的是{found}。日期要写成加引号的 2026-03-02 这样，不带时间"
_TEXT = "收到的是{found}，这里要写加引号的文字"
_NUMBER = "收到的是{found}，这里要写整数"
_TRUTH = "收到的是{found}，这里要写 true 或者 false，不加引号"
_WHOLE = "收到的是{found}，这里要写花括号括起来的一组字段，请看接口说明"
_LISTED = "没有{found}这一项，可以写：{expected}"
_INVALID = {
    "missing": "没有给出，必须有",
    "string_too_long": "太长，最多 {max_length} 个字",
    "string_too_short": "太短，至少 {min_length} 个字",
    "string_type": _TEXT,
    "string_unicode": "里面有残缺的字符，请检查文字编码，用 UTF-8 报送",
    "enum": _LISTED,
    "literal_error": _LISTED,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "no_such_day": "“{value}”这一天不存在，请核对月份和日子",
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "int_parsing_size": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "greater_than_equal": "收到的是{found}，不能小于 {ge}",
    "less_than_equal": "收到的是{found}，不能大于 {le}",
    "extra_forbidden": "没有这一项，请看接口说明",
    "dict_type": _WHOLE,
    "model_type": _WHOLE,
    "model_attributes_type": _WHOLE,
    "json_invalid": "不是正确的 JSON",
    "twice": "给了不止一次，只能给一次",
    "unknown": "没有“{value}”，请看清单",
}
"""错在哪里 — by the kind of error."""
_OTHERWISE = "收到的是{found}，填得不对，请看接口说明"
_LONGEST = 24


class TwiceError(ValueError):
    """给了两次 — a name that stands twice in one group of a JSON text: nobody can say which of them is meant."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Once(Parser):
    """只给一次 — JSON in which no name stands twice."""

    def parse_body(self, request: HttpRequest) -> Any:
        """读内容 — ValueError where it is no JSON, TwiceError where a name stands twice."""
        return json.loads(request.body, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise TwiceError(name)
        made[name] = value
    return made


def unread(cause: object) -> tuple[str, str]:
    """读不了 — why the content of a call cannot be read, and the name of the field where it is one."""
    if isinstance(cause, TwiceError):
        return say("“{name}”给了不止一次，不知道以哪个为准，请只给一次", name=Quoted(cause.name[:60])), cause.name[:60]
    if isinstance(cause, json.JSONDecodeError):
        told = "请求的内容不是正确的 JSON：第 {line} 行第 {column} 个字符起读不下去"
        return say(told, line=cause.lineno, column=cause.colno), ""
    if isinstance(cause, UnicodeDecodeError):
        return say("请求的内容不是 UTF-8 编码，请换成 UTF-8 再发"), ""
    return say("请求的内容读不了，请看接口说明里的格式"), ""


def message(error: Mapping[str, Any]) -> str:
    """一处错 — as one sentence: what was found, what is taken."""
    context = dict(error.get("ctx", {}))
    template = _INVALID.get(error["type"], _OTHERWISE)
    if error["type"] == "string_pattern_mismatch":
        template = _PATTERNS.get(context.get("pattern", ""), _OTHERWISE)
    if "expected" in context:
        context["expected"] = Quoted("、".join(re.findall(r"'([^']*)'", str(context["expected"]))))
    if "value" in context:
        context["value"] = Quoted(context["value"])
    return say(template, **{"found": found(error.get("found")), **context})


def found(given: object) -> str:
    """收到的 — as it stands in the call, short enough to be read."""
    if isinstance(given, str):
        line = " ".join(given.encode("utf-8", "replace").decode().split())
        return Quoted(f"“{line[:_LONGEST]}…”" if len(line) > _LONGEST else f"“{line}”")
    if isinstance(given, date):
        return Quoted(f"“{given.isoformat()}”")
    if isinstance(given, Mapping):
        return say("一组字段")
    if isinstance(given, Sequence):
        return say("一个清单")
    return Quoted(json.dumps(given, default=str)[:_LONGEST])
