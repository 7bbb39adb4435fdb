#!/bin/sh
# 放好、自检、换上；没有通过的，原来的版本还在用。
set -e
root=/opt/dangjian-desktop
package=$root/package/@VERSION@
[ "$1" = configure ] || exit 0
older=
[ -z "${2:-}" ] || ! dpkg --compare-versions "@VERSION@" lt "$2" || older=--older
if [ -f "$root/current" ]; then
    sh "$package/lay.sh" sweep "$root"
fi
sh "$package/lay.sh" put "$root" "$package" $older
command -v update-mime-database >/dev/null 2>&1 && update-mime-database /usr/share/mime || true
command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q || true
