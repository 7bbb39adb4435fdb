#!/bin/sh
# 检查与测试；第一次运行会先装好所需的东西。
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
. "$here/find_python.sh"
exec "$python" -B "$here/bootstrap.py" test "$@"
