"""Write resources/templates/*.docx, the Word templates that ship (for maintainers).

python installer/make_templates.py [FOLDER]

They are papers of the program whose values are placeholders. A placeholder is set as one character
and put in afterwards: lines are broken by what fills them, not by its own length.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dangjian_desktop.documents.model import Block, Document, Layout, Paragraph, Role, Row, Table
from dangjian_desktop.documents.model import row as row_of
from dangjian_desktop.documents.word import render_word

OUT = Path(__file__).resolve().parent.parent / "resources" / "templates"
_FIRST = 0x2460  # ①: one character, set in the face of the words around it
_MAIN = "word/document.xml"
Put = Callable[[str], str]


class Placeholders:
    """Placeholders by the characters that stand for them."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def __call__(self, text: str) -> str:
        """What stands for ``{{ text }}`` in a document; ``{%`` is taken as it is."""
        self._texts.append(text if text.startswith("{") else f"{{{{ {text} }}}}")
        return chr(_FIRST + len(self._texts) - 1)

    def placed(self, data: bytes) -> bytes:
        """The file with them in their places."""
        made = BytesIO()
        with ZipFile(BytesIO(data)) as given, ZipFile(made, "w", ZIP_DEFLATED) as out:
            for part in given.infolist():
                content = given.read(part)
                if part.filename == _MAIN:
                    content = self._put(content.decode("utf-8")).encode("utf-8")
                copied = ZipInfo(part.filename, part.date_time)
                copied.compress_type = ZIP_DEFLATED
                out.writestr(copied, content)
        return made.getvalue()

    def _put(self, xml: str) -> str:
        for number, text in enumerate(self._texts):
            xml = xml.replace(chr(_FIRST + number), escape(text))
        return xml


def lines(texts: Sequence[str], role: Role = Role.BODY) -> list[Block]:
    """A paragraph for each."""
    return [Paragraph(text, role) for text in texts]


def facts(put: Put, pairs: Sequence[tuple[str, str]]) -> Table:
    """Labels and values, two of each in a row."""
    cells = [(label, Role.CELL_LABEL, put(path)) for label, path in pairs]
    rows = []
    for number in range(0, len(cells), 2):
        texts = [
            text for label, _role, value in cells[number : number + 2] for text in (label, value)
        ]
        made = row_of([*texts, *[""] * (4 - len(texts))])
        rows.append(_labelled(made))
    return Table(tuple(rows), (2, 4, 2, 4))


def _labelled(made: Row) -> Row:
    labels = row_of([p.words for cell in made.cells for p in cell.paragraphs], Role.CELL_LABEL)
    cells = [
        new if n % 2 == 0 else old
        for n, (old, new) in enumerate(zip(made.cells, labels.cells, strict=True))
    ]
    return Row(tuple(cells), splittable=False)


def listing(
    put: Put, path: str, columns: Sequence[tuple[str, str]], widths: Sequence[float]
) -> Table:
    """A table with a row for each of a list."""
    spare = [""] * (len(columns) - 1)
    return Table(
        (
            row_of([title for title, _name in columns], Role.CELL_HEAD, header=True),
            row_of([put(f"{{%tr for r in {path} %}}"), *spare]),
            row_of([put(f"r.{name}") for _title, name in columns], Role.CELL_CENTER),
            row_of([put("{%tr endfor %}"), *spare]),
        ),
        tuple(widths),
    )


def signed(put: Put) -> list[Block]:
    """Who tells it, and as of which day."""
    return [
        Paragraph("", Role.BLANK_LINE),
        Paragraph(put("branch.name"), Role.SIGNATURE),
        Paragraph(put("as_of"), Role.DATE_LINE),
    ]


def notice(put: Put) -> list[Block]:
    """The invitation to a sitting."""
    agenda = (put("{%p for r in rows.meeting_agenda %}"), f"{put('r.number')}．{put('r.topic')}")
    return [
        Paragraph(f"关于召开{put('meeting.title')}的通知", Role.TITLE),
        Paragraph("各位党员：", Role.FLUSH),
        *lines(["现将有关事项通知如下。"]),
        *lines([f"时间：{put('meeting.date')}　{put('meeting.start')}"]),
        *lines([f"地点：{put('meeting.place')}", f"主持人：{put('meeting.host')}", "议题："]),
        *lines([*agenda, put("{%p endfor %}")]),
        *signed(put),
    ]


def certificate(put: Put) -> list[Block]:
    """What the roster tells of one member."""
    pairs = (
        *(("姓名", "member.name"), ("性别", "member.sex")),
        *(("民族", "member.ethnicity"), ("出生日期", "member.birth_date")),
        *(("身份证号", "member.id_number"), ("学历", "member.education")),
        *(("人员类别", "member.member_kind"), ("党籍状态", "member.status")),
        *(("入党时间", "member.join_date"), ("转正时间", "member.full_date")),
        *(("党小组", "member.group"), ("工作岗位", "member.work_post")),
    )
    return [
        Paragraph("党员情况证明", Role.TITLE),
        Paragraph("＿＿＿＿＿＿＿＿＿＿：", Role.FLUSH),
        *lines([f"{put('member.name')}同志在本支部党员名册中的情况如下。"]),
        facts(put, pairs),
        *lines(["用途：＿＿＿＿＿＿＿＿＿＿"]),
        *signed(put),
    ]


