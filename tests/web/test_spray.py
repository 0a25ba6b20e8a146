"""别人在猜的时候 — clerks of the same network come in while twelve guess there (GB/T 22239-2019 登录失败处理)."""

from __future__ import annotations

import http.client
import threading
import time
from itertools import count
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.web.cast import PASSWORD
from tests.web.clerks import prepared
from tests.web.serving import serving

GUESSERS = 12
_TOKEN = "t" * 32


def ask(port: int, name: str, password: str, mark: str = "") -> tuple[int, str]:
    """The status, and the mark that the platform leaves in a browser that came in."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    form = urlencode({"csrfmiddlewaretoken": _TOKEN, "name": name, "password": password})
    cookie = f"csrftoken={_TOKEN}" + (f"; gongkai_device={mark}" if mark else "")
    kind = "application/x-www-form-urlencoded"
    connection.request("POST", "/sign-in/", form, {"Cookie": cookie, "Content-Type": kind})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    marks = [each.partition(";")[0].partition("=")[2] for each in answer.headers.get_all("Set-Cookie", [])
             if each.startswith("gongkai_device=")]  # fmt: skip
    return answer.status, "".join(marks)


def test_a_clerk_comes_in_by_a_known_browser_and_by_a_fresh_one_while_twelve_guess(
    tmp_path: Path, own_database: dict[str, str]
) -> None:
    prepared(tmp_path, 0, **own_database)
    clerk, reviewer = "clerk-shifan-housing", "final-reviewer-shifan-housing"
    over, told = threading.Event(), []

    def guess(number: int) -> None:
        for each in count():
            if over.is_set():
                return
            name = clerk if number == 0 and mark else f"name-{number}"
            told.append(ask(port, name, f"Guess-{each:04}-x")[0])

    with serving(tmp_path, **own_database) as address:
        port = int(urlsplit(address).port or 0)
        status, mark = ask(port, clerk, PASSWORD)
        assert status == 302
        threads = [threading.Thread(target=guess, args=(number,)) for number in range(GUESSERS)]
        for thread in threads:
            thread.start()
        try:
            while told.count(429) < GUESSERS:  # the network has used up what costs no time
                assert any(thread.is_alive() for thread in threads)
                time.sleep(0.05)
            known = [ask(port, clerk, PASSWORD, mark)[0] for _ in range(3)]
            fresh = [ask(port, reviewer, PASSWORD)[0] for _ in range(3)]
        finally:
            over.set()
            for thread in threads:
                thread.join()
    assert (known, fresh) == ([302] * 3, [302] * 3)
    assert set(told) <= {400, 429}
