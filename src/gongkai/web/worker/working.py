"""干活 — the process that does the tasks: takes them one by one, and keeps the clock, and shows that it lives."""

from __future__ import annotations

import logging
import signal
import threading

from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from gongkai.web.worker.clock import forget, tick
from gongkai.web.worker.hearts import beat, stop, take_up_again

BEAT_SECONDS = 5.0
POLL_SECONDS = 1.0
_log = logging.getLogger(__name__)


def work(name: str) -> None:
    """干活 — until it is told to end; what it is doing then is done to its end first."""
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # to be ended is nothing to be warned of
    beat(name, timezone.now())
    take_up_again(timezone.now())
    ended = threading.Event()
    clock = threading.Thread(target=_keep_the_clock, args=(name, ended), daemon=True)
    clock.start()
    worker = Worker(
        queue_names=["*"],
        interval=POLL_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole tree; it is the parent who ends us
    try:
        worker.run()
    finally:
        ended.set()
        clock.join()
        stop(name)


def _keep_the_clock(name: str, ended: threading.Event) -> None:
    """Apart from the work: a long task is no death."""
    while True:
        try:
            close_old_connections()
            now = timezone.now()
            beat(name, now)
            take_up_again(now)
            tick(now)
            forget(now)
        except Exception:  # a busy database now, a free one in a few seconds
            _log.exception("clock")
        if ended.wait(BEAT_SECONDS):
            return
