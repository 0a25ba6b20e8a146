"""解除登录等候 — `gongkai unlock NAME`: failures to sign in are forgotten, on the machine of the platform itself."""

from __future__ import annotations

import argparse

from gongkai.cli.arguments import UsageError
from gongkai.cli.console import Console
from gongkai.cli.journal import prepare_platform
from gongkai.cli.reports import FINE, UNREADABLE

EXAMPLES = """示例
  gongkai unlock wangli                   登录名 wangli 失败太多，要等候的，现在可以再试
  gongkai unlock --address 203.0.113.7    从这个地址登录失败太多的（登录页上说“您所在的网络”）
  gongkai unlock --all                    所有登录名和地址
  gongkai unlock wangli --password        重设密码，打印新的初始密码：没有别的管理员能同意的时候
  gongkai unlock wangli --second-factor   撤销动态口令：手机丢了，又没有别的管理员能同意的时候
  gongkai unlock wangli --data /srv/公开  平台的数据在别处

在运行平台的机器上用，平台开着也行，马上有效；办理记录里记一笔“命令行”。密码忘了的，一般请系统管理员重设；
管理员的密码、动态口令要另一名管理员同意，没有人能同意的，在这里用 --password 重设、用 --second-factor 撤销，
办理记录里也记一笔。撤销以后，本人登录时先重新开启，才能办事。
办成、或者没有什么要解除的，退出 0；登录名、地址不对或者数据库读不了，退出 2。"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — a name, an address, or all; where the platform keeps its data."""
    parser.epilog = EXAMPLES
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="登录名，大小写、全角半角不论")
    parser.add_argument("--address", default="", metavar="IP", help="从哪个地址登录的")
    parser.add_argument("--all", action="store_true", help="所有登录名和地址")
    parser.add_argument("--password", action="store_true", help="重设这个人的密码，打印新的初始密码")
    parser.add_argument("--second-factor", action="store_true", help="撤销这个人的动态口令和备用码")
    parser.add_argument("--data", metavar="DIR", help="平台的数据目录；也可设 GONGKAI_DATA")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """解除登录等候 — 0 where nobody waits any more, 2 where the name or the database is not there."""
    if [bool(arguments.name.strip()), bool(arguments.address), arguments.all].count(True) != 1:
        raise UsageError("请写一个登录名，或者 --address，或者 --all。", "gongkai unlock wangli")
    if arguments.password and not arguments.name.strip():
        raise UsageError("--password 要写登录名。", "gongkai unlock wangli --password")
    if arguments.second_factor and not arguments.name.strip():
        raise UsageError("--second-factor 要写登录名。", "gongkai unlock wangli --second-factor")
    prepare_platform(arguments.data, console)
    from gongkai.web.bodies.console import UnlockError, unlock

    try:
        if arguments.password or arguments.second_factor:
            _reset(arguments, console)
            return FINE
        done = unlock(name=arguments.name.strip(), address=arguments.address)
    except UnlockError as error:
        console.error(error.template, **error.values)
        return UNREADABLE
    console.say("已解除，可以马上登录。" if done else "没有要解除的：没有登录失败的计数。")
    return FINE


def _reset(arguments: argparse.Namespace, console: Console) -> None:
    from gongkai.web.bodies.console import reset_password, reset_second_factor

    name = arguments.name.strip()
    if arguments.second_factor:
        done = reset_second_factor(name)
        console.say("已撤销动态口令，本人登录时重新开启。" if done else "没有要撤销的：这个人没有开启动态口令。")
    if arguments.password:
        console.say("新的初始密码：{password}", password=reset_password(name))
        console.say("只显示这一次；第一次登录要改。")
