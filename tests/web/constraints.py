"""约束 — every constraint of the database by name: how a person meets it, or why nobody can (条例 第四十八条)."""

from __future__ import annotations

from collections.abc import Iterator

OURS = ("worker", "api", "holdings", "files", "bodies", "journal")


def constraints() -> Iterator[str]:
    """所有约束 — of the models of all rooms, as `room.Model.field:kind` or by the name that they have."""
    from django.apps import apps

    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in OURS:
            continue
        for field in model._meta.local_fields:
            for kind in kinds(field):
                yield f"{model._meta.label}.{field.name}:{kind}"
        for constraint in model._meta.constraints:
            yield constraint.name
        assert not model._meta.unique_together or model._meta.auto_created


def kinds(field: object) -> Iterator[str]:
    """种类 — of the constraints that the database puts on one column."""
    from django.db import models

    assert isinstance(field, models.Field)
    if field.primary_key:
        return
    if field.unique:
        yield "unique"
    if field.max_length and not field.choices:
        yield "length"
    if isinstance(field, models.ForeignKey):
        yield "row"
    if field.get_internal_type().startswith("Positive"):
        yield "number"
