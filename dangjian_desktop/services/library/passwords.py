"""The password of a library: set, changed, forgotten, taken away; told in words before and after.

Imported where there is one or is going to be one: what it needs takes a moment.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.masking import secret
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.library.sensitive import (
    may_be_open_to_all,
    require_nothing_sensitive,
)
from dangjian_desktop.storage.copies.kept import in_folder, kept_copies
from dangjian_desktop.storage.copies.minutes import reseal
from dangjian_desktop.storage.copies.second import second_of
from dangjian_desktop.storage.file.keys import (
    Keys,
    LockedError,
    Under,
    has_password,
    hold,
    key_name,
    keys_of,
    let_go,
)
from dangjian_desktop.storage.file.lock import locked
from dangjian_desktop.storage.file.recovery_code import BOTH_LOST, code_of, group_matches
from dangjian_desktop.storage.file.sealing import keys_from, new_master
from dangjian_desktop.storage.file.slots import Holder, Slot, new_slot, write_slots
from dangjian_desktop.storage.file.unlocking import (
    Opening,
    SlotsLostError,
    WrongPasswordError,
    by_code,
    by_password,
    kept_slots,
    put_aside,
    put_slot,
    take_slot,
)
from dangjian_desktop.storage.library import WAIT, Library
from dangjian_desktop.storage.rekeying import rekey, slots_of, tell_copy

__all__ = [
    "BOTH_LOST",
    "Holder",
    "SlotsLostError",
    "WrongPasswordError",
    "group_matches",
    "has_password",
    "let_go",
]

LEAST, ADVISED, MOST = 6, 8, 1_000
"""Characters of a password: refused below, warned of below, refused above."""
_UNSEEN = "Cf"
_SELECTORS = frozenset("\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A master secret that is going to be used; its code has to reach paper before."""

    master: bytes

    @property
    def groups(self) -> tuple[str, ...]:
        """The recovery code, group by group."""
        return code_of(self.master)

    @property
    def keys(self) -> Keys:
        """What it gives."""
        return keys_from(self.master)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change did to the copies in the copies folder: how many were changed with it, and
    the ones that could not be."""

    copies: int = 0
    left: tuple[Path, ...] = ()


def follow_change(library: Path) -> Changed:
    """After the password was changed: how many copies of the same key open with it, and which
    could not be told."""
    name, slots = key_name(library), slots_of(library)
    same = [file for file in _copies(library) if key_name(file) == name]
    left = tuple(file for file in same if slots_of(file) != slots)
    return Changed(len(same) - len(left), left)


def new_secret() -> Secret:
    """One that nobody had before."""
    return Secret(new_master())


def entered(password: str) -> str:
    """The password as it counts, however it was typed: full width is half width, and signs that
    nobody sees are left out. Raises ``InputError`` for one that cannot be used."""
    if len(password) > MOST:
        raise InputError(f"密码有{len(password)}个字，太长。", f"请用{LEAST}到{MOST}个字。")
    plain = unicodedata.normalize("NFKC", password)
    kinds = [(each, unicodedata.category(each)) for each in plain]
    if any(kind in ("Cc", "Cs") for _each, kind in kinds):
        raise InputError("密码里有控制字符或无法识别的字符，不能使用。", "请重新输入密码。")
    kept = "".join(each for each, kind in kinds if kind != _UNSEEN and each not in _SELECTORS)
    if not kept.strip():
        raise InputError("没有输入密码。", f"请输入{LEAST}个字以上的密码。")
    if len(kept) >= LEAST:  # a shorter one never counts, and would hide half of what is logged
        secret(password, kept)
    return kept


def new_password(password: str) -> str:
    """The same of a password that is to be set; raises ``InputError`` for a short one, too."""
    kept = entered(password)
    if len(kept) < LEAST:
        raise InputError(
            f"密码只有{len(kept)}个字，太短，容易被试出来。",
            f"请用{LEAST}个字以上的密码，{ADVISED}个字以上更好；汉字也可以。",
        )
    return kept


def advice(password: str) -> str:
    """What to say of one that can be used and is weak; empty for the rest."""
    if len(password) < ADVISED:
        return f"密码不足{ADVISED}个字，可以使用，但容易被试出来。"
    if len(set(password)) < LEAST - 2:
        return "密码里的字重复太多，可以使用，但容易被试出来。"
    return ""


def unlock(library: Path, password: str) -> Holder:
    """Unlock the library and its copies; raises ``LockedError`` with the reason."""
    opening = by_password(library, entered(password))
    hold(opening.keys)
    return opening.who


def try_password(
    password: str, library: Path | None = None, code: str = ""
) -> Callable[[Path, bytes], Keys | None]:
    """Asked for the keys of a file: what the password of the library gives, and for a copy under
    another key what its own code gives. One key is tried once; whoever asks again is told the
    same."""
    refused: dict[bytes, LockedError] = {}
    plain = entered(password)

    def asked(file: Path, name: bytes) -> Keys | None:
        if name in refused:
            raise refused[name]
        try:
            return _tried(file, name, plain, library, code)
        except LockedError as error:
            refused[name] = error
            raise

    return asked


def _tried(file: Path, name: bytes, plain: str, library: Path | None, code: str) -> Keys:
    own = None if library is None else key_name(library)
    if library is not None and own == name:
        # A copy has the passwords of its day beside it; the library's count.
        return by_password(library, plain).keys
    if code:
        return by_code(file, code).keys
    try:
        return by_password(file, plain).keys
    except WrongPasswordError as error:
        if own is None:
            raise
        raise WrongPasswordError(
            f"“{file.name}”用的是另一个密码或恢复码，没有打开。",
            "请用当时的恢复码：命令行用环境变量 DANGJIAN_RECOVERY 给出，"
            "窗口里打开它时点“忘记密码”。",
        ) from error


def recover(library: Path, code: str, password: str, *, alone: bool = True) -> None:
    """Set the secretary's password anew by the recovery code, and unlock; the deputy's stays.

    ``alone`` unless the library is open for writing in this process. Raises ``InputError`` naming
    the wrong groups of the code, or for the password.
    """
    wanted, opening = new_password(password), by_code(library, code)
    hold(opening.keys)
    with _alone(library) if alone else _held():
        put_slot(library, opening, Holder.SECRETARY, wanted)
        _tell_copies(library)


def check_code(library: Path, code: str) -> None:
    """Whether the code is of this library; raises ``InputError``."""
    by_code(library, code)


def set_password(library: Path, secret: Secret, password: str) -> Changed:
    """Put a library without a password, which nobody has open, under one, and its copies."""
    if has_password(library):
        raise BlockedError(f"资料库“{library}”已经有密码。", "要换密码，请用“修改密码”。")
    wanted, keys = new_password(password), secret.keys
    slots = (new_slot(secret.master, keys.name, Holder.SECRETARY, wanted),)
    return _rekeyed(library, keys, slots)


def change_password(library: Path, old: str, new: str, *, alone: bool = True) -> Holder:
    """Set whoever's password this was anew; whose it was. ``alone`` unless the library is open
    for writing in this process."""
    wanted, opening = new_password(new), by_password(library, entered(old))
    hold(opening.keys)
    with _alone(library) if alone else _held():
        put_slot(library, opening, opening.who, wanted)
        _tell_copies(library)
    return opening.who


def renew_code(library: Path, secret: Secret, password: str) -> Changed:
    """Put the library, which nobody has open, and its copies under a new secret: whoever has seen
    the old code opens nothing of it any more. The secretary's password stays, the deputy's goes."""
    _of_secretary(library, password)
    keys = secret.keys
    slots = (new_slot(secret.master, keys.name, Holder.SECRETARY, entered(password)),)
    return _rekeyed(library, keys, slots)


def remove_password(library: Path, password: str) -> Changed:
    """Put the library, which nobody has open, and its copies under the published key again; a copy
    in which something sensitive stands keeps the password that it has."""
    _of_secretary(library, password)
    require_nothing_sensitive(library)
    return _rekeyed(library, None, ())


def recovery_code(library: Path, password: str) -> tuple[str, ...]:
    """The groups of the recovery code, to be printed once more."""
    return code_of(_of_secretary(library, password).master)


def set_deputy(library: Path, password: str, deputy: str, *, alone: bool = True) -> None:
    """Let a second password open the library."""
    wanted, opening = new_password(deputy), _of_secretary(library, password)
    if wanted == entered(password):
        raise InputError("副书记的密码与书记的相同。", "请另设一个，这样以后可以单独更换。")
    with _alone(library) if alone else _held():
        put_slot(library, opening, Holder.DEPUTY, wanted)
        _tell_copies(library)


def remove_deputy(library: Path, password: str, *, alone: bool = True) -> None:
    """Let the second password open it no more."""
    _of_secretary(library, password)
    with _alone(library) if alone else _held():
        take_slot(library, Holder.DEPUTY)
        _tell_copies(library)


def holders(library: Path) -> tuple[Holder, ...]:
    """Who has a password for the library, as far as its slots can be read."""
    name = key_name(library)
    return () if name is None else tuple(Holder(slot.who) for slot in kept_slots(library, name))


def make_locked(
    library: Path, branch: Branch, secret: Secret, password: str, *, holder: str = "窗口"
) -> Library:
    """Make a library with a password and return it open; raises as ``new_library`` does."""
    return new_library(library, branch, holder=holder, under=under_for(secret, password))


def under_for(secret: Secret, password: str) -> Under:
    """What a library that is going to be made is locked with; its key is held from now on. Raises
    ``InputError`` for a password of no use."""
    wanted, keys = new_password(password), secret.keys
    slots = (new_slot(secret.master, keys.name, Holder.SECRETARY, wanted),)
    hold(keys)

    def beside(made: Path) -> None:
        put_aside(made)
        write_slots(made, slots)

    return Under(keys, beside)


def unprotected_copies(library: Path) -> tuple[Path, ...]:
    """The copies within reach under another key than the library, or under none."""
    name = key_name(library)
    return tuple(file for file in _copies(library) if key_name(file) != name)


def protect_copies(library: Path) -> Changed:
    """Put those copies under the key of the library."""
    return _rekey_copies(library, keys_of(library), kept_slots(library, key_name(library) or b""))


def _copies(library: Path) -> list[Path]:
    """Those in the copies folder, and in the second place while its drive is there."""
    second = second_of(library)
    more = in_folder(library, second.folder) if second and second.here else ()
    return [kept.file for kept in (*kept_copies(library), *more)]


def _rekeyed(library: Path, keys: Keys | None, slots: Sequence[Slot]) -> Changed:
    if keys is not None:
        hold(keys)
    with _alone(library):
        rekey(library, keys, slots)
        reseal(library)
        return _rekey_copies(library, keys, slots)


def _rekey_copies(library: Path, keys: Keys | None, slots: Sequence[Slot]) -> Changed:
    done, left = 0, []
    for file in unprotected_copies(library):
        try:
            if keys is None and not may_be_open_to_all(file):
                left.append(file)
                continue
            rekey(file, keys, slots, near=library)
            done += 1
        except (BlockedError, OSError):
            left.append(file)
    return Changed(done, tuple(left))


def _tell_copies(library: Path) -> None:
    """Let the same passwords open the copies; a drive that is away keeps the old ones."""
    for file in _copies(library):
        tell_copy(library, file)


def _of_secretary(library: Path, password: str) -> Opening:
    opening = by_password(library, entered(password))
    if opening.who is not Holder.SECRETARY:
        raise BlockedError("这是副书记的密码，办不了这件事。", "请用书记的密码。")
    hold(opening.keys)
    return opening


@contextmanager
def _alone(library: Path) -> Iterator[None]:
    with locked(library.resolve(), wait=WAIT, holder="密码"):
        yield


@contextmanager
def _held() -> Iterator[None]:
    yield
