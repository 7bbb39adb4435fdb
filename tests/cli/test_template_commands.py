"""``template``: fields, check, fill."""

from __future__ import annotations

import docx


def a_template(path, *texts):
    file = docx.Document()
    for text in texts:
        file.add_paragraph(text)
    file.save(str(path))
    return path


def test_fields_are_listed_with_their_labels(branch):
    fields = {f["path"]: f for f in branch.json("template", "fields")["fields"]}
    assert fields["branch.name"]["label"] == "党支部名称"
    assert {"path": "name", "label": "姓名"} in fields["rows.members"]["columns"]
    out, _ = branch("template", "fields")
    assert "branch.name　党支部名称" in out.splitlines()


def test_a_template_is_checked_and_filled(branch, tmp_path):
    good = a_template(tmp_path / "情况.docx", "{{ branch.short_name }}{{ period.text }}")
    assert branch.json("template", "check", good) == {"problems": []}
    told = branch.json("template", "fill", good, "--period", "2026-03", "--out", tmp_path / "出")
    assert docx.Document(told["files"][0]).paragraphs[0].text == "综采三队党支部2026年3月"
    assert told["unknown"] == []


def test_a_misspelled_field_is_told_and_nothing_is_written(branch, tmp_path):
    bad = a_template(tmp_path / "错.docx", "{{ branch.nam }}")
    [problem] = branch.json("template", "check", bad)["problems"]
    assert "branch.name" in problem["message"]
    out, _ = branch("template", "check", bad)
    assert problem["message"] in out
    branch.json("template", "fill", bad, "--out", tmp_path / "出", code=1)
    assert not (tmp_path / "出").exists()


def kept(branch):
    return {t["title"]: t for t in branch.json("template", "list")["templates"]}


def test_templates_are_listed_added_exported_removed_and_reset(branch, tmp_path):
    assert kept(branch)["情况报告"]["builtin"] == "situation"
    file = a_template(tmp_path / "慰问信.docx", "{{ branch.short_name }}")
    made = branch.json("template", "add", file, "--section", "信函")["template"]
    assert kept(branch)["慰问信"] == made
    assert (made["section"], made["source"]) == ("信函", "慰问信.docx")
    [out] = branch.json("template", "export", "慰问信", "--out", tmp_path / "出")["files"]
    assert docx.Document(out).paragraphs[0].text == "{{ branch.short_name }}"
    [filled] = branch.json("template", "fill", "慰问信", "--out", tmp_path / "出")["files"]
    assert docx.Document(filled).paragraphs[0].text == "综采三队党支部"
    branch("template", "add", file, "--replace", "情况报告")
    assert kept(branch)["情况报告"]["edited"]
    branch("template", "reset", "情况报告")
    assert not kept(branch)["情况报告"]["edited"]
    [uid] = branch.json("template", "remove", "慰问信")["ids"]
    assert "慰问信" not in kept(branch)
    branch("bin", "restore", uid)
    assert "慰问信" in kept(branch)
    [book] = branch.json("template", "export", tmp_path / "清单.xlsx")["files"]
    assert book.endswith("清单.xlsx")


def test_a_template_is_filled_as_word_and_pdf(branch, tmp_path):
    words = ("template", "fill", "情况报告", "--period", "2026-03", "--out", tmp_path)
    files = branch.json(*words, "--format", "docx", "--format", "pdf")["files"]
    assert [file.rpartition(".")[2] for file in files] == ["docx", "pdf"]


def test_a_name_that_is_none_and_a_file_that_is_none_are_told(branch, tmp_path):
    told = branch.json("template", "fill", "没有的", "--out", tmp_path, code=1)["error"]
    assert "没有的" in told["message"]
    assert "template list" in told["remedy"]
    told = branch.json("template", "fill", tmp_path / "无.docx", "--out", tmp_path, code=1)["error"]
    assert "没有找到文件" in told["message"]
    told = branch.json("template", "reset", "没有的", code=1)["error"]
    assert told["remedy"]
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    told = branch.json("template", "add", tmp_path / "旧.doc", code=1)["error"]
    assert "旧.doc" in told["message"]
    assert ".docx" in told["remedy"]
    assert "旧" not in kept(branch)
