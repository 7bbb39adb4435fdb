"""Make the faces in ``resources/fonts`` from public packages; for maintainers only.

usage: python installer/make_fonts.py [--sources DIR]

Needs fontTools, apt-get and dpkg-deb (Debian 12), npm and tar. The packages are fetched into
DIR (kept, so that a second run fetches nothing) or into a temporary folder. The same packages
give the same bytes. Each face gets a family name of our own, as the licences of changed fonts
ask for, and one plain weight, so that no program has to choose between weights.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
DEBIAN = ("fonts-lxgw-wenkai", "fonts-hanazono", "texlive-lang-chinese", "unicode-data")
NPM = ("@expo-google-fonts/noto-sans-sc", "@expo-google-fonts/noto-serif-sc")
LIMIT_MB = 90
KEPT_TABLES = frozenset(
    "GlyphOrder head hhea maxp OS/2 hmtx cmap loca glyf name post".split()  # noqa: SIM905
)
GPL_NOTICE = """仿宋（fangsong.ttf）的来历与许可

本文件由 FandolFang（FandolFang-Regular.otf，1.300 版，Fandol 团队 2012-2013）改成：三次曲线轮廓
换算为 TrueType 的二次曲线（误差不超过 1 个单位），去掉竖排与字距表，更换字体名称。换算于 2026 年。
许可：GNU GPL 第 3 版，附字体例外条款（嵌入文档不使文档受 GPL 约束），例外条款延续到本文件。
全文见 GPL-3-with-font-exception.txt。换算用的程序是本项目的 installer/make_fonts.py。

