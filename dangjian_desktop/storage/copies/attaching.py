"""Files that the user adds to records: kept beside the library, named by their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.inputs import read_input
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.contents import LARGEST, digest_of, name_for, stored
from dangjian_desktop.storage.file.failures import system_told_in_words
from dangjian_desktop.storage.file.keys import keys_of
from dangjian_desktop.storage.file.placing import put_as_new, sync_file, written_aside
from dangjian_desktop.storage.records.attachments import Attached


def keep_file(library: Path, source: Path) -> Attached:
    """Copy the file into the folder of attachments; the same content is kept only once.

    The name there tells nothing of the content. Raises ``InputError`` for a file that is empty,
    too large or none at all, ``BlockedError`` when it cannot be read or written.
    """
    data = read_input(source, LARGEST)
    if not data:
        raise InputError(f"文件“{source.name}”是空的，没有添加。", "请选择有内容的文件。")
    folder, digest = folder_of(library), hashlib.sha256(data).hexdigest()
    keys = keys_of(library)
    attached = Attached(name_for(keys, digest, source.suffix), digest, len(data))
    target = folder / attached.stored
    with system_told_in_words(folder, "写入附件文件夹", len(data)):
        folder.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            with written_aside(folder / "new") as part:
                part.write_bytes(stored(keys, attached.stored, data))
                sync_file(part)
                put_as_new(part, target)
    if digest_of(target) != digest:
        raise BlockedError(
            f"附件“{attached.stored}”的内容与登记的不一致。", "请用备份恢复附件文件夹后再添加。"
        )
    return attached
