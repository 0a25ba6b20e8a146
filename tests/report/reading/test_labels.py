"""项目名称 — a torn, spaced or wrongly converted label names its own row or none, never another (年报表二、表三)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.form import Edition, Line, OtherHandling, form
from gongkai.report.reading.labels import application_rows, edition_of, heading_columns, is_table_label, proactive_row
from gongkai.text.folding import squeeze
