#!/bin/sh
# 说给看不到终端的人听：有什么窗口用什么；都没有的，在桌面上留一个文件。
#     tell.sh error|info 要说的话 [桌面上的文件名]
PATH=/usr/local/bin:/usr/bin:/bin${PATH:+:$PATH}
kind=$1
text=$2
file=${3:-}

shown() { # 命令……：显示过了没有；用叉关掉的也是显示过，代码和打不开窗口的一样，只是不会这么快
    begun=$(date +%s)
    "$@" >/dev/null 2>&1
    code=$?
    [ $code -ne 1 ] || [ "$(date +%s)" -le $((begun + 1)) ] || closed=1
    [ $code -eq 0 ]
}

in_a_window() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 1
    for teller in zenity qarma matedialog yad; do
        command -v $teller >/dev/null 2>&1 || continue
        for plain in --no-markup ''; do
            shown $teller --$kind --title=党支部工作台 --width=420 $plain --text="$text" && return 0
            [ -z "$closed" ] || return 1
        done
    done
    box=msgbox
    [ $kind = info ] || box=error
    for teller in "kdialog --title 党支部工作台 --$box" "xmessage -center"; do
        command -v "${teller%% *}" >/dev/null 2>&1 || continue
        shown $teller "$text" && return 0
        [ -z "$closed" ] || return 1
    done
    # 通知过一会儿就没有了，文件还是要留
    notify-send 党支部工作台 "$text" >/dev/null 2>&1
    return 1
}

closed=
in_a_window && exit 0
[ -n "$file" ] || exit 1
for folder in "$(xdg-user-dir DESKTOP 2>/dev/null)" "${HOME:-}/桌面" "${HOME:-}/Desktop"; do
    [ -n "$folder" ] && [ -d "$folder" ] || continue
    printf '%s\n' "$text" >"$folder/$file" 2>/dev/null && exit 0
done
exit 1
