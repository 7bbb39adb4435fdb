"""The Word templates of a library: those that ship, and what the branch made of them or added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from dangjian_desktop.documents.templates.running import TemplateError, running
from dangjian_desktop.documents.word_package import AS_DOCX
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.templates.record import TEMPLATE
from dangjian_desktop.domain.templates.template import Template
from dangjian_desktop.domain.texts import clean, squeeze
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError, Issue
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.of_library import Clock, OfLibrary
from dangjian_desktop.services.record_files import RecordFiles
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.services.records.service import RecordService
from dangjian_desktop.services.templates.filling import TemplateFile
from dangjian_desktop.services.templates.shipped import shipped_templates
from dangjian_desktop.storage.library import Library

SUFFIX = ".docx"
_OWN = "自己的模板"
_LONGEST = 60


class TemplateService(OfLibrary):
    """Templates by id; one that ships has the same id in every library, whether stored or not.

    Methods raise ``InputError`` for an unknown template, ``BlockedError`` where a file is gone.
    """

    def __init__(self, library: Library, clock: Clock) -> None:
        super().__init__(library, clock)
        self._records: RecordService[Template] = service_of(library, TEMPLATE.code, clock)
        self._files = RecordFiles(library)

    def all(self) -> tuple[Template, ...]:
        """Those that are shown: by section, those that ship first, then by title."""
        with self._library.reading():
            shipped = [each.as_template() for each in shipped_templates().values()]
            stored = self._records.get([each.id for each in shipped])
            ours = self._records.all()
        own = sorted((each for each in ours if each.id not in stored), key=lambda t: t.title)
        found = [*(stored.get(each.id, each) for each in shipped), *own]
        sections = list(dict.fromkeys(each.section for each in found))
        shown = (each for each in found if not each.deleted)
        return tuple(sorted(shown, key=lambda each: sections.index(each.section)))

    def get(self, uids: Sequence[str]) -> Mapping[str, Template]:
        """Templates by id, also from the bin; what is gone is left out."""
        known = {each.uid: each.as_template() for each in shipped_templates().values()}
        found = {**known, **self._records.get(uids)}
        return {uid: found[uid] for uid in uids if uid in found}

    def one(self, uid: str) -> Template:
        """The template of this id; raises where it is gone or in the bin."""
        found = self.get([uid]).get(uid)
        if found is None or found.deleted:
            raise InputError("没有这个模板，可能已被删除。", "请用 template list 查看模板。")
        return found

    def named(self, title: str) -> Template:
        """A template by its title or id, as people write it."""
        wanted = squeeze(title).removesuffix(SUFFIX)
        found = [t for t in self.all() if title == t.id or squeeze(t.title) == wanted]
        if not found:
            words = f"没有名为“{title}”的文件，也没有这个名称的模板。"
            raise InputError(words, "请用 template list 查看模板，或写出 .docx 文件的位置。")
        return found[0]

    def file_of(self, template: Template) -> TemplateFile:
        """Its .docx, called by its title."""
        name = f"{template.title}{SUFFIX}"
        if template.file:
            return TemplateFile(name, self._kept(template))
        shipped = shipped_templates().get(template.builtin)
        if shipped is None:
            words = f"模板“{template.title}”的文件不见了。"
            raise BlockedError(words, "请用备份恢复，或重新添加这个模板。")
        return TemplateFile(name, shipped.data())

    def add(self, path: Path, title: str = "", section: str = "") -> Template:
        """Keep a .docx; its title is the name of the file unless told, with a number where
        another template has it. A template whose placeholders are wrong is kept all the same."""
        given = _opened(path)
        named = clean(title or given.title, multiline=False)[0].strip()[:_LONGEST] or "模板"
        for each in self.all():
            if each.title == named and self.file_of(each).data == given.data:
                return each
        template = Template(
            id=new_id(),
            title=self._free(named),
            section=clean(section, multiline=False)[0].strip() or _OWN,
            file=(self._files.keep(path),),
            taken=self._clock().date(),
            source=clean(path.name, multiline=False)[0],
        )
        return self._records.save(template)

    def save(self, template: Template) -> Template:
        """Store what was entered; raises where another template is called so."""
        taken = any(t.id != template.id and t.title == template.title for t in self.all())
        if taken:
            words = f"已有名为“{template.title}”的模板"
            raise InputError(f"{words}。", "请换一个名称。", [Issue(f"{words}。", field="title")])
        return self._records.save(template)

    def replace(self, uid: str, path: Path) -> Template:
        """Take another .docx in its place; the former one stays among its versions."""
        template = self.one(uid)
        _opened(path)
        kept = replace(self._files.keep(path), name=f"{template.title}{SUFFIX}")
        return self._records.save(
            replace(template, file=(kept,), taken=self._clock().date(), source=template.source)
        )

    def reset(self, uid: str) -> Template:
        """Make one that ships as it ships again; gives what stood there: ``save`` undoes it."""
        template = self.one(uid)
        shipped = shipped_templates().get(template.builtin)
        if shipped is None:
            words = f"“{template.title}”不是随程序提供的模板，没有可以恢复的原样。"
            raise InputError(words, "要回到以前的样子，请在“版本”中恢复。")
        self._records.save(replace(shipped.as_template(), note=template.note))
        return template

    def export(self, uid: str, folder: Path, *, force: bool = False) -> Path:
        """Write the .docx under its title into a folder."""
        file = self.file_of(self.one(uid))
        return write_file(folder, file.title, SUFFIX, file.data, force=force)

    def delete(self, uid: str, reason: str = "") -> None:
        """Into the bin; one that ships is shown no more."""
        template = self.one(uid)
        with self._library.changing(Topic.RECORDS) as work:
            store = work.of(TEMPLATE.code)
            if store.one(uid) is None:
                store.save(template)
            store.mark_deleted(uid, reason=reason)

    def bring_back(self, uid: str) -> None:
        """Out of the bin."""
        self._records.bring_back(uid)

    def revision(self, uid: str) -> int:
        """How many different states were saved."""
        return self._records.revision(uid)

    def _kept(self, template: Template) -> bytes:
        with self._library.reading() as work:
            stored = work.attachments.stored_name(template.file[0].sha256)
        data: Any = self._library.kept_file(stored) if stored else None
        if data is None:
            words = f"模板“{template.title}”的文件不见了。"
            raise BlockedError(words, "请用备份恢复附件文件夹，或重新添加这个模板。")
        return bytes(data)

    def _free(self, title: str) -> str:
        titles = {each.title for each in self.all()}
        return next(name for name in _numbered(title) if name not in titles)


def _numbered(title: str) -> Iterator[str]:
    yield title
    number = 1
    while True:
        number += 1
        yield f"{title[: _LONGEST - 6]}（{number}）"


def _opened(path: Path) -> TemplateFile:
    """The file; raises ``InputError`` for what is no plain .docx."""
    if path.suffix.lower() != SUFFIX:
        raise InputError(f"“{path.name}”不是 Word 模板，只能用 .docx 文件。", AS_DOCX)
    given = TemplateFile.read(path)
    with suppress(TemplateError), running(given.data, given.name):
        """Opened once; what its placeholders misspell is told where it is shown."""
    return given
