"""办理 — every step that an item takes, one function a step (条例 第十七条)."""

from gongkai.web.holdings.actions.columns import lay_out_columns
from gongkai.web.holdings.actions.drafting import amend, attach_file, create, detach_file, discard, edit
from gongkai.web.holdings.actions.lasting import archive, call_back, repeal, withdraw
from gongkai.web.holdings.actions.openness import change_openness, reassess
from gongkai.web.holdings.actions.publishing import publish, publish_due, schedule
from gongkai.web.holdings.actions.reviewing import (
    look_again,
    override_hit,
    pass_review,
    send_back,
    submit,
)

__all__ = [
    "amend",
    "archive",
    "attach_file",
    "call_back",
    "change_openness",
    "create",
    "detach_file",
    "discard",
    "edit",
    "lay_out_columns",
    "look_again",
    "override_hit",
    "pass_review",
    "publish",
    "publish_due",
    "reassess",
    "repeal",
    "schedule",
    "send_back",
    "submit",
    "withdraw",
]
