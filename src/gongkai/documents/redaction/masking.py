"""隐去 — a copy with every hit masked and everything unseen removed; refused if anything survives.

Masking is not trusted: the copy goes through the same inspection as the original, and the numbers that were masked are
looked for in the bytes of every part. A copy that is not clean is never handed out (条例 第三十七条).
"""

from __future__ import annotations

import logging
import os
import zipfile
from collections.abc import Collection, Iterable
from io import BytesIO

from gongkai.documents.archive import members, unique_name
from gongkai.documents.document import DocumentError
from gongkai.documents.limits import Limits
from gongkai.documents.redaction.editor import Editor, Slot
from gongkai.documents.redaction.inspecting import (
    DEEPEST_ZIP,
    editor_of,
    format_of,
    in_pictures,
    inspected,
    module,
    nested_limits,
)
from gongkai.documents.redaction.leftovers import in_bytes, words_unseen
from gongkai.documents.redaction.names import masked_paths
from gongkai.documents.redaction.places import Sentence
from gongkai.documents.redaction.searching import Looked, is_masked, is_secrecy, is_stamped, looked
from gongkai.documents.redaction.values import Decisions, Found, NotSeenError, Options, SurvivedError
from gongkai.documents.refusals import refusal
from gongkai.text.hit import Hit
from gongkai.text.personal_data import bare

_log = logging.getLogger(__name__)
_LEAST_SIGNS = 8
"""A masked word of fewer signs (肢体) may stand elsewhere by right; a number of so many does not."""


def masked_copy(name: str, data: bytes, decisions: Decisions | None, options: Options, limits: Limits) -> bytes:
    """隐去后的副本 — with `decisions`; without any, only what is unseen is removed and hits stay (条例 第三十七条).

    DocumentError, one sentence, for whatever keeps a copy from being made.
    """
    try:
        return _copy(name, data, decisions, options, limits)
    except DocumentError:
        raise
    except Exception as error:
        # A copy that a library stumbles over is no copy; what it would have been is told in one sentence.
        if os.environ.get("GONGKAI_DEBUG"):
            raise
        _log.info("copying broke off: %s", type(error).__name__)
        raise refusal("crashed", name) from None


def _copy(
    name: str,
    data: bytes,
    decisions: Decisions | None,
    options: Options,
    limits: Limits,
    member: str = "",
    depth: int = 0,
) -> bytes:
    if format_of(name, data, limits) == "zip":
        if depth >= DEEPEST_ZIP:
            raise refusal("nested", name)
        return _archive(name, data, decisions, options, nested_limits(limits, depth), depth)
    editor = editor_of(name, data, limits)
    if editor is None:
        raise DocumentError(
            name,
            "{file}：这种格式只能检查，不能写出隐去后的副本。请另存为 docx、xlsx、csv、网页或 PDF 再试",
            file=name,
        )
    editor.looks = options.pictures
    everything = list(looked(editor, options))
    _refuse_secrecy(editor, [found for found, _ in everything], decisions, member)
    unseen = words_unseen(editor)
    gone: list[Hit] = []
    if decisions is not None:
        if kept := _kept(editor, [found for found, _ in everything], decisions, options, member):
            options = Options((*options.allowed, *kept), options.pictures)
            everything = list(looked(editor, options))
        gone = _mask(editor, everything, options)
        editor.drop(decisions.drop)
    del everything
    editor.strip()
    _clean_pictures(editor)
    copy = editor.save()
    # The copy of a long list is opened beside it.
    del editor
    _verify(name, copy, [*map(_word, gone), *unseen], decisions is not None, options, limits)
    return copy


def _refuse_secrecy(editor: Editor, found: list[Found], decisions: Decisions | None, member: str) -> None:
    """A stamped mark is never public, and no mask makes it so; a mention of one goes where a review has let it pass."""
    marks = [one for one in found if is_secrecy(one.hit)]
    if decisions is None:
        marks = [one for one in marks if is_stamped(one.hit)]
    else:
        marks = [one for one in marks if is_stamped(one.hit) or _key(one, member) not in decisions.keep]
    if marks:
        raise DocumentError(
            editor.source,
            "{file}：有 {count} 处密级或内部标志（{where}），没有给出副本。请先交保密审查，可以公开的，去掉标志再试",
            file=editor.source,
            count=len(marks),
            where="；".join(str(found.place.sentence) for found in marks[:5]),
        )


def _key(found: Found, member: str) -> str:
    return found._replace(place=found.place._replace(member=member)).key if member else found.key


def _kept(editor: Editor, found: list[Found], decisions: Decisions, options: Options, member: str) -> list[str]:
    """The words that a person lets stand."""
    if not decisions.keep:
        return []
    seen = [one for one, _ in in_pictures(editor, options)] if options.pictures else []
    return [one.hit.text for one in (*found, *seen) if _key(one, member) in decisions.keep]


def _mask(editor: Editor, everything: Iterable[Looked], options: Options) -> list[Hit]:
    by_slot: dict[int, tuple[Slot, list[Hit]]] = {}
    gone = []
    for found, slot in everything:
        if is_masked(found):
            by_slot.setdefault(id(slot), (slot, []))[1].append(found.hit)
            gone.append(found.hit)
    for slot, hits in by_slot.values():
        slot.mask(hits)
    if options.pictures:
        told = {place for found, place in in_pictures(editor, options) if is_masked(found)}
        for picture in list(editor.pictures()):
            if picture.place in told:
                picture.replace(module(editor.source, "picture").blank(editor.source, picture.data))
    return gone


def _clean_pictures(editor: Editor) -> None:
    for picture in list(editor.pictures()):
        tools = module(editor.source, "picture")
        if not picture.is_drawn and tools.is_picture(picture.data):
            picture.replace(tools.cleaned(picture.place.part, picture.data))


def _archive(
    name: str, data: bytes, decisions: Decisions | None, options: Options, limits: Limits, depth: int
) -> bytes:
    """Every member in turn; one that cannot be made clean stops the whole."""
    if decisions is not None and decisions.drop:
        raise DocumentError(name, "{file}：压缩包里的表格不能在这里删列。请解压以后分别处理", file=name)
    buffer = BytesIO()
    copies: dict[str, bytes] = {}
    for member in members(name, data, limits):
        if isinstance(member, DocumentError):
            raise member
        inner, content = member
        copies[inner.removeprefix(f"{name}/")] = _copy(inner, content, decisions, options, limits, inner, depth + 1)
    used: set[str] = set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, copy in zip(masked_paths(list(copies), options), copies.values(), strict=True):
            info = zipfile.ZipInfo(unique_name(path, used), (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, copy, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _word(hit: Hit) -> str:
    """What was masked, where it is so long that it stands nowhere by right."""
    return hit.text if len(bare(hit.text)) >= _LEAST_SIGNS else ""


def _verify(name: str, copy: bytes, gone: Collection[str], masks: bool, options: Options, limits: Limits) -> None:
    """再读一遍 — SurvivedError unless the copy is clean."""
    again = inspected(name, copy, options, limits)
    left = [found.place.sentence for found in again.hits if (masks and is_masked(found)) or is_stamped(found.hit)]
    left += [hidden.place.sentence for hidden in again.hidden]
    left += [Sentence("{reason}", {"reason": error}) for error in again.unread if not isinstance(error, NotSeenError)]
    left += [place.sentence for place in in_bytes(copy, gone)]
    if left:
        raise SurvivedError(name, left)
