"""后台工作 — reads what is waiting on the desk, and sweeps what is older than an hour."""

from __future__ import annotations

import logging
import math
import os
import threading
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from gongkai.documents.isolation import Ended, apart
from gongkai.web.annual.keeping import Batch, Upload, every, sweep, write
from gongkai.web.annual.outcomes import outcome, outcomes, read_upload, refusal
from gongkai.web.annual.queries import forget
from gongkai.web.annual.turns import Turns

SWEEP_EVERY = 60
LATE = "读了 {minutes} 分钟还没读完，先停下了。请拆成几个小文件，或另存为 docx 再试"
STARVED = "平台正忙，{waited} 分钟里只轮到 {had} 分钟来读，没有读完，先停下了。多半不是文件的毛病，请过一会儿再交一次"
CRASHED = "读这个文件时程序中断了，多半是文件已损坏。请重新另存一份再试；其余文件不受影响"

SPENT = "这一小时里，读您交的文件已经用了 {spent} 分钟，这一份先不读了。请过 {minutes} 分钟再交"
_TURNS = Turns()
_started = threading.Lock()
_log = logging.getLogger(__name__)


def start() -> None:
    """开工 — once in a process: readers, the sweeper, and what an earlier process left unread."""
    if not _started.acquire(blocking=False):
        return
    for _ in range(max(1, os.cpu_count() or 1)):
        threading.Thread(target=_read_for_ever, daemon=True).start()
    threading.Thread(target=_sweep_for_ever, daemon=True).start()
    for batch in every(settings.DESK_FOLDER):
        submit(batch)


def submit(batch: Batch) -> None:
    """排队 — what is waiting of a batch, in fair turns."""
    for place, upload in enumerate(batch.waiting):
        _TURNS.put(batch, place, upload)


def wait(batch: Batch, seconds: float) -> bool:
    """等一等 — whether all of a batch has been read within `seconds`: most files take less than a page to load."""
    until = time.monotonic() + seconds
    while batch.waiting:
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def read(batch: Batch, upload: Upload) -> None:
    """读一个文件 — in a process of its own; whatever happens to it, the upload is done afterwards and says why."""
    folder, number = batch.folder, upload.number
    begun = time.monotonic()
    try:
        apart(read_upload, folder, number, upload.name, seconds=settings.DESK_FILE_SECONDS)
    except Ended as ended:
        if ended.starved:
            _say(folder, upload, STARVED, waited=round(ended.waited / 60), had=round(ended.had / 60))
        else:
            _say(folder, upload, LATE if ended.late else CRASHED, minutes=settings.DESK_FILE_SECONDS // 60)
    except (OSError, RuntimeError):  # no process to be had: the machine is out of something
        _log.exception("upload %s", number)
        _say(folder, upload, CRASHED)
    _TURNS.spend(batch.visitor, time.monotonic() - begun)
    _finish(batch, upload)


def _finish(batch: Batch, upload: Upload) -> None:
    """Nothing more comes of it; bytes of which nothing could be read are of no use to anybody."""
    read = [outcome(path) for _, path in outcomes(batch.folder, upload.number)]
    if not any(each and each.report for each in read):
        (batch.folder / "given" / str(upload.number)).unlink(missing_ok=True)
    if batch.folder.exists():
        (batch.folder / "done" / str(upload.number)).touch()


def _say(folder: Path, upload: Upload, template: str, **values: int) -> None:
    member = 1 + sum(1 for _ in outcomes(folder, upload.number))
    if folder.exists():
        write(folder / "read" / f"{upload.number}-{member}", refusal(upload.name, template, **values))


def _read_for_ever() -> None:
    while True:
        _, _, batch, upload = _TURNS.take()
        try:
            if batch.folder.exists() and not batch.is_done(upload.number):
                _read_or_say(batch, upload)
        except Exception:  # the next file must still be read; a folder may have been swept meanwhile
            _log.exception("upload %s", upload.number)
        finally:
            _TURNS.done(batch.visitor)


def _read_or_say(batch: Batch, upload: Upload) -> None:
    """A visitor whose hour is spent is told when to come again."""
    most = settings.DESK_MINUTES_AN_HOUR
    if batch.is_of_staff or not (wait_seconds := _TURNS.free_in(batch.visitor, 60 * most)):
        read(batch, upload)
        return
    _say(batch.folder, upload, SPENT, spent=most, minutes=math.ceil(wait_seconds / 60))
    _finish(batch, upload)


def _sweep_for_ever() -> None:
    while True:
        try:
            if sweep(settings.DESK_FOLDER, time.time(), settings.DESK_SECONDS):
                forget()
            call_command("clearsessions")
        except Exception:  # a full disk or a busy database today; the sweep of the next minute finds the same
            _log.exception("sweep")
        time.sleep(SWEEP_EVERY)
