"""What a PDF says of itself: the paper as its title, its look, whose it is, when it was made."""

from __future__ import annotations

from datetime import datetime

from dangjian_desktop.documents.looks import keyword_of
from dangjian_desktop.documents.model import Document
from dangjian_desktop.documents.pdf_objects import Value

_PRODUCER = "dangjian-desktop"
_MARK = "\ufeff"
_PACKET = "W5M0MpCehiHzreSzNTczkc9d"
# Not saxutils: importing it takes 20 ms.
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
)


def about_file(document: Document) -> Value:
    """The information dictionary."""
    about: dict[str, Value] = {"Title": document.title, "Keywords": keyword_of(document.look)}
    if document.author:
        about["Author"] = document.author
    about |= {"Creator": _PRODUCER, "Producer": _PRODUCER}
    if document.made is not None:
        about["CreationDate"] = about["ModDate"] = _moment(_zoned(document.made))
    return about


def _zoned(at: datetime) -> datetime:
    """A moment of this computer has its zone, one that brings a zone keeps it."""
    return at if at.tzinfo else at.astimezone()


def _moment(at: datetime) -> str:
    """D:20261128193000+08'00'."""
    zone = at.strftime("%z")
    return f"D:{at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _plain(text: str) -> str:
    return text.translate(_MARKUP)


def metadata(document: Document) -> bytes:
    """The same as XMP, which programs that keep files read."""
    title = f'<rdf:Alt><rdf:li xml:lang="x-default">{_plain(document.title)}</rdf:li></rdf:Alt>'
    said = f"<dc:format>application/pdf</dc:format><dc:title>{title}</dc:title>"
    said += "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>"
    if document.author:
        author = f"<rdf:Seq><rdf:li>{_plain(document.author)}</rdf:li></rdf:Seq>"
        said += f"<dc:creator>{author}</dc:creator>"
    said += f"<xmp:CreatorTool>{_PRODUCER}</xmp:CreatorTool>"
    said += f"<pdf:Producer>{_PRODUCER}</pdf:Producer>"
    said += f"<pdf:Keywords>{_plain(keyword_of(document.look))}</pdf:Keywords>"
    if document.made is not None:
        at = _zoned(document.made).isoformat(timespec="seconds")
        said += f"<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>"
    return (
        f'<?xpacket begin="{_MARK}" id="{_PACKET}"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {_SPACES}>{said}</rdf:Description></rdf:RDF>'
        '</x:xmpmeta><?xpacket end="r"?>'
    ).encode()
