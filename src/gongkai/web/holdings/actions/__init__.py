"""办理 — every step that an item takes, one function a step (条例 第十七条)."""

from gongkai.web.holdings.actions.columns import lay_out_columns
from gongkai.web.holdings.actions.concluding import enter_answer, postpone, refer, take_back, take_up
from gongkai.web.holdings.actions.dealing import lift_secrecy, override_hit, use_masked_copy
from gongkai.web.holdings.actions.drafting import (
    MOST_FILES,
    amend,
    attach_file,
    create,
    detach_file,
    discard,
    edit,
    is_there,
    require_few,
    require_fitting,
)
from gongkai.web.holdings.actions.inspecting import look_into_files
from gongkai.web.holdings.actions.lasting import archive, call_back, repeal, unrepeal, withdraw
from gongkai.web.holdings.actions.openness import change_openness, reassess
from gongkai.web.holdings.actions.publishing import publish, publish_due, schedule, unschedule
from gongkai.web.holdings.actions.purging import ask_purge, confirm_purge, decline_purge
from gongkai.web.holdings.actions.reviewing import look_again, pass_review, recall, send_back, submit
from gongkai.web.holdings.actions.telling import (
    begin_the_day,
    look_at_public,
    mail_digests,
    mail_notices,
    recount_deadlines,
    tell_damaged,
    tell_expiring,
    tell_to_assess,
    tell_what_waits,
)
from gongkai.web.holdings.actions.uploading import ask_to_destroy, destroy, look_into

__all__ = [
    "MOST_FILES",
    "amend",
    "archive",
    "ask_purge",
    "ask_to_destroy",
    "attach_file",
    "begin_the_day",
    "call_back",
    "change_openness",
    "confirm_purge",
    "create",
    "decline_purge",
    "destroy",
    "detach_file",
    "discard",
    "edit",
    "enter_answer",
    "is_there",
    "lay_out_columns",
    "lift_secrecy",
    "look_again",
    "look_at_public",
    "look_into",
    "look_into_files",
    "mail_digests",
    "mail_notices",
    "override_hit",
    "pass_review",
    "postpone",
    "publish",
    "publish_due",
    "reassess",
    "recall",
    "recount_deadlines",
    "refer",
    "repeal",
    "require_few",
    "require_fitting",
    "schedule",
    "send_back",
    "submit",
    "take_back",
    "take_up",
    "tell_damaged",
    "tell_expiring",
    "tell_to_assess",
    "tell_what_waits",
    "unrepeal",
    "unschedule",
    "use_masked_copy",
    "withdraw",
]
