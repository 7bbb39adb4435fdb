"""Templates with placeholders: rendered as they stand, and kept from doing anything else."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from io import BytesIO

import docx
import pytest

from dangjian_desktop import children
from dangjian_desktop.documents.templates import child, process, running
from dangjian_desktop.errors import InputError


def a_template(*texts: str, rows=(), header: str = "") -> bytes:
    file = docx.Document()
    for text in texts:
        file.add_paragraph(text)
    if rows:
        table = file.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    if header:
        file.sections[0].header.paragraphs[0].text = header
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def opened(data: bytes):
    return docx.Document(BytesIO(data))


def placeholders(data: bytes, name: str):
    with running.running(data, name) as template:
        return template.used


def rendered(data: bytes, name: str, context):
    with running.running(data, name) as template:
        return template.filled(context)


class Here:
    """The child in this process: quicker, and seen by coverage."""

    def __init__(self):
        self._child = child.Child()

    def ask(self, asked, _seconds):
        return json.loads(json.dumps(self._child.answer(json.loads(json.dumps(asked)))))

    def close(self):
        pass


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(running, "ChildProcess", Here)


def test_a_process_of_its_own_fills_a_template():
    made = rendered(a_template("{{ a.b }}同志"), "模板.docx", {"a": {"b": "张三"}})
    assert [p.text for p in opened(made).paragraphs] == ["张三同志"]


def test_a_template_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 2.0)
    endless = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(InputError, match="停不下来"):
        rendered(a_template(endless), "模板.docx", {})


def test_a_child_that_only_waits_is_ended_too(monkeypatch):
    """No limit of the processor's time ends it."""
    late = "import time; time.sleep(30); print('{}')"
    monkeypatch.setattr(process, "command", lambda _child: [sys.executable, "-c", late])
    waiting = process.ChildProcess()
    with pytest.raises(process.GoneError):
        waiting.ask({}, 0.5)
    waiting.close()
    assert waiting._process.poll() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")
def test_a_template_that_wants_all_memory_gets_none(monkeypatch):
    with pytest.raises(InputError, match="没有生成文件"):
        rendered(a_template("{{ 'a' * 9999999999 }}"), "模板.docx", {})


@pytest.mark.usefixtures("here")
def test_data_stay_what_they_are():
    hard = "A&B <第1条> “引” '撇' {{ 不是占位符 }} 𠮷"
    file = opened(rendered(a_template("{{ a }}"), "模板.docx", {"a": hard}))
    assert file.paragraphs[0].text == hard


@pytest.mark.usefixtures("here")
def test_lines_of_data_are_paragraphs_and_tabs_are_tabs():
    template = a_template("前{{ a }}后", rows=[("{{ a }}",)])
    file = opened(rendered(template, "模板.docx", {"a": "一\n二\t三"}))
    assert [p.text for p in file.paragraphs] == ["前一", "二\t三后"]
    assert "<w:tab/>" in file.element.xml
    assert [p.text for p in file.tables[0].cell(0, 0).paragraphs] == ["一", "二\t三"]


@pytest.mark.usefixtures("here")
def test_lines_of_data_keep_the_form_of_their_paragraph():
    file = docx.Document()
    paragraph = file.add_paragraph()
    paragraph.alignment = 3
    paragraph.add_run("{{ a }}").bold = True
    kept = BytesIO()
    file.save(kept)
    made = opened(rendered(kept.getvalue(), "模板.docx", {"a": "一\r\n二\n\n三"}))
    assert [p.text for p in made.paragraphs] == ["一", "二", "", "三"]
    assert {p.alignment for p in made.paragraphs} == {paragraph.alignment}
    assert all(run.bold for p in made.paragraphs for run in p.runs)


@pytest.mark.usefixtures("here")
def test_a_line_end_within_a_link_or_a_control_is_a_line_break():
    plain = a_template("{{ a }}")
    file = opened(plain)
    paragraph = file.paragraphs[0]._p
    link = docx.oxml.OxmlElement("w:hyperlink")
    link.append(paragraph.r_lst[0])
    paragraph.append(link)
    kept = BytesIO()
    file.save(kept)
    made = opened(rendered(kept.getvalue(), "模板.docx", {"a": "一\n二"}))
    assert [p.text for p in made.paragraphs] == ["一\n二"]


@pytest.mark.usefixtures("here")
def test_rows_of_a_table_repeat_with_their_form():
    rows = [("序号", "姓名"), ("{%tr for r in rows %}", ""), ("{{ r.n }}", "{{ r.name }}")]
    template = a_template(rows=[*rows, ("{%tr endfor %}", "")])
    context = {"rows": [{"n": "1", "name": "张三"}, {"n": "2", "name": "李四"}]}
    table = opened(rendered(template, "模板.docx", context)).tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["序号", "姓名"],
        ["1", "张三"],
        ["2", "李四"],
    ]


