"""The set-up: what it asks of a machine, what it installs, and that it does nothing twice."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INSTALLER = ROOT / "installer"
VERBS = ("run", "test")
LOCKS = ("requirements.txt", "requirements-dev.txt")


sys.path.insert(0, str(INSTALLER))
bootstrap = importlib.import_module("bootstrap")
sys.path.remove(str(INSTALLER))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small copy of the checkout in a folder with a blank and Chinese in its name."""
    root = tmp_path / "党建 工作台"
    (root / "installer").mkdir(parents=True)
    for name in LOCKS:
        shutil.copy(INSTALLER / name, root / "installer" / name)
    shutil.copy(ROOT / "pyproject.toml", root / "pyproject.toml")
    return root


@pytest.fixture
def environment(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    """An environment whose Python runs and whose calls of pip are only written down."""
    made = bootstrap.Environment(checkout)
    made.calls, made.asked = [], []
    monkeypatch.setattr(made, "version", lambda: "3.11" if made.folder.is_dir() else "")

    def call(command: list[str]) -> None:
        made.calls.append(command)
        if "venv" in command:
            made.folder.mkdir(exist_ok=True)

    monkeypatch.setattr(made, "_call", call)
    monkeypatch.setattr(made, "_ask", lambda command: made.asked.append(command) or (0, ""))
    return made


# ---- nothing twice ----------------------------------------------------------------------------


def test_a_fresh_checkout_gets_an_environment_the_packages_and_the_program(environment):
    environment.prepare("run")
    venv, packages, program = environment.calls
    assert venv[1:] == ["-m", "venv", "--clear", str(environment.folder)]
    assert {"--no-deps", "--require-hashes", "--only-binary=:all:"} <= set(packages)
    assert packages[packages.index("-r") + 1].endswith("requirements.txt")
    assert {"--no-deps", "--no-build-isolation", "-e"} <= set(program)
    assert [call[1:] for call in environment.asked] == [["-m", "pip", "check"]]


def test_a_second_time_nothing_is_done(environment):
    environment.prepare("run")
    environment.calls.clear()
    environment.prepare("run")
    assert environment.calls == []


def test_after_the_tests_the_program_needs_nothing_more(environment):
    environment.prepare("test")
    environment.calls.clear()
    environment.prepare("run")
    assert environment.calls == []


def test_after_the_program_the_tests_add_their_packages_to_the_same_environment(environment):
    environment.prepare("run")
    environment.calls.clear()
    environment.prepare("test")
    assert not any("venv" in call for call in environment.calls)
    assert any("requirements-dev.txt" in part for call in environment.calls for part in call)


def test_a_changed_lock_file_is_installed(environment):
    environment.prepare("run")
    environment.calls.clear()
    lock = environment.root / "installer" / "requirements.txt"
    lock.write_text(lock.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    environment.prepare("run")
    assert len(environment.calls) == 2


def test_a_checkout_that_was_moved_gets_a_new_environment(environment, monkeypatch):
    environment.prepare("run")
    stamp = json.loads(environment.stamp.read_text(encoding="utf-8"))
    environment.stamp.write_text(json.dumps({**stamp, "root": "/elsewhere"}), encoding="utf-8")
    environment.calls.clear()
    environment.prepare("run")
    assert "venv" in environment.calls[0]


def test_a_failed_installation_is_tried_again(environment, monkeypatch):
    def fail(command: list[str]) -> None:
        raise bootstrap.SetUpError("没有网络")

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_call", fail)
        with pytest.raises(bootstrap.SetUpError):
            environment.prepare("run")
    environment.prepare("run")
    assert environment.is_ready("run")


def test_packages_that_do_not_fit_together_are_told_in_chinese_and_tried_again(
    environment, monkeypatch
):
    said = (
        "alembic 1.20.1 requires mako, which is not installed.\n"
        "pytest 9.2.0 has requirement pluggy<2,>=1.5, but you have pluggy 1.0.0.\n"
        "lxml 6.1.3 is not supported on this platform\n"
    )
    with monkeypatch.context() as patch:
        patch.setattr(environment, "_ask", lambda command: (1, said))
        with pytest.raises(bootstrap.SetUpError) as refused:
            environment.prepare("run")
    told = str(refused.value)
    assert "alembic 1.20.1 需要 mako，而它没有安装；" in told
    assert "pytest 9.2.0 需要 pluggy<2,>=1.5，而装的是 pluggy 1.0.0；" in told
    assert "lxml 6.1.3 不能用于本机。请删除" in told
    environment.calls.clear()
    environment.prepare("run")
    assert environment.calls != []


def test_a_damaged_stamp_is_as_good_as_none(environment):
    environment.prepare("run")
    environment.stamp.write_text("{", encoding="utf-8")
    assert not environment.is_ready("run")


def test_a_wheelhouse_is_used_without_network(environment):
    (environment.root / "wheelhouse").mkdir()
    environment.prepare("run")
    packages = environment.calls[1]
    assert "--no-index" in packages
    assert packages[packages.index("--find-links") + 1] == str(environment.root / "wheelhouse")


def test_without_a_wheelhouse_the_settings_of_pip_decide(environment):
    environment.prepare("run")
    assert "--no-index" not in environment.calls[1]
    assert not any("index-url" in part for part in environment.calls[1])


# ---- the system -------------------------------------------------------------------------------


def test_only_what_does_not_load_is_installed():
    gone = {"libxcb-cursor.so.0", "libEGL.so.1"}
    missing = bootstrap.missing_libraries(lambda soname: soname not in gone)
    assert sorted(missing) == ["libegl1", "libxcb-cursor0"]


def test_a_complete_machine_is_left_alone(monkeypatch):
    monkeypatch.setattr(bootstrap, "missing_packages", lambda verb: [])
    monkeypatch.setattr(bootstrap, "install_packages", pytest.fail)
    bootstrap.prepare_system("test")


def test_only_the_tests_ask_for_an_office_program(monkeypatch):
    monkeypatch.setattr(bootstrap, "missing_libraries", list)
    monkeypatch.setattr(bootstrap, "has_chinese_face", lambda: True)
    monkeypatch.setattr(bootstrap, "has_office", lambda: False)
    assert bootstrap.missing_packages("run") == []
    assert bootstrap.missing_packages("test") == list(bootstrap.OFFICE)


def test_without_root_and_sudo_the_line_to_copy_is_printed(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "missing_packages", lambda verb: ["libegl1"])
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda: ["libegl1"])
    monkeypatch.setattr(bootstrap, "administrator", lambda: None)
    with pytest.raises(bootstrap.SetUpError):
        bootstrap.prepare_system("test")
    assert "apt-get install -y --no-install-recommends libegl1" in capsys.readouterr().out


def test_sudo_is_announced_before_it_is_used(monkeypatch, capsys):
    ran: list[list[str]] = []
    said_before: list[str] = []

    def record(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        said_before.append(capsys.readouterr().out)
        ran.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap, "administrator", lambda: ["sudo", "-n"])
    monkeypatch.setattr(bootstrap.subprocess, "run", record)
    assert bootstrap.install_packages(["libegl1"])
    assert all(command[0] == "sudo" for command in ran)
    assert "sudo apt-get install -y --no-install-recommends libegl1" in said_before[0]


# ---- the two verbs ----------------------------------------------------------------------------


def test_the_place_of_the_demo_year_is_the_one_that_the_command_names(tmp_path, capsys):
    answer = {"library": str(tmp_path / "示例年2" / "示例.dangjian"), "files": ["a", "b"]}
    assert bootstrap.demo_made(0, json.dumps(answer)) == 0
    said = capsys.readouterr().out
    assert str(tmp_path / "示例年2") in said
    assert "2 份文件" in said


def test_a_demo_year_that_failed_is_said_and_ends_red(capsys):
    answer = {"error": {"message": "磁盘已满。", "remedy": "请换一个文件夹。", "issues": []}}
    assert bootstrap.demo_made(1, json.dumps(answer)) == 1
    assert bootstrap.demo_made(1, "") == 1
    assert "磁盘已满。请换一个文件夹。" in capsys.readouterr().out


def test_no_display_is_known(monkeypatch):
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert not bootstrap.has_display()
    monkeypatch.setenv("DISPLAY", ":4321")
    assert not bootstrap.has_display()


def test_all_quick_checks_run_and_a_red_one_stops_before_the_tests(environment, monkeypatch):
    names: list[str] = []

    def red(name: str, command: list[str], root: Path) -> int:
        names.append(name)
        return int(name == "写法")

    monkeypatch.setattr(bootstrap, "code_of", red)
    assert bootstrap.test(environment, []) == 1
    assert names == ["排版", "写法", "类型", "分层"]


def test_green_checks_tests_and_floors_end_with_zero(environment, monkeypatch):
    names: list[str] = []
    monkeypatch.setattr(bootstrap, "code_of", lambda name, command, root: names.append(name) or 0)
    assert bootstrap.test(environment, []) == 0
    assert names[-2:] == ["测试", "覆盖率"]


def test_a_step_is_red_when_its_command_fails(tmp_path):
    assert bootstrap.step("好", [sys.executable, "-c", ""], tmp_path)
    assert not bootstrap.step("坏", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


SHAKY = """
from pathlib import Path

def test_shaky():
    seen = Path("seen")
    first = not seen.exists()
    seen.touch()
    assert not first

def test_broken():
    assert Path("cured").exists()
"""


def test_what_passes_alone_lets_the_run_pass_and_is_named(environment, monkeypatch, capfd):
    root = environment.root
    monkeypatch.setattr(environment, "program", lambda _name: Path(sys.executable))
    monkeypatch.setattr(bootstrap, "checks", lambda _environment: ())
    run = [sys.executable, "-m", "pytest", "-n", "0", "-c", "own.ini", "test_shaky.py"]
    monkeypatch.setattr(bootstrap, "suite", lambda _environment, more: [*run, *more])
    really = bootstrap.code_of
    monkeypatch.setattr(
        bootstrap, "code_of", lambda name, *given: 0 if name == "覆盖率" else really(name, *given)
    )
    (root / "own.ini").write_text("[pytest]\n")
    (root / "test_shaky.py").write_text(SHAKY)
    assert bootstrap.test(environment, []) == 1  # one of the two is broken alone, too
    (root / "seen").unlink()
    (root / "cured").touch()
    assert bootstrap.test(environment, ["-x"]) == 1  # the whole run alone is tried again
    (root / "seen").unlink()
    assert bootstrap.test(environment, []) == 0
    assert "不稳定，要修好的测试：\n  test_shaky.py::test_shaky" in capfd.readouterr().out


# ---- the scripts ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["run.cmd", "test.cmd"])
def test_windows_scripts_are_ascii_with_windows_line_ends(name: str):
    content = (INSTALLER / name).read_bytes()
    assert content.isascii()
    assert content.count(b"\r\n") == content.count(b"\n") > 5


@pytest.mark.parametrize("name", VERBS)
def test_twins_call_the_same_verb(name: str):
    assert f'bootstrap.py" {name} ' in (INSTALLER / f"{name}.sh").read_text(encoding="utf-8")
    assert f'bootstrap.py" {name} ' in (INSTALLER / f"{name}.cmd").read_text(encoding="ascii")


def test_twins_look_for_the_same_python():
    commands = {name: (INSTALLER / f"{name}.cmd").read_text(encoding="ascii") for name in VERBS}
    assert len({commands[name].replace(f'py" {name} ', "") for name in VERBS}) == 1
    shell = (INSTALLER / "find_python.sh").read_text(encoding="utf-8")
    versions = [f"{major}.{minor}" for major, minor in bootstrap.PYTHONS]
    assert re.findall(r"python(3\.\d+)", shell) == versions
    assert re.findall(r"call :find (3\.\d+)", commands["run"]) == versions
    question = re.search(r"-c '(import .*)'", shell)
    assert question is not None
    assert f'python -c "{question[1]}"' in commands["run"]
    one = "import sys, venv, ensurepip; sys.exit(sys.maxsize < 2**32)"
    assert f'py -%1 -c "{one}"' in commands["run"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX shell")
@pytest.mark.parametrize("path", ["installer/run.sh", "installer/test.sh", ".ci/run"])
def test_shell_scripts_parse_and_may_be_executed(path: str):
    subprocess.run(["sh", "-n", str(ROOT / path)], check=True)
    assert os.access(ROOT / path, os.X_OK)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX shell")
def test_the_shell_script_works_from_any_folder_and_path(checkout: Path, tmp_path: Path):
    for name in ("run.sh", "find_python.sh"):
        shutil.copy(INSTALLER / name, checkout / "installer" / name)
    echo = "import sys; print(sys.argv[1:], sys.version_info[:2] >= (3, 11))\n"
    (checkout / "installer" / "bootstrap.py").write_text(echo, encoding="utf-8")
    script = str(checkout / "installer" / "run.sh")
    done = subprocess.run(
        ["sh", script, "目标 夹"], check=True, cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert done.stdout == "['run', '目标 夹'] True\n"


# ---- floors of coverage -----------------------------------------------------------------------


def test_floors_count_lines_and_branches_of_each_package():
    from tests.coverage_floors import shares

    line = {"covered_lines": 6, "num_statements": 8, "covered_branches": 1, "num_branches": 2}
    report = {
        "dangjian_desktop/domain/a.py": {"summary": line},
        "dangjian_desktop/domain/b.py": {"summary": {"covered_lines": 0, "num_statements": 4}},
        "dangjian_desktop/cli/c.py": {"summary": {"covered_lines": 3, "num_statements": 3}},
    }
    assert shares(report) == {"domain": 50.0, "cli": 100.0}


def test_the_fault_cases_are_run_whole_when_asked_for(environment, monkeypatch, capsys):
    ran = []

    def step(name, command, _root):
        ran.append((name, command, os.environ["DANGJIAN_FAULTS"]))
        return True

    monkeypatch.setattr(bootstrap, "step", step)
    monkeypatch.setenv("DANGJIAN_FAULTS", "")
    assert bootstrap.test(environment, ["faults", "-k", "power"]) == 0
    ((name, command, how),) = ran
    assert (name, how) == ("故障", "whole")
    assert command[command.index("tests/faults") :][-2:] == ["-k", "power"]


def test_the_table_of_the_fault_cases_is_said_after_the_tests(tmp_path, capsys):
    table = tmp_path.joinpath(*bootstrap.FAULT_TABLE)
    bootstrap.say_faults(tmp_path, 0)
    table.parent.mkdir(parents=True)
    table.write_text("例  名称  次数\n3   断电  100\n", encoding="utf-8")
    bootstrap.say_faults(tmp_path, 0)
    bootstrap.say_faults(tmp_path, table.stat().st_mtime + 1)
    assert capsys.readouterr().out.count("断电") == 1
