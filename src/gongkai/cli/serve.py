"""开平台 — `gongkai serve`: the platform with its worker on an embedded database, until it is interrupted."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec

from gongkai.cli.arguments import UsageError
from gongkai.cli.console import Console

EXAMPLES = """示例
  gongkai serve                        在本机打开平台，用浏览器看 http://127.0.0.1:8000/
  gongkai serve --port 9000            换一个端口
  gongkai serve --sample               先建一个虚构的示范县，看看平台是什么样子
  GONGKAI_HOSTS=10.1.2.3 gongkai serve --host 0.0.0.0
                                       让单位里的其他电脑也能打开：写明用什么名字或者 IP 打开

按 Ctrl-C 停止。数据放在用户的数据目录里，可以用环境变量 GONGKAI_DATA 换到别处。"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — the address and the port to listen on."""
    parser.epilog = EXAMPLES
    parser.add_argument("--host", default="127.0.0.1", metavar="HOST", help="监听的地址，默认只有本机能打开")
    parser.add_argument("--sample", action="store_true", help="空平台里先建一个虚构的示范县，三年两千件信息，供试用")
    parser.add_argument("--port", type=int, default=8000, metavar="PORT", help="监听的端口，默认 8000")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """开平台 — serve until Ctrl-C; 0. UsageError where the extra is not installed."""
    if find_spec("django") is None or find_spec("granian") is None:
        raise UsageError("这台机器还没有装网页平台。", console.translate("请先运行：pip install 'gongkai[web]'"))
    from gongkai.web.serving import LOOPBACK, ServingError, serve

    if arguments.sample and arguments.host not in LOOPBACK:
        raise UsageError(
            "示范县的密码人人知道，只能在本机打开。", console.translate("请去掉 --host，或者去掉 --sample。")
        )

    def ready(address: str) -> Callable[[], None]:
        from gongkai.web.bodies.actions import setting_up  # once Django is set up
        from gongkai.web.bodies.queries import is_mail_set_up
        from gongkai.web.sample import people

        if arguments.sample and _show_sample(console):
            people.ask_no_code()
        page = f"{address}set-up/?token={setting_up.token()}" if setting_up.is_new() else ""
        return partial(_say_open, console, address, page, is_mailed=is_mail_set_up())

    try:
        serve(arguments.host, arguments.port, ready)
    except ServingError as error:
        raise UsageError(error.template, "", **error.values) from None
    return 0


def _say_open(console: Console, address: str, page: str, *, is_mailed: bool) -> None:
    """`page`: where a new platform is set up."""
    console.say("平台已打开：{address}　按 Ctrl-C 停止。", address=address)
    if page:
        console.say("还没有建县和管理员。要用工作台，请打开：{page}", page=page)
    if not is_mailed:
        console.say("没有配置邮件（GONGKAI_EMAIL_URL）：提醒只在工作台上看，公开存证的树头不寄给审计管理员。")


def _show_sample(console: Console) -> bool:
    """The invented county, built where the platform is empty; whom to sign in as. Whether it is there."""
    from gongkai.web.sample import county, people

    if county.is_empty():
        console.say("正在建示范县……")
        console.say("示范县建好了：{count} 件信息。", count=county.build(datetime.now(UTC)))
    if not people.is_there():
        console.say("这个平台已经在用，没有建示范县。")
        return False
    headers = ("登录名", "机关", "岗位")
    rows = [
        (each.username, each.body, console.listed(console.translate(role.label) for role in each.roles))
        for each in people.sign_ins()
    ]
    console.table(rows, headers=headers)
    console.say(
        "密码都是 {password}；其他机关的登录名，把开头换成它的网址名，如 caizheng-clerk。", password=people.password()
    )
    return True
