#!/bin/sh
# 在版本文件夹里：先把环境写进日志，再启动程序；十秒内结束的给出提示，不会双击了没有动静。
# 用法：launch.sh 入口名称 [参数……]；DANGJIAN_ROOT 是根文件夹，没有的就没有。
PATH=/usr/local/bin:/usr/bin:/bin${PATH:+:$PATH}
export PATH
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 1
entry=$1
shift
# 运行期间占住，别的版本启动以后不会把它删掉
use=${here%/*}/.use.${here##*/}
if [ -n "${DANGJIAN_ROOT:-}" ] && (: >>"$use") 2>/dev/null && command -v flock >/dev/null 2>&1; then
    exec 8>>"$use"
    flock -s -n 8
fi
if [ "$entry" != dangjian-desktop ]; then
    exec "$here/$entry" "$@"
fi

if [ -z "${HOME:-}" ]; then
    HOME=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)
    [ -n "$HOME" ] || HOME=/nonexistent
    export HOME
fi
if [ -n "${DANGJIAN_DATA:-}" ]; then
    logs=$DANGJIAN_DATA/logs
else
    logs=${XDG_CACHE_HOME:-$HOME/.cache}/dangjian-desktop/log
fi
mkdir -p -m 700 "$logs" 2>/dev/null
log=$logs/start.log
if ! (umask 077 && : >>"$log") 2>/dev/null; then
    log=/dev/null
elif [ "$(wc -c <"$log")" -gt 200000 ]; then
    mv -f "$log" "$log.1"
fi

escaped() { printf '%s' "$1" | sed 's/[][\\.*^$|]/\\&/g'; }

hidden() { # 个人文件夹的位置、U盘挂载的位置里有登录名，常是人名
    me=$(escaped "$(id -un 2>/dev/null)")
    name="s|/$me/|/〈用户〉/|"
    printf '%s/' "$1" | sed "s|^$(escaped "$HOME")/|~/|; ${me:+$name; $name;} s|/\$||"
}

# 有 X11（也经 XWayland）的用它：旧系统的 Wayland 库太旧，Qt 会中途结束；输入法也按 X11 连接
if [ -n "${DISPLAY:-}" ] && [ -z "${QT_QPA_PLATFORM:-}" ]; then
    QT_QPA_PLATFORM="xcb${WAYLAND_DISPLAY:+;wayland}"
    export QT_QPA_PLATFORM
fi

{
    printf '%s %s\n' "$(date '+%Y-%m-%d %H:%M:%S')" "启动 $(cat "$here/version" 2>/dev/null)"
    printf '  文件夹 %s\n' "$(hidden "$here")"
    printf '  系统 %s；%s\n' "$(uname -srm)" "$(getconf GNU_LIBC_VERSION 2>/dev/null)"
    for name in XDG_SESSION_TYPE XDG_CURRENT_DESKTOP LANG LC_ALL DISPLAY WAYLAND_DISPLAY \
        QT_QPA_PLATFORM QT_IM_MODULE GTK_IM_MODULE XMODIFIERS QT_SCALE_FACTOR; do
        eval "value=\${$name:-}"
        [ -z "$value" ] || printf '  %s=%s\n' "$name" "$value"
    done
} >>"$log" 2>/dev/null

tell() { # 有什么窗口用什么；都没有的，在桌面上留一个文件
    kept="日志：$log
请把日志交给维护人员。"
    [ "$log" != /dev/null ] || kept="（没有能写日志的位置）请把这些话交给维护人员。"
    text="党支部工作台没有启动起来（代码 $1）。
资料没有受到影响。$2

$kept"
    printf '%s\n' "$text" >&2
    sh "$here/tell.sh" error "$text" 党支部工作台没有启动.txt
}

"$here/$entry" "$@" 2>>"$log" &
program=$!
trap 'kill -TERM $program 2>/dev/null' TERM INT HUP
tenths=0
while [ $tenths -lt 100 ] && kill -0 $program 2>/dev/null; do
    sleep 0.1
    tenths=$((tenths + 1))
done
code=0
if kill -0 $program 2>/dev/null; then
    good=1
else
    wait $program
    code=$?
    case $code in 0) good=1 ;; *) good= ;; esac
fi
if [ -n "$good" ]; then
    # 第一次正常启动：原来的版本可以删去了；刚从这里更新过的，新版还没有启动过
    now=
    [ -z "${DANGJIAN_ROOT:-}" ] || [ ! -w "$DANGJIAN_ROOT/versions" ] || read -r now <"$DANGJIAN_ROOT/current"
    [ "$now" != "${here##*/}" ] || sh "$here/lay.sh" sweep "$DANGJIAN_ROOT" >/dev/null 2>&1
    if kill -0 $program 2>/dev/null; then
        wait $program
        code=$?
    fi
    # 被要求结束时 wait 先回来，程序还在保存
    while kill -0 $program 2>/dev/null; do
        wait $program
        code=$?
    done
    printf '%s 结束（代码 %s）\n' "$(date '+%Y-%m-%d %H:%M:%S')" "$code" >>"$log" 2>/dev/null
    exit $code
fi
printf '%s 十秒内结束（代码 %s）\n' "$(date '+%Y-%m-%d %H:%M:%S')" "$code" >>"$log" 2>/dev/null
case $code in
    129 | 130 | 143) exit $code ;; # 被要求结束的
esac
trap 'exit 143' TERM INT HUP
remedy=$(sh "$here/lay.sh" lacking "$here" 2>/dev/null)
[ "$code" -ne 126 ] ||
    remedy="这个位置不许启动程序（例如 FAT 格式的U盘）。请把整个文件夹拷到 NTFS、exFAT 等格式的U盘或本机再打开。"
if [ -n "$remedy" ]; then
    printf '  %s\n' "$remedy" >>"$log" 2>/dev/null
elif ! sh "$here/lay.sh" whole "$here" 2>/dev/null; then
    remedy="程序的文件不全或被改动过，请重新安装。"
elif [ -n "${DANGJIAN_ROOT:-}" ] && [ -f "$DANGJIAN_ROOT/previous" ]; then
    remedy="刚更新过的，可以换回上一个版本：sh \"$here/lay.sh\" back \"$DANGJIAN_ROOT\""
fi
tell "$code" "$remedy"
exit $code
