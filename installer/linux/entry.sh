#!/bin/sh
# 入口：current 里写着哪个版本，就启动哪个。
PATH=/usr/local/bin:/usr/bin:/bin${PATH:+:$PATH}
self=$0
while [ -h "$self" ]; do
    target=$(readlink "$self")
    case $target in /*) self=$target ;; *) self=$(dirname -- "$self")/$target ;; esac
done
DANGJIAN_ROOT=$(CDPATH='' cd -- "$(dirname -- "$self")" && pwd -P) || exit 1
name=
[ ! -f "$DANGJIAN_ROOT/current" ] || read -r name <"$DANGJIAN_ROOT/current"
if [ -z "$name" ] || [ ! -f "$DANGJIAN_ROOT/versions/$name/launch.sh" ]; then
    text="党支部工作台没有装好，或被移走了一部分：$DANGJIAN_ROOT。请重新安装；资料没有受到影响。"
    printf '%s\n' "$text" >&2
    [ -n "${DISPLAY:-}" ] && command -v zenity >/dev/null 2>&1 && zenity --error --text="$text" 2>/dev/null
    exit 1
fi
if [ -f "$DANGJIAN_ROOT/portable" ]; then
    DANGJIAN_DATA=$DANGJIAN_ROOT/资料
    export DANGJIAN_DATA
fi
export DANGJIAN_ROOT
exec /bin/sh "$DANGJIAN_ROOT/versions/$name/launch.sh" "$(basename -- "$0")" "$@"
