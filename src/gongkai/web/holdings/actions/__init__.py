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
    use_masked_copy,
)
from gongkai.web.holdings.actions.telling import (
    look_at_public,
    look_into_files,
    mail_digests,
    mail_notices,
    recount_deadlines,
    tell_expiring,
    tell_to_assess,
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
    "look_at_public",
    "look_into_files",
    "mail_digests",
    "mail_notices",
    "override_hit",
    "pass_review",
    "publish",
    "publish_due",
    "reassess",
    "recount_deadlines",
    "repeal",
    "schedule",
    "send_back",
    "submit",
    "tell_expiring",
    "tell_to_assess",
    "use_masked_copy",
    "withdraw",
]
