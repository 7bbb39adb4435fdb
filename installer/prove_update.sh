#!/bin/sh
# 在一个最小的 Debian 里、断开网络，由装好的程序自己从文件更新：由做好的 .run 做出两个只差版本号的版本，
# 公钥是临时的，别的逐字节相同。需要管理员权限、debootstrap、Xvfb、x11-utils、imagemagick；约十五分钟。
#     sh installer/prove_update.sh [放着 .deb 和 .run 的文件夹] [bookworm|bullseye]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
given=${1:-}
suite=${2:-bookworm}
if [ -z "$given" ]; then
    for folder in "$here"/dist/*/; do given=$folder; done
fi
. "$here/installer/bare_system.sh"
. "$here/installer/first_window.sh"
wanted debootstrap Xvfb xev import unshare dpkg-deb
deb=$(packed .deb)
run=$(packed .run)
python=$here/.venv/bin/python
[ -x "$python" ] || stop "没有 $python，请先运行一次 installer/run.sh"
bare_system
place=/home/clerk/.local/opt/dangjian-desktop
library=/mnt/stick/支部.dangjian

program() { clerk "$place/dangjian" --library $library "$@"; }

update() { program update "/given/${package##*/}" "$@"; }

first() { # 还是原来的版本，没有留下什么
    whole "$place"
    [ "$starts" = "$old" ] || stop "启动的是 $starts"
}

folders() { (cd "$root$place/versions" && ls -d [0-9]* | tr '\n' ' '); }

left() { (cd "$root$place/versions" && ls -d .new.* .*.part 2>/dev/null) || true; }

back_to_first() {
    rm -rf "${root:?}$place"
    cp -al "$root/home/clerk/kept" "$root$place"
}

closed() { # 命令……：开窗口，过了十秒，关上
    shown_after "$@"
    [ -n "$after" ] || stop "窗口没有出来，见 $proof/window.log"
    sleep 12
    ended
}

say "▶ 做两个版本（临时的钥匙）"
stamp=$(sha256sum <"$run")
if [ "$(cat "$proof/update/made-of" 2>/dev/null)" != "$stamp" ]; then
    "$python" "$here/installer/prove_update.py" "$run" "$proof/update" >"$proof/update.log" ||
        stop "$(cat "$proof/update.log")"
    tail -n 1 "$proof/update.log" >"$proof/update/versions"
    printf '%s\n' "$stamp" >"$proof/update/made-of"
