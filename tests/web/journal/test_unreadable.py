"""读不出来的值 — a value that no column holds is named with its row, and everything else is compared as before (条例
第四十五条)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models

from tests.web.journal.changed_rows import IS_LONG, lived, undone
from tests.web.journal.test_any_change import named
from tests.web.journal.test_journal import without_guard
from tests.web.journal.test_log import off_guard

pytestmark = pytest.mark.usefixtures("ground")
IS_POSTGRESQL = os.environ.get("GONGKAI_TEST_DATABASE") == "postgresql"
only_embedded = pytest.mark.skipif(IS_POSTGRESQL, reason="PostgreSQL 自己不收这样的值")


def torn(field: Any) -> list[str]:
    """撕坏的值 — as SQL, such as a column of this kind never gets from the platform; one of them, or all."""
    found = list(_torn(field))
    return found if IS_LONG else found[len(field.name) % len(found) :][:1] if found else []


def _torn(field: Any) -> Iterator[str]:
    if field.is_relation or isinstance(field, models.IntegerField | models.BooleanField):
        return
    if IS_POSTGRESQL:  # it takes nothing torn, but days that no program has
        yield from ["'infinity'"] if isinstance(field, models.DateField) else []
        return
    yield "CAST(x'e5ff80' AS TEXT)"
    yield "x'00ff'"
    if isinstance(field, models.JSONField):
        yield "'{\"a\": '"
    elif isinstance(field, models.DateTimeField):
        yield "'2026-13-45 25:61:00'"
    elif isinstance(field, models.DateField):
        yield "'2026-02-31'"


def put(model: type[models.Model], name: str, value: str, number: int | None = None) -> int:
    """放进去 — into one row, past every check of the database too; its number."""
    from django.db import connection

    number = number or int(model._base_manager.order_by("pk").values_list("pk", flat=True)[0])
    column = connection.ops.quote_name(model._meta.get_field(name).column)
    with connection.cursor() as cursor:
        if not IS_POSTGRESQL:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = {value} WHERE id = {number}")
        if not IS_POSTGRESQL:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    return number


def test_a_value_that_cannot_be_read_is_named_and_hides_no_other_change() -> None:
    from gongkai.web.bodies.models import Office
    from gongkai.web.holdings.models import Relation
    from gongkai.web.journal.sealed_rows import tables

    lived()
    assert named() == []
    tried, missed = 0, list[str]()
    with undone():
        Relation.objects.update(on="2020-01-01")
        Office.objects.update(name="另一个名称")
        others = {each for each in named() if "关联" in each or "内设机构" in each}
        assert len(others) > 2
        for kept in tables().values():
            for field in kept.model._meta.concrete_fields:
                for value in torn(field) if field.name not in kept.free else ():
                    with undone():
                        number = put(kept.model, field.name, value)
                        found, tried = named(), tried + 1
                    about = [each for each in found if each not in others]
                    if not about or len(others - set(found)) > (kept.model in (Relation, Office)):
                        missed.append(f"{kept.label}:{number}.{field.name} = {value}: {found}")
    assert missed == []
    assert tried > (10 if IS_POSTGRESQL else 70)


def test_a_row_that_cannot_be_read_is_named_by_its_number_and_column() -> None:
    from gongkai.web.bodies.models import Body
    from gongkai.web.holdings.models import Version

    lived()
    with undone():
        number = put(Version, "made_at", "'infinity'" if IS_POSTGRESQL else "'2026-02-31 08:00:00'")
        assert any(f"（编号 {number}）读不出来，没有比对：made_at " in each for each in named()), named()
    with undone():
        number = put(Body, "level", "'x'")
        found = named()
    assert [each for each in found if f"公开主体（编号 {number}）读不出来，没有比对：level " in each] == found


@only_embedded
def test_a_row_that_points_to_nothing_is_named_and_the_others_are_compared() -> None:
    from django.db import connection

    from gongkai.web.holdings.models import Column, Item

    lived()
    with connection.constraint_checks_disabled(), undone():
        Column.objects.filter(pk=Item.objects.order_by("id")[0].column_id)._raw_delete("default")
        found = named()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
    assert any("绕过平台删掉的" in each for each in found), found
    assert not any("这张表读不了" in each for each in found), found


def test_the_journal_itself_is_verified_beside_a_value_that_cannot_be_read() -> None:
    from gongkai.web.bodies.models import Office
    from gongkai.web.journal import models as own

    lived()
    without_guard()
    off_guard()
    missed = list[str]()
    with undone():
        Office.objects.update(name="另一个名称")
        for label in ("Chain", "Entry", "Anchor", "Salt", "LogLeaf", "LogNode", "LogHead", "LogEnd"):
            model = getattr(own, label)
            for field in model._meta.concrete_fields:
                for value in torn(field):
                    with undone():
                        put(model, field.name, value)
                        found = named()
                    if len(found) < 2 or not any("另一个名称" in each for each in found):
                        missed.append(f"{label}.{field.name} = {value}: {found}")
    assert missed == []
