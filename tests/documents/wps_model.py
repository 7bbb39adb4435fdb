"""A Word file with the settings that WPS writes, put together by hand: a model, no file of WPS.

What is typical: numeric ids of styles, faces of Latin and Han named apart, digits in runs of
their own, a grid of 15.6 points that fixed leading does not follow, table lines in the style of
the table, and the page number in a text box of the foot, twice (for new and for old readers).
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BOX = (
    f'{_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("footer1", "footer"),
        )
    )
    + "</Types>"
)


def _links(*links: tuple[str, str, str]) -> str:
    each = "".join(
        f'<Relationship Id="{uid}" Type="{_RELATED}/{kind}" Target="{to}"/>'
        for uid, kind, to in links
    )
    xmlns = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{xmlns}">{each}</Relationships>'


def _run(text: str, face: str, size: int, hint: str = "") -> str:
    said = f' w:hint="{hint}"' if hint else ""
    return (
        f'<w:r><w:rPr><w:rFonts{said} w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        f'w:eastAsia="{face}" w:cs="Times New Roman"/><w:kern w:val="2"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:eastAsia="zh-CN"/></w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def _paragraph(runs: str, align: str = "both", line: int = 560) -> str:
    return (
        '<w:p><w:pPr><w:keepNext w:val="0"/><w:snapToGrid/><w:spacing w:beforeAutospacing="0" '
        f'w:line="{line}" w:lineRule="exact"/><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'
    )


def _cell(text: str) -> str:
    inside = _paragraph(_run(text, "仿宋_GB2312", 24, "eastAsia"), "center", 400)
    return f'<w:tc><w:tcPr><w:tcW w:w="4300" w:type="dxa"/></w:tcPr>{inside}</w:tc>'


_STYLES = (
    f'<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" '
    'w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/></w:rPr></w:rPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name '
    'w:val="Normal"/><w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr><w:rPr>'
    '<w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="24"/></w:rPr></w:style><w:style '
    'w:type="table" w:default="1" w:styleId="3"><w:name w:val="Normal Table"/></w:style><w:style '
    'w:type="table" w:styleId="4"><w:name w:val="Table Grid"/><w:basedOn w:val="3"/><w:tblPr>'
    '<w:tblBorders><w:top w:val="single" w:sz="12"/><w:insideH w:val="single" w:sz="4"/>'
    "</w:tblBorders></w:tblPr></w:style></w:styles>"
)
_NUMBER = (
    "<w:txbxContent><w:p><w:r><w:t>— </w:t></w:r><w:r><w:fldChar w:fldCharType="
    '"begin"/></w:r><w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r><w:r>'
    '<w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> —</w:t></w:r></w:p></w:txbxContent>'
)
_FOOT = (
    f'<w:ftr {_BOX}><w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp>'
    f"<wps:txbx>{_NUMBER}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<v:textbox>{_NUMBER}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    "</w:ftr>"
)


def wps_model() -> bytes:
    """The file."""
    body = "".join(
        (
            _paragraph(_run("某某党支部会议记录", "方正小标宋简体", 44), "center", 600),
            _paragraph(_run("一、会议情况", "黑体", 32, "eastAsia")),
            _paragraph(_run("（一）学习", "楷体_GB2312", 32, "eastAsia")),
            *(
                _paragraph(
                    _run("2026", "仿宋_GB2312", 32)
                    + _run(
                        "年支部召开党员大会，会议按议程进行，应到", "仿宋_GB2312", 32, "eastAsia"
                    )
                    + _run("33", "仿宋_GB2312", 32)
                    + _run("人。", "仿宋_GB2312", 32, "eastAsia")
                )
                for _ in range(6)
            ),
            '<w:tbl><w:tblPr><w:tblStyle w:val="4"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>',
            f"<w:tr>{_cell('序号')}{_cell('事项')}</w:tr><w:tr>{_cell('1')}{_cell('学习')}</w:tr>",
            "</w:tbl>",
        )
    )
    section = (
        f'<w:sectPr><w:footerReference xmlns:r="{_RELATED}" r:id="rId3" w:type="default"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" '
        'w:left="1587" w:header="851" w:footer="1417" w:gutter="0"/><w:docGrid w:type="lines" '
        'w:linePitch="312" w:charSpace="0"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _links(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _links(
            ("rId1", "styles", "styles.xml"),
            ("rId2", "settings", "settings.xml"),
            ("rId3", "footer", "footer1.xml"),
        ),
        "word/document.xml": f"<w:document {_W}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": _STYLES,
        "word/settings.xml": f"<w:settings {_W}/>",
        "word/footer1.xml": _FOOT,
    }
    made = BytesIO()
    with ZipFile(made, "w") as file:
        for name, text in parts.items():
            file.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return made.getvalue()
