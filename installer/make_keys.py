"""Make the keys of update packages, or replace the one in use (for the publisher).

    python installer/make_keys.py new FOLDER
        two pairs; the private halves go into FOLDER, the public ones into the program
    python installer/make_keys.py rotate RESERVE_KEY FOLDER
        a new pair in place of the one in use, with the statement that the key in reserve signs

FOLDER lies outside of the checkout: a private key is never committed. Keep the two private keys in
different places; without the one in reserve nobody who has an older version can be told of a new
one, and needs a full installer.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from frozen_folder import ROOT, ReleaseError, say
from make_update import private_key

from dangjian_desktop.domain.updating.keys import Keys, Rotation, key_now, read_rotations
from dangjian_desktop.storage.updating.signing import holds, public_of, signature_of
from dangjian_desktop.storage.updating.trusted import keys_of

UPDATING = ROOT / "resources" / "updating"
IN_USE, RESERVE = "现用私钥.key", "备用私钥.key"


def new(folder: Path, updating: Path = UPDATING) -> None:
    """Two pairs, where the program has none yet."""
    if keys_in(updating):
        raise ReleaseError("程序里已有公钥。现用的私钥丢了或泄露了，用 rotate 换。")
    in_use, reserve = (_made(folder / name) for name in (IN_USE, RESERVE))
    put(updating, Keys(in_use, reserve))


def rotate(reserve_key: Path, folder: Path, updating: Path = UPDATING) -> None:
    """A new key in use; the programs out there believe it because the one in reserve says so."""
    keys, reserve = keys_in(updating), private_key(reserve_key)
    if not keys or public_of(reserve) != keys.reserve:
        raise ReleaseError("这不是程序里备用公钥的私钥，没有更换。")
    by = _made(folder / IN_USE)
    said = Rotation(keys.in_use, by, "")
    said = Rotation(keys.in_use, by, signature_of(reserve, said.signed))
    file = updating / "rotations.json"
    before = read_rotations(json.loads(file.read_bytes()))
    if key_now(keys, [said], holds) != by:
        raise ReleaseError("做出的更换说明自己读不过。")
    told = [each.as_json() for each in (*before, said)]
    file.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    put(updating, Keys(by, keys.reserve))


def keys_in(updating: Path) -> Keys:
    """The public keys of the program."""
    told = tomllib.loads((updating / "keys.toml").read_text(encoding="utf-8"))
    return keys_of(told["in_use"], told["reserve"])


def put(updating: Path, keys: Keys) -> None:
    """Write the public keys into their file, and its comment stays."""
    text = (updating / "keys.toml").read_text(encoding="utf-8")
    for name in ("in_use", "reserve"):
        text = re.sub(rf'(?m)^{name} = "[^"]*"', f'{name} = "{getattr(keys, name)}"', text)
    (updating / "keys.toml").write_text(text, encoding="utf-8")


def _made(file: Path) -> str:
    """A new private key in a file of its own that only its owner reads; the public half."""
    if file.resolve().is_relative_to(ROOT):
        raise ReleaseError("私钥不能放在检出目录里，请另选一个文件夹。")
    file.parent.mkdir(parents=True, exist_ok=True)
    private = os.urandom(32)
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        raise ReleaseError(f"{file} 已存在，不覆盖。") from error
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"{private.hex()}\n")
    say(f"私钥：{file}")
    return public_of(private)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="做出更新文件的密钥")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("new").add_argument("folder", type=Path)
    changing = verbs.add_parser("rotate")
    changing.add_argument("reserve_key", type=Path)
    changing.add_argument("folder", type=Path)
    asked = parser.parse_args(arguments)
    try:
        if asked.verb == "new":
            new(asked.folder)
        else:
            rotate(asked.reserve_key, asked.folder)
    except ReleaseError as error:
        say(str(error))
        return 1
    subprocess.run([sys.executable, str(ROOT / "installer" / "make_manifest.py")], check=True)
    say("公钥已写进 resources/updating，请提交它们；私钥不要提交。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
