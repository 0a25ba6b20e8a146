"""干活 — the process that does the tasks: in each lane one by one, in all beside each other; it keeps the clock."""

from __future__ import annotations

import logging
import signal
import threading

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from gongkai.web.worker.clock import forget, tick
from gongkai.web.worker.hearts import beat, stop, take_up_again

BEAT_SECONDS = 5.0
POLL_SECONDS = {True: 1.0, False: 3.0}
"""多久看一次 — whether something waits in the lane of short tasks, and in the others: each look takes the database."""
_log = logging.getLogger(__name__)


def work(name: str) -> None:
    """干活 — until it is told to end, or one of its lanes ends: what they are doing then is done to its end first."""
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # to be ended is nothing to be warned of
    beat(name, timezone.now())
    take_up_again(timezone.now())
    ended = threading.Event()
    lanes = [_lane(name, queue) for queue in settings.LANES]
    at_work = [threading.Thread(target=_in_lane, args=(lane, ended)) for lane in lanes]
    clock = threading.Thread(target=_keep_the_clock, args=(name, ended), daemon=True)
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole tree; it is the parent who ends us
    for thread in (clock, *at_work):
        thread.start()
    try:
        ended.wait()
    finally:
        ended.set()
        for lane in lanes:
            lane.running = False
        for thread in (clock, *at_work):
            thread.join()
        stop(name)


def _lane(name: str, queue: str) -> Worker:
    """What takes the tasks of one queue, one by one."""
    return Worker(
        queue_names=[queue],
        interval=POLL_SECONDS[queue == settings.LANES[0]],
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def _in_lane(lane: Worker, ended: threading.Event) -> None:
    """A lane that ends by itself has failed: the whole process is replaced, and begins anew."""
    try:
        lane.run()
    except Exception:
        _log.exception("lane %s", ",".join(lane.queue_names))
    finally:
        ended.set()


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
