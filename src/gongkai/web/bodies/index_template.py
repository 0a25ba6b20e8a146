"""索引号的写法 — a template with known fields, and what it makes (条例 第十二条)."""

from __future__ import annotations

import re

from gongkai.web.bodies.models import Body

FIELD = re.compile(r"\{(uscc|region|code|yyyy|seq)(?::0(\d)d)?\}")
"""字段 — what a template may hold: 统一社会信用代码, 行政区划, 机构代码, 年, 顺序号 (条例 第十二条)."""
LONGEST, _MANY = 60, 99_999
NO_SEQ = "写法里要有顺序号 {seq}，否则第二件就编不出来。照 {usual} 写最稳妥。"
NO_YEAR = "写法里要有年 {yyyy}：顺序号每年从 1 起，没有年会重号。"
STRANGE = "写法里的“{what}”认不出来。能用的字段只有 {fields}，其余写汉字、字母、数字和“-”“_”“.”“/”。"
SLASHES = "“/”和“.”不能在开头、结尾，也不能连着写。"
NO_REGION = "写法里有 {region}，行政区划代码还没有填。请填上，或者换一个字段。"
TOO_LONG = "照这个写法，索引号有 {count} 字，最多 {most} 字。请写短一些。"
SHARED = "照这个写法，会和{body}的索引号重号。请加上 {uscc} 或者 {code}。"
USUAL = "{uscc}/{yyyy}-{seq:05d}"
FIELDS = "{uscc} {region} {code} {yyyy} {seq} {seq:05d}"


def rendered(body: Body, year: int, serial: int) -> str:
    """索引号 — by the template of the body; where it has no code of its own, its short name in addresses stands in."""
    values: dict[str, str | int] = {
        "uscc": body.uscc or body.slug.upper(),
        "region": body.region,
        "code": body.code or body.slug.upper(),
        "yyyy": year,
        "seq": serial,
    }

    def _field(match: re.Match[str]) -> str:
        return str(values[match[1]]).zfill(int(match[2] or 0))

    return FIELD.sub(_field, body.index_template)


Problem = tuple[str, dict[str, object]]
"""问题 — a sentence and its fields."""


def problem_alone(template: str) -> Problem | None:
    """写法本身的问题 — whatever the body is for which numbers are made by it (条例 第十二条)."""
    found, rest = {match[1] for match in FIELD.finditer(template)}, FIELD.sub("", template)
    if strange := re.search(r"[^\u4e00-\u9fa5A-Za-z0-9_./-]+[A-Za-z:0-9]*\}?", rest):
        return STRANGE, {"what": strange[0][:20], "fields": FIELDS}
    if "seq" not in found:
        return NO_SEQ, {"seq": "{seq}", "usual": USUAL}
    if "yyyy" not in found:
        return NO_YEAR, {"yyyy": "{yyyy}"}
    return None


def problem(body: Body) -> Problem | None:
    """写法的问题 — why numbers cannot be made by the template of a body, with the fields of the sentence."""
    template = body.index_template
    if wrong := problem_alone(template):
        return wrong
    found = {match[1] for match in FIELD.finditer(template)}
    if "region" in found and not body.region:
        return NO_REGION, {"region": "{region}"}
    made = rendered(body, 2026, _MANY)
    if re.search(r"^[/.]|[/.]$|[/.]{2}", made):
        return SLASHES, {}
    if len(made) > LONGEST:
        return TOO_LONG, {"count": len(made), "most": LONGEST}
    same = (each for each in Body.objects.exclude(id=body.id) if rendered(each, 2026, 1) == rendered(body, 2026, 1))
    if other := next(same, None):
        return SHARED, {"body": other.short_name, "uscc": "{uscc}", "code": "{code}"}
    return None
