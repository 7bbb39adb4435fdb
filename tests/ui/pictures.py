"""Pictures of the frame and its parts: python tests/ui/pictures.py FOLDER (needs Xvfb).

Shows sample pages with the real widgets at the sizes that are judged, and writes PNGs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOTS = (
    ("1366x768", "light", "10.5", "1"),
    ("1366x768", "dark", "10.5", "1"),
    ("1366x768", "light", "14", "1"),
    ("1920x1080", "light", "10.5", "1"),
    ("1920x1080", "light", "10.5", "1.5"),
    ("1920x1080", "dark", "16", "1.5"),
)


def sample_pdf():
    """Three pages with marks, from the toolkit itself."""
    from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
    from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setResolution(100)
    painter = QPainter(writer)
    for page in (1, 2, 3):
        painter.setFont(QFont("LXGW WenKai", 22))
        painter.drawText(QRectF(0, 60, 700, 60), Qt.AlignmentFlag.AlignHCenter, "支委会会议记录")
        painter.setFont(QFont("LXGW WenKai", 14))
        for line in range(22):
            painter.drawText(
                60, 180 + 38 * line, f"第{page}页第{line + 1}行　会议听取了第四季度发展党员工作情况"
            )
        if page < 3:
            writer.newPage()
    painter.end()
    return bytes(buffer.data())


def sample_page(shell):
    from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

    from dangjian_desktop.domain.findings import Finding, Verdict
    from dangjian_desktop.ui.chips import ChipRow
    from dangjian_desktop.ui.page import Page
    from dangjian_desktop.ui.preview import Preview
    from dangjian_desktop.ui.record_table import RecordTable
    from dangjian_desktop.ui.splitpage import SplitPage
    from dangjian_desktop.ui.tables import Column, PagedModel
    from dangjian_desktop.ui.verdicts import VerdictList
    from dangjian_desktop.ui.widgets import button, frame, label

    rows = {
        str(n): (
            f"{1 + n % 12}月{1 + n % 28}日",
            "支委会",
            f"研究第{n}项工作“发展党员”",
            f"{n % 6} / 5",
            "草稿" if n % 4 == 0 else "已召开",
        )
        for n in range(58)
    }
    state = {"草稿": ("circle-alert", "warn"), "已召开": ("circle-check", "good")}
    columns = [
        Column(code="date", title="日期", text=lambda r: r[0], width=92),
        Column(code="kind", title="类型", text=lambda r: r[1], width=92),
        Column(code="title", title="主题", text=lambda r: r[2], width=-1),
        Column(code="present", title="到会", text=lambda r: r[3], right=True, width=76),
        Column(
            code="state",
            title="状态",
            text=lambda r: r[4],
            width=100,
            icon=lambda r: shell.theme.icon(*state[r[4]], 15),
        ),
    ]

    class Sample(Page):
        def __init__(self):
            super().__init__()
            left, right = QWidget(), frame("card")
            table = RecordTable(
                PagedModel(columns, lambda ids: {i: rows[i] for i in ids}),
                shell.theme,
                shell.settings,
                name="sample",
            )
            column = QVBoxLayout(left)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
            head = QHBoxLayout()
            head.addWidget(label("组织生活", "title"))
            head.addStretch()
            head.addWidget(button("记录会议", shell.theme, icon="plus", look="primary"))
            column.addLayout(head)
            column.addWidget(
                ChipRow(
                    shell.theme,
                    [
                        ("", "全部"),
                        ("a", "党员大会"),
                        ("b", "支委会"),
                        ("c", "党小组会"),
                        ("d", "党课"),
                        ("e", "主题党日"),
                    ],
                )
            )
            column.addWidget(table, 1)
            body = QVBoxLayout(right)
            body.setContentsMargins(16, 14, 16, 14)
            body.setSpacing(8)
            line = QHBoxLayout()
            line.addWidget(label("讨论接收沈文博为预备党员", "heading"), 1)
            for text, icon in (("导出 Word", ""), ("导出 PDF", ""), ("打印", "printer")):
                line.addWidget(button(text, shell.theme, icon=icon))
            body.addLayout(line)
            body.addWidget(
                label("支部党员大会　·　10月30日 14:30–16:05　·　三楼会议室", "soft", wrap=True)
            )
            verdicts = VerdictList(shell.theme)
            verdicts.show_findings(
                [
                    Finding(
                        "Q-GEN",
                        Verdict.OK,
                        "x",
                        "到会人数符合规定：有表决权应到 34，实到 31；赞成 30，赞成票达到规定人数。",
                        "《支部工作条例》第十一条",
                    ),
                    Finding(
                        "Q-ADM",
                        Verdict.UNKNOWN,
                        "x",
                        "无法判断：未见上级党委预审意见",
                        "《发展党员工作细则》第十八条",
                        ("1",),
                    ),
                ]
            )
            verdicts.lines[0].toggle()
            body.addWidget(verdicts)
            preview = Preview(shell.theme)
            preview.show_pdf(sample_pdf())
            body.addWidget(preview, 1)
            self.split = SplitPage(left, right, shell.theme, shell.settings, name="sample")
            outer = QVBoxLayout(self)
            outer.setContentsMargins(0, 0, 0, 0)
            outer.addWidget(self.split)
            table.show_ids(list(rows), foot="共 58 次，已召开 55")
            table.select("2")
            self.table = table
            table.view.setFocus()

        def set_narrow(self, narrow):
            self.split.set_narrow(narrow)

    return Sample()


def form_page(shell):
    from PySide6.QtWidgets import QScrollArea, QVBoxLayout

    from dangjian_desktop.domain.fields import Field, FieldType
    from dangjian_desktop.ui.forms import Form
    from dangjian_desktop.ui.page import Page
    from dangjian_desktop.ui.widgets import frame, label

    grades = (("good", "优秀"), ("ok", "合格"))
    fields = [
        Field("date", "日期", FieldType.DATE, required=True),
        Field("start", "开始", FieldType.TIME),
        Field("end", "结束", FieldType.TIME),
        Field("place", "地点", hint="例如 三楼会议室"),
        Field("host", "主持人", FieldType.NAME, required=True),
        Field("kind", "等次", FieldType.CHOICE, choices=grades),
        Field("hours", "学时", FieldType.NUMBER),
        Field("paper", "有纸质原件", FieldType.YES_NO),
        Field("joined", "入党时间", FieldType.PARTIAL_DATE),
        Field("topic", "研究情况", FieldType.LONG_TEXT, hint="一段一项"),
        Field(
            "grades",
            "批评与自我批评",
            FieldType.RECORDS,
            columns=(
                Field("from", "批评人"),
                Field("to", "被批评人"),
                Field("text", "意见"),
                Field("due", "期限", FieldType.DATE),
            ),
        ),
    ]

    class Sample(Page):
        def __init__(self):
            super().__init__()
            form = Form(fields, shell.theme, columns=3)
            form.fill(
                {
                    "date": "2026-11-12",
                    "start": "15:00",
                    "place": "三楼会议室",
                    "hours": 2,
                    "topic": "高玉珍同志汇报了第四季度发展党员工作。\n会议讨论认为，材料齐全。",
                    "grades": [
                        {"from": "邓涛", "to": "马磊", "text": "深入班组不够", "due": "2026-12-01"},
                        {"from": "马磊"},
                    ],
                }
            )
            form.point_out({"host": "请填写主持人", "end": "结束时间早于开始时间，请核对"})
            card = frame("card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(20, 14, 20, 14)
            inside.addWidget(label("支委会会议记录", "title"))
            inside.addWidget(form)
            inside.addStretch()
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setWidget(card)
            outer = QVBoxLayout(self)
            outer.setContentsMargins(0, 0, 0, 0)
            outer.addWidget(area)

    return Sample()


def draw(folder: Path, size: str, mode: str, points: str, ratio: str) -> None:
    """All pictures of one setting, in this process."""
    from PySide6.QtTest import QTest

    from dangjian_desktop.app import furnish, make_application
    from dangjian_desktop.ui.first_window import FirstWindow
    from dangjian_desktop.ui.frame import Frame
    from dangjian_desktop.ui.main_window import MainWindow
    from dangjian_desktop.ui.messages import Notice
    from dangjian_desktop.ui.page import Hit, Place
    from dangjian_desktop.ui.settings_store import SettingsStore
    from dangjian_desktop.ui.theme import Mode

    application = make_application()
    settings = SettingsStore()
    frame = Frame()
    program = furnish(application, frame, settings)
    shell = program.shell
    shell.theme.choose(mode=Mode(mode), points=float(points))
    width, height = (round(int(part) / float(ratio)) for part in size.split("x"))
    name = f"{size}-{mode}-{points}-{ratio}"

    def keep(widget, what):
        QTest.qWait(400)
        widget.grab().save(str(folder / f"{name}-{what}.png"))

    window = MainWindow(shell)
    frame.setCentralWidget(window)
    frame.resize(width, height)
    window.set_places(
        [
            Place("meetings", "组织生活", "calendar-check", lambda: sample_page(shell)),
            Place("roster", "党员", "users", lambda: form_page(shell)),
            Place("summaries", "汇总报送", "file-text", lambda: form_page(shell)),
            Place("settings", "设置", "settings", lambda: form_page(shell), at_foot=True),
        ]
    )
    shell.set_branch("综采三队党支部")
    shell.set_saved(datetime.now().astimezone().replace(hour=14, minute=2))
    shell.set_copied(datetime.now().astimezone().replace(hour=8, minute=31))
    frame.show()
    keep(frame, "list")
    shell.toast("已移入回收站：研究第2项工作", lambda: None)
    window.banner.show_notice(
        Notice(
            "资料文件正被另一个窗口打开，暂时不能保存。", "请先关闭另一个窗口，再点“再试一次”。"
        ),
        "再试一次",
        lambda: None,
    )
    window.set_search(lambda text, show: None)
    window.top.search.setText("马")
    keep(frame, "banner")
    window.top.search.show_hits(
        "马",
        [
            Hit("党员", "roster", "1", "马磊", "正式党员　宣传委员"),
            Hit("党员", "roster", "2", "马秀英", "正式党员"),
            Hit("会议", "meetings", "3", "主题党日：安全生产", "2026-11-05"),
        ],
    )
    keep(window.top.search.results, "search")
    window.top.search.clear()
    window.banner.clear()
    window.toast.hide()
    window.go("roster")
    keep(frame, "form")
    first = FirstWindow(shell)
    frame.setCentralWidget(first)
    keep(frame, "first")
    first.start.new.click()
    keep(frame, "new")


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    if len(sys.argv) > 2:
        draw(folder, *sys.argv[2:])
        os._exit(0)
    folder.mkdir(parents=True, exist_ok=True)
    for size, mode, points, ratio in SHOTS:
        environment = {
            **os.environ,
            "QT_SCALE_FACTOR": ratio,
            "PYTHONPATH": str(ROOT),
            "DANGJIAN_DATA": str(folder / "data"),
        }
        command = [
            "xvfb-run",
            "-a",
            "-s",
            f"-screen 0 {size}x24",
            sys.executable,
            __file__,
            str(folder),
        ]
        subprocess.run([*command, size, mode, points, ratio], env=environment, check=True)


if __name__ == "__main__":
    main()
