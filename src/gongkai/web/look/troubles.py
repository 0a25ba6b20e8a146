"""出了什么事 — the one list of what may go wrong: what a page says of it, and what there is to try.

By status: what was not taken or is not there. By fault: what the machine under the platform refuses, which the office
can do nothing about and whoever runs it can. `noted` faults are told by /health/ for a minute.
"""

from __future__ import annotations

import errno
from time import monotonic
from typing import NamedTuple

from django.db import DatabaseError, OperationalError


class Trouble(NamedTuple):
    """一种状况 — the status that answers, what happened, what the person may try, what whoever runs it should do."""

    status: int
    what: str
    advice: str
    remedy: str = ""


TROUBLES = {
    400: ("这次没有收到完整的内容", "可能是网络断了一下，或者网址不完整。请按浏览器的“后退”，再试一次。"),
    403: ("这一页不归您办", "您现在的岗位打不开这一页。要办的都在工作台上；岗位不对的，请安全管理员改。"),
    404: ("没有这个网页", "可能改了地址，也可能这一件不归您的单位办。请从工作台找。"),
    408: (
        "传得太慢，等不及了",
        "网络可能断断续续。请按浏览器的“后退”，刚才填的还在那一页；文件大的，换一个快些的网络再传。",
    ),
    413: (
        "一次交的太多，没有收",
        "请按浏览器的“后退”，刚才填的还在那一页。一张表单里的字一共不能超过 {form}，长的表格请做成附件；"
        "连文件一次不能超过 {files}，多的分几次交。",
    ),
    414: ("网址太长，没有打开", "网址不能超过八千个字符。请从首页找要看的内容。"),
    503: (
        "这会儿传文件的人太多，没有收",
        "平台给文件留的地方暂时用满了，别的网页照常打开。请过几分钟按“后退”再交一次。",
    ),
    507: (
        "平台的磁盘满了，或者剩得太少，没有收",
        "请按浏览器的“后退”，刚才填的还在那一页；请告诉系统管理员，腾出地方以后再交一次。",
    ),
}
"""出错的说明 — by status, outside the check desk, which has pages of its own."""

FORMS = {
    "fields": Trouble(
        413,
        "这张表单里的栏太多，没有收",
        "一张表单最多 {fields} 栏。请按浏览器的“后退”，减少一些再交；长的表格请做成附件。",
    ),
    "files": Trouble(
        413,
        "一次选的文件太多，没有收",
        "一次最多 {count} 个文件。请按浏览器的“后退”，少选一些，分几次交。",
    ),
    "name": Trouble(
        400,
        "这张表单里有一栏的名称不对，没有收",
        "栏的名称里有看不见的字符，多半是浏览器的插件或者别的程序改过。请重新打开这一页再填。",
    ),
    "session": Trouble(
        400,
        "刚才登录已经退出",
        "可能在另一个窗口退出了。请重新登录，再看看刚才的一步办好没有。",
    ),
}
"""不收的表单 — by what is too much or wrong in it."""

FAULTS = {
    "busy": Trouble(
        503,
        "这会儿办理的人太多，没有轮到",
        "请过一分钟再试一次；总是这样的，请告诉系统管理员。",
        "写数据库等得太久：看看有没有别的程序占着数据库，或者一件特别长的后台工作。",
    ),
    "disk": Trouble(
        507,
        "平台的磁盘满了，或者快满了",
        "请告诉系统管理员；腾出地方以后再试一次。",
        "数据目录所在的磁盘满了或者快满了：腾出地方，不用重新启动。",
    ),
    "readonly": Trouble(
        503,
        "平台的数据这会儿只能看，写不进去",
        "请告诉系统管理员；改好以后再试一次。",
        "数据目录写不进去：检查它的权限，磁盘是不是只读。",
    ),
    "database": Trouble(
        503,
        "平台的数据库这会儿用不了",
        "请过几分钟再试；还不行，请告诉系统管理员。",
        "数据库打不开或者出错：看日志；用 PostgreSQL 的看它开着没有，内嵌的看磁盘有没有坏。",
    ),
    "gone": Trouble(
        503,
        "平台的数据库文件不在原处了",
        "请马上告诉系统管理员；放回原处以前，什么也存不上。",
        "数据库文件（或者它的 -wal、-shm）被移走、删掉或者换过，没有往里写。移走的，原样放回原处，不用重新启动；"
        "删掉的先不要停平台，还抄得出来；要换成备份的，先停下平台，换好再开（说明书“机器出毛病的时候”）。",
    ),
    "corrupt": Trouble(
        503,
        "平台的数据库文件坏了一处",
        "请告诉系统管理员；别的事也许还能办，办成的都说“已保存”。",
        "数据库文件里有读不出的地方：停下平台，查磁盘，用备份换上（连 files/kept），再开；换上以前这一条不会消失。",
    ),
    "clock": Trouble(
        503,
        "服务器的时钟不对，没有办成",
        "现在的时间比办理记录里最后一笔还早，记下去先后就乱了。请告诉系统管理员，把时钟拨准以后再试。",
        "服务器的时钟比办理记录里最后一笔还早：把时钟拨准。"
        "从前走快过、记录带着将来时间的，核对时钟以后设 GONGKAI_CLOCK_IS_RIGHT=1 重新开。",
    ),
}
"""机器的状况 — by name, as /health/ tells it."""
RETRY_SECONDS = "30"
"""过多久再试 — as answers say it where the machine is at fault."""

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SHUT = (errno.EROFS, errno.EACCES, errno.EPERM)
_BY_SQLITE = {
    "FULL": "disk", "BUSY": "busy", "LOCKED": "busy", "READONLY": "readonly", "CANTOPEN": "readonly",
    "CORRUPT": "corrupt", "NOTADB": "corrupt",
}  # fmt: skip
_BY_SQLSTATE = {"53100": "disk", "25006": "readonly", "55P03": "busy", "40P01": "busy", "57014": "busy"}
_REMEMBERED_SECONDS = 60.0
_LASTING = ("corrupt",)
"""What does not heal by itself is told as long as this process lasts."""
_noted: dict[str, float] = {}


def fault(error: BaseException | None) -> str:
    """哪种状况 — of FAULTS, by the error and what it came from; empty where it is none of the machine's."""
    while error is not None:
        if name := getattr(error, "fault", "") or _by_system(error) or _by_database(error):
            return str(name)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return ""


def note(name: str) -> None:
    """记下 — that a fault was met just now."""
    _noted[name] = monotonic()


def noted(*, besides: str = "") -> str:
    """刚才的状况 — a fault of the last minute, another than `besides`; empty where there was none."""
    now = monotonic()
    recent = [name for name, at in _noted.items() if name in _LASTING or now - at < _REMEMBERED_SECONDS]
    recent = [name for name in recent if name != besides]
    return max(recent, key=_noted.__getitem__, default="")


def _by_system(error: BaseException) -> str:
    number = error.errno if isinstance(error, OSError) else None
    return "disk" if number in _FULL else "readonly" if number in _SHUT else ""


def _by_database(error: BaseException) -> str:
    if not isinstance(error, DatabaseError):
        return ""
    said = getattr(error.__cause__, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0]
    state = getattr(error.__cause__, "sqlstate", None) or ""
    known = _BY_SQLITE.get(said) or _BY_SQLSTATE.get(state)
    return known or ("database" if isinstance(error, OperationalError) else "")
