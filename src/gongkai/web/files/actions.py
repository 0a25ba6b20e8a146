"""办理附件 — an upload is taken in, scanned, opened by its people; a public copy is shown and hidden (条例 第二十四条).

Slow things come first, outside the transaction: what dies there leaves bytes without a row, which the sweep removes.
A row is never without its bytes.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.db import transaction
from django.db.models import Model

from gongkai.documents.document import DocumentError
from gongkai.documents.isolation import Ended, apart
from gongkai.documents.redaction import masked_name
from gongkai.text import secrecy
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.bodies.permissions import Refused
from gongkai.web.files.arriving import Arrived, arriving, measured, written
from gongkai.web.files.kinds import FILE_LIMITS, FileError
from gongkai.web.files.models import CopyKind, File, PublicCopy, ScanState
from gongkai.web.files.naming import kept_name
from gongkai.web.files.permissions import may_handle
from gongkai.web.files.queries import PASSED, is_stamped
from gongkai.web.files.redacting import copy_into, inspect_copy_into, inspect_into
from gongkai.web.files.rules import rules
from gongkai.web.files.scanning import scanned
from gongkai.web.files.sniffing import sniffed
from gongkai.web.files.storing import PURGED, copy_out, new_name, opened, put, remove
from gongkai.web.files.wholeness import NOT_WHOLE, Condition, condition
from gongkai.web.journal.actions import erase, record

NOT_THEIRS = "{name}在{body}没有岗位，不能经手它的附件。请安全管理员任命"
INFECTED = "{file}：查毒程序发现病毒，没有收。请在自己的电脑上查毒后，换一份干净的文件"
NOT_PASSED = "{file}：{state}，不能公开。请系统管理员看看查毒程序；查过没有病毒就可以公开"
LOST = "{file}：原件的内容找不到了，请系统管理员看看存放附件的地方，或重新上传一份"
LATE = "{file}：检查了很久还没有做完，先停下了。请拆成几个小文件，或另存为 docx、xlsx 再试"
CRASHED = "{file}：检查时程序中断了，多半是文件已损坏。请重新另存一份再试"
STAMPED_NAME = "文件名里有盖的密级标志，没有收。请立即停止，不要在本系统处理（保密法第三十一条）"
QUARANTINED = (
    "这个附件有盖的密级标志，已经隔离：谁也打不开，不能附上，也不能公开。请立即停止，不要在本系统处理，告诉保密审查"
    "（保密法第三十一条）"
)
_AWAITED = threading.BoundedSemaphore(os.cpu_count() or 1)
"""Files somebody waits for: more at once would only keep all of them waiting, and with them who saves a page."""
_log = logging.getLogger(__name__)


def receive(*, body: Body, staff: Staff, name: str, stream: IO[bytes], now: datetime, actor: str = "") -> File:
    """收下附件 — streamed to disk, recognised, scanned, kept under a name of ours (条例 第二十四条).

    `actor`: who stands in the journal, where it is not the person who signed in.
    Refused for a person who has no part in the body; FileError for what is not taken, and why.
    """
    _require_handling(staff, body)
    if secrecy.stamps(name):
        raise FileError(STAMPED_NAME)
    with arriving() as path:
        shown = name[-300:]
        arrived = written(stream, path, shown)
        kind = sniffed(path, shown)
        with path.open("rb") as file:
            state = scanned(file)
        if state is ScanState.INFECTED:
            _log.warning("an upload of staff:%s to %s is infected: %s", staff.pk, body.slug, arrived.digest)
            raise FileError(INFECTED, file=kept_name(name, kind))
        storage_name = new_name(now)
        put(path, storage_name)
    with transaction.atomic():
        made = File.objects.create(
            body=body,
            name=kept_name(name, kind),
            kind=kind.code,
            size=arrived.size,
            algorithm=arrived.algorithm,
            digest=arrived.digest,
            storage_name=storage_name,
            scan_state=state,
            scanned_at=now,
            uploaded_by=staff,
            uploaded_at=now,
        )
        facts = {"kind": kind.code, "size": made.size, "algorithm": made.algorithm, "digest": made.digest}
        facts["scan"] = str(state)
        _record(made, "files.receive", staff, now, facts, personal={"name": made.name}, actor=actor, rows=[made])
    return made


def inspect_file(*, file: File, now: datetime, is_awaited: bool = False) -> dict[str, Any] | None:
    """机检附件 — what the guard sees in a file and its name, kept for the reviewer (条例 第十五条、第十七条).

    `is_awaited`: somebody waits for the answer: None after a few seconds, or at once where as many files are looked
    into already as the machine has processors; the worker looks into the file later.
    Never raises for what is in a file: what could not be looked into stands in the inspection. A file with a stamped
    secrecy mark is quarantined.
    """
    if is_awaited and not _AWAITED.acquire(blocking=False):
        return None
    seconds = FILE_LIMITS.patience_seconds if is_awaited else FILE_LIMITS.guard_seconds
    try:
        with _worked(inspect_into, file, seconds=seconds) as path:
            seen: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileError as error:
        if is_awaited and error.template == LATE:
            return None
        seen = _unseen(error)
    finally:
        if is_awaited:
            _AWAITED.release()
    with transaction.atomic():
        file.inspection, file.inspected_at, file.rules, file.tries = seen, now, rules(), 0
        file.save(update_fields=["inspection", "inspected_at", "rules", "tries"])
        facts = {"hits": len(seen["hits"]), "hidden": len(seen["hidden"]), "unread": len(seen["unread"])}
        _record(file, "files.inspect", None, now, facts)
        if is_stamped(seen):
            quarantine(file=file, staff=None, now=now)
    return seen


def inspect_copy(*, copy: PublicCopy, now: datetime, keep: Collection[str] | None = None) -> None:
    """机检副本 — one that was made before; what is found is told with its item (条例 第十七条).

    `keep`: keys of hits in the original that were let pass; those of the look before where it is not given.
    """
    keep = (copy.inspection or {}).get("kept", ()) if keep is None else keep
    try:
        with arriving() as path:
            copy_out(copy.storage_name, path)
            seen = _seen_in(path, copy.file, keep)
    except FileNotFoundError:
        seen = _unseen(FileError(LOST, file=copy.name))
    with transaction.atomic():
        copy.inspection, copy.rules, copy.tries = seen, rules(), 0
        copy.save(update_fields=["inspection", "rules", "tries"])
        facts = {"copy": copy.pk, "hits": len(seen["hits"]), "unread": len(seen["unread"])}
        _record(copy.file, "files.inspect", None, now, facts)


class Ready(NamedTuple):
    """备好的副本 — its bytes lie in the store, no row tells of them yet: what dies now, the sweep removes."""

    file: File
    kind: CopyKind
    storage_name: str
    measured: Arrived
    inspection: dict[str, Any]


def ready_public_copy(
    *, file: File, kind: CopyKind, decisions: Mapping[str, Any] | None, staff: Staff, now: datetime
) -> Ready:
    """备好副本 — the slow part of `make_public_copy`, for whoever keeps it in a transaction of their own (ADR 0023)."""
    _require_handling(staff, file.body)
    _require_free(file)
    if condition(file) is Condition.ALTERED:  # what is lost has a sentence of its own, below
        raise FileError(NOT_WHOLE, file=file.name)
    asked = dict(decisions or {})
    with _worked(copy_into, file, None if kind is CopyKind.STRIPPED else asked) as path:
        seen = _seen_in(path, file, asked.get("keep", ()))
        made, storage_name = measured(path), new_name(now)
        put(path, storage_name)
    return Ready(file, kind, storage_name, made, seen)


@transaction.atomic
def keep_public_copy(*, ready: Ready, staff: Staff, now: datetime) -> PublicCopy:
    """留下副本 — one that was made ready; what the guard saw in it is kept with it (条例 第十五条)."""
    made = ready.measured
    # It may have been quarantined, or destroyed, while its copy was made.
    file = File.objects.select_related("body").select_for_update(of=("self",)).get(pk=ready.file.pk)
    _require_free(file)
    copy = PublicCopy.objects.create(
        file=file,
        key=secrets.token_urlsafe(32),
        kind=ready.kind,
        name=masked_name(file.name, allowed=_allowed(file.body)),
        size=made.size,
        algorithm=made.algorithm,
        digest=made.digest,
        storage_name=ready.storage_name,
        inspection=ready.inspection,
        rules=rules(),
        made_at=now,
    )
    facts = {"copy": copy.pk, "kind": str(ready.kind), "digest": copy.digest}
    _record(file, "files.copy", staff, now, facts, rows=[copy])
    return copy


def make_public_copy(
    *, file: File, kind: CopyKind, decisions: Mapping[str, Any] | None, staff: Staff, now: datetime
) -> PublicCopy:
    """做公开副本 — hidden things removed; MASKED: hits masked too, as `decisions` say (条例 第十五条、第三十七条).

    `decisions`: `keep`, the keys of hits that were let pass, and `drop`, columns as (sheet, number). Refused for a
    person who has no part in the body; FileError where anything survives in the copy, which is then not kept. What the
    guard sees in the copy itself is kept with it: the public gets what was looked at.
    """
    ready = ready_public_copy(file=file, kind=kind, decisions=decisions, staff=staff, now=now)
    return keep_public_copy(ready=ready, staff=staff, now=now)


@transaction.atomic
def quarantine(*, file: File, staff: Staff | None, now: datetime) -> None:
    """隔离附件 — nobody is given it any more, nor the copies made of it; once is enough (保密法 第三十一条)."""
    if File.objects.filter(pk=file.pk, quarantined_at__isnull=True).update(quarantined_at=now):
        for copy in file.copies.filter(published_at__isnull=False):
            unpublish_copy(copy=copy, staff=None, now=now)
        _record(file, "files.quarantine", staff, now, rows=[file])
    file.refresh_from_db(fields=["quarantined_at"])


@transaction.atomic
def release(*, file: File, staff: Staff, now: datetime) -> None:
    """解除隔离 — of a file in which the guard sees no stamp (保密法 第二十四条)."""
    if not is_stamped(file.inspection) and file.quarantined_at and not file.purged_at:
        File.objects.filter(pk=file.pk).update(quarantined_at=None, purge_asked_by=None)
        _record(file, "files.release", staff, now, rows=[file])
        file.refresh_from_db(fields=["quarantined_at", "purge_asked_by"])


@transaction.atomic
def purge(*, file: File, staff: Staff, now: datetime) -> None:
    """销毁附件 — its bytes, its copies, its name and what was seen in it; the row stays (保密法 第四十七条).

    The caller has made sure that two persons want it. The bytes go when the transaction is done; where that fails, the
    sweep removes them.
    """
    File.objects.select_for_update().get(pk=file.pk)  # a copy that is being kept meanwhile is destroyed as well
    names = [file.storage_name, *file.copies.values_list("storage_name", flat=True)]
    for copy in file.copies.all():
        PublicCopy.objects.filter(pk=copy.pk).update(
            name="", storage_name=f"{PURGED}copy/{copy.pk}", published_at=None, inspection=None
        )
    seen = {"inspection": None, "inspected_at": now, "name": "", "purged_at": now, "quarantined_at": now}
    File.objects.filter(pk=file.pk).update(storage_name=f"{PURGED}{file.pk}", **seen)
    rows = [file, *file.copies.all()]
    _record(file, "files.purge", staff, now, {"copies": len(names) - 1}, rows=rows)
    about = {"chain": file.body.slug, "subject": f"files.file:{file.pk}", "actor": f"staff:{staff.pk}"}
    erase(**about, now=now, rows=rows)
    transaction.on_commit(lambda: _forget(names))
    file.refresh_from_db()


def rescan(*, file: File, now: datetime) -> ScanState:
    """再查一次毒 — of a file whose scan did not come to its end, or that is older than what scanners know today.

    What is found infected is served to nobody from then on, the public copies made from it included.
    """
    try:
        with opened(file.storage_name) as stream:
            state = scanned(stream)
    except FileNotFoundError:
        state = ScanState.FAILED
    with transaction.atomic():
        changed = File.objects.filter(pk=file.pk, scan_state=file.scan_state).update(scan_state=state, scanned_at=now)
        if changed and state is not file.scan_state:
            facts = {"from": str(file.scan_state), "to": str(state)}
            _record(file, "files.scan", None, now, facts, rows=[file])
    return state


@transaction.atomic
def open_original(*, staff: Staff, file: File, now: datetime) -> None:
    """调阅原件 — who saw what lies inside is written down before it is given (条例 第十五条).

    Refused for a person who has no part in the body.
    """
    _require_handling(staff, file.body)
    _require_free(file)
    _record(file, "files.open", staff, now)


@transaction.atomic
def publish_copy(*, copy: PublicCopy, staff: Staff | None, now: datetime) -> None:
    """公开副本 — from now on the public is given it at its address (条例 第二十四条). Doing it again changes nothing.

    `staff`: None where the clock of a scheduled publication does it. FileError where its original has not passed.
    """
    if staff is not None:
        _require_handling(staff, copy.file.body)
    original = File.objects.get(pk=copy.file_id)
    _require_free(original)
    state = original.scan_state
    if state not in PASSED:
        raise FileError(NOT_PASSED, file=copy.name, state=state.label)
    if PublicCopy.objects.filter(pk=copy.pk, published_at__isnull=True).update(published_at=now):
        _record(copy.file, "files.publish", staff, now, {"copy": copy.pk, "digest": copy.digest}, rows=[copy])
    copy.refresh_from_db(fields=["published_at"])


@transaction.atomic
def unpublish_copy(*, copy: PublicCopy, staff: Staff | None, now: datetime) -> None:
    """撤下副本 — its address answers 404 from now on; published again, it is the same address (条例 第十五条)."""
    if staff is not None:
        _require_handling(staff, copy.file.body)
    if PublicCopy.objects.filter(pk=copy.pk, published_at__isnull=False).update(published_at=None):
        _record(copy.file, "files.unpublish", staff, now, {"copy": copy.pk}, rows=[copy])
    copy.refresh_from_db(fields=["published_at"])


def _seen_in(copy: Path, file: File, keep: Collection[str]) -> dict[str, Any]:
    """What the guard sees in a copy of a file; never raises for what is in it. `kept`: keys of hits of the file that it
    was told to pass over, and that stand in the copy as they are."""
    try:
        with _worked(inspect_copy_into, file, str(copy), tuple(keep)) as path:
            seen: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileError as error:
        seen = _unseen(error)
    known = {each["key"] for each in (file.inspection or {}).get("hits", ())}
    return seen | {"kept": sorted(known.intersection(keep))}


def _unseen(error: FileError) -> dict[str, Any]:
    return {"hits": [], "hidden": [], "unread": [{"template": error.template, "values": error.values}]}


@contextmanager
def _worked(
    work: Callable[..., None], file: File, *arguments: object, seconds: float = FILE_LIMITS.guard_seconds
) -> Iterator[Path]:
    """Where a piece of work on the bytes of a file wrote, done apart from us. FileError where it came to nothing."""
    allowed = tuple(_allowed(file.body))
    with arriving() as source, arriving() as target:
        try:
            copy_out(file.storage_name, source)
            apart(work, str(source), str(target), file.name, allowed, *arguments, seconds=seconds)
        except DocumentError as error:
            raise FileError(error.template, **error.values) from None
        except FileNotFoundError:
            _log.error("the bytes of files.file:%s are missing: %s", file.pk, file.storage_name)
            raise FileError(LOST, file=file.name) from None
        except Ended as ended:
            raise FileError(LATE if ended.late else CRASHED, file=file.name) from None
        yield target


def _forget(names: list[str]) -> None:
    for name in names:
        try:
            if not name.startswith(PURGED):
                remove(name)
        except OSError:  # the sweep of tomorrow removes it
            _log.exception("the bytes of %s could not be removed", name)


def _allowed(body: Body) -> frozenset[str]:
    """Numbers of the body that are meant to be public."""
    return frozenset(filter(None, (body.telephone, body.fax, body.uscc)))


def _require_handling(staff: Staff, body: Body) -> None:
    if not may_handle(staff, body):
        raise Refused(NOT_THEIRS, name=staff.name, body=body.short_name)


def _require_free(file: File) -> None:
    if file.quarantined_at:
        raise FileError(QUARANTINED)


def _record(
    file: File,
    act: str,
    staff: Staff | None,
    now: datetime,
    facts: Mapping[str, object] | None = None,
    personal: dict[str, str] | None = None,
    actor: str = "",
    rows: Iterable[Model] = (),
) -> None:
    record(
        chain=file.body.slug,
        act=act,
        subject=f"files.file:{file.pk}",
        actor=actor or (f"staff:{staff.pk}" if staff else "platform"),
        now=now,
        facts=facts,
        personal=personal,
        rows=rows,
    )
