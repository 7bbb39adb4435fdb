#!/bin/sh
# 做出发布用的文件和校验值清单，放在 dist/版本号 里。
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
. "$here/find_python.sh"
exec "$python" -B "$here/release.py" "$@"
