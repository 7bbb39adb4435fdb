"""The blank Word file that papers are written into, made for clerks who go on writing in it.

Ours, because the one of python-docx opens in Word's compatibility mode, is set in Japanese and
carries 870 KB of English styles.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from dangjian_desktop.documents.look import Families, Numbering
from dangjian_desktop.documents.roles import Face
from dangjian_desktop.documents.styles import Sheet
from dangjian_desktop.documents.word_styles import style_elements

_KEPT = 8
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
_W = f'xmlns:w="{_FORMATS}/wordprocessingml/2006/main"'
_TYPES = f"{_FORMATS}/package/2006/content-types"
_RELATED = f"{_FORMATS}/package/2006/relationships"
_OFFICE = f"{_FORMATS}/officeDocument/2006"
_KIND = "application/vnd.openxmlformats-officedocument"
_PLACES = {
    "styles": "styles.xml",
    "settings": "settings.xml",
    "fontTable": "fontTable.xml",
    "theme": "theme/theme1.xml",
}
# What Word of China puts in the place of a face that is not installed there.
_STAND_INS = {
    "方正小标宋简体": "华文中宋",
    "方正小标宋_GBK": "华文中宋",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
    "华文中宋": "STZhongsong",
}
_CLASSES = {
    Face.FANGSONG: "华文仿宋",
    Face.KAITI: "华文楷体",
    Face.HEITI: "黑体",
    Face.SONGTI: "宋体",
    Face.XIAOBIAOSONG: "华文中宋",
}
_GRID_STYLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" '
    'w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '</w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)
_COLOURS = (
    ("dk1", "000000"),
    ("lt1", "FFFFFF"),
    ("dk2", "44546A"),
    ("lt2", "E7E6E6"),
    ("accent1", "9B1C1F"),
    ("accent2", "8A5A00"),
    ("accent3", "2F6F4F"),
    ("accent4", "4472C4"),
    ("accent5", "5B5B5B"),
    ("accent6", "A5A5A5"),
    ("hlink", "0563C1"),
    ("folHlink", "954F72"),
)


@lru_cache(maxsize=_KEPT)
def blank(sheet: Sheet) -> bytes:
    """A Word file without text, with the styles and settings of the sheet."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, content in _parts(sheet).items():
            file.writestr(name, _HEAD + content)
    return made.getvalue()


def _parts(sheet: Sheet) -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("extended-properties", "docProps/app.xml"),
            ("core", "docProps/core.xml"),
        ),
        "docProps/app.xml": _about(),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{_FORMATS}/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
        ),
        "word/document.xml": (
            f'<w:document {_W}><w:body><w:sectPr><w:pgSz/><w:pgMar w:gutter="0"/>'
            "<w:cols/><w:docGrid/></w:sectPr></w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _relations(*((kind, _PLACES[kind]) for kind in _PLACES)),
        "word/styles.xml": _styles(sheet),
        "word/settings.xml": _settings(mirrored=sheet.page.numbering is Numbering.OFFICIAL),
        "word/fontTable.xml": _font_table(sheet.families),
        "word/theme/theme1.xml": _theme(sheet.families),
    }


def _content_types() -> str:
    word = {place: f"wordprocessingml.{kind}" for kind, place in _PLACES.items()}
    word |= {"document.xml": "wordprocessingml.document.main", "theme/theme1.xml": "theme"}
    kinds = {f"/word/{place}": f"{_KIND}.{kind}+xml" for place, kind in word.items()}
    kinds["/docProps/app.xml"] = f"{_KIND}.extended-properties+xml"
    kinds["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    named = "".join(
        f'<Override PartName="{place}" ContentType="{kind}"/>' for place, kind in kinds.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )


def _relations(*parts: tuple[str, str]) -> str:
    core = f"{_RELATED}/metadata/core-properties"
    named = "".join(
        f'<Relationship Id="rId{number}" Target="{place}" '
        f'Type="{core if kind == "core" else f"{_OFFICE}/relationships/{kind}"}"/>'
        for number, (kind, place) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{_RELATED}">{named}</Relationships>'


def _about() -> str:
    return (
        f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>党支部工作台'
        "</Application><AppVersion>1.0000</AppVersion></Properties>"
    )


def _styles(sheet: Sheet) -> str:
    plain = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        '<w:unhideWhenUsed/></w:style><w:style w:type="numbering" w:default="1" '
        'w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
        "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
    )
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault/></w:docDefaults><w:latentStyles w:defLockedState="0" '
        'w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0" '
        f'w:count="376"/>{"".join(style_elements(sheet))}{plain}{_GRID_STYLE}</w:styles>'
    )


def _settings(*, mirrored: bool) -> str:
    uri = 'w:uri="http://schemas.microsoft.com/office/word"'
    modes = "".join(
        f'<w:compatSetting w:name="{name}" {uri} w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/>{"<w:mirrorMargins/>" * mirrored}'
        '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat><w:useFELayout/>{modes}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" '
        'w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" '
        'w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" '
        'w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _font_table(families: Families) -> str:
    """The faces of the look, each with what stands in for it where it is not installed."""
    named = {families.of(face): _STAND_INS.get(families.of(face), _CLASSES[face]) for face in Face}
    named |= {"SimSun-ExtB": "宋体"}
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(other)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for name, other in named.items()
        if name != other
    )
    if families.digits:
        fonts += (
            f'<w:font w:name={quoteattr(families.digits)}><w:charset w:val="00"/>'
            '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
        )
    return f"<w:fonts {_W}>{fonts}</w:fonts>"


def _theme(families: Families) -> str:
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS
    )
    latin = quoteattr(families.digits or "Times New Roman")
    faces = "".join(
        f"<a:{kind}><a:latin typeface={latin}/><a:ea typeface={quoteattr(families.of(face))}/>"
        f'<a:cs typeface=""/></a:{kind}>'
        for kind, face in (("majorFont", Face.HEITI), ("minorFont", Face.FANGSONG))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'<a:theme xmlns:a="{_FORMATS}/drawingml/2006/main" name="公文"><a:themeElements>'
        f'<a:clrScheme name="公文">{colours}</a:clrScheme><a:fontScheme name="公文">{faces}'
        f'</a:fontScheme><a:fmtScheme name="公文"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
        "</a:theme>"
    )
