"""行动表 — every action by its name: `ACTIONS[name](world)` prepares what it needs and gives the step.

Run on SQLite alone; `killing` says why.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from gongkai.law.withdrawal import WithdrawalGround
from tests.laws.killable import (
    AUDIT,
    CLERK,
    FINAL,
    MORNING,
    OFFICE,
    SECRECY,
    SECURITY,
    SYSTEM,
    Step,
    World,
    quarantined,
)
from tests.laws.killed_log import heads_to_mail
from tests.web.cast import PASSWORD
from tests.web.holdings.county import CHECKS, RECORD, draft

IDENTITY = "姓名,身份证号\n王某,11010519491231002X\n".encode()
ON = State
GROUND = {"ground": WithdrawalGround.INACCURATE, "reason": "内容有误"}
CLOSED = {"openness": Openness.CLOSED, "ground": Ground.DELIBERATIVE_PROCESS}


def _create(w: World) -> Step:
    from gongkai.web.holdings import actions

    given = {"body": w.office.people.department, "staff": w.of(CLERK), "draft": draft(), "once": "x" * 32}
    files, now = [w.file()], w.office.tick()
    return lambda: actions.create(**given, files=files, now=now)


def _edit(w: World) -> Step:
    item = w.office.create()
    return w.holdings("edit", item, CLERK, draft=draft(summary="新"), edition=item.edition, files=[w.file()])


def _detach(w: World) -> Step:
    item = w.with_file()
    return w.holdings("detach_file", item, CLERK, item_file=item.newest_version.files.get())


def _postponed(w: World) -> Any:
    record = RECORD | {"outcome": "postponed", "again_on": "2027-01-11", "ground": "某法第九条"}
    return w.done(w.holdings("postpone", w.item(ON.SECRECY_REVIEW), SECRECY, record=record))


def _override(w: World) -> Step:
    item = w.with_file(ON.FINAL_REVIEW, IDENTITY)
    return w.holdings("override_hit", item, FINAL, hit=w.hit(item), reason="惩戒公示，依法公开")


def _lift(w: World) -> Step:
    item = w.item(ON.SECRECY_REVIEW, body_html="<p>内部资料，注意保存</p>")
    return w.holdings("lift_secrecy", item, SECRECY, hit=w.hit(item), basis="已经解密")


def _mask(w: World) -> Step:
    item = w.with_file(ON.FINAL_REVIEW, IDENTITY)
    return w.holdings("use_masked_copy", item, FINAL, item_file=item.newest_version.files.get())


def _repeal(w: World, item: Any = None) -> Step:
    return w.holdings("repeal", item or w.item(ON.PUBLISHED), OFFICE, on=MORNING, reason="由新的代替")


def _unrepeal(w: World) -> Step:
    return w.holdings("unrepeal", w.done(_repeal(w)), OFFICE, reason="标注错了")


def _schedule(w: World, item: Any = None) -> Step:
    at = w.now + timedelta(hours=3)
    return w.holdings("schedule", item or w.with_file(ON.CLEARED), OFFICE, publish_at=at)


def _unschedule(w: World) -> Step:
    return w.holdings("unschedule", w.done(_schedule(w)), OFFICE)


def _publish_due(w: World) -> Step:
    from gongkai.web.holdings import actions

    for _ in range(2):
        w.done(_schedule(w))
    return lambda: actions.publish_due(now=w.now + timedelta(hours=4))


def _damaged(w: World) -> Step:
    from gongkai.web.files.storing import store
    from gongkai.web.holdings import actions

    for _ in range(2):
        copy = w.with_file(ON.PUBLISHED).public_version.files.get().copy
        with Path(store().path(copy.storage_name)).open("ab") as bytes_of_it:
            bytes_of_it.write(b"more")
    return lambda: actions.tell_damaged(now=w.now)


def _pass_review(w: World) -> Step:
    given: dict[str, Any] = {"act": Act.PASS_SECRECY, "checks": CHECKS, "record": RECORD, "opinion": "同意"}
    return w.holdings("pass_review", w.item(ON.SECRECY_REVIEW), SECRECY, **given)


def _again(w: World) -> Step:
    from gongkai.web.holdings import actions

    item, now = w.with_file(ON.FIRST_REVIEW), w.office.tick()
    return lambda: actions.look_again(item=item, now=now)


def _enter(w: World) -> Step:
    given = {"answer": "open", "number": "市密函〔2026〕3号", "answered_on": MORNING}
    return w.holdings("enter_answer", w.referred(), SECRECY, **given)


def _look_into(w: World) -> Step:
    from gongkai.web.holdings.actions import uploading

    file = w.file(is_looked_at=False)
    return lambda: uploading.look_into(file=file, now=w.now)


def _destroy(w: World, name: str, role: Role, file: Any) -> Step:
    from gongkai.web.holdings.actions import uploading

    act, now = getattr(uploading, name), w.office.tick()
    return lambda: act(file=file, staff=w.of(role), now=now)


def _asked_to_destroy(w: World) -> Any:
    return w.done(_destroy(w, "ask_to_destroy", SECRECY, quarantined(w)))


def _job(name: str, **given: Any) -> Callable[[World], Step]:
    """What waits for the clock: two of each, so that a job may end between them."""

    def prepared(w: World) -> Step:
        from gongkai.web.holdings.models import Item, Review

        for _ in range(2):
            w.done(_repeal(w))
            w.item(ON.HELD, **CLOSED)
            w.file(is_looked_at=False)
            _postponed(w)
            w.item(ON.FIRST_REVIEW)
        of = Item.objects.filter
        of(state=ON.PUBLISHED).update(expires_on=MORNING + timedelta(days=30), repealed_on=None)
        Review.objects.filter(to_state=ON.HELD).update(at=w.now - timedelta(days=365))
        of(state=ON.FIRST_REVIEW).update(due_on=MORNING)
        return w.telling(name, **{key: value(w) for key, value in given.items()})

    return prepared


def _now(w: World) -> Any:
    return w.now


def _today(w: World) -> Any:
    return MORNING


def _columns(w: World) -> Step:
    from gongkai.web.holdings.actions.columns import lay_out_columns
    from gongkai.web.holdings.models import Column

    Column.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    return lay_out_columns


def _code_at(secret: str, at: Any) -> str:
    from gongkai.web.bodies import one_time_codes

    return one_time_codes.code(secret, int(at.timestamp()) // 30)


def _factor(w: World, *, is_confirmed: bool) -> str:
    """The secret of a second factor, in use or not yet."""
    from gongkai.web.bodies.actions import accounts

    secret = accounts.prepare_second_factor(staff=w.of(CLERK), now=w.now)
    if is_confirmed:
        accounts.confirm_second_factor(staff=w.of(CLERK), code=_code_at(secret, w.now), now=w.now)
    return secret


def _code(w: World) -> Step:
    secret, later = _factor(w, is_confirmed=True), w.now + timedelta(minutes=5)
    return w.bodies("accounts", "use_code", staff=w.of(CLERK), code=_code_at(secret, later), now=later)


def _confirm(w: World) -> Step:
    code = _code_at(_factor(w, is_confirmed=False), w.now)
    return w.bodies("accounts", "confirm_second_factor", staff=w.of(CLERK), code=code, now=w.now)


def _person(module: str, name: str, role: Role, /, **given: Any) -> Callable[[World], Step]:
    return lambda w: w.bodies(module, name, by=w.of(role), staff=w.idle(), now=w.now, **given)


def _needed(w: World) -> Any:
    from gongkai.law.administration import Duty
    from gongkai.web.bodies.actions.consenting import ConsentNeeded

    return ConsentNeeded(w.of(SYSTEM), w.of(SECURITY), Duty.RESET_PASSWORD, "")


def _ask(w: World) -> Step:
    return w.bodies("consenting", "ask_consent", need=_needed(w), now=w.now)


def _end_settling(w: World) -> Step:
    w.office.people.county.settling_until = w.now + timedelta(days=1)
    w.office.people.county.save()
    return w.bodies("setting_up", "end_settling", by=w.of(SECURITY), now=w.now)


def _bind(w: World) -> Step:
    from gongkai.web.bodies.actions.binding import Identity

    identity = Identity("https://id.example.cn", "1")
    return w.bodies("binding", "bind_openid", staff=w.of(CLERK), identity=identity, now=w.now)


def _unbind(w: World) -> Step:
    w.done(_bind(w))
    return w.bodies("binding", "unbind_openid", staff=w.of(CLERK), now=w.now)


def _lost(w: World) -> Step:
    """Of an administrator who lost the telephone, and to whom another agreed."""
    from gongkai.law.administration import Duty
    from gongkai.web.bodies.actions import accounts
    from gongkai.web.bodies.actions.consenting import ConsentNeeded
    from gongkai.web.bodies.queries import LOST

    accounts.prepare_second_factor(staff=w.of(SECURITY), now=w.now)
    need = ConsentNeeded(w.of(SECURITY), w.of(SECURITY), Duty.RESET_SECOND_FACTOR, LOST)
    asked = w.done(w.bodies("consenting", "ask_consent", need=need, now=w.now))
    w.done(w.bodies("consenting", "answer_consent", by=w.of(AUDIT), consent=asked, agreed=True, now=w.now))
    return w.bodies("lost_phones", "replace_lost", staff=w.of(SECURITY), now=w.now)


def _visitor() -> Any:
    from gongkai.web.bodies.actions.trying import Visitor

    return Visitor("10.0.0.1")


def _counted(w: World) -> Any:
    from gongkai.web.bodies.actions import trying

    return trying.count(trying.gates(w.of(CLERK).username, _visitor()), w.now)


def _check_token(w: World) -> Step:
    from gongkai.web.bodies.actions import setting_up

    return w.bodies("setting_up", "check_token", given=setting_up.token(), address="10.0.0.1", now=w.now)


def _failed_twice(w: World) -> World:
    for staff in (w.of(CLERK), w.idle()):
        w.done(w.bodies("signing_in", "failed", staff=staff, counted=_counted(w), visitor=_visitor(), now=w.now))
    return w


def _tried(w: World) -> World:
    from gongkai.web.bodies.actions import signing_in

    signing_in.count_try(name=w.idle().username, staff=None, visitor=_visitor(), now=w.now)
    return w


def _disabled(w: World) -> World:
    w.done(_person("people", "disable_staff", SYSTEM)(w))
    return w


def _set_up(w: World) -> Step:
    from django.db import connection

    from gongkai.web.bodies.actions import setting_up

    with connection.cursor() as cursor:  # as if nothing had been set up: the rows are of this table alone
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("DELETE FROM bodies_body")
        cursor.execute("DELETE FROM bodies_staff")
    people = {SYSTEM: ("xitong", "甲某"), SECURITY: ("anquan", "乙某"), AUDIT: ("shenji", "丙某")}
    given = {"given": setting_up.token(), "slug": "xinxian", "name": "新县人民政府", "short_name": "新县"}
    return lambda: setting_up.set_up(**given, people=people, address="10.0.0.1", now=w.now)


def _appoint(w: World, role: Role = CLERK) -> Step:
    body = w.office.people.department
    given = {"by": w.of(SECURITY), "staff": w.idle(), "body": body, "role": role}
    return w.bodies("appointing", "appoint", **given, now=w.now)


def _office(w: World) -> Any:
    given = {"by": w.of(SYSTEM), "body": w.office.people.department, "name": "办公室", "now": w.now}
    return w.bodies("keeping_bodies", "add_office", **given)


def _signing(name: str, /, **given: Any) -> Callable[[World], Step]:
    return lambda w: w.bodies(
        "signing_in",
        name,
        staff=w.of(CLERK),
        now=w.now,
        **{key: each() if callable(each) else each for key, each in given.items()},
    )


def _receive(w: World) -> Step:
    body, clerk = w.office.people.department, w.of(CLERK)
    return lambda: w.files("receive", body=body, staff=clerk, name="表.csv", stream=io.BytesIO(b"a,b\n"), now=w.now)()


def _make_copy(w: World) -> Step:
    from gongkai.web.files.models import CopyKind

    given = {"file": w.file(IDENTITY), "kind": CopyKind.MASKED, "decisions": None, "staff": w.of(CLERK)}
    return w.files("make_public_copy", **given, now=w.now)


def _quarantine_public(w: World) -> Step:
    return w.files("quarantine", file=w.copy(is_public=True).file, staff=None, now=w.now)


ACTIONS: dict[str, Callable[[World], Step]] = {
    "holdings.lay_out_columns": _columns,
    "holdings.create": _create,
    "holdings.edit": _edit,
    "holdings.attach_file": lambda w: w.holdings("attach_file", w.office.create(), CLERK, file=w.file()),
    "holdings.detach_file": _detach,
    "holdings.amend": lambda w: w.holdings("amend", w.item(ON.PUBLISHED), CLERK),
    "holdings.recall": lambda w: w.holdings("recall", w.item(ON.FINAL_REVIEW), CLERK),
    "holdings.discard": lambda w: w.holdings("discard", w.office.create(), CLERK),
    "holdings.postpone": lambda w: w.holdings(
        "postpone",
        w.item(ON.SECRECY_REVIEW),
        SECRECY,
        record=RECORD | {"outcome": "postponed", "again_on": "2027-01-11", "ground": "某法第九条"},
    ),
    "holdings.refer": lambda w: w.holdings(
        "refer", w.item(ON.SECRECY_REVIEW), SECRECY, record=RECORD | {"outcome": "referred"}, authority="市国家保密局"
    ),
    "holdings.enter_answer": _enter,
    "holdings.take_back": lambda w: w.holdings("take_back", w.referred(), FINAL, opinion="不用报了"),
    "holdings.take_up": lambda w: w.holdings("take_up", _postponed(w), SECRECY, opinion="可以再看"),
    "holdings.override_hit": _override,
    "holdings.lift_secrecy": _lift,
    "holdings.use_masked_copy": _mask,
    "holdings.call_back": lambda w: w.holdings("call_back", w.item(ON.PUBLISHED), OFFICE, changed_on=MORNING, **GROUND),
    "holdings.withdraw": lambda w: w.holdings("withdraw", w.with_file(ON.PUBLISHED), OFFICE, **GROUND),
    "holdings.repeal": _repeal,
    "holdings.unrepeal": _unrepeal,
    "holdings.archive": lambda w: w.holdings("archive", w.item(ON.PUBLISHED), OFFICE),
    "holdings.reassess": lambda w: w.holdings("reassess", w.item(ON.HELD, **CLOSED), OFFICE, opinion="仍在研究"),
    "holdings.change_openness": lambda w: w.holdings(
        "change_openness", w.item(ON.HELD, **CLOSED), OFFICE, reason="定稿"
    ),
    "holdings.publish": lambda w: w.holdings("publish", w.with_file(ON.CLEARED), OFFICE),
    "holdings.schedule": _schedule,
    "holdings.unschedule": _unschedule,
    "holdings.publish_due": _publish_due,
    "holdings.ask_purge": lambda w: w.holdings("ask_purge", w.with_file(ON.SECRECY_REVIEW), SECRECY),
    "holdings.confirm_purge": lambda w: w.holdings("confirm_purge", w.secret(), OFFICE),
    "holdings.decline_purge": lambda w: w.holdings("decline_purge", w.secret(), FINAL),
    "holdings.submit": lambda w: w.holdings("submit", w.with_file(), CLERK),
    "holdings.pass_review": _pass_review,
    "holdings.send_back": lambda w: w.holdings("send_back", w.item(ON.FINAL_REVIEW), FINAL, opinion="请核对"),
    "holdings.look_again": _again,
    "holdings.look_into": _look_into,
    "holdings.ask_to_destroy": lambda w: _destroy(w, "ask_to_destroy", SECRECY, quarantined(w)),
    "holdings.destroy": lambda w: _destroy(w, "destroy", OFFICE, _asked_to_destroy(w)),
    "holdings.mail_notices": _job("mail_notices", now=_now),
    "holdings.mail_digests": _job("mail_digests", today=_today),
    "holdings.recount_deadlines": _job("recount_deadlines", now=_now),
    "holdings.look_at_public": _job("look_at_public", now=_now),
    "holdings.look_into_files": _job("look_into_files", now=_now),
    "holdings.tell_expiring": _job("tell_expiring", today=_today, now=_now),
    "holdings.tell_to_assess": _job("tell_to_assess", today=_today, now=_now),
    "holdings.tell_damaged": _damaged,
    "holdings.tell_what_waits": _job("tell_what_waits", now=lambda w: w.now + timedelta(days=90)),
    "bodies.change_password": lambda w: w.bodies(
        "accounts", "change_password", staff=w.of(CLERK), old=PASSWORD, new="Qiu-2026-shuang", now=w.now
    ),
    "bodies.prepare_second_factor": lambda w: w.bodies(
        "accounts", "prepare_second_factor", staff=w.of(CLERK), now=w.now
    ),
    "bodies.put_off_second_factor": lambda w: w.bodies(
        "accounts", "put_off_second_factor", staff=w.of(CLERK), now=w.now
    ),
    "bodies.replace_lost": _lost,
    "bodies.confirm_second_factor": _confirm,
    "bodies.use_code": _code,
    "bodies.appoint": _appoint,
    "bodies.end_appointment": lambda w: w.bodies(
        "appointing", "end_appointment", by=w.of(SECURITY), appointment=w.done(_appoint(w)), now=w.now
    ),
    "bodies.add_body": lambda w: w.bodies(
        "keeping_bodies",
        "add_body",
        by=w.of(SYSTEM),
        slug="shifan-a",
        parent=w.office.people.county,
        now=w.now,
        name="示范县甲局",
        short_name="甲局",
        level="department",
    ),
    "bodies.edit_body": lambda w: w.bodies(
        "keeping_bodies",
        "edit_body",
        by=w.of(SYSTEM),
        body=w.office.people.department,
        told={"address": "甲路"},
        now=w.now,
    ),
    "bodies.add_office": _office,
    "bodies.name_disclosure_office": lambda w: w.bodies(
        "keeping_bodies", "name_disclosure_office", by=w.of(SYSTEM), office=w.done(_office(w)), now=w.now
    ),
    "bodies.add_staff": lambda w: w.bodies(
        "people", "add_staff", by=w.of(SYSTEM), body=w.office.people.department, username="xin", name="新某", now=w.now
    ),
    "bodies.mail_heads": heads_to_mail,
    "bodies.edit_staff": _person("people", "edit_staff", SYSTEM, name="改某"),
    "bodies.disable_staff": _person("people", "disable_staff", SYSTEM),
    "bodies.enable_staff": lambda w: _person("people", "enable_staff", SYSTEM)(_disabled(w)),
    "bodies.reset_password": _person("people", "reset_password", SYSTEM),
    "bodies.ask_consent": _ask,
    "bodies.answer_consent": lambda w: w.bodies(
        "consenting", "answer_consent", by=w.of(AUDIT), consent=w.done(_ask(w)), agreed=True, now=w.now
    ),
    "bodies.unlock": lambda w: _person("people", "unlock", SECURITY)(_tried(w)),
    "bodies.reset_second_factor": lambda w: w.bodies(
        "people",
        "reset_second_factor",
        by=w.of(SECURITY),
        now=w.now,
        staff=[_factor(w, is_confirmed=True), w.of(CLERK)][1],
    ),
    "bodies.erase_person": lambda w: w.bodies(
        "people", "erase_person", by=w.of(SECURITY), now=w.now, staff=_disabled(w).idle()
    ),
    "bodies.bind_openid": _bind,
    "bodies.unbind_openid": _unbind,
    "bodies.set_up": _set_up,
    "bodies.end_settling": _end_settling,
    "bodies.check_password_of": _signing("check_password_of", name="clerk", password=PASSWORD, visitor=_visitor),
    "bodies.count_try": _signing("count_try", name="clerk", visitor=_visitor),
    "bodies.failed": lambda w: w.bodies(
        "signing_in", "failed", staff=w.of(CLERK), counted=_counted(w), visitor=_visitor(), now=w.now
    ),
    "bodies.tell_failures": lambda w: _failed_twice(w).bodies("telling", "tell_failures", now=w.now),
    "bodies.sweep": lambda w: _failed_twice(w).bodies("trying", "sweep", now=w.now + timedelta(days=4)),
    "bodies.check_token": _check_token,
    "bodies.end_visits_of": _person("people", "end_visits_of", SECURITY),
    "bodies.sign_out_everywhere": lambda w: w.bodies("accounts", "sign_out_everywhere", staff=w.of(CLERK), now=w.now),
    "bodies.signed_in": _signing("signed_in", visitor=_visitor),
    "bodies.sign_out": _signing("sign_out"),
    "files.receive": _receive,
    "files.inspect_file": lambda w: w.files("inspect_file", file=w.file(is_looked_at=False), now=w.now),
    "files.inspect_copy": lambda w: w.files("inspect_copy", copy=w.copy(), now=w.now),
    "files.make_public_copy": _make_copy,
    "files.quarantine": _quarantine_public,
    "files.release": lambda w: w.files("release", file=quarantined(w), staff=w.of(SECRECY), now=w.now),
    "files.purge": lambda w: w.files("purge", file=w.copy().file, staff=w.of(CLERK), now=w.now),
    "files.rescan": lambda w: w.files("rescan", file=w.file(), now=w.now),
    "files.open_original": lambda w: w.files("open_original", staff=w.of(CLERK), file=w.file(), now=w.now),
    "files.publish_copy": lambda w: w.files("publish_copy", copy=w.copy(), staff=w.of(CLERK), now=w.now),
    "files.unpublish_copy": lambda w: w.files(
        "unpublish_copy", copy=w.copy(is_public=True), staff=w.of(CLERK), now=w.now
    ),
}
