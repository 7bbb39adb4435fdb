"""Which key opens a library file, and the keys of the libraries that are unlocked now.

A file says of itself which one: what SQLCipher calls its salt are the first sixteen bytes, in
clear, and with a key of full strength they may be anything. Those of a library with a password are
a mark and the name of its key, so that a copy, a part or a library that was moved is told from one
without a password by nothing but itself.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import field
from pathlib import Path
from threading import RLock
from weakref import finalize

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.masking import forget_secrets, secret

_PUBLISHED_SENTENCE = "党支部工作台资料库：这把钥匙是公开的，只用来发现损坏，不用来保密。"
PUBLISHED_KEY = hashlib.sha256(_PUBLISHED_SENTENCE.encode()).hexdigest()
"""The key of every library without a password: 64 hexadecimal digits, the same everywhere.

It keeps nothing secret. SQLCipher seals each page with it, so that damage is noticed which plain
SQLite would read over, and nobody can be locked out of a library, because everybody has it.
"""
SLOTS = ".keys"
MARK = b"DJGZKEY\x01"
_HEAD = 16


class LockedError(BlockedError):
    """The file has a password that was not given yet, or it was locked again."""

    file: Path | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What a master secret gives, each key for one use; ``name`` tells nothing of them."""

    name: bytes
    library: bytes
    attachments: bytes
    drafts: bytes
    rows: bytes
    identity: bytes
    spec: str = field(init=False)
    """What SQLCipher is told: the key and the first bytes of the file."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "spec", (self.library + MARK + self.name).hex())


@dataclass(frozen=True, slots=True, repr=False)
class Under:
    """What a new library with a password is made with: its keys, and what writes its slots
    ``beside`` it before it has its name."""

    keys: Keys
    put_beside: Callable[[Path], None]


Ask = Callable[[Path, bytes], Keys | None]

_unlocked: dict[bytes, Keys] = {}
_promised: dict[Path, Keys | None] = {}
_remembered: dict[tuple[int, int], tuple[bytes, int]] = {}
"""The first bytes of a file and the descriptor by which it keeps its number."""
_owners: Counter[tuple[int, int]] = Counter()
_remembering = RLock()
_asked: list[Ask] = []


def hold(keys: Keys) -> None:
    """Unlock every file of this key, until ``let_go``."""
    _unlocked[keys.name] = keys
    secret(keys.spec, keys.library.hex())


def let_go_of(keys: Keys) -> None:
    """Lock the files of this key alone."""
    _unlocked.pop(keys.name, None)


def let_go() -> None:
    """Lock everything: what is asked of a file with a password is refused from now on."""
    _unlocked.clear()
    _asked.clear()
    forget_secrets()


def ask_when_needed(ask: Ask) -> None:
    """Ask this for the keys of a file that is locked, by its name for the key; None: unknown."""
    _asked[:] = [ask]


@contextmanager
def promised(file: Path, keys: Keys | None) -> Iterator[None]:
    """The key of a file that is empty still, for as long as the block lasts."""
    _promised[file.absolute()] = keys
    try:
        yield
    finally:
        _promised.pop(file.absolute(), None)


def keys_of(file: Path) -> Keys | None:
    """The keys of a library or a copy, none where it has no password; raises ``LockedError``."""
    name = key_name(file)
    if name is None:
        return _promised.get(file.absolute()) if _promised else None
    found = _unlocked.get(name)
    for ask in _asked if found is None else ():
        if (found := ask(file, name)) is not None:
            hold(found)
    if found is None:
        raise locked(file)
    return found


def refusal(file: Path) -> LockedError | None:
    """Why a library or a copy with a password does not open now; none where it does."""
    try:
        keys_of(file)
    except LockedError as error:
        return error
    return None


def unlocked(name: bytes) -> Keys | None:
    """The keys of this name, where they are held now."""
    return _unlocked.get(name)


def slots_file(library: Path) -> Path:
    """Where the key slots of a library, or of a copy, lie; may not exist."""
    return library.with_suffix(SLOTS)


def is_locked(file: Path) -> bool:
    """Whether a file that is there has a password which is not given yet."""
    name = key_name(file)
    return name is not None and name not in _unlocked


def has_password(file: Path) -> bool:
    """Whether a library or a copy has a password, given or not."""
    return key_name(file) is not None


def key_name(file: Path) -> bytes | None:
    """The name of the key in the first bytes of a file; none without a password."""
    head = _head(file)
    return head[len(MARK) :] if head.startswith(MARK) and len(head) == _HEAD else None


def remember(owner: object, file: Path) -> Callable[[], object]:
    """Ask a file that connections are going to be open to for its key this once; what is given
    back forgets it, as the end of the owner does.

    On POSIX, closing any descriptor of a file lets go of every lock that this process has on it,
    those of SQLite's connections too. A file that is deleted meanwhile keeps its number while it
    is remembered: whatever gets its name is another one.
    """
    with _remembering:
        told = _hold_open(file) if os.name != "nt" else None
    return _nothing if told is None else finalize(owner, _forget, told)


def locked(file: Path) -> LockedError:
    """What to say of a file whose password was not given."""
    error = LockedError(
        f"“{file}”有密码，还没有输入。",
        "请输入密码后再打开；命令行用环境变量 DANGJIAN_PASSWORD 或 --password-file 给出密码。",
    )
    error.file = file
    return error


def _told(file: Path) -> tuple[int, int] | None:
    """What tells a file from every other; nothing of a folder, nor of a pipe, whose opening would
    be waited for."""
    try:
        found = file.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _hold_open(file: Path) -> tuple[int, int] | None:
    told = _told(file)
    if told is None:
        return None  # SQLite says what is wrong
    if told not in _remembered:
        try:
            descriptor = os.open(file, os.O_RDONLY)
        except OSError:
            return None
        found = os.fstat(descriptor)
        told = found.st_dev, found.st_ino
        _remembered[told] = os.pread(descriptor, _HEAD, 0), descriptor
    _owners[told] += 1
    return told


def _forget(told: tuple[int, int]) -> None:
    with _remembering:
        _owners[told] -= 1
        if _owners[told] <= 0:
            del _owners[told]
            _head, descriptor = _remembered.pop(told)
            os.close(descriptor)


def _nothing() -> None:
    """What was not remembered."""


def _head(file: Path) -> bytes:
    told = _told(file) if _remembered else None
    known = _remembered.get(told) if told is not None else None
    return known[0] if known else _read(file)


def _read(file: Path) -> bytes:
    if _told(file) is None:
        return b""
    with suppress(OSError):  # SQLite says what is wrong
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            return os.read(descriptor, _HEAD)
        finally:
            os.close(descriptor)
    return b""
