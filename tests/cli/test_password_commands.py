"""password set, change, remove, recover; the password of every other command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from dangjian_desktop.cli import main
from dangjian_desktop.storage.file.keys import has_password, let_go

pytestmark = pytest.mark.usefixtures("quick_passwords")
OLD, NEW = "支部的旧密码很长", "another word"
GIST = "希望调整倒班的想法"


@pytest.fixture
def run(shell, monkeypatch):
    """A command in an environment of its own, as a new process sees it."""

    def command(*words, code=0, **surroundings):
        let_go()
        for name, value in surroundings.items():
            monkeypatch.setenv(f"DANGJIAN_{name}", value)
        return shell.json(*words, code=code)

    def told(*words, **surroundings):
        let_go()
        for name, value in surroundings.items():
            monkeypatch.setenv(f"DANGJIAN_{name}", value)
        return shell(*words)

    command.library, command.shell = shell.library, told
    return command


@pytest.fixture
def secret(run):
    """A library with a password, made so; its recovery code."""
    return run("new", "--name", "中共甲支部委员会", PASSWORD=OLD)["recovery_code"]


def test_new_with_a_password_makes_a_locked_library(run, secret):
    assert has_password(run.library)
    assert run("info", PASSWORD=OLD)["branch"] == "中共甲支部委员会"
    refused = run("info", code=1)["error"]
    assert "有密码" in refused["message"]
    assert "DANGJIAN_PASSWORD" in refused["remedy"]
    assert (
        run("info", PASSWORD=NEW, code=1)["error"]["message"]
        == "“支部.dangjian”的密码不对，没有打开。"
    )


def test_a_password_is_set_changed_forgotten_and_removed(run):
    run("new", "--name", "甲支部")
    run("backup")
    made = run("password", "set", NEW_PASSWORD=OLD)
    assert made["copies"] == 1
    assert len(made["recovery_code"].split("-")) == 9
    changed = run("password", "change", PASSWORD=OLD, NEW_PASSWORD=NEW)
    assert (changed["copies"], changed["left"]) == (1, [])
    run("info", PASSWORD=OLD, code=1)
    run("info", PASSWORD=NEW)
    run("password", "recover", RECOVERY=made["recovery_code"].lower(), NEW_PASSWORD=OLD)
    run("info", PASSWORD=OLD)
    again = run("password", "change", "--new-code", PASSWORD=OLD)
    assert again["recovery_code"] != made["recovery_code"]
    run("password", "recover", RECOVERY=made["recovery_code"], NEW_PASSWORD=NEW, code=1)
    assert run("password", "remove", PASSWORD=OLD)["copies"] == 1
    run("info")


def test_a_copy_that_keeps_the_password_from_before_is_named(run, secret, monkeypatch):
    """As on a drive that forbids writing."""
    copy = run("backup", PASSWORD=OLD)["file"]
    monkeypatch.setattr("dangjian_desktop.services.library.passwords.tell_copy", lambda *_: None)
    assert run("password", "change", PASSWORD=OLD, NEW_PASSWORD=NEW)["left"] == [copy]


def test_the_deputy_has_one_too(run, secret):
    run("password", "set", "--deputy", PASSWORD=OLD, NEW_PASSWORD=NEW)
    run("info", PASSWORD=NEW)
    run("password", "remove", PASSWORD=NEW, code=1)
    run("password", "remove", "--deputy", PASSWORD=OLD)
    run("info", PASSWORD=NEW, code=1)


def test_files_give_what_the_environment_does_not(run, secret, tmp_path):
    files = {"old": OLD, "new": NEW, "code": secret.replace("-", "\n")}
    for name, text in files.items():
        (tmp_path / name).write_text(f"{text}\r\n", encoding="utf-8-sig")
        (tmp_path / name).chmod(0o600)
    given = ("--password-file", "old", "--new-password-file", "new")
    run("password", "change", *given)
    run("info", "--password-file", "new")
    given = ("--recovery-file", "code", "--new-password-file", "old")
    run("password", "recover", *given)
    run("info", "--password-file", "old")


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\xff\xfe\x00\xd8", "不是 UTF-8"), (b"one\ntwo", "有好几行"), (None, "没有找到")],
)
def test_a_file_that_gives_no_password_is_told(run, secret, tmp_path, data, said):
    if data is not None:
        (tmp_path / "p").write_bytes(data)
    assert said in run("info", "--password-file", "p", code=1)["error"]["message"]


def test_what_is_wanting_is_named(run, secret):
    assert "没有给出密码" in run("password", "change", code=1)["error"]["message"]
    assert "没有给出新密码" in run("password", "change", PASSWORD=OLD, code=1)["error"]["message"]
    assert "没有给出恢复码" in run("password", "recover", code=1)["error"]["message"]
    (group, *_rest) = secret.split("-")
    wrong = secret.replace(group, "ZZZZZ")
    refused = run("password", "recover", RECOVERY=wrong, NEW_PASSWORD=NEW, code=1)["error"]
    assert "第1组不对" in refused["message"]
    assert refused["issues"][0]["field"] == "0"


def test_a_password_is_no_argument(shell, capfd):
    shell("info", "--password", "geheim", code=2)


def test_copies_and_checks_of_a_locked_library(run, secret):
    copy = run("backup", PASSWORD=OLD)["file"]
    assert run("verify", copy, PASSWORD=OLD)["ok"]
    assert "有密码" in run("verify", copy, code=1)["error"]["message"]
    run("restore", copy, "--dry-run", PASSWORD=OLD)
    run("restore", copy, PASSWORD=OLD)
    run("info", PASSWORD=OLD)


def test_no_program_that_is_started_inherits_a_password(run, secret):
    run("info", PASSWORD=OLD)
    assert "DANGJIAN_PASSWORD" not in os.environ


def test_everything_comes_back_behind_a_password_or_not_at_all(run, secret, tmp_path):
    talk = {"day": "2026-03-05", "talkers": [{"name": "张三"}], "partners": [{"name": "赵六"}]}
    (tmp_path / "t.json").write_text(json.dumps([talk | {"gist": GIST}]), "utf-8")
    run("heart_talk", "import", "t.json", PASSWORD=OLD)
    out, _err = run.shell("export", "all", "--out", "全部", PASSWORD=OLD)
    assert "没有密码" in out
    place = ("--library", tmp_path / "读回" / "新.dangjian")
    refused = run(*place, "import", "all", "全部", code=1)["error"]
    assert "谈心谈话 1 条" in refused["message"]
    assert list((tmp_path / "读回").iterdir()) == []
    done = run(*place, "import", "all", "全部", PASSWORD=NEW)
    assert len(done["recovery_code"].split("-")) == 9
    run(*place, "info", code=1)
    (told,) = run(*place, "heart_talk", "list", PASSWORD=NEW).values()
    shown = run(*place, "heart_talk", "show", told[0]["id"], PASSWORD=NEW)
    assert GIST in json.dumps(shown, ensure_ascii=False)


def test_a_copy_from_before_a_change_of_the_password_opens_by_the_present_one(
    run, secret, tmp_path
):
    run("backup", "--to", "甲.dangjian", PASSWORD=OLD)
    run("backup", "--one-file", "甲.zip", PASSWORD=OLD)
    run("password", "change", PASSWORD=OLD, NEW_PASSWORD=NEW)
    for copy in ("甲.dangjian", "甲.zip"):
        assert run("verify", copy, PASSWORD=NEW)["ok"]
        run("restore", copy, PASSWORD=NEW)
    run("info", PASSWORD=NEW)


def test_a_copy_under_another_code_names_itself_and_opens_by_its_own(run, secret):
    run("backup", "--to", "甲.dangjian", PASSWORD=OLD)
    run("password", "change", "--new-code", PASSWORD=OLD)
    run("password", "change", PASSWORD=OLD, NEW_PASSWORD=NEW)
    refused = run("restore", "甲.dangjian", PASSWORD=NEW, code=1)["error"]
    assert refused["message"] == "“甲.dangjian”用的是另一个密码或恢复码，没有打开。"
    assert "DANGJIAN_RECOVERY" in refused["remedy"]
    run("restore", "甲.dangjian", PASSWORD=NEW, RECOVERY=secret)
    run("info", PASSWORD=NEW)


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_a_file_that_others_can_read_is_said_once(run, secret, tmp_path, capfd):
    (tmp_path / "p").write_text(OLD, encoding="utf-8")
    (tmp_path / "p").chmod(0o644)
    let_go()
    assert main(["--library", str(run.library), "--password-file", "p", "info"]) == 0
    said = capfd.readouterr().err
    assert said.count("别人也能读") == 1
    assert OLD not in said


def test_where_nobody_sits_there_it_is_said_that_the_code_was_not_checked(run, tmp_path):
    run("new", "--name", "甲支部")
    out, _err = run.shell("password", "set", NEW_PASSWORD=OLD)
    assert "没有人照纸核对过" in out


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize("right", [True, False])
def test_whoever_sits_there_types_two_groups_back_before_anything_is_changed(run, right):
    import pty

    run("new", "--name", "甲支部")
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "dangjian_desktop.cli", "--library", run.library, "password", "set"],
        stdin=theirs,
        stderr=theirs,
        stdout=subprocess.PIPE,
        env=os.environ | {"DANGJIAN_NEW_PASSWORD": OLD},
    )
    os.close(theirs)
    told, answered = "", 0
    while child.poll() is None and answered < (2 if right else 3):
        told += os.read(ours, 4096).decode()
        asked = re.findall(r"第(\d)组：", told)
        if len(asked) > answered:
            assert not has_password(run.library)
            groups = re.search("恢复码：([0-9A-Z-]+)", told)[1].split("-")
            answer = groups[int(asked[answered]) - 1].lower() if right else "00000"
            os.write(ours, f"{answer}\n".encode())
            answered += 1
    out, _ = child.communicate(timeout=60)
    os.close(ours)
    assert child.returncode == (0 if right else 1)
    assert has_password(run.library) is right
    assert ("恢复码已核对" in out.decode()) is right
