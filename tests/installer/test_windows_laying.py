"""lay.exe and the entries under Wine: what starts is one whole version. A few in every run, where
mingw-w64 and Wine are there; all of it by ``sh installer/windows/rehearse.sh``."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.installer.windows import (
    REHEARSAL,
    WHOLE,
    current,
    dos,
    make_setup,
    names,
    until,
    whole,
)

whole_only = pytest.mark.skipif(not WHOLE, reason="sh installer/windows/rehearse.sh")
OK, YES = 1, 6
UNTOUCHED = "原来的版本没有动"


class Place:
    """A root, and what is done with it."""

    def __init__(self, wine, made, folder: Path) -> None:
        self.wine, self.made, self.folder = wine, made, folder
        self.root = folder / "程 序"
        self.tool = made.lay
        wine.calls()
        (wine.told / "let-go").unlink(missing_ok=True)
        (wine.told / "held").unlink(missing_ok=True)

    def version(self, version: str, *said: str, name: str = "") -> Path:
        return self.made.version(self.folder / (name or f"源 {version}"), version, *said)

    def lay(self, verb: str, *words: object, **changed: str) -> subprocess.CompletedProcess[str]:
        given = [dos(word) if isinstance(word, Path) else word for word in words]
        return self.wine.run(self.tool, verb, dos(self.root), *given, **changed)

    def put(self, version: str, *words: str, said: tuple[str, ...] = ()) -> None:
        done = self.lay("put", self.version(version, *said), *words)
        assert (done.returncode, done.stderr) == (0, f"已装好 {version}。\r\n")

    def started(self) -> str:
        """The version whose Python the command's entry starts, or what is said instead."""
        done = self.wine.run(self.root / "dangjian.exe", "info", "甲 乙")
        calls = self.wine.calls()
        if not calls:
            return done.stderr
        (call,) = calls
        assert '-m dangjian_desktop.cli info "甲 乙"' in call
        return call.partition("\\versions\\")[2].partition("\\")[0]

    def refused(self, source: Path, *words: str, code: int, said: str) -> None:
        before, now = names(self.root), current(self.root)
        done = self.lay("put", source, *words)
        assert done.returncode == code, done.stderr
        assert said in done.stderr
        assert UNTOUCHED in done.stderr
        assert names(self.root) == before
        assert self.started() == now
        assert whole(self.root / "versions" / now)

    def clicked(self, *words: str, **changed: str) -> None:
        """A double click on the entry, which does not wait."""
        self.wine.run(self.root / "dangjian-desktop.exe", *words, **changed)

    def told(self) -> str:
        """What lies on the desk: without a screen there is no box."""
        path = self.wine.user / "Desktop" / "党支部工作台没有启动.txt"
        until(lambda: path.exists() and path.read_text("utf-8-sig", "replace").endswith("\n"))
        text = path.read_text("utf-8-sig")
        path.unlink()
        return text

    def box(self, button: int) -> str:
        """What the box says that is shown, after this button of it was pressed."""
        assert self.wine.run(self.made.box, button).returncode == 0
        return (self.wine.told / "box").read_text("utf-8-sig")

    def is_in_use(self, name: str) -> bool:
        """Whether somebody holds the mark of this version: asked as the sweep asks."""
        done = self.wine.run(self.made.hold, dos(self.root / "versions" / f".use.{name}"), "ask")
        return done.returncode == 1


@pytest.fixture
def place(wine, made, tmp_path) -> Place:
    return Place(wine, made, tmp_path)


