"""还缺什么 — what keeps a body from doing its work, or breaks a rule, each with what to try (条例 第四条、第十二条)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings

from gongkai.law.administration import SEPARATE
from gongkai.law.publishing import COMBINED, ROUTE
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.law.sources import Provision
from gongkai.web.bodies.models import Appointment, Body, Office, SecondFactor
from gongkai.web.look.site import site

NOBODY = "“{role}”这个岗位还没有人：送到这一步的件会停住。请安全管理员在“人员”里任命一个人。"
NO_LEGAL_REVIEWER = "没有合法性审核：规范性文件审不下去。有规范性文件的，请安全管理员任命。"
NO_ADMINISTRATOR = "没有{role}。请安全管理员任命。"
ALONE = "{first}和{second}只有{name}一个人，又不能连办两步：件会停在{second}。请再任命一个人。"
ALONE_NORMATIVE = (
    "办规范性文件时，{first}和{second}只有{name}一个人，又不能连办两步：件会停在{second}。请再任命一个人。"
)
MANY_ROLES = "{name}一个人担任{roles}。审核岗位要分开；人手不够的，请系统管理员设为小单位。"
NO_OFFICE = "还没有写明哪个科室是政府信息公开工作机构，公众不知道找谁。请系统管理员在本单位的“内设机构”里指定。"
GUIDE = "公开指南还缺：{fields}。请系统管理员补上。"
NO_CODE = "没有{what}，索引号先用“{slug}”代替；编好的索引号以后不变。请系统管理员先补上。"
SITE = "网站的页脚还缺：{fields}。请运行平台的人写进数据目录里的 site.toml。"
SECOND_FACTOR_OFF = (
    "平台设成了谁登录都不要动态口令（GONGKAI_SECOND_FACTOR=none）：密码泄露了，就能冒充管理员。"
    "请运行平台的人去掉这个设置。"
)
NO_SECOND_FACTOR = "{name}（{role}）登录还没有动态口令。请本人在“本人账号”里开启。"

CODES = {"uscc": "统一社会信用代码", "code": "机构代码"}
"""索引号里的代码 — fields for which the short name in addresses stands in where they are blank."""
GUIDE_FIELDS = {
    "office_name": "机构名称",
    "address": "办公地址",
    "office_hours": "办公时间",
    "telephone": "联系电话",
    "fax": "传真号码",
    "email": "互联网联系方式（电子邮箱）",
}
"""指南要写的 — of the disclosure office, as 第十二条 asks (条例 第十二条)."""

SITE_FIELDS = {
    "sponsor": "主办单位",
    "telephone": "联系电话",
    "code": "政府网站标识码",
    "icp": "ICP 备案号",
}
"""页脚要写的 — of the county's portal, as `site.toml` says them (条例 第二十四条)."""

_WHO = {act: role for _, act, role in ROUTE}
_WORK = (Role.CLERK, *(role for _, _, role in ROUTE if role is not Role.LEGAL_REVIEWER), Role.DISCLOSURE_OFFICE)
_COMBINED = {(_WHO[before], _WHO[act]) for act, before in COMBINED.items()}


@dataclass(frozen=True, slots=True)
class Gap:
    """缺的一项 — a sentence (`template` and its values) and the provision behind it."""

    template: str
    values: Mapping[str, object]
    provision: Provision

    def __str__(self) -> str:
        return self.template.format(**self.values)


def gaps(body: Body) -> list[Gap]:
    """还缺什么 — of one body, the most pressing first (条例 第四条)."""
    return gaps_of([body])[body.id]


def gaps_of(bodies: Sequence[Body]) -> dict[int, list[Gap]]:
    """各主体还缺什么 — of several by their numbers, with as few queries as of one (条例 第四条)."""
    held = _holders(bodies)
    chosen = Office.objects.filter(body__in=bodies, is_disclosure_office=True)
    with_office = frozenset(chosen.values_list("body_id", flat=True))
    return {
        body.id: [
            Gap(template, values, Provision.parse(where))
            for template, values, where in _gaps(body, held[body.id], has_office=body.id in with_office)
        ]
        for body in bodies
    }


_Found = tuple[str, dict[str, object], str]


