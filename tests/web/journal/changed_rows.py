"""绕过平台的改动 — a small history that touches every table, and every way in which a row of it can be another."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.web.bodies.term_field import TermField
from tests.web.cast import NOW
from tests.web.holdings.county import RECORD, Office
from tests.web.holdings.test_masking import attached

IS_LONG = bool(os.environ.get("GONGKAI_LONG"))
IDENTITY = "姓名,身份证号\n王某,11010519491231002X\n".encode()


def lived() -> Office:
    """经过 — rows in every table that is compared, all written by actions but the people, of whom stock is taken."""
    from gongkai.web.bodies import actions as bodies
    from gongkai.web.holdings import actions
    from gongkai.web.journal import actions as journal
    from gongkai.web.journal import log
    from gongkai.web.journal.stock import take_stock

    office = Office()
    of = office.people.of
    take_stock(now=NOW)
    bodies.add_office(by=of(Role.SYSTEM_ADMIN), body=office.people.department, name="办公室", now=office.tick())
    public = attached(office, office.create(title="第一件"), "事项,数量\n甲,3\n".encode(), "清单.csv")
    public = office.bring(public, State.PUBLISHED)
    told = {"title": "第二件", "joint_bodies": ("shifan",), "relations": (("amends", public.index_number),)}
    second = office.bring(office.create(**told), State.PUBLISHED)
    director = of(Role.DISCLOSURE_OFFICE)
    actions.repeal(item=public, staff=director, on=date(2026, 12, 1), reason="由新的代替", by=second, now=office.tick())
    second.refresh_from_db()
    second = actions.archive(item=second, staff=director, now=office.tick())
    third = office.bring(office.create(title="第三件"), State.PUBLISHED)
    actions.withdraw(
        item=third, staff=director, ground=WithdrawalGround.INACCURATE, reason="内容有误", now=office.tick()
    )
    secret = of(Role.SECRECY_REVIEWER)
    asked = office.bring(office.create(title="第四件"), State.SECRECY_REVIEW)
    given = {"record": RECORD | {"outcome": "referred"}, "authority": "市国家保密局"}
    actions.refer(item=asked, staff=secret, now=office.tick(), **given)
    listed = attached(office, office.create(title="第五件"), IDENTITY, "名单.csv")
    listed = office.bring(listed, State.FINAL_REVIEW)
    hit = next(each["id"] for each in listed.newest_version.guard if each["severity"] == "block")
    final = of(Role.FINAL_REVIEWER)
    listed = actions.override_hit(item=listed, staff=final, hit=hit, reason="依法公开", now=office.tick())
    held = office.create(title="第六件", openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS, ground_note="内部")
    held = office.bring(held, State.HELD)
    actions.reassess(item=held, staff=director, opinion="仍不公开", now=office.tick())
    _consented(office)
    _let_in(office)
    journal.anchor(day=date(2026, 11, 20))
    journal.anchor(day=date(2026, 11, 21))
    log.anchor_chains(now=office.tick())
    log.sign_head(now=office.tick())
    return office


def _consented(office: Office) -> None:
    from gongkai.law.administration import Duty
    from gongkai.web.bodies.actions.consenting import ConsentNeeded, answer_consent, ask_consent

    by, about = office.people.of(Role.SYSTEM_ADMIN), office.people.of(Role.SECURITY_ADMIN)
    asked = ask_consent(ConsentNeeded(by, about, Duty.RESET_PASSWORD, ""), NOW)
    answer_consent(by=office.people.of(Role.AUDIT_ADMIN), consent=asked, agreed=True, now=NOW)
    ask_consent(ConsentNeeded(by, about, Duty.RESET_SECOND_FACTOR, ""), NOW)


def _let_in(office: Office) -> None:
    """A second factor of an administrator, one that was voided; two tokens, one revoked."""
    from gongkai.web.api.actions import make_token, revoke_token
    from gongkai.web.api.models import Scope
    from gongkai.web.bodies import actions, one_time_codes
    from gongkai.web.bodies.actions.accounts import confirm_second_factor, prepare_second_factor, use_code
    from gongkai.web.bodies.actions.binding import Identity, bind_openid

    security, audit, clerk = (office.people.of(each) for each in (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.CLERK))
    for staff in (audit, clerk):
        secret = prepare_second_factor(staff=staff, now=office.tick())
        code = one_time_codes.code(secret, int(office.now.timestamp()) // 30)
        codes = confirm_second_factor(staff=staff, code=code, now=office.now)
        assert use_code(staff=staff, code=codes[0], now=office.tick())
    actions.reset_second_factor(by=security, staff=clerk, now=office.tick())
    actions.put_off_second_factor(staff=office.people.of(Role.SYSTEM_ADMIN), now=office.tick())
    bind_openid(staff=clerk, identity=Identity("https://id.shifan.example", "7"), now=office.tick())
    told = {"body": office.people.department, "staff": security, "acts_as": clerk, "scopes": [Scope.READ], "days": 30}
    for name in ("甲系统", "乙系统"):
        made, _ = make_token(**told, name=name, now=office.tick())
    revoke_token(token=made, staff=security, now=office.tick())


def others(field: Any, value: Any, chance: random.Random) -> Iterator[Any]:
    """别的值 — values of a column that it may hold and does not."""
    found: list[Any] = [None] if field.null else []
    if isinstance(field, models.ForeignKey):
        numbers = list(field.related_model._base_manager.values_list("pk", flat=True))
        found += chance.sample(numbers, min(4, len(numbers)))
    elif isinstance(field, TermField):
        found += [member for member in field.term][:3] + ([""] if field.blank else [])
    elif isinstance(field, models.JSONField):
        found += [["x"], {"x": 1}]
    elif isinstance(field, models.BooleanField):
        found += [True, False]
    elif isinstance(field, models.IntegerField):
        found += [(value or 0) + 1]
    elif isinstance(field, models.DateTimeField):
        found += [(value or NOW) + timedelta(hours=1)]
    elif isinstance(field, models.DateField):
        found += [(value or date(2026, 1, 5)) + timedelta(days=1)]
    else:
        found += [("x" + (value or ""))[: field.max_length or None], *([""] if field.blank else [])]
    new = [each for each in found if each != value]
    yield from new if IS_LONG else [*new[:1], *new[1:][-1:]]


def changes(model: type[models.Model], name: str, chance: random.Random) -> Iterator[str]:
    """改一列 — so many rows, each in turn, every value that the database takes; put back after each."""
    field = model._meta.get_field(name)
    rows = list(model._base_manager.values_list("pk", getattr(field, "attname", name)))
    for number, value in chance.sample(rows, min(9 if IS_LONG else 1, len(rows))):
        for other in others(field, value, chance):
            with undone():
                if _took(model, number, {field.attname: other}):
                    yield f"{model._meta.label_lower}:{number}.{name}: {value!r} -> {other!r}"


@contextmanager
def undone() -> Iterator[None]:
    """退回 — what is done within is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _took(model: type[models.Model], number: int, told: dict[str, Any]) -> bool:
    """Whether the database takes it at all."""
    try:
        with transaction.atomic():
            return bool(model._base_manager.filter(pk=number).update(**told))
    except IntegrityError:
        return False


