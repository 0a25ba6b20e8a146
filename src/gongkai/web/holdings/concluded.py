"""审查结论 — what the secrecy review of an item came to, and whether what happens next agrees (条例 第十七条)."""

from __future__ import annotations

from gongkai.law.counting import Span
from gongkai.law.publishing import Act, begins_anew
from gongkai.law.secrecy import Answer, Conclusion, conclusion_of, follows, is_wider
from gongkai.text.hit import Severity
from gongkai.web.files.models import CopyKind
from gongkai.web.holdings.differences import words
from gongkai.web.holdings.draft import WORDS, Draft
from gongkai.web.holdings.models import Item, Referral, Review, Version
from gongkai.web.holdings.refusals import StepError
from gongkai.web.holdings.rich_text import plain

CONCLUDING = (Act.PASS_SECRECY, Act.POSTPONE, Act.REFER)
"""作结论的步骤 — steps whose written record holds a conclusion (条例 第十七条)."""
NOT_AGREED = (
    "保密审查的结论是“{conclusion}”（{name}，{day}），与公开属性“{openness}”不相符，不能往下办。"
    "请退回，重新审查（条例第十七条）。"
)
WIDER_THAN_ANSWERED = (
    "保密部门{number}答复的是“{answer}”，审查结论“{conclusion}”比它宽。要再问，请选“报保密部门确定”（条例第十七条）。"
)
WAITED_FOR = "{sent} 报{authority}确定，还没有答复，不能往下办。请登记答复，或者由另一人“撤回报送”（条例第十七条）。"
UNREADABLE = "保密审查的记录里没有认得出的结论，不能往下办。请退回，重新审查（条例第十七条）。"
NO_CUTS = "“删减后公开”要先删减：送审以来没有删去文字和附件，也没有换成遮盖副本的附件。请先换成遮盖副本，或者退回修改。"
UNCUT = "“删减后公开”还差：“{file}”里有命中，还没有换成遮盖副本。"


def last(item: Item) -> Review | None:
    """最近一次结论 — of the item, whatever version it was about (条例 第十七条)."""
    return item.reviews.filter(act__in=CONCLUDING).select_related("by", "version").order_by("-id").first()


def written(review: Review) -> Conclusion | None:
    """记录里的结论 — None where nobody can read it (条例 第十七条)."""
    return conclusion_of((review.record or {}).get("outcome"))


def answer(item: Item) -> Referral | None:
    """保密部门的答复 — the last that was entered; it binds until another one is asked for (条例 第十七条第三款)."""
    return item.referrals.exclude(answer="").order_by("-id").first()


def waited(item: Item) -> list[Span]:
    """等答复的日子 — spans in which the authority was asked and had not answered (条例 第十七条第三款)."""
    days = item.referrals.exclude(answer="").values_list("sent_on", "answered_on")
    return [Span(sent_on, max(sent_on, answered_on)) for sent_on, answered_on in days if answered_on]


def require_agreed(item: Item, version: Version) -> None:
    """须与结论相符 — the last conclusion on these very words allows the openness of the draft (条例 第十七条).

    The last one decides; StepError says whose it was.
    """
    review = (
        version.reviews.filter(act=Act.PASS_SECRECY, digest=version.digest).select_related("by").order_by("-id").first()
    )
    conclusion = written(review) if review else None
    if review is None or conclusion is None:
        raise StepError(UNREADABLE)
    openness = Draft.of(version).openness
    follow = follows(conclusion, openness)
    if follow is None or follow.act is not Act.PASS_SECRECY or follow.openness is not openness:
        raise StepError(
            NOT_AGREED,
            conclusion=conclusion.label,
            name=review.by.name,
            day=review.at.date(),
            openness=openness.label,
        )
    require_answered(item)
    require_within_answer(item, conclusion)
    if follow.asks == "cuts":
        require_cut(item, version)


def require_answered(item: Item) -> None:
    """须已答复 — StepError while a question to the authority is out (条例 第十七条第三款)."""
    if asked := item.referrals.filter(ended_at=None).first():
        raise StepError(WAITED_FOR, sent=asked.sent_on, authority=asked.authority)


def require_within_answer(item: Item, conclusion: Conclusion) -> None:
    """不比答复宽 — StepError where the authority has answered that less may be disclosed (条例 第十七条第三款)."""
    given = answer(item)
    if given is not None and is_wider(conclusion, given.answer):
        raise StepError(
            WIDER_THAN_ANSWERED,
            number=given.number,
            answer=given.answer.label,
            conclusion=conclusion.label,
        )


def require_cut(item: Item, version: Version) -> None:
    """须已删减 — every file with something to mask has its masked copy, and something was cut (条例 第三十七条).

    Words and files were cut where some that were first sent to review are gone.
    """
    if rest := to_mask(version):
        raise StepError(UNCUT, file=rest[0])
    masked = version.files.filter(copy__kind=CopyKind.MASKED).exists()
    if not masked and not _was_edited(item, version):
        raise StepError(NO_CUTS)


def to_mask(version: Version) -> list[str]:
    """还要遮盖的附件 — titles of files in which something is neither masked nor let pass (条例 第三十七条)."""
    passed = set(version.overrides.values_list("hit", flat=True))
    found = {
        hit["file"]
        for hit in version.guard or ()
        if hit["field"] == "file" and hit["severity"] != Severity.NOTE and hit.get("mask") and hit["id"] not in passed
    }
    used = version.files.select_related("copy").filter(id__in=found)
    return [each.title for each in used if each.copy is None or each.copy.kind != CopyKind.MASKED]


def first_sent(item: Item) -> Version | None:
    """送审的那一稿 — as it was first sent to review since the version at work was begun anew (条例 第十七条)."""
    sent: Version | None = None
    for review in item.reviews.select_related("version").order_by("id"):
        if review.act is Act.CREATE or begins_anew(review.act):
            sent = None
        elif review.act is Act.SUBMIT and sent is None:
            sent = review.version
    return sent


def may_be_cut(item: Item) -> bool:
    """有没有删减的结论 — whether the authority or this review came to “删减后公开” (条例 第三十七条)."""
    review, given = last(item), answer(item)
    return (review is not None and written(review) is Conclusion.OPEN_AFTER_CUTS) or (
        given is not None and given.answer is Answer.OPEN_AFTER_CUTS
    )


def _was_edited(item: Item, version: Version) -> bool:
    """Whether words or files went; blanks that a form puts in or takes out are no change."""
    sent = first_sent(item)
    if sent is None:
        return False
    if _files(sent) - _files(version):
        return True
    return any(_is_shorter(_words(sent, name), _words(version, name)) for name in WORDS if name != "annotation")


def _is_shorter(old: str, new: str) -> bool:
    before, after = ("".join(text.split()) for text in (old, new))
    return before != after and any(part.change == "removed" for part in words(before, after))


def _words(version: Version, name: str) -> str:
    text = str(getattr(version, name) or "")
    return plain(text) if name == "body_html" else text


def _files(version: Version) -> set[int]:
    return set(version.files.values_list("file", flat=True))
