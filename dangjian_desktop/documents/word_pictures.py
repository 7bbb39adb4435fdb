"""Word's XML for a picture that stands in the line, with its words for those who cannot see."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from dangjian_desktop.documents.model import Picture
from dangjian_desktop.documents.styles import TABLE_GAP

_OFFICE = "http://schemas.openxmlformats.org"
_SPACES = " ".join(
    f'xmlns:{prefix}="{_OFFICE}/{place}"'
    for prefix, place in (
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
        ("pic", "drawingml/2006/picture"),
        ("r", "officeDocument/2006/relationships"),
    )
)
_EMU = 12700
# A line is as high as the picture on it and the type beside it; an exact one cuts the picture.
_LOW = '<w:rPr><w:sz w:val="2"/></w:rPr>'
_AFTER = round(TABLE_GAP * 20)


def word_picture(picture: Picture, name: str, number: int) -> str:
    """A paragraph of its own, centred, as high as the picture.

    ``name`` is the relation to the dots, ``number`` tells pictures of one file apart.
    """
    size = f'cx="{round(picture.width * _EMU)}" cy="{round(picture.height * _EMU)}"'
    known_as = f'id="{number}" name="图{number}" descr={quoteattr(picture.alt)}'
    return (
        '<w:p><w:pPr><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="{_AFTER}" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>{_LOW}</w:pPr>'
        f"<w:r>{_LOW}"
        f'<w:drawing {_SPACES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/><wp:docPr {known_as}/>"
        f'<a:graphic><a:graphicData uri="{_OFFICE}/drawingml/2006/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {known_as}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