def gone_or_new(model: type[models.Model], chance: random.Random) -> Iterator[str]:
    """删一行、加一行 — one that is there is deleted, one like it is added."""
    number = chance.choice(list(model._base_manager.values_list("pk", flat=True)))
    with undone():
        model._base_manager.filter(pk=number)._raw_delete("default")  # type: ignore[attr-defined]
        yield f"{model._meta.label_lower}:{number} deleted"
    with undone():
        row = model._base_manager.get(pk=number)
        row.pk = None
        for field in model._meta.concrete_fields:
            if field.unique and not field.primary_key:
                setattr(row, field.attname, _new(model, field, getattr(row, field.attname)))
        _apart(row)
        row.save(force_insert=True)
        yield f"{model._meta.label_lower}:{row.pk} added"


def _new(model: type[models.Model], field: Any, value: Any) -> Any:
    """A value of a column that may be there once."""
    if field.null:
        return None
    if isinstance(field, models.OneToOneField):
        taken = model._base_manager.values(field.attname)
        return field.related_model._base_manager.exclude(pk__in=taken).values_list("pk", flat=True)[0]
    return "new" if isinstance(value, str) else value


def _apart(row: Any) -> None:
    """What must be once in two columns together."""
    apart = {
        "number": 99,
        "role": Role.AUDIT_ADMIN,
        "kind": "replaces",
        "hit": "other",
        "duty": "appoint",
        "subject": "8",
    }
    for name, value in apart.items():
        if any(name in each.fields for each in row._meta.constraints if hasattr(each, "fields")):
            setattr(row, name, value)
    if any(each.name == "bodies_office_once" for each in row._meta.constraints):
        row.name = "另一个"
    if any(each.name == "holdings_referral_one_open" for each in row._meta.constraints):
        row.ended_at = datetime.now(tz=NOW.tzinfo)
