"""What a user brings is opened in one place; everything else that opens a file is listed here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.test_architecture import program

OPENERS = {
    *("open", "fdopen", "read_bytes", "read_text", "copy", "copy2", "copyfile", "mmap"),
    *("ZipFile", "load_workbook", "CalamineWorkbook"),
}
MODE = re.compile(r"['\"][rwxabt+]+['\"]")
SHIPPED = re.compile(r"(?:paths\.)?resources\(")
FREE = {
    "cli/output.py _silence": "the null device",
    "documents/truetype.py __init__": "maps what inputs has opened",
    "documents/blank_forms/package.py __init__": "bytes in memory",
    "documents/blank_forms/package.py written": "writes in memory",
    "documents/word_package.py _names": "bytes in memory",
    "documents/word_template.py blank": "bytes in memory",
    "inputs.py open_input": "the one place",
    "logs.py _open": "its own log",
    "logs.py _owner_only": "its own log",
    "storage/ledger_words.py shipped": "ships with the program",
    "services/library/aside.py write_text": "writes",
    "services/library/demo.py _fill": "ships with the program",
    "services/library/everything_data.py _write": "writes",
    "services/library/holding.py _plain": "its own folder",
    "services/submissions/delivering.py _zip": "writes",
    "services/submissions/reading.py _unpack": "what inputs has opened",
    "spreadsheets/blank_forms/package.py written": "writes in memory",
    "spreadsheets/packages.py read_part": "bytes in memory",
    "spreadsheets/packages.py read_parts": "bytes in memory",
    "spreadsheets/packages.py repacked": "bytes in memory",
    "spreadsheets/writing.py bytes_of": "writes in memory",
    "undated.py undated": "bytes in memory",
    "storage/copies/attachments.py _link_or_copy": "writes what inputs has opened",
    "storage/copies/carrying.py _read_as_zip": "what inputs has opened",
    "storage/copies/carrying.py _require_same": "what inputs has opened",
    "storage/copies/carrying.py _unpack": "writes",
    "storage/copies/carrying.py _zipped": "writes",
    "storage/copies/second.py _brought": "writes what inputs has opened",
    "storage/copies/copies.py _keep_as_it_is": "a library that is none any more, as it is",
    "storage/copies/snapshot.py _copied": "a library in use, under its lock",
    "storage/file/companions.py bring_companions": "writes what inputs has opened",
    "storage/file/keys.py _hold_open": "the same, kept open so that its number is not given anew",
    "storage/file/keys.py _read": "sixteen bytes of what SQLite is going to open",
    "storage/file/lock.py _remove_if_left_over": "makes a file",
    "storage/file/places.py _mounts": "what the system tells of its drives",
    "storage/file/places.py _removable": "what the system tells of its drives",
    "storage/file/placing.py sync_file": "made by the program",
    "storage/file/placing.py sync_folder": "a folder",
    "storage/file/placing.py written_aside": "makes a file",
    "storage/file/reserve.py keep_room": "makes a file",
    "storage/file/processes.py started": "what the system tells of a process",
    "storage/updating/reading.py _write": "writes what was believed of a package",
    "ui/window/binding.py _is_whole": "its own byte code",
    "ui/window/binding.py kept": "a module of the binding",
    "ui/window/binding.py sum_of": "its own byte code",
}


def test_only_inputs_opens_what_a_user_brings():
    found = set(openings())
    assert sorted(found - set(FREE)) == [], "read it through dangjian_desktop.inputs"
    assert sorted(set(FREE) - found) == [], "nothing is opened there any more"


def openings() -> Iterator[str]:
    """File and function of every call that opens a file by its name."""
    for source in program():
        for function in source.nodes:
            if isinstance(function, ast.FunctionDef):
                calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
                if any(map(opens, calls)):
                    yield f"{source.place} {function.name}"


def opens(call: ast.Call) -> bool:
    named = call.func.attr if isinstance(call.func, ast.Attribute) else call.func
    if getattr(named, "id", named) not in OPENERS:
        return False
    words = ast.unparse(call.func)
    of, _, name = words.rpartition(".")
    if SHIPPED.match(words):
        return False
    told = ast.unparse(call).removeprefix(words)
    if name == "copy" and of != "shutil":
        return False
    if name == "open" and of and of not in ("os", "io", "shutil"):
        # Windows, dialogs and libraries are opened too; a file is opened with a mode or nothing.
        return bool(MODE.search(told)) or (told == "()" and of not in ("dialog", "box"))
    return True


def test_the_guard_sees_what_it_guards():
    seen = ("path.read_bytes()", "open(path)", "path.open()", "path.open('rb')", "os.open(a, 0)")
    for code in (*seen, "shutil.copyfile(a, b)", "ZipFile(path)"):
        assert opens(ast.parse(code, mode="eval").body), code
    for code in ("resources('a').read_text()", "Library.open(path, write=True)", "box.open()"):
        assert not opens(ast.parse(code, mode="eval").body), code