def test_laid_started_updated_put_back_and_taken_off(place):
    # One test: another process of the run would need a prefix of its own.
    place.put("0.9.0")
    assert place.started() == "0.9.0"
    place.clicked(dos(place.folder / "张三 支部.dangjian"))
    until(lambda: "结束（代码 0）" in place.wine.log)
    assert 'pythonw.exe" -I -B -X utf8 -m dangjian_desktop "Z:' in place.wine.calls()[0]
    assert "启动 0.9.0" in place.wine.log
    assert "张三" not in place.wine.log
    place.put("0.10.0", said=("start 9",))
    assert (names(place.root), place.started()) == (["0.10.0", "0.9.0"], "0.10.0")
    place.clicked()
    told = place.told()
    assert "没有启动起来（代码 9）" in told
    assert "lay.exe" in told
    assert place.lay("back").stderr == "已换回 0.9.0。\r\n"
    place.wine.calls()
    assert place.started() == "0.9.0"
    older = place.version("0.8.0")
    place.refused(older, code=7, said="这是较早的版本 0.8.0，已经装有 0.9.0")
    part = older / "python" / "Lib" / "site-packages" / "dangjian_desktop" / "部分 5"
    part.write_bytes(part.read_bytes().replace(b"5", b"6", 1))
    place.refused(older, code=6, said="部分 5 不同")
    assert place.lay("sweep").returncode == 0
    assert names(place.root) == ["0.9.0"]
    mine = place.root / "我的.dangjian"
    mine.touch()
    assert "已卸载" in place.lay("remove").stderr
    assert [*place.root.iterdir()] == [mine]


# ---- a double click ----------------------------------------------------------------------------


@whole_only
def test_a_portable_folder_keeps_its_data_inside(place):
    place.put("0.2.0")
    (place.root / "portable").touch()
    log = place.root / "资料" / "logs" / "start.log"
    place.clicked()
    until(lambda: log.exists() and "结束（代码 0）" in log.read_text("utf-8"))
    assert "启动 0.2.0" in log.read_text("utf-8")
    (call,) = place.wine.calls()
    assert call.endswith(f"|{dos(place.root)}|{dos(place.root / '资料')}")
    assert "这是便携版，不用卸载" in place.lay("remove").stderr
    assert place.started() == "0.2.0"


# ---- bad input ---------------------------------------------------------------------------------


@whole_only
def test_a_file_too_many_or_too_few_or_with_a_strange_name_is_refused(place):
    place.put("0.1.0")
    source = place.version("0.2.0")
    inside = source / "python" / "Lib"
    listed = (source / "files.sha256").read_text("utf-8")
    (inside / "另外").touch()
    place.refused(source, code=6, said="多了 python\\Lib\\另外")
    (inside / "另外").unlink()
    (source / "licences" / "甲.txt").unlink()
    place.refused(source, code=6, said="缺少 licences\\甲.txt")
    (source / "licences" / "甲.txt").touch()
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for name in ("../甲", "a/nul.txt", "a/b.", "C:/甲", "a\\b", "/甲", "CON", "a//b", "x /y"):
        text = f"{listed}{empty}  ./{name}\n"
        (source / "files.sha256").write_text(text, encoding="utf-8")
        place.refused(source, code=6, said="与清单不符")
    for text in ("", listed[:-1], listed.replace("  ./", " *./"), f"{listed}\0\n", listed.upper()):
        (source / "files.sha256").write_text(text, encoding="utf-8")
        place.refused(source, code=6, said="清单")
    twins = f"{listed}{empty}  ./LICENCES/甲.txt\n"
    (source / "files.sha256").write_text(twins, encoding="utf-8")
    place.refused(source, code=6, said="两个同样的名称")
    (source / "files.sha256").unlink()
    place.refused(source, code=6, said="没有清单")


@whole_only
def test_one_that_fails_or_hangs_in_its_self_test_is_not_switched_to(place):
    place.put("0.1.0")
    bad = place.version("0.2.0", "test 1")
    place.refused(bad, code=8, said="不通过　窗口：缺少 Qt6Gui.dll")
    assert (place.root / "self-test" / "output.txt").is_file()
    hanging = place.version("0.3.0", "hang 1")
    place.refused(hanging, "--patience", "2", code=8, said="没有通过自检")
    assert place.lay("put", bad, "--no-test").returncode == 0
    assert place.started() == "0.2.0"


@whole_only
def test_the_same_again_changes_nothing_and_mends_what_is_damaged(place):
    place.put("0.1.0")
    source = place.version("0.1.0", name="又")
    assert "已经装有同样的版本" in place.lay("put", source).stderr
    assert names(place.root) == ["0.1.0"]
    part = place.root / "versions" / "0.1.0" / "licences" / "甲.txt"
    part.write_text("别的")
    assert "甲.txt" in place.wine.run(place.tool, "verify", dos(part.parent.parent)).stderr
    assert place.lay("put", source).returncode == 0
    assert (place.started(), current(place.root)) == ("0.1.0-2", "0.1.0-2")
    assert whole(place.root / "versions" / "0.1.0-2")


