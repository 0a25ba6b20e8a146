"""公开主体和内设机构 — by the system administrator: added, described, no longer active; never removed (条例 第四条)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from gongkai.documents.showing.signs import shown_name
from gongkai.law.administration import Duty, Event
from gongkai.text.hit import Severity
from gongkai.text.personal_data import Kind, find, label
from gongkai.web.bodies.actions.naming import require_own_names, require_written
from gongkai.web.bodies.models import Body, Office, Staff
from gongkai.web.bodies.names import folded
from gongkai.web.bodies.permissions import Refused, require
from gongkai.web.journal.actions import PLATFORM, record

TAKEN = "“{name}”已经有了：名称和网址里的代号，都不能和别的主体相同。"
OFFICE_TAKEN = "{body}已经有“{name}”了。"
TOP_STAYS = "{body}是最上一级，停用了就没有人能管平台。"
PERSONAL = "填的内容里有{kind}，公众会直接看到。办公用的电话请填在“联系电话”里，别处不要写个人的号码（条例第十五条）。"
MOBILE = (
    "这是手机号码，公众会直接看到。机构的号码一般是固定电话；"
    "确实用手机值班的，请勾选“机构用的号码，不是个人的”（条例第十五条）。"
)
CONFIRMED = "is_office_mobile"
"""机构用的手机 — what the administrator confirms of a mobile number among the NUMBERS; the journal keeps that."""
BODY_NAMES = {"name": "全称", "short_name": "简称"}
NUMBERS = ("telephone", "fax")
RESERVED = frozenset({PLATFORM, "new"})
FIELDS = (
    "name", "short_name", "level", "uscc", "region", "code", "index_template", "number_prefix", "is_small",
    "is_active", "order", "office_name", "address", "office_hours", "telephone", "fax", "postcode", "email",
)  # fmt: skip
"""可以改的 — what a body says of itself; its slug and its place stand in addresses and in the journal, and stay."""


@transaction.atomic
def add_body(*, by: Staff, slug: str, parent: Body, now: datetime, **told: Any) -> Body:
    """增加公开主体 — below one that the administrator keeps (条例 第四条)."""
    require(by, Duty.KEEP_BODIES, body=parent)
    body = new_body(slug=slug, parent=parent, **told)
    _journal(
        by, Event.ADD_BODY, body, now, {"parent": parent.slug, "level": str(body.level), **_confirmed(told)}, [body]
    )
    return body


def new_body(*, slug: str, parent: Body | None, **told: Any) -> Body:
    """新主体 — written; who may do so is for the caller to ask."""
    if slug in RESERVED:
        raise Refused(TAKEN, name=slug)
    said = {"slug": slug, **_as_shown({each: told[each] for each in FIELDS if each in told})}
    _require_impersonal(said, is_office_mobile=bool(told.get(CONFIRMED)))
    try:
        with transaction.atomic():
            require_own_names(said)
            return Body.objects.create(parent=parent, **said)
    except IntegrityError:
        raise Refused(TAKEN, name=told.get("name", slug)) from None


@transaction.atomic
def edit_body(*, by: Staff, body: Body, told: Mapping[str, Any], now: datetime) -> None:
    """修改公开主体 — what it says of itself; the journal keeps which fields, not what they said (条例 第十二条)."""
    require(by, Duty.KEEP_BODIES, body=body)
    kept = Body.objects.select_for_update().get(id=body.id)
    said = _as_shown({each: told[each] for each in FIELDS if each in told and told[each] != getattr(kept, each)})
    changed = {name: given for name, given in said.items() if given != getattr(kept, name)}
    if not changed:
        return
    if kept.parent_id is None and not changed.get("is_active", True):
        raise Refused(TOP_STAYS, body=kept.short_name)
    _require_impersonal(changed, is_office_mobile=bool(told.get(CONFIRMED)))
    require_own_names(changed, body.id)
    try:
        with transaction.atomic():
            Body.objects.filter(id=body.id).update(**changed)
    except IntegrityError:
        raise Refused(TAKEN, name=changed.get("name", body.name)) from None
    body.refresh_from_db()
    _journal(by, Event.EDIT_BODY, body, now, {"changed": sorted(changed), **_confirmed(changed)}, [body])


@transaction.atomic
def add_office(*, by: Staff, body: Body, name: str, now: datetime) -> Office:
    """增加内设机构 — an office of a body (条例 第四条)."""
    require(by, Duty.KEEP_BODIES, body=body)
    name = require_written("名称", name)
    _require_impersonal({"name": name})
    Body.objects.select_for_update().get(id=body.id)  # two at once: the second sees the first
    if same := next((each for each in body.offices.all() if folded(each.name) == folded(name)), None):
        raise Refused(OFFICE_TAKEN, body=body.short_name, name=same.name)
    try:
        with transaction.atomic():
            office = Office.objects.create(body=body, name=name[:80])
    except IntegrityError:
        raise Refused(OFFICE_TAKEN, body=body.short_name, name=name) from None
    _journal(by, Event.ADD_OFFICE, body, now, {"office": office.id}, rows=[office])
    return office


@transaction.atomic
def name_disclosure_office(*, by: Staff, office: Office, now: datetime) -> None:
    """指定工作机构 — the one office of a body that does the daily work of disclosure (条例 第四条)."""
    require(by, Duty.KEEP_BODIES, body=office.body)
    Office.objects.filter(body=office.body, is_disclosure_office=True).update(is_disclosure_office=False)
    Office.objects.filter(id=office.id).update(is_disclosure_office=True)
    facts: dict[str, object] = {"office": office.id, "is_disclosure_office": True}
    _journal(by, Event.EDIT_OFFICE, office.body, now, facts, rows=office.body.offices.all())


def has_mobile(number: str) -> bool:
    """有没有手机号码 — among the numbers of an office (条例 第十五条)."""
    return any(hit.kind == Kind.MOBILE for hit in find(number))


def _as_shown(told: Mapping[str, Any]) -> dict[str, Any]:
    """Every text as it is shown; the names show something."""
    shown = {field: shown_name(given) if type(given) is str else given for field, given in told.items()}
    return shown | {field: require_written(BODY_NAMES[field], told[field]) for field in BODY_NAMES if field in told}


def _require_impersonal(told: Mapping[str, Any], *, is_office_mobile: bool = False) -> None:
    """Refused where something personal would stand on public pages, and be let pass in all that the body publishes."""
    for name, value in told.items():
        for hit in find(value) if isinstance(value, str) and name != "uscc" else ():
            if name in NUMBERS and hit.kind == Kind.MOBILE:
                if not is_office_mobile:
                    raise Refused(MOBILE)
            elif hit.severity is Severity.BLOCK:
                raise Refused(PERSONAL, kind=label(hit.kind))


def _confirmed(told: Mapping[str, Any]) -> dict[str, object]:
    """That a mobile number was said to be the office's, for the journal; nothing where there is none."""
    return {CONFIRMED: True} if any(has_mobile(str(told.get(name) or "")) for name in NUMBERS) else {}


def _journal(
    by: Staff, event: Event, body: Body, now: datetime, facts: dict[str, object], rows: Iterable[Model] = ()
) -> None:
    about: dict[str, Any] = {
        "chain": body.slug,
        "act": event,
        "subject": f"bodies.body:{body.id}",
        "actor": f"staff:{by.id}",
    }
    record(**about, now=now, facts=facts, rows=rows)
