#!/bin/sh
# 卸载：只删去程序和它的快捷方式；资料库、备份、设置、日志都留着。
PATH=/usr/local/bin:/usr/bin:/bin${PATH:+:$PATH}
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 1
if [ -f "$root/portable" ]; then
    echo "这是便携版，不用卸载：不再用时，先把“资料”文件夹留好，再删去整个文件夹。" >&2
    exit 1
fi
if [ -d "$root/package" ]; then
    echo "这是用系统的安装包装的，请用它卸载：apt remove dangjian-desktop" >&2
    exit 1
fi
for use in "$root"/versions/.use.*; do
    [ -e "$use" ] && command -v flock >/dev/null 2>&1 || continue
    if ! flock -n "$use" true; then
        echo "程序还开着，没有卸载。请先关闭它。" >&2
        exit 1
    fi
done
[ -n "${HOME:-}" ] || HOME=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)
shared=${XDG_DATA_HOME:-${HOME:-/nonexistent}/.local/share}
entry=$shared/applications/dangjian-desktop.desktop
# 与写进去时一样：引号里的 \ " ` $ 和 % 在桌面文件里另有意思
quoted=$(printf '%s' "$root/dangjian-desktop" | sed 's/\\/\\\\\\\\/g; s/["`$]/\\\\&/g; s/%/%%/g')
if grep -qF "\"$quoted\"" "$entry" 2>/dev/null; then
    rm -f "$entry" "$shared/icons/hicolor/scalable/apps/dangjian-desktop.svg" \
        "$shared/mime/packages/dangjian-desktop.xml"
    update-mime-database "$shared/mime" >/dev/null 2>&1
    update-desktop-database "$shared/applications" >/dev/null 2>&1
fi
rm -f "$root/current" "$root/previous"
rm -rf "$root/versions" "$root/self-test" "$root/.lock" "$root"/.*.new
rm -f "$root/dangjian-desktop" "$root/dangjian" "$root/uninstall"
rmdir "$root" 2>/dev/null
echo "已卸载。资料库、备份和设置没有动。"
