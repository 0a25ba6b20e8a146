"""输出 — the two streams of a command: what cannot be written there, and signs that a terminal would obey."""

from __future__ import annotations

import io
import os
import re
import sys

_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_PICTURES, _DELETE, _PICTURE_OF_DELETE = 0x2400, 0x7F, "\u2421"
LINE_END, REPLACED = "↵", "\ufffd"


class OutputError(Exception):
    """写不出去 — standard output takes nothing more, for a reason that the system gives."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.reason = error.strerror or str(error)


class Closed(io.TextIOBase):
    """关着的输出 — in the place of a stream that was closed before we began; `used`: whether anything was written."""

    used = False

    def write(self, text: str) -> int:
        """写 — to nobody."""
        self.used = True
        return len(text)


def harmless(text: str) -> str:
    """不听指挥的字 — control signs and marks of direction become signs that are seen; line ends and tabs stay."""
    return _OBEYED.sub(_picture, text)


def on_one_line(text: str) -> str:
    """一行的字 — the same, and line ends are seen too: a name of a file may hold one."""
    return harmless(_LINE_ENDS.sub(LINE_END, text))


def harmless_json(line: str) -> str:
    """不听指挥的 JSON — such signs within its texts are written by their numbers, which means the same."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def _picture(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < ord(" "):
        return chr(_PICTURES + number)
    return _PICTURE_OF_DELETE if number == _DELETE else REPLACED


def opened() -> None:
    """打开输出 — both streams write UTF-8 where they could not write Chinese, and there is one in place of each that
    was closed. A name that is no Unicode must not stop a batch."""
    sys.stdout, sys.stderr = (_speaking(stream) for stream in (sys.stdout, sys.stderr))


def _speaking(stream: object) -> io.TextIOBase:
    if stream is None:
        return Closed()
    if isinstance(stream, io.TextIOWrapper):
        known = stream.encoding.lower()
        forced = known.startswith(("cp", "ascii", "us-ascii", "ansi", "latin", "iso")) or sys.platform == "win32"
        stream.reconfigure(encoding="utf-8" if forced else stream.encoding, errors="backslashreplace")
    return stream  # type: ignore[return-value]


def write(text: str) -> None:
    """写 — on standard output, at once, with what still waits there. OutputError where it cannot be written."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error) from None


def give_up() -> None:
    """不再写 — so that the interpreter's own last flush cannot fail (Python docs, SIGPIPE)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
