"""从文件取正文 — the text of a document that the clerk has at hand, put below what was typed (条例 第十二条)."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from gongkai.web.files.naming import UNNAMED, safe_name
from gongkai.web.holdings.forms import DraftForm
from gongkai.web.holdings.refusals import StepError
from gongkai.web.holdings.taken_over import taken_over
from gongkai.web.holdings.views.access import staff_of
from gongkai.web.look.days import IN_WORDS
from gongkai.web.look.language import say

MOST_IMPORTED = 20 * 1024**2
"""最大的文件 — of which the text is taken (条例 第十二条)."""


def imported(request: HttpRequest, form: DraftForm) -> dict[str, Any]:
    """取来的正文 — below what was typed; nothing is saved yet (条例 第十二条).

    Also where it was chosen and another button was pressed: nobody has read what would be sent.
    """
    upload = request.FILES.get("document")
    if not isinstance(upload, UploadedFile):
        return {"refusal": say("还没有选文件。请选一份 docx、xlsx、pdf、html 或者 txt，正文会接在下面。")}
    if (upload.size or 0) > MOST_IMPORTED:
        return {"refusal": say("这个文件太大，请把正文另存一份再选，附件在下面上传。")}
    name = safe_name(upload.name or "") or UNNAMED
    try:
        taken = taken_over(name, upload.read(), whose=staff_of(request).pk)
    except StepError as error:
        return {"refusal": say(error.template, **error.values)}
    typed = request.POST.copy()
    typed["body"] = "\n".join(filter(None, (typed.get("body", "").rstrip(), taken.body)))
    made = DraftForm(form.of, typed)
    if made.has_error("body", IN_WORDS):
        why = made.errors["body"][0]
        return {"refusal": say("“{file}”的正文接上以后太长，没有取。{why}", file=name, why=why)}
    return {"form": made, "imported": name, "left_out": taken.left_out}
