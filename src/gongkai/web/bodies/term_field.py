"""用语字段 — a column of the database that holds the code of a term of the law (条例 第十二条).

Migrations see a plain CharField: a label that is put better changes no schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import validators
from django.db import models

from gongkai.law.terms import Term

# What the stubs call generic is not so when it runs.
if TYPE_CHECKING:
    _Characters = models.CharField[Any, Any]
else:
    _Characters = models.CharField


class TermField(_Characters):
    """用语字段 — of one enum of terms; the value read back is its member, or an empty string (条例 第十二条)."""

    def __init__(self, term: type[Term], **options: Any) -> None:
        self.term = term
        options.setdefault("max_length", 40)
        options["choices"] = [(str(member.value), member.label) for member in term]
        if "default" in options:
            options["default"] = str(options["default"])
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """结构 — as a plain CharField without choices."""
        name, _, arguments, options = super().deconstruct()
        options.pop("choices", None)
        return name, "django.db.models.CharField", list(arguments), options

    def clone(self) -> TermField:
        """复制 — with its term, which `deconstruct` leaves out."""
        _, _, arguments, options = self.deconstruct()
        return type(self)(self.term, *arguments, **options)

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> Any:
        """读出 — the member of the enum."""
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        """成员 — of a code; an empty string and None stay."""
        return self.term(value) if value not in validators.EMPTY_VALUES else value

    def get_prep_value(self, value: Any) -> Any:
        """写入 — the code."""
        return None if value is None else str(value)