FandolFang was changed: cubic outlines turned into quadratic ones, vertical and kerning tables
dropped, renamed. GNU GPL version 3 with the font exception, which is extended to this version.
"""


@dataclass(frozen=True, slots=True)
class Source:
    """One face: the file it is made from, what it may hold, and under which licence it goes.

    Without ``keep`` it holds what 通用规范汉字表 has and 仿宋, which is made before it, has not.
    """

    face: str
    style: str
    package: str
    path: str
    licence: str
    licence_file: str
    keep: Callable[[int], bool] | None


def is_symbol(code: int) -> bool:
    """Everything but ideographs that Chinese office texts use, kana included, Hangul not."""
    return code < 0x3200 or 0x3200 <= code < 0x3400 or 0xF900 <= code < 0xFFF0


def common(code: int) -> bool:
    """The ideographs of the BMP and the rarer ones of the standard list, with symbols."""
    return is_symbol(code) or 0x3400 <= code < 0xA000 or code >= 0x20000


def everything(_code: int) -> bool:
    """Keep the whole font: the middle of the chain."""
    return True


def rare(code: int) -> bool:
    """Extensions B to F only."""
    return code >= 0x20000


def by_gbk(code: int) -> bool:
    """What titles need: GBK, its symbols, and the rarer ones of the standard list."""
    if code >= 0x20000 or code < 0x2000:
        return True
    try:
        chr(code).encode("gbk")
    except UnicodeEncodeError:
        return is_symbol(code) or 0x9FA6 <= code < 0xA000
    return True


_TEX = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
SOURCES = (
    Source(
        "fangsong",
        "仿宋",
        "texlive-lang-chinese",
        _TEX,
        "GPL-3.0-only WITH font exception",
        "GPL-3-with-font-exception.txt",
        everything,
    ),
    Source(
        "kaiti",
        "楷体",
        "fonts-lxgw-wenkai",
        "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        "OFL-1.1",
        "OFL-LXGW-WenKai.txt",
        common,
    ),
    Source(
        "heiti",
        "黑体",
        "@expo-google-fonts/noto-sans-sc",
        "package/400Regular/NotoSansSC_400Regular.ttf",
        "OFL-1.1",
        "OFL-Noto-Sans-SC.txt",
        common,
    ),
    Source(
        "songti",
        "宋体",
        "@expo-google-fonts/noto-serif-sc",
        "package/400Regular/NotoSerifSC_400Regular.ttf",
        "OFL-1.1",
        "OFL-Noto-Serif-SC.txt",
        everything,
    ),
    Source(
        "songti_light",
        "宋体（细，补仿宋缺字）",
        "@expo-google-fonts/noto-serif-sc",
        "package/300Light/NotoSerifSC_300Light.ttf",
        "OFL-1.1",
        "OFL-Noto-Serif-SC.txt",
        None,
    ),
    Source(
        "xiaobiaosong",
        "小标宋（代用）",
        "@expo-google-fonts/noto-serif-sc",
        "package/600SemiBold/NotoSerifSC_600SemiBold.ttf",
        "OFL-1.1",
        "OFL-Noto-Serif-SC.txt",
        by_gbk,
    ),
    Source(
        "hanamin",
        "宋体（扩展区）",
        "fonts-hanazono",
        "usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
        "Hanazono Font License",
        "Hanazono-Font-License.txt",
        rare,
    ),
)
FAMILIES = {
    "fangsong": "Dangjian FangSong",
    "kaiti": "Dangjian KaiTi",
    "heiti": "Dangjian HeiTi",
    "songti": "Dangjian SongTi",
    "songti_light": "Dangjian SongTi Light",
    "xiaobiaosong": "Dangjian XiaoBiaoSong",
    "hanamin": "Dangjian SongTi Ext",
}


def run(command: Iterable[str], folder: Path) -> str:
    """The output of a command, run in ``folder``."""
    done = subprocess.run(list(command), cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def fetch(folder: Path) -> dict[str, tuple[Path, str]]:
    """Each package unpacked, and its version."""
    found: dict[str, tuple[Path, str]] = {}
    for package in (*DEBIAN, *NPM):
        place = folder / "unpacked" / package.replace("/", "_")
        archive = _archive(folder, package)
        if not place.exists():
            place.mkdir(parents=True)
            unpack = (
                ["dpkg-deb", "-x", str(archive), str(place)]
                if package in DEBIAN
                else ["tar", "xzf", str(archive), "-C", str(place)]
            )
            run(unpack, folder)
        name = archive.name.removesuffix(".tgz")
        version = name.split("_")[1] if package in DEBIAN else name.rsplit("-", 1)[1]
        found[package] = (place, version)
    return found


def _archive(folder: Path, package: str) -> Path:
    pattern = (
        f"{package}_*.deb"
        if package in DEBIAN
        else package.removeprefix("@").replace("/", "-") + "-*.tgz"
    )
    if not any(folder.glob(pattern)):
        if package in DEBIAN:
            run(["apt-get", "download", package], folder)
        else:
            run(["npm", "pack", package], folder)
    return next(iter(sorted(folder.glob(pattern))))


def to_truetype(font: TTFont) -> None:
    """Replace cubic outlines by quadratic ones, at most one unit away."""
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    made = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        made[name] = pen.glyph()
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = made
    font["loca"] = newTable("loca")
    for tag in ("CFF ", "VORG"):
        del font[tag]
    font["maxp"].tableVersion = 0x00010000
    limits = (
        "maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements"
    )
    for name in (*limits.split(), "maxSizeOfInstructions", "maxComponentElements"):
        setattr(font["maxp"], name, 1 if name == "maxZones" else 0)
    font.sfntVersion = "\000\001\000\000"


def rename(font: TTFont, family: str) -> None:
    """Give our own family name and one plain weight; copyright and licence stay."""
    names = font["name"]
    kept = [(i, names.getDebugName(i)) for i in (0, 13, 14)]
    names.names = []
    plain = (1, family), (2, "Regular"), (3, family), (4, family), (6, family.replace(" ", "-"))
    for number, text in (*kept, *plain, (5, "Version 1.0")):
        if text:
            names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsType = 0
    font["OS/2"].fsSelection = 0x40
    font["head"].macStyle = 0


def missing_in_fangsong(unicode_data: Path) -> Callable[[int], bool]:
    """Whether a character is in 通用规范汉字表 and not in our 仿宋."""
    table = unicode_data / "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
    lines = bz2.decompress(table.read_bytes()).decode("utf-8").splitlines()
    listed = {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}
    return (listed - set(TTFont(TARGET / "fangsong.ttf").getBestCmap())).__contains__


def make(source: Source, places: dict[str, tuple[Path, str]], target: Path) -> None:
    """Write one face."""
    place, keep = places[source.package][0], source.keep
    keep = keep or missing_in_fangsong(places["unicode-data"][0])
    font = TTFont(place / source.path, recalcTimestamp=False)
    if "glyf" not in font:
        to_truetype(font)
    options = Options(hinting=False, layout_features=[], glyph_names=False, notdef_outline=True)
    options.name_IDs = [0, 13, 14]
    options.drop_tables += [tag for tag in font.keys() if tag not in KEPT_TABLES]  # noqa: SIM118
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for c in font.getBestCmap() if keep(c)])
    subsetter.subset(font)
    rename(font, FAMILIES[source.face])
    font.save(target)


def licences(places: dict[str, tuple[Path, str]]) -> dict[str, str]:
    """The text of each licence file."""
    doc = "usr/share/doc"
    tex = places["texlive-lang-chinese"][0] / doc / "texlive-doc/fonts/fandol/COPYING.gz"
    return {
        "GPL-3-with-font-exception.txt": gzip.decompress(tex.read_bytes()).decode(),
        "fangsong-NOTICE.txt": GPL_NOTICE,
        "OFL-LXGW-WenKai.txt": _text(places, DEBIAN[0], f"{doc}/{DEBIAN[0]}/copyright"),
        "Hanazono-Font-License.txt": _text(places, DEBIAN[1], f"{doc}/{DEBIAN[1]}/copyright"),
        "OFL-Noto-Sans-SC.txt": _text(places, NPM[0], "package/LICENSE_FONT"),
        "OFL-Noto-Serif-SC.txt": _text(places, NPM[1], "package/LICENSE_FONT"),
    }


def _text(places: dict[str, tuple[Path, str]], package: str, path: str) -> str:
    return (places[package][0] / path).read_text(encoding="utf-8")


def manifest(places: dict[str, tuple[Path, str]]) -> str:
    """MANIFEST.toml: where each file comes from, and its sum."""
    lines = ["# 由 installer/make_fonts.py 生成。"]
    for source in SOURCES:
        name = f"{source.face}.ttf"
        digest = hashlib.sha256((TARGET / name).read_bytes()).hexdigest()
        entries = {
            "file": name,
            "family": FAMILIES[source.face],
            "style": source.style,
            "package": source.package,
            "source": source.path,
            "version": places[source.package][1],
            "sha256": digest,
            "licence": source.licence,
            "licence_file": f"licences/{source.licence_file}",
        }
        lines += ["", "[[face]]", *(f'{key} = "{value}"' for key, value in entries.items())]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Make every face; 1 when they are too large together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, help="folder for the packages (kept)")
    chosen = parser.parse_args().sources
    with tempfile.TemporaryDirectory() as spare:
        folder = (chosen or Path(spare)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        places = fetch(folder)
        (TARGET / "licences").mkdir(parents=True, exist_ok=True)
        for source in SOURCES:
            make(source, places, TARGET / f"{source.face}.ttf")
        for name, text in licences(places).items():
            (TARGET / "licences" / name).write_text(text, encoding="utf-8")
        (TARGET / "MANIFEST.toml").write_text(manifest(places), encoding="utf-8")
    size = sum(path.stat().st_size for path in TARGET.glob("*.ttf")) / 1e6
    print(f"{size:.1f} MB")
    return 0 if size <= LIMIT_MB else 1


if __name__ == "__main__":
    sys.exit(main())
