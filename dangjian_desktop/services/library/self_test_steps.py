"""The steps of the self-test, each a use of one part of the program as a secretary makes it."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dangjian_desktop import paths
from dangjian_desktop.children import MODULES, WINDOW, command, surroundings
from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.roles import Face
from dangjian_desktop.documents.submissions.texts import pdf_pages
from dangjian_desktop.documents.word_lines import word_lines
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.references import Link
from dangjian_desktop.errors import BlockedError, incomplete
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import MEBIBYTE, read_input
from dangjian_desktop.papers.catalogue import MEETING
from dangjian_desktop.services.blank_forms.filling import FormScope
from dangjian_desktop.services.library.branch import BranchService
from dangjian_desktop.services.library.copying import problems_of
from dangjian_desktop.services.library.opening import changing, reading
from dangjian_desktop.services.library.rebuilding import RebuildService
from dangjian_desktop.services.library.search import SearchService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.members.roster_export import RosterExport
from dangjian_desktop.services.papers.printing import PrintingService
from dangjian_desktop.services.templates.filling import TemplateFile, TemplateFilling
from dangjian_desktop.services.templates.shipped import shipped_templates
from dangjian_desktop.spreadsheets.reading import read_tables

LOG = logging.getLogger(__name__)
REINSTALL = "请重新安装本程序；仍然如此的，请把这份报告和日志交给维护人员。"
_RARE = "党字第〇号㕔䶮𠮷𡋤"
_SEARCHED = "党课"
_TEMPLATE = "notice"
_LARGEST = 100 * MEBIBYTE
_SECONDS = 180
_COLOURS = 8
"""An empty picture has one."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a test works: ``work`` goes with it, ``out`` stays."""

    work: Path
    out: Path

    @property
    def library(self) -> Path:
        """The library that is used, once it was brought to the present form."""
        return self.work / "资料.dangjian"

    @property
    def printed(self) -> Path:
        """The folder of the papers that were printed from it."""
        return self.out / "会议记录"

    def paper(self, suffix: str) -> Path:
        """The paper that was printed from it; raises ``BlockedError`` where there is none."""
        found = sorted(self.printed.glob(f"*{suffix}"))
        if not found:
            raise BlockedError("没有材料可用：前一步没有做成。")
        return found[0]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``run`` says what it found, or raises what is wrong."""

    code: str
    title: str
    run: Callable[[Ground], str]


def _files(_ground: Ground) -> str:
    listed = paths.shipped()
    if missing := paths.missing_resources():
        raise incomplete(missing)
    changed = [each.path for each in listed if _is_changed(each)]
    if changed:
        raise incomplete([f"resources/{each}（内容不符）" for each in changed])
    return f"{len(listed)} 个文件与清单逐字节一致"


def _is_changed(file: paths.Shipped) -> bool:
    content = paths.resources(file.path).read_bytes()
    return hashlib.sha256(content).hexdigest() != file.sha256


def _modules(_ground: Ground) -> str:
    told = _asked(MODULES, {})
    if failed := told["failed"]:
        for name, why in failed.items():
            LOG.warning("%s: %s", name, why)
        raise BlockedError(f"{len(failed)} 个模块不能载入：{'、'.join([*failed][:3])}。", REINSTALL)
    return f"{len(told['modules'])} 个模块都能载入"


def _faces(_ground: Ground) -> str:
    fonts = bundled_fonts()
    for face in Face:
        if missing := [each for each in _RARE if fonts.source(face, each) is None]:
            raise BlockedError(f"随程序的字体写不出“{''.join(missing)}”。", REINSTALL)
    return f"五种字体和生僻字（{_RARE[-4:]}）都能写出"


def earlier_library() -> Path:
    """The library that is brought to the present form, named by the version that made it."""
    (found,) = paths.resources("self_test").glob("*.dangjian")
    return found


def _migrated(ground: Ground) -> str:
    earlier = earlier_library()
    ground.library.write_bytes(read_input(earlier, _LARGEST))
    with changing(ground.library) as library:
        told = BranchService(library).info()
    if problems := problems_of(ground.library):
        raise BlockedError(f"升级以后核验没有通过：{problems[0]}", REINSTALL)
    members = sum(told["members"].values())
    counted = f"党员 {members} 人、会议 {told['meetings']} 次、项目 {told['projects']} 个"
    if not (members and told["meetings"] and told["projects"]):
        raise BlockedError(f"升级以后记录不齐：{counted}。", REINSTALL)
    return f"{earlier.stem} 版的资料库升级到第 {told['schema']} 版，核验通过，{counted}"


def _indexed(ground: Ground) -> str:
    with changing(ground.library) as library:
        RebuildService(library).run(index_only=True)
    with reading(ground.library) as library:
        service = SearchService(library)
        _hits, total = service.find(_SEARCHED)
        if not (total and service.indexed):
            raise BlockedError(f"搜索“{_SEARCHED}”没有用上索引，或没有找到。", REINSTALL)
    return f"建立索引，用它找到“{_SEARCHED}”{total} 处"


def _printed(ground: Ground) -> str:
    with changing(ground.library) as library:  # the meeting gets its number
        printing = PrintingService(library)
        [paper, *_] = printing.papers(MEETING)
        meeting = MeetingService(library).find(MeetingFilter())[0]
        made = printing.export(paper.code, ground.printed, meeting)
    pdf, word = ground.paper(".pdf"), ground.paper(".docx")
    title = word_lines(read_input(word, _LARGEST), word.name)[0].text
    text = "".join(pdf_pages(read_input(pdf, _LARGEST), pdf.name))
    if not title or _bare(title) not in _bare(text):
        raise BlockedError(f"“{word.name}”的标题在“{pdf.name}”里读不到。", REINSTALL)
    return f"印出 {'、'.join(file.name for file in made)}，读回的标题一致"


def _bare(text: str) -> str:
    return "".join(text.split())


def _tables(ground: Ground) -> str:
    with reading(ground.library) as library:
        file, rows = RosterExport(library).export(ground.out / "花名册.xlsx", profile="masked")
    read = sum(len(sheet.rows) for sheet in read_tables(file))
    if read <= rows:
        raise BlockedError(f"写出 {rows} 人，只读回 {read} 行。", REINSTALL)
    return f"写出 {file.name}，{rows} 人，读回 {read} 行"


def _template(ground: Ground) -> str:
    template = shipped_templates()[_TEMPLATE]
    given = TemplateFile(f"{template.title}.docx", template.data())
    with reading(ground.library) as library:
        meeting = MeetingService(library).find(MeetingFilter())[0]
        asked = FormScope(about=Link("meeting", meeting))
        file = TemplateFilling(library).fill(given, asked, ground.out).file
    lines = word_lines(read_input(file, _LARGEST), file.name)
    if any("{{" in line.text for line in lines):
        raise BlockedError(f"“{file.name}”没有填好。", REINSTALL)
    return f"在另一个进程里填好 {file.name}"


def _window(ground: Ground) -> str:
    picture, printed = ground.out / "窗口.png", ground.out / "打印到文件.pdf"
    asked = {
        "library": ground.library,
        "pdf": ground.paper(".pdf"),
        "picture": picture,
        "printed": printed,
    }
    told = _asked(WINDOW, {name: str(each) for name, each in asked.items()})
    if told["colours"] < _COLOURS:
        raise BlockedError("窗口是空白的。", REINSTALL)
    if missing := told["platforms"]:
        raise BlockedError(f"本机缺少显示窗口所需的系统库：{missing[0]}。", REINSTALL)
    pages = len(pdf_pages(read_input(printed, _LARGEST), printed.name))
    wide, high = told["window"]
    return f"窗口 {wide}×{high} 已画出（{picture.name}），打印到文件 {pages} 页"


def _asked(child: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of a process of ours; raises ``BlockedError`` where it gives none."""
    own = {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command(child),
            input=json.dumps(asked, ensure_ascii=False),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, **surroundings(), **own},
            check=False,
            timeout=_SECONDS,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BlockedError("另一个进程没有起来，或没有在三分钟内做完。", REINSTALL) from error
    try:
        found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    except (ValueError, IndexError) as error:
        LOG.warning("child %s ended with %d\n%s", child, done.returncode, done.stderr)
        words = f"另一个进程中途结束（代码 {done.returncode}），原因在日志里。"
        raise BlockedError(words, REINSTALL) from error
    return found


STEPS = (
    Step("ST-FILES", "程序文件", _files),
    Step("ST-MODULES", "程序模块", _modules),
    Step("ST-FONTS", "字体", _faces),
    Step("ST-MIGRATION", "旧版资料库", _migrated),
    Step("ST-INDEX", "资料库和索引", _indexed),
    Step("ST-PAPERS", "PDF 和 Word", _printed),
    Step("ST-TABLES", "Excel", _tables),
    Step("ST-TEMPLATES", "Word 模板", _template),
    Step("ST-WINDOW", "窗口和打印", _window),
)