def situation(put: Put) -> list[Block]:
    """The branch as its records tell it, of a period."""
    people = (
        *(("党员总数", "members.total"), ("正式党员", "members.formal")),
        *(("预备党员", "members.probationary"), ("女党员", "members.women")),
        *(("支部书记", "branch.secretary"), ("党小组", "groups.total")),
    )
    sittings = (
        *(("党员大会", "general_meeting.held"), ("支委会", "committee_meeting.held")),
        *(("党小组会", "group_meeting.held"), ("党课", "party_lecture.held")),
        *(("主题党日", "theme_day.held"), ("到会率", "attendance.rate")),
    )
    projects = (
        ("项目", "title"),
        ("负责人", "secretary"),
        ("状态", "state"),
        ("完成率", "percent"),
    )
    return [
        Paragraph(put("branch.name"), Role.SUBTITLE),
        Paragraph(f"{put('period.text')}情况报告", Role.TITLE),
        Paragraph("一、党员队伍", Role.HEADING1),
        facts(put, people),
        Paragraph("二、组织生活（次）", Role.HEADING1),
        facts(put, sittings),
        Paragraph("三、书记项目", Role.HEADING1),
        listing(put, "rows.projects", projects, (6, 2, 2, 2)),
        Paragraph("四、存在问题", Role.HEADING1),
        *lines([put("words.problems")]),
        Paragraph("五、下期计划", Role.HEADING1),
        *lines([put("words.plans")]),
        *signed(put),
    ]


def members(put: Put) -> list[Block]:
    """Everybody on the roster."""
    columns = (
        *(("序号", "number"), ("姓名", "name"), ("性别", "sex"), ("民族", "ethnicity")),
        *(("出生日期", "birth_date"), ("学历", "education"), ("入党时间", "join_date")),
        *(("转正时间", "full_date"), ("党内职务", "party_post"), ("党小组", "group")),
    )
    return [
        Paragraph(f"{put('branch.name')}党员名单", Role.TITLE),
        Paragraph(f"截至{put('period.cutoff')}", Role.CENTER),
        listing(put, "rows.members", columns, (2, 3, 2, 2, 4, 3, 4, 4, 4, 4)),
    ]


def sittings(put: Put) -> list[Block]:
    """The sittings of a period."""
    columns = (
        *(("序号", "number"), ("日期", "date"), ("会议", "title"), ("地点", "place")),
        *(("主持人", "host"), ("应到", "expected"), ("实到", "there"), ("议题", "topics")),
    )
    return [
        Paragraph(f"{put('branch.name')}{put('period.text')}组织生活情况表", Role.TITLE),
        listing(put, "rows.meetings", columns, (2, 4, 8, 4, 3, 2, 2, 9)),
    ]


def project(put: Put) -> list[Block]:
    """One project: what it is about, its targets, where it stands."""
    pairs = (
        *(("类别", "project.category"), ("状态", "project.state")),
        *(("负责人", "project.secretary"), ("起止时间", "project.span")),
        *(("完成率", "project.percent"), ("时序进度", "project.time_gone")),
    )
    targets = (
        *(("指标", "indicator"), ("单位", "unit"), ("基准", "baseline"), ("目标值", "target")),
    )
    milestones = (("节点", "what"), ("计划完成", "planned"), ("实际完成", "actual"))
    return [
        Paragraph(put("project.title"), Role.TITLE),
        facts(put, pairs),
        Paragraph("一、拟解决的问题", Role.HEADING1),
        *lines([put("project.problem")]),
        Paragraph("二、目标", Role.HEADING1),
        listing(put, "rows.project_targets", targets, (5, 2, 3, 3)),
        Paragraph("三、节点", Role.HEADING1),
        listing(put, "rows.project_milestones", milestones, (7, 3, 3)),
        Paragraph("四、本期完成", Role.HEADING1),
        *lines([put("project.entry.done")]),
        Paragraph("五、下期计划", Role.HEADING1),
        *lines([put("project.entry.next")]),
        *signed(put),
    ]


TEMPLATES: dict[str, tuple[Callable[[Put], list[Block]], Layout]] = {
    "notice": (notice, Layout.OFFICIAL),
    "sittings": (sittings, Layout.LANDSCAPE),
    "certificate": (certificate, Layout.OFFICIAL),
    "members": (members, Layout.LANDSCAPE),
    "situation": (situation, Layout.OFFICIAL),
    "project": (project, Layout.OFFICIAL),
}


def made(name: str) -> bytes:
    """One of them."""
    blocks, layout = TEMPLATES[name]
    put = Placeholders()
    document = Document(name=name, title="", blocks=tuple(blocks(put)), layout=layout)
    return put.placed(render_word(document))


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for name in TEMPLATES:
        (folder / f"{name}.docx").write_bytes(made(name))
    print(f"{len(TEMPLATES)} templates in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT))
