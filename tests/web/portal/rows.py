"""公开平台的数据 — a small county put straight into the database, and its records, without any procedure."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from gongkai.law.publishing import Act, State
from gongkai.web.bodies.models import Body, Level, Staff
from gongkai.web.files.models import CopyKind, File, PublicCopy, ScanState
from gongkai.web.holdings.models import Column, ColumnKind, Item, ItemFile, Relation, RelationKind, Version
from gongkai.web.journal.models import Chain, Entry

_NUMBERS = itertools.count(1)


def now() -> datetime:
    return timezone.now()


def body(slug: str = "county", level: Level = Level.COUNTY, **given: Any) -> Body:
    name = given.pop("name", f"示范县{slug}")
    return Body.objects.get_or_create(
        slug=slug, defaults={"name": name, "short_name": name[:40], "level": level, **given}
    )[0]


def person(of: Body) -> Staff:
    found = Staff.objects.filter(body=of).first()
    return found or Staff.objects.create(username=f"clerk-{of.slug}", name="张三", body=of, joined_at=now())


def column(slug: str = "normative", kind: ColumnKind = ColumnKind.NORMATIVE, **given: Any) -> Column:
    return Column.objects.get_or_create(slug=slug, defaults={"name": given.pop("name", slug), "kind": kind, **given})[0]


def item(title: str = "示范县停车管理办法", *, html: str = "<p>正文</p>", is_public: bool = True, **given: Any) -> Item:
    """一条信息 — public since an hour unless told otherwise; fields of the version by their names."""
    by = given.pop("body", None) or body()
    words = {name: given.pop(name) for name in ("summary", "keywords", "source") if name in given}
    number, clerk = next(_NUMBERS), person(by)
    values = {
        "column": given.pop("column", None) or column(),
        "index_number": f"TEST/2026-{number:05d}",
        "state": State.PUBLISHED if is_public else State.DRAFT,
        "formed_on": date(2026, 11, 1),
        "due_on": date(2026, 11, 29),
        "published_at": now() - timedelta(hours=1) if is_public else None,
        "updated_at": now(),
        "created_at": now(),
    }
    made = Item.objects.create(body=by, created_by=clerk, last_actor=clerk, **{**values, **given})
    version = Version.objects.create(
        item=made, number=1, title=title, body_html=html, algorithm="sha256", digest="0" * 64, made_by=clerk,
        made_at=now(), **words,
    )  # fmt: skip
    if is_public:
        made.public_version = version
        made.save()
    record(made, "publish" if is_public else "create")
    return made


def record(of: Item, act: str) -> None:
    """记一笔 — an entry as the journal would have it, as far as the portal looks at it."""
    chain = Chain.objects.get_or_create(code=of.body.slug)[0]
    chain.length += 1
    chain.save()
    said = f"holdings.{act}" if act in list(Act) else act
    Entry.objects.create(
        chain=chain, number=chain.length, at=now(), act=said, actor="staff:1", subject=f"holdings.item:{of.pk}",
        facts={}, algorithm="sha256", previous="", digest=f"{chain.length:064x}",
    )  # fmt: skip


def relate(source: Item, target: Item, kind: RelationKind) -> Relation:
    return Relation.objects.create(source=source, target=target, kind=kind, on=date(2026, 11, 3))


def attach(to: Item, name: str, *, is_public: bool = True) -> ItemFile:
    clerk, number = person(to.body), next(_NUMBERS)
    file = File.objects.create(
        body=to.body, name=name, kind="xlsx", size=2048, algorithm="sha256", digest="0" * 64,
        storage_name=f"f{number}", scan_state=ScanState.CLEAN, uploaded_by=clerk, uploaded_at=now(),
    )  # fmt: skip
    copy = PublicCopy.objects.create(
        file=file, key=f"key{number}", kind=CopyKind.STRIPPED, name=name, size=1024, algorithm="sha256",
        digest="0" * 64, storage_name=f"c{number}", made_at=now(), published_at=now() if is_public else None,
    )  # fmt: skip
    return ItemFile.objects.create(version=to.versions.get(), file=file, copy=copy, title=name)
