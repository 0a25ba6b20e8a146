"""检查个人信息有多贵 — finding every kind against one expression for eighteen digits, on what offices publish.

The floor finds nothing that is torn, disguised or no identity number; the guard must not cost many times as much. Also
printed: megabytes of UTF-8 a second on this machine. In a list of numbers every line is a hit.
"""

from __future__ import annotations

import re

from benchmarks._measure import SHARED, least, line
from gongkai.text.personal_data import find
from gongkai.text.proofreading import proofread

PROSE, NUMBERS = 3.0, 20.0
RUNS = 5
SIZE = 2_000_000
FLOOR = re.compile(r"\d{17}[\dXx]")
PERSONS = "张某,11010519491231002X,13800138000,云岫县柳树村\n"
LIST = "11010519491231002X\n110101199003078515\n13800138000\n6222021234567890128\n"


def main() -> None:
    """检查个人信息有多贵 — a line for each kind of text."""
    published = "\n".join(path.read_text(encoding="utf-8") for path in sorted((SHARED / "reports").glob("*.txt")))
    for name, text, target in (
        ("公开的年报", published, PROSE),
        ("没有数字的文字", re.sub(r"[\d\s]+", "", published), PROSE),
        ("人员名单", PERSONS, NUMBERS),
        ("只有号码", LIST, NUMBERS),
    ):
        if not text:
            continue
        text *= SIZE // len(text) + 1
        floor, found = least((lambda text=text: FLOOR.findall(text), lambda text=text: find(text)), RUNS)  # type: ignore[misc]
        megabytes = len(text.encode("utf-8")) / 1e6
        line(f"找个人信息 / 一个正则：{name}", found / floor, target)
        print(f"    {megabytes / found:.1f} MB/s")
    if published:
        (slips,) = least((lambda: proofread(published),), RUNS)
        print(f"    文字校对：{len(published.encode('utf-8')) / 1e6 / slips:.1f} MB/s")


if __name__ == "__main__":
    main()
