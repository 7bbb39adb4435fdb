"""说明.txt: what lies where in the folder of everything, for whoever finds it."""

from __future__ import annotations

from collections.abc import Sequence

from dangjian_desktop.storage.plain_tables import LEFT_OUT, SETTINGS_LEFT_OUT

GUIDE, MANIFEST = "说明.txt", "manifest.json"

_GUIDE = """\
党支部工作台　全部导出

这个文件夹里是一个党支部资料库的全部内容（记录{records}条，含回收站），不用本程序也能看。
其中有身份证号、手机号等个人信息，请按资料库本身的要求保管和传递。
只在有密码的资料库里填写的内容（例如谈心谈话的内容要点）不在“表格”和“约定格式”里，只在“数据”里，供读回时用；
这个文件夹没有密码，请不要放在别人能打开的地方。

一、给人看的
　　表格：党员名册，以及党员、会议、项目的全部记录，各一个工作簿
　　台账：每本台账一个工作簿
　　会议记录：每次会议的记录，Word 和 PDF 各一份，按年份存放
　　报出：报出过的材料，与报出时逐字节相同（没有报出过时没有这个文件夹）
　　附件：添加到记录里的文件，用原来的文件名，重名的加序号；引用它的记录里写着它的 SHA-256 校验值

二、给别的程序读的
　　约定格式：党员、会议、项目、各本台账的记录和支部信息，JSON，字段与命令行输出的相同；不含回收站
　　台账样式：每本台账的字段和打印样式（.toml），可以在别的资料库里采用

三、读回时用的
　　数据：资料库的全部内容，JSON，每种记录一个文件。党员的每一段任职、编组、身份都在
　　　　回收站里的记录带有 deleted_at，revision 文件夹里是每条记录的历次版本
　　　　setting.json 里是支部信息、自设的会议类型、规则和版式的改动、汇总中填写的文字，
　　　　以及上级空表每格填什么；空表本身在附件里
　　manifest.json：每个文件的大小和 SHA-256 校验值
　　读回：在程序的开始窗口选“从全部导出的文件夹恢复”，或执行
　　　　dangjian --library 新文件.dangjian import all 这个文件夹
　　　　要求全部文件都在、都没有改过；要修改内容，请读回以后在程序里改

四、没有导出的
"""


def guide(records: int, problems: Sequence[str]) -> str:
    """The text, with what is not in the folder and what was wrong in the library itself."""
    reasons = dict.fromkeys((*LEFT_OUT.values(), *SETTINGS_LEFT_OUT.values()))
    text = _GUIDE.format(records=records) + "".join(f"　　{reason}\n" for reason in reasons)
    if problems:
        text += "\n五、导出时资料库本身的问题（内容照原样导出）\n"
    return text + "".join(f"　　{problem}\n" for problem in problems)
