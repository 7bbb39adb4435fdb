#!/bin/sh
# 在 Wine 里把 Windows 的安装、更新、卸载、启动整个演练一遍；半小时以上（机器忙时更久），
# 要管理员权限（挂小磁盘）。
# 另需：gcc-mingw-w64-x86-64、nsis、wine64、wine、xvfb。Python 用替身，结论只管 Python 以外的部分。
# DANGJIAN_WINDOWS=文件夹：连同那里做好的安装程序和便携版（真的 Python 和 Qt）一起试，再加十几分钟到半个多小时；
# 里面的要是用同一份源代码做的，否则示例年不比较，照实说明。
set -eu
cd -- "$(dirname -- "$0")/../.."
DANGJIAN_REHEARSAL=whole
QT_QPA_PLATFORM=offscreen
export DANGJIAN_REHEARSAL QT_QPA_PLATFORM
exec .venv/bin/python -m pytest -n 0 -rs --durations=10 "$@" tests/installer/test_windows_*.py
