#!/bin/sh
known= # 只拷到脚本中间的，也要说出来
trap '[ -n "$known" ] || { printf "%s\n" "安装文件没有拷全，请重新拷贝。没有改动任何东西。" >&2; exit 6; }' EXIT
# 党支部工作台 @VERSION@（Linux @MACHINE@）：sh 本文件 [--to 文件夹 | --portable 文件夹] [--older]
# 装在自己的文件夹里，不要管理员权限，不要网络；已经装有的先留着，新的自检通过才换上。
# --portable：放在U盘等处的文件夹里，资料、设置、日志都在其中，不写到这台电脑的别处。
set -u
PATH=/usr/local/bin:/usr/bin:/bin${PATH:+:$PATH}
offset=@OFFSET@
size=@SIZE@
sum=@SUM@
needed=@NEEDED@
machine=@MACHINE@

stop() {
    known=1
    printf '%s\n' "$1" >&2
    exit "${2:-1}"
}

aloud() { # 双击的没有终端：开始和结束都在窗口里说；结束那一句说过就走，不等人点
    known=1
    tell=$(sed -n '/^#TELL$/,/^#LLET$/p' "$0")
    setsid sh -c "$tell" tell.sh info "正在安装党支部工作台 @VERSION@，大约一分钟，请稍候。装好或没有装好，都会再说一声。" \
        </dev/null >/dev/null 2>&1 &
    waiting=$!
    said=$(DANGJIAN_SAID=1 sh "$0" "$@" 2>&1 </dev/null)
    code=$?
    printf '%s\n' "$said"
    kill -- "-$waiting" 2>/dev/null
    kind=info
    [ $code -eq 0 ] || kind=error
    said=$(printf '%s' "$said" | sed '/^正在安装到 /d')
    setsid sh -c "$tell" tell.sh $kind "$said" 党支部工作台安装结果.txt </dev/null >/dev/null 2>&1 &
    exit $code
}

over() { # 双击时另开的终端，一结束就关掉，等看过
    code=$?
    [ -n "$known" ] || {
        printf '%s\n' "安装文件没有拷全，请重新拷贝。没有改动任何东西。" >&2
        code=6
    }
    printf '%s' "按回车键关闭。"
    read -r _
    exit $code
}

if [ -z "${DANGJIAN_SAID:-}" ] && [ ! -t 1 ] && [ ! -t 2 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    aloud "$@"
fi
unset DANGJIAN_SAID
if [ -t 0 ] && [ -t 1 ]; then
    case $(cat "/proc/$PPID/comm" 2>/dev/null) in
        *term* | konsole* | *console* | kgx | ptyxis* | alacritty | kitty) trap over EXIT ;;
    esac
fi

[ "$(uname -m)" = "$machine" ] || stop "这个安装文件用于 $machine，本机是 $(uname -m)，不能安装。" 2
root=
older=
portable=
while [ $# -gt 0 ]; do
    case $1 in
        --to | --portable)
            [ $# -ge 2 ] || stop "$1 后面要写文件夹。" 2
            [ "$1" = --to ] || portable=1
            root=$2
            shift
            ;;
        --older) older=--older ;;
        *) stop "用法：sh $(basename -- "$0") [--to 文件夹 | --portable 文件夹] [--older]" 2 ;;
    esac
    shift
done
[ -n "${HOME:-}" ] || HOME=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)
if [ -z "$root" ]; then
    [ -n "$HOME" ] || stop "不知道个人文件夹在哪里，请用 --to 写出要装到的文件夹。" 2
    root=$HOME/.local/opt/dangjian-desktop
fi
case $root in /*) ;; *) root=$(pwd -P)/$root ;; esac

command -v xz >/dev/null 2>&1 || stop "本机缺少 xz，不能解开安装文件。请改用 .deb，或先安装 xz-utils。" 2
[ "$(wc -c <"$0")" -eq $((offset + size)) ] || stop "安装文件没有拷全，请重新拷贝。没有改动任何东西。" 6
[ "$(tail -c +$((offset + 1)) -- "$0" | sha256sum | cut -d' ' -f1)" = "$sum" ] ||
    stop "安装文件被改动过或已损坏，请重新拷贝。没有改动任何东西。" 6

known=1
echo "正在安装到 $root ……"
lay=$(sed -n '/^#LAY$/,/^#YAL$/p' "$0")
tail -c +$((offset + 1)) -- "$0" | xz -dc |
    sh -c "$lay" lay.sh put "$root" - "--needs=$needed" $older ${portable:+--portable} || exit $?

if [ -n "$portable" ]; then
    echo "打开：$root/dangjian-desktop。资料都在旁边的“资料”文件夹里，整个文件夹可以拷走。"
    exit 0
fi

shared=${XDG_DATA_HOME:-${HOME:+$HOME/.local/share}}
place() { # 写好再换上
    [ -n "$shared" ] && mkdir -p "$(dirname -- "$2")" 2>/dev/null && cp "$1" "$2.new" 2>/dev/null && mv -f "$2.new" "$2"
}
read -r name <"$root/current"
from=$root/versions/$name/desktop
if place "$from/dangjian-desktop.svg" "$shared/icons/hicolor/scalable/apps/dangjian-desktop.svg" &&
    place "$from/dangjian-desktop.xml" "$shared/mime/packages/dangjian-desktop.xml"; then
    entry=$shared/applications/dangjian-desktop.desktop
    mkdir -p "$shared/applications"
    # 引号里的 \ " ` $ 和 % 在桌面文件里另有意思
    quoted=$(printf '%s' "$root/dangjian-desktop" | sed 's/\\/\\\\\\\\/g; s/["`$]/\\\\&/g; s/%/%%/g')
    while IFS= read -r line; do
        case $line in Exec=*) line="Exec=\"$quoted\" %f" ;; esac
        printf '%s\n' "$line"
    done <"$from/dangjian-desktop.desktop" >"$entry.new"
    mv -f "$entry.new" "$entry"
    update-mime-database "$shared/mime" >/dev/null 2>&1
    update-desktop-database "$shared/applications" >/dev/null 2>&1
    echo "开始菜单里有“党支部工作台”。"
else
    echo "没有放好快捷方式；启动：$root/dangjian-desktop"
fi
echo "卸载：sh \"$root/uninstall\""
exit 0