@whole_only
def test_what_lies_there_under_a_temporary_name_is_taken_over(place):
    place.put("0.1.0")
    source = place.version("0.2.0")
    laid = place.root / "versions" / ".new.update"
    shutil.move(source, laid)
    assert place.lay("put", laid).returncode == 0
    assert names(place.root) == ["0.1.0", "0.2.0"]
    assert place.started() == "0.2.0"


@whole_only
@pytest.mark.parametrize("kilobytes", [0, 8, 200, 600])
def test_a_full_disk_leaves_what_was_there(place, kilobytes):
    disk = place.folder / "盘"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], check=True)
    try:
        place.root = disk / "程序"
        place.put("0.1.0")
        free = shutil.disk_usage(disk).free - kilobytes * 1024
        (disk / "别的").write_bytes(b"x" * max(0, free))
        done = place.lay("put", place.version("0.2.0"))
        assert done.returncode in (3, 5), done.stderr
        assert "空间" in done.stderr
        assert place.started() == "0.1.0"
        assert whole(place.root / "versions" / "0.1.0")
        (disk / "别的").unlink()
        assert place.lay("put", place.folder / "源 0.2.0").returncode == 0
        assert place.started() == "0.2.0"
    finally:
        place.wine.end()
        subprocess.run(["umount", str(disk)], check=True)


@whole_only
def test_a_long_path_with_blanks_and_chinese_will_do(place):
    place.root = place.folder / ("党 支部" * 20) / ("资料 " * 25).strip()
    assert len(str(place.root)) > 200
    place.put("0.1.0")
    assert whole(place.root / "versions" / "0.1.0")
    assert place.started() == "0.1.0"
    assert place.lay("remove").returncode == 0
    assert not (place.root / "versions").exists()


# ---- held, in use ------------------------------------------------------------------------------


class Holding:
    """A file that another program holds open."""

    def __init__(self, place: Place, path: Path) -> None:
        self.place, self.path = place, path

    def __enter__(self) -> None:
        self.process = self.place.wine.begin(self.place.made.hold, dos(self.path))
        until((self.place.wine.told / "held").exists)

    def __exit__(self, *_: object) -> None:
        (self.place.wine.told / "let-go").touch()
        self.process.communicate(timeout=60)
        for name in ("let-go", "held"):
            (self.place.wine.told / name).unlink()


@whole_only
def test_a_file_held_open_is_told_and_leaves_what_was_there(place):
    place.put("0.1.0")
    source = place.version("0.2.0")
    held = source / "python" / "Lib" / "site-packages" / "dangjian_desktop" / "部分 3"
    with Holding(place, held):
        place.refused(source, code=10, said="正被别的程序占用")
    with Holding(place, place.root / "current"):
        done = place.lay("put", source)
        assert (done.returncode, "占用" in done.stderr) == (10, True), done.stderr
    assert place.started() == "0.1.0"
    assert place.lay("put", source).returncode == 0
    old = place.root / "versions" / "0.1.0"
    with Holding(place, old / "licences" / "甲.txt"):
        place.lay("sweep")
        assert whole(old)
        assert place.started() == "0.2.0"
        done = place.lay("remove")
        assert "程序还开着，没有卸载" in done.stderr
        assert place.started() == "0.2.0"
    place.lay("sweep")
    assert not old.exists()


@whole_only
def test_two_at_once_do_not_disturb_each_other(place):
    place.put("0.1.0")
    (place.root / ".lock").touch()
    with Holding(place, place.root / ".lock"):
        place.refused(place.version("0.2.0"), code=4, said="正在安装或更新")
    assert place.lay("put", place.folder / "源 0.2.0").returncode == 0


