#!/bin/sh
# 删去放好的版本；各人的资料库、备份和设置不在这里，不动。
set -e
root=/opt/dangjian-desktop
case $1 in
    remove | purge)
        rm -f "$root/current" "$root/previous"
        rm -rf "$root/versions" "$root/self-test" "$root/.lock" "$root"/.*.new
        rm -f "$root/dangjian-desktop" "$root/dangjian" "$root/uninstall"
        rmdir "$root" 2>/dev/null || true
        ;;
esac
