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