# ---- killed ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def dying(made) -> Path:
    target = made.folder / "dying.exe"
    own, _ = make_setup.PROGRAMS["lay.exe"]
    sources = [str(make_setup.SOURCES / f"{name}.c") for name in (*own, *make_setup.SHARED)]
    sources.append(str(REHEARSAL / "killing.c"))
    call = [make_setup.GCC, *make_setup.FLAGS, *make_setup.LINKED, "-mconsole"]
    call += ["-include", str(REHEARSAL / "killing.h"), "-o", str(target), *sources]
    subprocess.run([*call, *make_setup.LIBRARIES], check=True)
    return target


class Dying:
    """Calls of lay.exe that die before or after the n-th call that changes something."""

    def __init__(self, place: Place, tool: Path) -> None:
        self.place, self.tool = place, tool
        self.count = place.folder / "count"

    def lay(self, verb: str, root: Path, *words: object, at: int, when: str) -> int:
        given = [dos(word) if isinstance(word, Path) else word for word in words]
        env = {"KILL_AT": str(at), "KILL_WHEN": when, "KILL_COUNT": dos(self.count)}
        return self.place.wine.run(self.tool, verb, dos(root), *given, **env).returncode

    def points(self, verb: str, root: Path, *words: object) -> list[tuple[int, str]]:
        assert self.lay(verb, root, *words, at=0, when="never") == 0
        found = int(self.count.read_text())
        return [(n, when) for n in range(1, found + 1) for when in ("before", "after")]


@pytest.fixture
def killer(place, dying) -> Dying:
    return Dying(place, dying)


@whole_only
def test_killed_anywhere_a_first_set_up_leaves_nothing_or_a_whole_version(place, killer):
    source = place.made.version(place.folder / "一", "0.1.0", parts=2)
    points = killer.points("put", place.folder / "量", source)
    assert len(points) >= 40
    for number, when in points:
        place.root = place.folder / f"{number} {when}"
        assert killer.lay("put", place.root, source, at=number, when=when) in (99, 0)
        if (place.root / "current").exists():
            assert whole(place.root / "versions" / current(place.root))
            assert place.started() == current(place.root)
        elif (place.root / "dangjian.exe").exists():
            assert "没有装好" in place.started()
        assert place.lay("put", source).returncode == 0
        assert place.started() == current(place.root)
        place.lay("sweep")
        assert len(names(place.root)) == 1


@whole_only
def test_killed_anywhere_an_update_leaves_one_whole_version(place, killer):
    one = place.made.version(place.folder / "一", "0.1.0", parts=2)
    two = place.made.version(place.folder / "二", "0.2.0", parts=2)
    place.root = place.folder / "量"
    place.lay("put", one)
    points = killer.points("put", place.root, two)
    seen = set()
    for number, when in points:
        place.root = place.folder / f"{number} {when}"
        place.lay("put", one, "--no-test")
        killer.lay("put", place.root, two, at=number, when=when)
        version = current(place.root)
        assert whole(place.root / "versions" / version), (number, when)
        assert place.started() == version
        seen.add(version)
        assert place.lay("put", two, "--no-test").returncode == 0
        assert place.started().startswith("0.2.0")
        place.lay("sweep")
        assert len(names(place.root)) == 1
    assert seen == {"0.1.0", "0.2.0"}


@whole_only
@pytest.mark.parametrize("verb", ["sweep", "back", "remove"])
def test_killed_anywhere_the_rest_leaves_what_starts_or_can_be_done_again(place, killer, verb):
    one = place.made.version(place.folder / "一", "0.1.0", parts=2)
    two = place.made.version(place.folder / "二", "0.2.0", parts=2)

    def begin(root: Path) -> None:
        place.root = root
        place.lay("put", one, "--no-test")
        place.lay("put", two, "--no-test")

    begin(place.folder / "量")
    for number, when in killer.points(verb, place.root):
        begin(place.folder / f"{number} {when}")
        killer.lay(verb, place.root, at=number, when=when)
        if verb != "remove":
            assert place.started() == current(place.root)
            assert whole(place.root / "versions" / current(place.root))
        elif (place.root / "dangjian.exe").exists():
            assert place.started() == "0.2.0" or "没有装好" in place.started()
        again = place.lay(verb).returncode
        assert again == 0 or verb == "back"
        if verb == "remove":
            assert [*place.root.iterdir()] == []