fi
made=$(cat "$proof/update/versions")
old=${made% *}
new=${made#* }
given=$proof/update
run=$(packed .run)
package=$(packed .update)
say "  $old 和 $new；更新文件 $(du -m "$package" | cut -f1) MB"
emptied
timed "装 $old" clerk sh "/given/${run##*/}"
first
cp -a "$root$place" "$root/home/clerk/kept"
program new --name 示例党支部 >/dev/null

say "▶ 先看，再更新，第一次启动以后原来的才删去"
update --check >"$proof/said" || stop "$(cat "$proof/said")"
sed 's/^/  /' "$proof/said"
grep -q "更新文件完好：$new" "$proof/said" || stop "没有说 $new"
first
begun=$(now)
timed "更新到 $new" update
took=$(since "$begun")
sed 's/^/  /' "$proof/timed.log"
whole "$place"
[ "$starts" = "$new" ] || stop "启动的是 $starts"
ls "$root/mnt/stick/支部.copies" | grep -q 更新前 || stop "没有更新前的备份"
[ "$(folders)" = "$old $new " ] || stop "放着 $(folders)"
screen_on
closed "$place/dangjian-desktop" $library
[ "$(folders)" = "$new " ] || stop "放着 $(folders)"
said 没有可以换回的版本 program update --back
said "已经装有 $new" update

say "▶ 换回，再更新，反复三次，各只放一份"
back_to_first
for _ in 1 2 3; do
    update >/dev/null || stop "没有更新"
    program update --back >"$proof/said" || stop "$(cat "$proof/said")"
    first
    [ "$(folders)" = "$old $new " ] || stop "放着 $(folders)"
done
sed 's/^/  /' "$proof/said"
grep -q 格式相同 "$proof/said" || stop "不该说要恢复备份"
closed "$place/dangjian-desktop" $library
[ "$(folders)" = "$old " ] || stop "放着 $(folders)"

say "▶ 改了一个字节、没有拷全"
length=$(wc -c <"$package")
for at in 40 200 30000 $((length / 3)) $((length / 2)) $((length * 9 / 10)) $((length - 30)); do
    cp "$package" "$root/mnt/stick/改.update"
    byte=$(dd if="$package" bs=1 skip="$at" count=1 2>/dev/null | od -An -tu1 | tr -d ' ')
    # shellcheck disable=SC2059
    printf "\\$(printf %o $((byte ^ 1)))" |
        dd of="$root/mnt/stick/改.update" bs=1 seek="$at" conv=notrunc 2>/dev/null
    said 更新文件 program update /mnt/stick/改.update
done
for size in 100 5000 $((length / 2)) $((length - 1)); do
    head -c "$size" "$package" >"$root/mnt/stick/改.update"
    said 没有 program update /mnt/stick/改.update
done
rm "$root/mnt/stick/改.update"
first
[ "$(folders)$(left)" = "$old " ] || stop "留下 $(folders)$(left)"

say "▶ 不能写的文件夹、空间不够"
chmod -R a-w "$root$place"
said 不能写入 update
chmod -R u+w "$root$place"
mount -t tmpfs -o size=420m,mode=777 tmpfs "$root/mnt/other"
clerk sh "/given/${run##*/}" --to /mnt/other/程序 >/dev/null 2>&1
said 空间不足 clerk /mnt/other/程序/dangjian update "/given/${package##*/}"
whole /mnt/other/程序
[ "$starts" = "$old" ] || stop "启动的是 $starts"
umount "$root/mnt/other"
clerk sh "/given/${run##*/}" >/dev/null 2>&1

say "▶ 窗口开着时更新"
back_to_first
shown_after "$place/dangjian-desktop" $library
[ -n "$after" ] || stop "窗口没有出来"
opened=$window
update >"$proof/said" || stop "$(cat "$proof/said")"
[ -n "$(below "$opened")" ] || stop "开着的窗口没有了"
whole "$place"
[ "$starts" = "$new" ] || stop "启动的是 $starts"
closed "$place/dangjian-desktop"
[ "$(folders)" = "$old $new " ] || stop "删去了还在用的版本：$(folders)"
window=$opened
ended
closed "$place/dangjian-desktop" $library
[ "$(folders)" = "$new " ] || stop "放着 $(folders)"
say "  窗口一直开着，关上以后原来的删去了"

say "▶ 便携版在U盘上更新，换个位置再打开"
clerk sh "/given/${run##*/}" --portable /mnt/stick/党建 >/dev/null 2>&1
clerk /mnt/stick/党建/dangjian update "/given/${package##*/}" >"$proof/said" || stop "$(cat "$proof/said")"
mv "$root/mnt/stick/党建" "$root/mnt/other/换了 位置"
closed "/mnt/other/换了 位置/dangjian-desktop"
whole "/mnt/other/换了 位置"
[ "$starts" = "$new" ] || stop "启动的是 $starts"
rm -rf "$root/mnt/other/换了 位置"
screen_off

settled() { # 强行结束以后：一个完整的版本；每六次再更新一次
    whole "$place"
    case $starts in
        "$old") olds=$((olds + 1)) ;;
        "$new") news=$((news + 1)) ;;
        *) stop "启动的是 $starts" ;;
    esac
    if [ $((step % 6)) -eq 0 ]; then
        [ "$starts" = "$new" ] || update >"$proof/said" 2>&1 || stop "再更新没有成：$(cat "$proof/said")"
        whole "$place"
        [ "$starts" = "$new" ] || stop "启动的是 $starts"
        clerk sh "$place/versions/$new/lay.sh" sweep "$place"
        [ "$(folders)$(left)" = "$new " ] || stop "留下 $(folders)$(left)"
    fi
}

say "▶ 更新在二十四处全部强行结束（全程 $took 秒）"
olds=0
news=0
for step in $(seq 1 24); do
    back_to_first
    at=$(awk "BEGIN { printf \"%.2f\", $took * $step / 23 }")
    clerk timeout -s KILL "$at" "$place/dangjian" update "/given/${package##*/}" >/dev/null 2>&1 || true
    settled
done
say "  启动原来的 $olds 次，新的 $news 次，每次都是一个完整的版本"
[ "$olds" -gt 0 ] || stop "没有一次停在换上以前"

say "▶ 只强行结束程序，它叫来放版本的那一个接着做，八处"
olds=0
news=0
for step in $(seq 3 10); do
    back_to_first
    at=$(awk "BEGIN { printf \"%.2f\", $took * $step / 11 }")
    # shellcheck disable=SC2016
    clerk sh -c '"$1" update "$2" >/dev/null 2>&1 & sleep "$3"; kill -KILL $!; flock "$4/.lock" true' sh \
        "$place/dangjian" "/given/${package##*/}" "$at" "$place" 2>/dev/null || true
    settled
done
say "  启动原来的 $olds 次，新的 $news 次，每次都是一个完整的版本"
clerk "$place/uninstall" >/dev/null
[ ! -e "$root$place" ] || stop "卸载后还有：$(ls -a "$root$place")"
[ -f "$root$library" ] || stop "资料库不见了"
rm -rf "$root/home/clerk/kept"
say "都对（$old 到 $new）"
