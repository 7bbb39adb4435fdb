#!/bin/sh
# 打开党支部工作台；没有显示器时做出示例年的全部文件。第一次运行会先装好所需的东西。
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
. "$here/find_python.sh"
exec "$python" -B "$here/bootstrap.py" run "$@"