@pytest.mark.usefixtures("here")
def test_headers_are_filled_and_looked_at_too():
    template = a_template("正文", header="{{ branch.name }}")
    assert placeholders(template, "模板.docx") == ("branch.name",)
    made = opened(rendered(template, "模板.docx", {"branch": {"name": "机关党支部"}}))
    assert made.sections[0].header.paragraphs[0].text == "机关党支部"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("{{ a.b }} {{ a.b }}", ("a.b",)),
        ("{% for r in rows.x %}{{ r.n }}{{ loop.index }}{% endfor %}", ("rows.x", "rows.x[].n")),
        ("{{ a['b.c']|upper }}", ("a.b.c",)),
        ("{{ rows.x[0].n }}", ("rows.x[].n",)),
        ("{% set y = a.b %}{{ y.c }}", ("a.b", "a.b.c")),
        ("{% if a %}{{ b }}{% else %}{{ c }}{% endif %}", ("a", "b", "c")),
        ("{% macro m(z) %}{{ z }}{{ w }}{% endmacro %}{{ m(q) }}", ("w", "q")),
        ("{% with k = v %}{{ k }}{% endwith %}", ("v",)),
        ("{% for i in range(3) %}{{ i }}{% endfor %}", ()),
        (
            "{% for x in a %}{% if x.y %}{% endif %}{% else %}{{ z }}{% endfor %}",
            ("a", "z", "a[].y"),
        ),
        ("没有占位符", ()),
    ],
)
def test_what_a_template_reads_is_told(text, paths):
    assert set(placeholders(a_template(text), "模板.docx")) == set(paths)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ a.__class__ }}", "不允许的内容“__class__”"),
        ("{{ ''.__class__.__mro__ }}", "不允许的内容“__class__”"),
        ("{{ cycler.__init__.__globals__ }}", "不允许的内容“__init__”"),
        ("{{ a.format.__globals__ }}", "不允许的内容"),
        ("{{ nix }}", "没有的内容“nix”"),
        ("{{ a.b }}", "没有的内容“b”"),
        ("{{ a|nix }}", "没有的写法“nix”"),
        ("{% for x in a %}", "没有写对"),
        ("{{ a", "没有写对"),
        ("{{ range(999999999) }}", "没有生成文件"),
        ("{% include 'x' %}", "没有生成文件"),
        ("{{ " + "(" * 5000 + " }}", "没有生成文件"),
    ],
)
def test_what_a_template_may_not_is_refused_in_words(text, words):
    with pytest.raises(InputError) as told:
        rendered(a_template(text), "模板.docx", {"a": "1"})
    assert words in str(told.value)
    assert "模板.docx" in str(told.value)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_what_is_no_word_file_is_refused(data):
    with pytest.raises(InputError, match=r"模板\.docx"):
        placeholders(data, "模板.docx")


def test_the_child_answers_line_by_line(monkeypatch, capsys):
    template = base64.b64encode(a_template("{{ a }}", "{{ b }}")).decode()
    asked = [{"template": template, "name": "模板.docx"}, {"context": {"a": "甲", "b": "乙"}}]
    monkeypatch.setattr(child, "_limit", lambda: None)
    lines = "".join(f"{json.dumps(each)}\n" for each in asked)
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    child.main()
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["used"] == ["a", "b"]
    assert first["lines"] == [["第1段", "{{ a }}"], ["第2段", "{{ b }}"]]
    made = opened(base64.b64decode(second["file"]))
    assert [p.text for p in made.paragraphs] == ["甲", "乙"]


def test_one_filling_opens_the_template_and_starts_its_process_once(monkeypatch):
    started, begun = [], process.subprocess.Popen

    def start(command, **how):
        started.append(begun(command, **how))
        return started[-1]

    monkeypatch.setattr(process.subprocess, "Popen", start)
    with running.running(a_template("{{ a }}"), "模板.docx") as template:
        assert template.used == ("a",)
        assert opened(template.filled({"a": "甲"})).paragraphs[0].text == "甲"
    assert len(started) == 1
    assert started[0].poll() is not None


@pytest.mark.usefixtures("here")
def test_headers_footnotes_and_properties_are_looked_at():
    file = docx.Document()
    file.core_properties.title = "{{ branch.name }}"
    file.sections[0].footer.paragraphs[0].text = "{{ as_of }}"
    kept = BytesIO()
    file.save(kept)
    with running.running(kept.getvalue(), "模板.docx") as template:
        assert set(template.used) == {"branch.name", "as_of"}
        assert ("页脚", "{{ as_of }}") in template.lines
        made = opened(template.filled({"branch": {"name": "甲支部"}, "as_of": "今天"}))
    assert made.core_properties.title == "甲支部"


def test_a_frozen_program_starts_itself_as_the_child(monkeypatch):
    """As a packer makes it: no ``-m``; the program's entry is handed a hidden first argument."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert children.command(children.TEMPLATE) == [sys.executable, "--child", "template"]
    assert children.surroundings() == {}
    entry = [sys.executable, "-m", "dangjian_desktop", *children.command(children.TEMPLATE)[1:]]
    monkeypatch.setattr(process, "command", lambda _child: entry)
    monkeypatch.setattr(process, "_KEPT", (*process._KEPT, "PYTHONPATH"))
    assert opened(rendered(a_template("{{ a }}"), "模板.docx", {"a": "甲"})).paragraphs


@pytest.mark.parametrize("entry", ["dangjian_desktop", "dangjian_desktop.cli"])
def test_the_child_of_a_frozen_program_imports_no_window(entry):
    code = (
        "import runpy, sys; sys.argv = ['x', '--child', 'template']\n"
        f"runpy.run_module('{entry}', run_name='__main__')\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'PySide6', 'sqlalchemy'}))"
    )
    asked = [sys.executable, "-c", code]
    done = subprocess.run(asked, input="", capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_other_arguments_ask_for_no_child():
    for arguments in ([], ["--child"], ["--child", "os"], ["资料.dangjian"], ["--child", "a", "b"]):
        assert not children.serve(arguments)
