"""Commands about the password of the library."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from random import SystemRandom
from typing import Any

from dangjian_desktop.cli.given import NEW_PASSWORD, PASSWORD, RECOVERY, given, required
from dangjian_desktop.cli.output import Result, tell
from dangjian_desktop.errors import BlockedError

_ASKED, _TIMES = 2, 3
"""Groups that are typed back, and how often each may be tried."""


def set_password(options: argparse.Namespace) -> Result:
    """Put the library under a password, or give it the deputy's beside."""
    from dangjian_desktop.services.library import passwords

    path = options.library
    if options.deputy:
        asked = required(options, PASSWORD), warned(required(options, NEW_PASSWORD))
        passwords.set_deputy(path, *asked)
        return Result({"library": str(path)}, ("已设置副书记的密码。",))
    password = given(options, NEW_PASSWORD) or required(options, PASSWORD)
    secret, wanted = passwords.new_secret(), warned(password)
    told = proved(secret.groups)
    done = passwords.set_password(path, secret, wanted)
    code = "-".join(secret.groups)
    lines = (f"已设置密码：{path}", *code_lines(code, told), *_copies(done, "加密"))
    return Result({"library": str(path), "recovery_code": code, **_left(done)}, lines)


def change_password(options: argparse.Namespace) -> Result:
    """Another password, or another recovery code."""
    from dangjian_desktop.services.library import passwords

    path, old = options.library, required(options, PASSWORD)
    if not options.new_code:
        who = passwords.change_password(path, old, warned(required(options, NEW_PASSWORD)))
        done = passwords.follow_change(path)
        lines = (f"已修改{who.label}的密码；恢复码不变。", *_not_told(done))
        return Result({"library": str(path), **_left(done)}, lines)
    secret = passwords.new_secret()
    told = proved(secret.groups)
    done = passwords.renew_code(path, secret, old)
    code = "-".join(secret.groups)
    words = "已换恢复码，原来的作废；副书记的密码如有，要重新设置。"
    lines = (words, *code_lines(code, told), *_copies(done, "加密"))
    return Result({"library": str(path), "recovery_code": code, **_left(done)}, lines)


def remove_password(options: argparse.Namespace) -> Result:
    """No password any more, or none of the deputy."""
    from dangjian_desktop.services.library import passwords

    path, password = options.library, required(options, PASSWORD)
    if options.deputy:
        passwords.remove_deputy(path, password)
        return Result({"library": str(path)}, ("已去掉副书记的密码。",))
    done = passwords.remove_password(path, password)
    lines = ("已去掉密码，任何人都能打开资料库。", *_copies(done, "改为不加密"))
    return Result({"library": str(path), **_left(done)}, lines)


def recover_password(options: argparse.Namespace) -> Result:
    """A new password by the recovery code."""
    from dangjian_desktop.services.library import passwords

    code = required(options, RECOVERY)
    passwords.recover(options.library, code, warned(required(options, NEW_PASSWORD)))
    return Result({"library": str(options.library)}, ("已设置新密码；恢复码不变。",))


def warned(password: str) -> str:
    """The password, and a word where it is weak; raises ``InputError`` for one of no use."""
    from dangjian_desktop.services.library.passwords import advice, new_password

    if words := advice(new_password(password)):
        tell(words)
    return password


def proved(groups: Sequence[str]) -> bool:
    """Have two groups typed back where somebody sits there; false where nobody does, and nothing
    is asked. Raises ``BlockedError``, before anything is changed, where that does not succeed."""
    from dangjian_desktop.services.library.passwords import BOTH_LOST, group_matches

    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return False
    tell(f"恢复码：{'-'.join(groups)}")
    tell(f"{BOTH_LOST}请现在抄到纸上，再照纸输入下面两组。")
    for place in sorted(SystemRandom().sample(range(len(groups)), _ASKED)):
        for _time in range(_TIMES):
            tell(f"第{place + 1}组：")
            if group_matches(sys.stdin.readline(), groups[place]):
                break
            tell(f"第{place + 1}组与恢复码不一样。")
        else:
            raise BlockedError("恢复码没有核对上，没有改动资料库。", "请抄好以后再执行一次。")
    return True


def code_lines(code: str, told: bool) -> tuple[str, ...]:
    """What is said of a recovery code; ``told`` where it was copied and typed back before."""
    from dangjian_desktop.services.library.passwords import BOTH_LOST

    if told:
        return ("恢复码已核对，请把纸与电脑分开保管。",)
    asked = "没有人照纸核对过：请抄下或打印，并逐组核对一遍。"
    return (f"恢复码：{code}", asked, BOTH_LOST)


def _left(done: Any) -> dict[str, Any]:
    return {"copies": done.copies, "left": [str(file) for file in done.left]}


def _not_told(done: Any) -> tuple[str, ...]:
    """Copies that keep the password from before."""
    from dangjian_desktop.services.library.password_told import told

    found = told("change", done)
    return (f"注意：{found.left}{found.remedy}{'、'.join(found.files)}",) if found.left else ()


def _copies(done: Any, what: str) -> tuple[str, ...]:
    lines = [f"备份文件夹里的 {done.copies} 份备份已一并{what}。"] if done.copies else []
    if done.left:
        named = "、".join(file.name for file in done.left)
        lines.append(f"注意：有 {len(done.left)} 份备份没有{what}：{named}")
        if what != "加密":
            lines.append(
                "它们有只在密码保护下保存的内容，或是旧版本的、损坏的，仍用原来的密码打开。"
            )
    return tuple(lines)
