"""Update packages: made as a release makes them; what was changed, cut or forged is refused."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangjian_desktop.domain.updating.canonical import canonical, read_canonical
from dangjian_desktop.domain.updating.keys import Keys
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.storage.updating import layout
from dangjian_desktop.storage.updating.reading import package
from dangjian_desktop.storage.updating.signing import public_of, signature_of
from tests.faults.cases import WHOLE
from tests.installer.updates import (
    HOST,
    Made,
    Publisher,
    a_program,
    files_of,
    make_keys,
    make_update,
    private,
)

PUBLISHER = Publisher()
FILES = {"dangjian": b"#!/bin/sh\n" * 40, "version": b"0.2.0\n", "_internal/a": b"x" * 5000}


def written(tmp_path: Path, made: Made | None = None, signer: bytes = PUBLISHER.in_use) -> Path:
    return (made or Made(FILES)).write(tmp_path / "更新.update", signer)


def taken(file: Path, keys: Keys = PUBLISHER.keys, kept: Any = ()) -> Any:
    """Its manifest, where every byte of it is believed."""
    with package(file, keys, kept) as opened:
        opened.check(lambda *_: None)
        return opened.manifest


def refused(file: Path, said: str, **given: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        taken(file, **given)
    told = [caught.value.message, *(issue.message for issue in caught.value.issues)]
    assert any(said in words for words in told), told
    assert caught.value.remedy
    return caught.value


# ---- as it is made -----------------------------------------------------------------------------


def test_a_package_is_made_of_a_version_folder_and_unpacks_into_the_same(tmp_path):
    program = a_program(tmp_path / "版本", "0.2.0", PUBLISHER.keys)
    key = tmp_path / "私钥.key"
    key.write_text(f"{PUBLISHER.in_use.hex()}\n", encoding="ascii")
    host = (HOST.platform, HOST.machine, "2.17")
    made = make_update.make_update(program, "0.2.0", *host, tmp_path / "出", key)
    assert made.name == f"dangjian-desktop-0.2.0-{HOST.platform}-{HOST.machine}.update"
    with zipfile.ZipFile(made) as opened:
        assert {each.compress_type for each in opened.infolist()} == {0, 95}
        assert opened.namelist()[:3] == ["manifest.json", "signature.json", "rotations.json"]
    (tmp_path / "解开").mkdir()
    with package(made, PUBLISHER.keys, ()) as opened:
        opened.check(lambda *_: None)
        opened.unpack(tmp_path / "解开", lambda *_: None)
    assert files_of(tmp_path / "解开") == files_of(program)
    assert (tmp_path / "解开" / "lay.sh").stat().st_mode & 0o777 == 0o755
    again = make_update.make_update(program, "0.2.0", *host, tmp_path / "又", key)
    assert again.read_bytes() == made.read_bytes()


def test_without_the_private_key_nothing_is_made_and_that_is_said(tmp_path, capsys):
    program = a_program(tmp_path / "版本", "0.2.0", PUBLISHER.keys)
    given = ["--program", str(program), "--version", "0.2.0", "--platform", "linux"]
    given += ["--machine", "x86_64", "--out", str(tmp_path / "出")]
    assert make_update.main(given) == 0
    assert "没有做更新文件" in capsys.readouterr().out
    assert not (tmp_path / "出").exists()


@pytest.mark.parametrize("keys", [Keys(), Publisher(private("别的")).keys])
def test_a_key_that_the_program_does_not_know_makes_nothing(tmp_path, keys, capsys):
    program = a_program(tmp_path / "版本", "0.2.0", keys)
    key = tmp_path / "私钥.key"
    key.write_text(f"{PUBLISHER.in_use.hex()}\n", encoding="ascii")
    given = ["--program", str(program), "--version", "0.2.0", "--platform", "linux"]
    given += ["--machine", "x86_64", "--out", str(tmp_path / "出"), "--key", str(key)]
    assert make_update.main(given) == 1
    assert "不是一对" in capsys.readouterr().out
    assert not (tmp_path / "出").exists()


def test_a_package_is_made_only_as_the_version_that_the_folder_holds(tmp_path):
    program = a_program(tmp_path / "版本", "0.2.0", PUBLISHER.keys)
    key = tmp_path / "私钥.key"
    key.write_text(f"{PUBLISHER.in_use.hex()}\n", encoding="ascii")
    given = (HOST.platform, HOST.machine, "2.17", tmp_path / "出", key)
    with pytest.raises(make_update.ReleaseError, match=r"里是 0\.2\.0，不是 0\.4\.0"):
        make_update.make_update(program, "0.4.0", *given)


def test_a_package_tells_what_matters_most_of_its_version(monkeypatch, tmp_path):
    log = "## 0.2.0（2026-12-01）\n\n- 都有\n- 还有\n\n## 0.1.0\n\n- 以前\n"
    monkeypatch.setattr(make_update, "ROOT", tmp_path)
    (tmp_path / "CHANGELOG.md").write_text(log, encoding="utf-8")
    assert make_update.changes_of("0.2.0") == ("2026-12-01", ("都有", "还有"))
    most = log.replace("- 都有", "* 要紧的\n\n- 都有")
    (tmp_path / "CHANGELOG.md").write_text(most, encoding="utf-8")
    assert make_update.changes_of("0.2.0") == ("2026-12-01", ("要紧的",))


# ---- changed, cut, forged ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> bytes:
    small = {"version": b"0.2.0\n", "_internal/数据": b"abc" * 300}
    return written(tmp_path_factory.mktemp("包"), Made(small)).read_bytes()


def test_any_changed_byte_is_refused(tmp_path, whole):
    file = tmp_path / "改.update"
    for place in range(0, len(whole), 1 if WHOLE else 3):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        file.write_bytes(changed)
        with pytest.raises(InputError):
            taken(file)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_other_byte_anywhere_is_refused(tmp_path_factory, whole, data):
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))
    file = tmp_path_factory.getbasetemp() / "换.update"
    file.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
    with pytest.raises(InputError):
        taken(file)


def test_a_half_copied_one_says_so(tmp_path, whole):
    file = tmp_path / "半.update"
    for part in (100, 200, 700, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:part])
        assert "没有拷全" in refused(file, "没有拷全").message
    file.write_bytes(whole[:-300] + bytes(300))  # a stick that lied about the end
    refused(file, "与清单")
    file.write_bytes(whole + b"more")
    refused(file, "多出4字节")


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 5000, b"PK\x03\x04" + b"\xff" * 90])
def test_another_file_is_none(tmp_path, content):
    file = tmp_path / "别的.update"
    file.write_bytes(content)
    refused(file, "不是党支部工作台的更新文件")


def test_an_ordinary_zip_is_none(tmp_path):
    file = tmp_path / "别的.update"
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("readme.txt", "x")
    refused(file, "不是党支部工作台的更新文件")


def test_signed_by_another_it_is_refused_and_names_both(tmp_path):
    other = private("别人")
    error = refused(written(tmp_path, signer=other), "不是这个程序认可的")
    assert public_of(other)[:8] in error.message
    assert PUBLISHER.keys.in_use[:8] in error.message
    # The key in reserve signs no packages.
    (tmp_path / "更新.update").unlink()
    refused(written(tmp_path, signer=PUBLISHER.reserve), "不是这个程序认可的")


def test_who_names_the_key_in_use_has_to_have_it(tmp_path, monkeypatch):
    """All of it holds together: only the signature was made with another key."""
    other = private("别人")
    monkeypatch.setattr(make_update, "signature_of", lambda _key, told: signature_of(other, told))
    refused(written(tmp_path), "签名与内容不符")


def test_what_travels_about_keys_is_under_the_signature_too(tmp_path):
    """A statement that is true, put where the publisher had none."""
    manifest = {"rotations": hashlib.sha256(canonical([])).hexdigest()}
    said = PUBLISHER.rotation(private("早先"), private("后来"))
    refused(written(tmp_path, Made(FILES, manifest, rotations=[said])), "关于密钥的说明与清单不符")


def test_a_program_without_keys_takes_none_and_names_the_other_way(tmp_path):
    with pytest.raises(BlockedError) as caught:
        taken(written(tmp_path), Keys())
    assert "没有配置更新公钥" in caught.value.message
    assert "完整安装包" in caught.value.remedy


# ---- what a signed one may not be --------------------------------------------------------------


def with_files(**more: bytes) -> Made:
    return Made({**FILES, **more})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("_internal/CON", "保留"),
        ("aux.txt", "保留"),
        ("lib/com1.so", "保留"),
        ("_internal/b.", "结尾"),
        ("_internal/b ", "结尾"),
        ("_INTERNAL/c", "大小写"),
        ("Version", "大小写"),
        ("_internal/e\u0301", "NFC"),
        ("/etc/passwd", "绝对路径"),
        ("C:/Windows/x", "绝对路径"),
        ("a/../../b", "指向别的文件夹"),
        ("./b", "指向别的文件夹"),
        ("a//b", "指向别的文件夹"),
        ("a\\b", "反斜杠"),
        ("ab:c", "不允许的字符"),
        ("version/x", "既是文件又是文件夹"),
        ("长" * 121, "超过"),
    ],
)
def test_a_name_that_not_every_system_can_hold_is_refused(tmp_path, name, said):
    refused(written(tmp_path, with_files(**{name: b"x"})), said)


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    made = with_files(**{"CON": b"x", "a\\b": b"y"})
    made.manifest["version"] = "zwei"
    made.parts["version"] = {"mode": 0o120777}
    made.manifest["size"] = 7
    error = refused(written(tmp_path, made), "保留")
    told = "".join(issue.message for issue in error.issues)
    for words in ("版本号", "加起来", "保留", "反斜杠", "链接或特殊文件"):
        assert words in told


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    refused(written(tmp_path, with_files(big=bytes(8 << 20))), "大得不合理")


@pytest.mark.parametrize("told", [{"size": 4999}, {"size": 5001}, {"sha256": "0" * 64}])
def test_a_file_that_is_not_what_the_list_says_stops_the_unpacking(tmp_path, told):
    made = Made(FILES, parts={"_internal/a": told})
    (tmp_path / "解开").mkdir()
    with (
        package(written(tmp_path, made), PUBLISHER.keys, ()) as opened,
        pytest.raises(InputError, match="解开后与清单不符"),
    ):
        opened.unpack(tmp_path / "解开", lambda *_: None)


def test_another_product_or_a_newer_format_is_named(tmp_path, monkeypatch):
    true = make_update.written
    for said, field, value in (("别的程序", "product", "x"), ("比这个版本认识的新", "format", 2)):
        changed = lambda m, f=field, v=value: canonical({**read_canonical(true(m)), f: v})  # noqa: E731
        monkeypatch.setattr(make_update, "written", changed)
        (tmp_path / "更新.update").unlink(missing_ok=True)
        refused(written(tmp_path), said)


def test_a_key_that_stands_twice_in_signed_json_is_refused(tmp_path, monkeypatch):
    true = make_update.written
    twice = lambda m: true(m).replace(b'"day":', b'"day":"2026-01-01","day":', 1)  # noqa: E731
    monkeypatch.setattr(make_update, "written", twice)
    refused(written(tmp_path), "重复的项目")


def test_a_member_beside_the_list_is_refused(tmp_path, monkeypatch):
    def more(members):
        known = list(members)
        return b"PK-more" + layout.tail(known)

    monkeypatch.setattr(make_update, "tail", more)
    refused(written(tmp_path), "多出7字节")


# ---- keys that are replaced --------------------------------------------------------------------


NEXT = private("接替")


def test_the_key_in_reserve_can_name_another(tmp_path):
    said = PUBLISHER.rotation(PUBLISHER.in_use, NEXT)
    file = written(tmp_path, Made(FILES, rotations=[said]), signer=NEXT)
    assert taken(file).version == "0.2.0"
    # Once that is kept, the one that was replaced opens nothing any more.
    file.unlink()
    written(tmp_path)
    assert taken(file).version == "0.2.0"
    refused(file, "不是这个程序认可的", kept=(said,))


def test_nobody_else_can_and_nothing_comes_back(tmp_path):
    forged = PUBLISHER.rotation(PUBLISHER.in_use, NEXT, signer=PUBLISHER.in_use)
    file = written(tmp_path, Made(FILES, rotations=[forged]), signer=NEXT)
    refused(file, "不是这个程序认可的")
    said = PUBLISHER.rotation(PUBLISHER.in_use, NEXT)
    returned = PUBLISHER.rotation(NEXT, PUBLISHER.in_use)
    file.unlink()
    written(tmp_path, Made(FILES, rotations=[said, returned]))
    refused(file, "不是这个程序认可的")


def test_keys_are_made_outside_and_replaced(tmp_path, monkeypatch):
    updating = a_program(tmp_path / "版本", "0.2.0") / "_internal" / "resources" / "updating"
    make_keys.new(tmp_path / "钥匙", updating)
    before = make_keys.keys_in(updating)
    file = tmp_path / "钥匙" / make_keys.IN_USE
    assert file.stat().st_mode & 0o777 == 0o600
    assert public_of(make_update.private_key(file)) == before.in_use
    with pytest.raises(make_update.ReleaseError, match="已有公钥"):
        make_keys.new(tmp_path / "又", updating)
    with pytest.raises(make_update.ReleaseError, match="不能放在检出目录"):
        make_keys.rotate(tmp_path / "钥匙" / make_keys.RESERVE, make_keys.ROOT / "x", updating)
    make_keys.rotate(tmp_path / "钥匙" / make_keys.RESERVE, tmp_path / "新", updating)
    after = make_keys.keys_in(updating)
    assert (after.in_use != before.in_use, after.reserve) == (True, before.reserve)
    rotations = make_update.rotations_in(tmp_path / "版本")
    signer = make_update.private_key(tmp_path / "新" / make_keys.IN_USE)
    made = written(tmp_path, Made(FILES, rotations=rotations), signer=signer)
    assert taken(made, before).version == "0.2.0"
    assert taken(made, after).version == "0.2.0"


def test_no_private_key_is_in_the_repository():
    keys = make_keys.keys_in(make_keys.UPDATING)
    assert not keys or len(keys.in_use) == 64
    assert not [*make_keys.ROOT.glob("resources/**/*.key"), *make_keys.ROOT.glob("installer/*.key")]