def _gaps(body: Body, held: Mapping[Role, dict[int, str]], *, has_office: bool) -> Iterator[_Found]:
    for role in _WORK:
        if not held.get(role):
            yield NOBODY, {"role": role.label}, str(role.provision)
    if not held.get(Role.LEGAL_REVIEWER):
        yield NO_LEGAL_REVIEWER, {}, str(Role.LEGAL_REVIEWER.provision)
    yield from _alone(body, held)
    if not body.is_small:
        yield from _many_roles(held)
    if not has_office:
        yield NO_OFFICE, {}, "条例 第四条"
    missing = [label for name, label in GUIDE_FIELDS.items() if not getattr(body, name)]
    if missing:
        yield GUIDE, {"fields": "、".join(missing)}, "条例 第十二条"
    for name, what in CODES.items():
        if f"{{{name}}}" in body.index_template and not getattr(body, name):
            yield NO_CODE, {"what": what, "slug": body.slug.upper()}, "条例 第十二条"
    if body.parent_id is None:
        yield from _administrators(held)
        yield from _footer()


def _footer() -> Iterator[_Found]:
    if unsaid := [label for name, label in SITE_FIELDS.items() if not getattr(site(), name)]:
        yield SITE, {"fields": "、".join(unsaid)}, "条例 第二十四条"


def _alone(body: Body, held: Mapping[Role, dict[int, str]]) -> Iterator[_Found]:
    """Where the route stops since only one person could take two steps in a row; each pair of posts is told once."""
    told = set()
    for template, left_out in ((ALONE, Role.LEGAL_REVIEWER), (ALONE_NORMATIVE, None)):
        row = [role for role in (Role.CLERK, *_WHO.values(), Role.DISCLOSURE_OFFICE) if role is not left_out]
        for first, second, name in _stops(row, held, is_small=body.is_small):
            if (first, second) not in told:
                told.add((first, second))
                yield template, {"first": first.label, "second": second.label, "name": name}, "条例 第十七条"


def _stops(
    row: Iterable[Role], held: Mapping[Role, dict[int, str]], *, is_small: bool
) -> Iterator[tuple[Role, Role, str]]:
    """Walks the posts with all who may have taken the step before; a post without anybody is told elsewhere."""
    before: set[int] = set()
    for first, second in pairwise(row):
        before = before or set(held.get(first, ()))
        may = held.get(second, {})
        free = {person for person in may if before - {person} or not before}
        combines = is_small and len(may) == 1 and (first, second) in _COMBINED
        if may and not free and not combines:
            yield first, second, "、".join(may.values())
        before = free or set(may)


def _many_roles(held: Mapping[Role, dict[int, str]]) -> Iterator[_Found]:
    by_person: dict[int, list[Role]] = defaultdict(list)
    for role in Role:
        for person in held.get(role, {}) if role in SEPARATE else ():
            by_person[person].append(role)
    for person, roles in by_person.items():
        if len(roles) > 1:
            name = held[roles[0]][person]
            yield MANY_ROLES, {"name": name, "roles": "、".join(role.label for role in roles)}, "条例 第十七条"


def _administrators(held: Mapping[Role, dict[int, str]]) -> Iterator[_Found]:
    for role in (*ADMINISTRATORS, Role.COMPETENT_DEPARTMENT):
        if not held.get(role):
            yield NO_ADMINISTRATOR, {"role": role.label}, str(role.provision)
    if settings.SECOND_FACTOR == "none":
        yield SECOND_FACTOR_OFF, {}, str(Role.SECURITY_ADMIN.provision)
    with_codes = set(SecondFactor.objects.filter(confirmed_at__isnull=False).values_list("staff_id", flat=True))
    for role in ADMINISTRATORS:
        for person, name in held.get(role, {}).items():
            if person not in with_codes:
                yield NO_SECOND_FACTOR, {"name": name, "role": role.label}, str(role.provision)


def _holders(bodies: Sequence[Body]) -> dict[int, dict[Role, dict[int, str]]]:
    """Who holds each role in each body now: id and name."""
    held: dict[int, dict[Role, dict[int, str]]] = {body.id: defaultdict(dict) for body in bodies}
    current = Appointment.objects.filter(body__in=bodies, ended_at__isnull=True, staff__is_active=True).order_by("id")
    for body, role, person, name in current.values_list("body_id", "role", "staff_id", "staff__name"):
        held[body][Role(role)][person] = name
    return held
