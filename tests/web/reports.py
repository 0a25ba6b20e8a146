"""平台测试用的年报 — files that are right, wrong, torn or no report at all, made from the samples."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def sample(name: str) -> tuple[str, bytes]:
    """样例 — one of samples/, with its name."""
    return name, (SAMPLES / name).read_bytes()


RIGHT = sample("shiqiao-town-2023.md")
WRONG = sample("forestry-bureau-2022.txt")
NO_REPORT = "说明.txt", "这是一份说明，不是年报。\n".encode()
EMPTY = "空.docx", b"\n"


def torn() -> tuple[str, bytes]:
    """残缺 — the right report without its fees and without 行政复议: figures that no sum can give back."""
    name, data = RIGHT
    text = data.decode()
    for row in ("| 行政事业性收费 | 0 |\n", "| 1 | 0 | 0 | 0 | 1 |\n"):
        assert text.count(row) == 1
        text = text.replace(row, "")
    return f"残缺-{name}", text.encode()
