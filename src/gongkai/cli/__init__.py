"""命令行 — the table of commands; each module is loaded when its command is called (docs/reference/commands.md).

A command module offers `add_arguments(parser)` and `run(arguments, console) -> int`, the exit status: 0 fine,
1 something to look at, 2 a file could not be read or nothing can be written, 64 a wrong command line. The highest of
a batch wins.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from gongkai import __version__
from gongkai.cli import streams
from gongkai.cli.arguments import Parser, UsageError, nearest
from gongkai.cli.console import LANGUAGES, Console
from gongkai.cli.layout import columns
from gongkai.cli.streams import Closed, OutputError

COMMANDS = {
    "read": "读年报：打印三张表的全部数据",
    "check": "核年报：逐项核对勾稽关系，说明错在哪里",
    "write": "写年报：照统一格式抄成 Word、PDF、网页、表格，或写空白格式",
    "compare": "两份对照：数据逐项比，正文逐句比",
    "total": "汇总：把很多单位的年报加起来，每个合计附各单位的数",
    "guard": "公开前检查：文件里有没有个人信息、看不见的内容、密级标志，写出隐去后的副本",
    "survey": "普查：成千上万份年报读成表，核一遍，可以提问",
    "deadline": "算期限：答复、补正、征求意见、缴费、公开各到哪一天",
    "ledger": "台账：每件申请到哪天，哪些逾期，表三、表四各多少",
    "fee": "算费用：信息处理费按件、按量各多少",
    "journal": "办理记录：核验有没有被改过，导出给审计人员",
    "prove": "核对存证：下载的网页、附件是不是公开时的那一份",
    "unlock": "解除登录等候：登录失败太多、要等候的，马上可以再试",
    "serve": "开平台：用浏览器核对年报，停止用 Ctrl-C",
}
"""命令表 — name of a command, which is the name of its module, and what it does."""

EXAMPLES = """示例
  gongkai check 年报.docx                     一份年报的勾稽关系对不对
  gongkai read 各单位/*.pdf --json            读出很多份，一行一份 JSON
  gongkai deadline reply --received 2025-09-28
  gongkai fee items 12

每个命令的写法：gongkai 命令 --help"""

UNWRITTEN = 2
WRONG_COMMAND_LINE = 64
INTERRUPTED = 130
BROKEN_PIPE = 141


def run(argv: Sequence[str]) -> int:
    """运行 — one command line without the program's name; the exit status."""
    streams.opened()
    console = Console()
    try:
        language, words = _language(argv)
        console = Console(language)
        status = _dispatch(words, console)
        streams.write("")
    except UsageError as error:
        console.error(error.template, **error.values)
        if error.hint:
            console.error("{hint}", hint=error.hint)
        return WRONG_COMMAND_LINE
    except KeyboardInterrupt:
        console.error("已中断。")
        return INTERRUPTED
    except BrokenPipeError:
        # Who read our output has gone.
        streams.give_up()
        return BROKEN_PIPE
    except OutputError as error:
        streams.give_up()
        console.error("结果写不到标准输出（{reason}）。请看看磁盘是不是满了。", reason=error.reason)
        return UNWRITTEN
    if isinstance(sys.stdout, Closed) and sys.stdout.used:
        console.error("标准输出关着，结果没有地方写。请不要用 >&-，不要看结果的用 >/dev/null。")
        return UNWRITTEN
    return status


def parser(command: str, console: Console) -> Parser:
    """命令的写法 — the parser of one command, for its run and for its help."""
    made = Parser(prog=f"gongkai {command}", description=COMMANDS[command], translate=console.translate)
    import_module(f"gongkai.cli.{command}").add_arguments(made)
    made.add_argument("--lang", choices=LANGUAGES, help="用中文（zh）还是英文（en）说话；也可设 GONGKAI_LANG")
    return made


def usage(console: Console) -> str:
    """总说明 — what `gongkai --help` prints."""
    listed = columns(((name, console.translate(what)) for name, what in COMMANDS.items()), console.width)
    options = columns(
        (
            ("-h, --help", console.translate("显示这份说明")),
            ("--version", console.translate("显示版本")),
            ("--lang zh|en", console.translate("用中文（zh）还是英文（en）说话；也可设 GONGKAI_LANG")),
        ),
        console.width,
    )
    return "\n".join(
        [
            console.translate("gongkai（公开）：读年报、核勾稽、算期限，全部在本机完成。"),
            "",
            console.translate("用法  gongkai 命令 [文件或选项]..."),
            "",
            console.translate("命令"),
            *listed,
            "",
            console.translate("选项"),
            *options,
            "",
            console.translate(EXAMPLES),
        ]
    )


def _dispatch(words: list[str], console: Console) -> int:
    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    if not words:
        console.error("{usage}", usage=usage(console))
        return WRONG_COMMAND_LINE
    name = words[0]
    if name in ("-h", "--help"):
        console.say("{usage}", usage=usage(console))
        return 0
    if name == "--version":
        console.say("gongkai {version}", version=__version__)
        return 0
    if name not in COMMANDS:
        meant = nearest(name, COMMANDS)
        hint = "是不是想写 {meant}？" if meant else "全部命令见：gongkai --help"
        raise UsageError("没有“{name}”这个命令。", console.text(hint, meant=meant), name=name)
    try:
        arguments = parser(name, console).parse_args(words[1:])
    except SystemExit as leaving:  # argparse leaves so after --help
        return int(leaving.code or 0)
    status: int = import_module(f"gongkai.cli.{name}").run(arguments, console)
    return status


def _language(argv: Sequence[str]) -> tuple[str, list[str]]:
    """`--lang` may stand anywhere, for the help itself must know it; what is left are the words of the command."""
    language = os.environ.get("GONGKAI_LANG") or LANGUAGES[0]
    words = list(argv)
    end = words.index("--") if "--" in words else len(words)
    kept = words[end:]
    given = iter(words[:end])
    before = []
    for word in given:
        if word == "--lang":
            language = next(given, "")
        elif word.startswith("--lang="):
            language = word.removeprefix("--lang=")
        else:
            before.append(word)
    if language not in LANGUAGES:
        raise UsageError("语言只有 zh（中文）和 en（英文），没有“{language}”。", language=language)
    return language, before + kept
