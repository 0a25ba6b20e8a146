"""能被打断的 — every action of holdings, bodies and files: how it comes to be its turn, and the step itself.

`found` tells what there is, `World` what steps need; the table is tests/laws/killed_actions.py. `PARTS`: functions that
only ever run inside an action, or are made of actions of the table. One that stands in neither makes
tests/laws/test_killed.py name it.
"""

from __future__ import annotations

import importlib
import inspect
import io
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.holdings.county import RECORD, Office

Step = Callable[[], object]
ROOMS = ("holdings", "bodies", "files")
PARTS = {
    "holdings.stub_version", "holdings.next_version", "holdings.move", "holdings.require_complete", "holdings.look",
    "holdings.local_day", "holdings.passed", "holdings.tell_quarantined", "bodies.set_password", "bodies.journal",
    "bodies.new_staff", "bodies.count", "bodies.forgive", "bodies.hour_of", "holdings.one_by_one",
    "holdings.begin_the_day", "files.ready_public_copy", "files.keep_public_copy",
    "bodies.require_second", "bodies.void_second_factor", "bodies.void_binding",
    "bodies.may_need_second",
}  # fmt: skip
CLERK, OFFICE, SECRECY, FINAL = Role.CLERK, Role.DISCLOSURE_OFFICE, Role.SECRECY_REVIEWER, Role.FINAL_REVIEWER
SYSTEM, SECURITY, AUDIT = Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN
MORNING = date(2026, 11, 20)
WITH_MORE_THAN_ONE_ACT = {
    "holdings.look_into", "holdings.look_into_files", "holdings.publish_due", "holdings.recount_deadlines",
    "holdings.look_at_public", "holdings.mail_notices", "holdings.mail_digests", "holdings.tell_expiring",
    "holdings.tell_to_assess", "holdings.tell_damaged", "holdings.tell_what_waits", "bodies.count_try",
    "bodies.check_password_of", "bodies.check_token", "bodies.set_up", "bodies.tell_failures",
    "bodies.mail_heads",
}  # fmt: skip
"""由几步组成的 — each of their acts is done wholly or not at all; between two of them they may end."""


WITHOUT_ROWS = {"holdings.mail_digests"}
"""不写库的 — what they do is sent, not kept."""


def found() -> Iterator[str]:
    """现有的行动 — by what they are: in a transaction, or told the time."""
    for room in ROOMS:
        package = importlib.import_module(f"gongkai.web.{room}.actions")
        below = pkgutil.iter_modules(getattr(package, "__path__", []))
        for module in (package, *(importlib.import_module(f"{package.__name__}.{each.name}") for each in below)):
            for name, function in vars(module).items():
                if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.__name__:
                    continue
                if hasattr(function, "__wrapped__") or {"now", "today"} & set(inspect.signature(function).parameters):
                    yield f"{room}.{name}"


class World:
    """一个县 — its people, an item brought where a step needs it, and the time."""

    def __init__(self) -> None:
        self.office = Office()
        self.of = self.office.people.of

    def item(self, state: State, item: Any = None, **changed: Any) -> Any:
        return self.office.bring(item or self.office.create(**changed), state)

    def holdings(self, name: str, item: Any, role: Role, /, **given: Any) -> Step:
        from gongkai.web.holdings import actions
        from gongkai.web.holdings.models import Item

        act, now, staff = getattr(actions, name), self.office.tick(), self.of(role)
        return lambda: act(item=Item.objects.get(pk=item.pk), staff=staff, now=now, **given)

    def bodies(self, module: str, name: str, /, **given: Any) -> Step:
        act = getattr(importlib.import_module(f"gongkai.web.bodies.actions.{module}"), name)
        return lambda: act(**given)

    def files(self, name: str, /, **given: Any) -> Step:
        from gongkai.web.files import actions

        act = getattr(actions, name)
        return lambda: act(**given)

    def telling(self, name: str, /, **given: Any) -> Step:
        from gongkai.web.holdings.actions import inspecting, telling

        act = getattr(telling, name, None) or getattr(inspecting, name)
        return lambda: act(**given)

    def file(self, data: bytes = b"a,b\n1,2\n", *, is_looked_at: bool = True) -> Any:
        from gongkai.web.files.actions import inspect_file, receive

        body, clerk = self.office.people.department, self.of(Role.CLERK)
        made = receive(body=body, staff=clerk, name="表.csv", stream=io.BytesIO(data), now=self.office.tick())
        if is_looked_at:
            inspect_file(file=made, now=self.office.tick())
        return made

    def copy(self, file: Any = None, *, is_public: bool = False) -> Any:
        from gongkai.web.files.actions import make_public_copy, publish_copy
        from gongkai.web.files.models import CopyKind

        clerk, file = self.of(Role.CLERK), file or self.file()
        made = make_public_copy(file=file, kind=CopyKind.STRIPPED, decisions=None, staff=clerk, now=self.office.tick())
        if is_public:
            publish_copy(copy=made, staff=clerk, now=self.office.tick())
        return made

    def with_file(self, state: State = State.DRAFT, data: bytes = b"a,b\n1,2\n") -> Any:
        from gongkai.web.holdings import actions

        clerk, item = self.of(Role.CLERK), self.office.create()
        item = actions.attach_file(item=item, staff=clerk, file=self.file(data), now=self.office.tick())
        return self.item(state, item)

    def idle(self) -> Any:
        from gongkai.web.bodies.models import Staff

        return Staff.objects.filter(username__startswith="idle-").first() or self.office.people.idle()

    def done(self, step: Step) -> Any:
        return step()

    def secret(self) -> Any:
        return self.done(self.holdings("ask_purge", self.item(State.SECRECY_REVIEW), SECRECY))

    def referred(self) -> Any:
        given = {"record": RECORD | {"outcome": "referred"}, "authority": "市国家保密局"}
        return self.done(self.holdings("refer", self.item(State.SECRECY_REVIEW), SECRECY, **given))

    def hit(self, item: Any) -> str:
        from gongkai.web.holdings.guarding import blocking

        return str(blocking(item.newest_version)[0]["id"])

    @property
    def now(self) -> Any:
        return self.office.now


def quarantined(world: World) -> Any:
    """隔离的附件 — one that belongs to no item."""
    from gongkai.web.files.actions import quarantine

    file = world.file()
    quarantine(file=file, staff=None, now=world.now)
    return file
