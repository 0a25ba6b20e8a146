"""从文件取正文 — the text of a file that a clerk has at hand, and what of the file is not in it (条例 第十二条)."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from gongkai.documents.archive import members
from gongkai.documents.document import Document, DocumentError
from gongkai.documents.limits import LIMITS
from gongkai.documents.opening import open_documents
from gongkai.documents.redaction.places import Sentence
from gongkai.documents.redaction.stamps import Marks, marks_in, marks_in_pictures
from gongkai.documents.taking import taken
from gongkai.documents.taking.left_out import is_source, left_out
from gongkai.text.quoted import Quoted
from gongkai.web.holdings import markup, stamped
from gongkai.web.holdings.refusals import StepError
from gongkai.web.holdings.rich_text import from_blocks
from gongkai.web.holdings.turns import turn
from gongkai.web.look.language import say

SOURCE = "“{file}”是图形、数据或者程序的源文本，不是写好的文件，没有取。请选 docx、xlsx、pdf、html 或者 txt。"

IN_PICTURE = (
    "“{file}”的图片里有“{found}”，像是密级或内部资料的标志，没有取，也没有保存。请先经保密审查"
    "（保密法第三十一条、条例第十四条）"
)
NOT_READ = (
    "“{file}”里有图片没有看成，不知道有没有密级标志，没有取：{why}。请去掉图片另存一份再取；图片要公开的，作附件上传，"
    "机检看过再公开"
)
LATER = (
    "“{file}”里的图片还没来得及看完，不知道有没有密级标志，正文没有取，填的没有变。多半是现在忙：请过一会儿再取；"
    "还是看不完的，去掉图片另存一份再取，图片要公开的，作附件上传，机检看过再公开"
)
ONLY_OTHERS = "“{file}”的正文里没有文字，没有取，正文没有变。文件里有、没有取的：{others}。请把要用的挪到正文里再取。"


class TakenOver(NamedTuple):
    """取到的正文 — as it is typed, and a sentence for each kind of what was left out."""

    body: str
    left_out: list[Sentence]


def taken_over(name: str, data: bytes, *, whose: int) -> TakenOver:
    """从文件取正文 — StepError with a sentence where nothing is taken (条例 第十二条).

    `whose`: the person who waits for it; one file with pictures a person is looked at at once.
    """
    opened, *others = islice(open_documents(name, data), 2)
    if others:
        raise StepError("“{file}”里不止一个文件，没有取。请解压以后，选要取的那一个。", file=name)
    if not isinstance(opened, Document):
        raise StepError(opened.template, **opened.values)
    if is_source(name, opened):
        raise StepError(SOURCE, file=name)
    # The mark may stand where no text is taken from: in a header, a watermark, the file's name.
    whole, marks = data, marks_in(name, data)
    if stamped.has_stamp(name) or marks.is_stamped:
        raise StepError(stamped.STAMP)
    if opened.source != name:
        data = dict(each for each in members(name, data, LIMITS) if isinstance(each, tuple))[opened.source]
    try:
        found = taken(opened.source, data, opened)
    except DocumentError as error:
        raise StepError(error.template, **error.values) from None
    body = markup.to_text(from_blocks(found.view.blocks))
    if stamped.has_stamp(body):
        raise StepError(stamped.STAMP)
    if not body.strip():
        left = [say(each.template, **each.values) for each in left_out(opened.source, found)]
        if left:
            raise StepError(ONLY_OTHERS, file=name, others=Quoted("；".join(left)))
        raise StepError("“{file}”里没有取到文字，正文没有变。", file=name)
    _refuse_pictured(name, whole, marks, whose)
    return TakenOver(body, left_out(opened.source, found))


def _refuse_pictured(name: str, data: bytes, marks: Marks, whose: int) -> None:
    """Pictures are not taken, and nobody would look at them afterwards: a red head may be one, with its mark."""
    if not marks.has_pictures:
        return
    with turn(whose) as is_free:
        if not is_free:
            raise StepError(LATER, file=name)
        seen = marks_in_pictures(name, data, marks)
    if any(map(stamped.has_stamp, seen.found)):
        raise StepError(stamped.STAMP)
    if seen.found:
        raise StepError(IN_PICTURE, file=name, found=Quoted("、".join(seen.found)))
    if seen.is_late:
        raise StepError(LATER, file=name)
    if seen.unread:
        raise StepError(NOT_READ, file=name, why=Quoted("；".join(seen.unread)))
