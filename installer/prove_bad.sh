#!/bin/sh
# 在一个最小的 Debian 里、断开网络，用做好的 .run 和 .deb 试各种不顺利的情形，每一次都要有话说、
# 原来的版本照常能用。需要管理员权限、debootstrap、Xvfb、x11-utils、imagemagick；约十五分钟。
#     sh installer/prove_bad.sh [放着 .deb 和 .run 的文件夹] [bookworm|bullseye]
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
bare_system
place=/home/clerk/.local/opt/dangjian-desktop
menu=$root/home/clerk/.local/share/applications/dangjian-desktop.desktop
library=/mnt/stick/支部.dangjian
OLD=0.0.9

sh_run() { clerk sh "/given/${run##*/}" "$@"; }

still_old() { # 还是原来的版本，菜单和卸载都对
    whole "$place"
    [ "$starts" = $OLD ] || stop "启动的是 $starts"
    right
}

right() {
    grep -qF "Exec=\"$place/dangjian-desktop\" %f" "$menu" || stop "菜单不对"
    [ -x "$root$place/uninstall" ] || stop "没有卸载程序"
}

state() { (cd "$root" && find home mnt -not -path '*/.cache*' -printf '%p %s %T@\n' | sort | sha256sum); }

back_to_old() {
    rm -rf "${root:?}$place" "$root/home/clerk/.local/share"
    cp -al "$root/home/clerk/kept" "$root$place"
    cp -a "$root/home/clerk/kept.share" "$root/home/clerk/.local/share"
}

emptied
say "▶ 先装上，再把它改成较早的版本 $OLD"
begun=$(now)
sh_run >"$proof/said" 2>&1 || stop "没有装好：$(cat "$proof/said")"
took=$(since "$begun")
version=$(cat "$root$place/current")
cp -a "$root$place/versions/$version" "$root/mnt/stick/older"
echo $OLD >"$root/mnt/stick/older/version"
sum=$(sha256sum <"$root/mnt/stick/older/version" | cut -d' ' -f1)
sed -i "s|^[0-9a-f]*  \./version$|$sum  ./version|" "$root/mnt/stick/older/files.sha256"
clerk sh "$place/versions/$version/lay.sh" put "$place" /mnt/stick/older --older --no-test 2>/dev/null
clerk sh "$place/versions/$version/lay.sh" sweep "$place"
rm -rf "$root/mnt/stick/older"
cp -a "$root$place" "$root/home/clerk/kept"
cp -a "$root/home/clerk/.local/share" "$root/home/clerk/kept.share"
still_old
clerk dangjian --help >/dev/null 2>&1 && stop "不该有全机的命令"
clerk "$place/dangjian" --library $library new --name 示例党支部 >/dev/null

say "▶ 没有拷全、改动过"
length=$(wc -c <"$run")
before=$(state)
for size in 1000 20000 $((length / 10)) $((length / 2)) $((length * 9 / 10)) $((length - 1)); do
    head -c "$size" "$run" >"$root/tmp/half.run"
    if clerk sh /tmp/half.run >"$proof/said" 2>&1; then stop "$size 字节的也装上了"; fi
    [ "$(state)" = "$before" ] || stop "$size 字节的改动了文件"
    say "  $size 字节：$(tail -n 1 "$proof/said")"
done
cp "$run" "$root/tmp/half.run"
printf 'x' | dd of="$root/tmp/half.run" bs=1 seek=$((length / 2)) conv=notrunc 2>/dev/null
said 已损坏 clerk sh /tmp/half.run
rm "$root/tmp/half.run"
[ "$(state)" = "$before" ] || stop "改动了文件"
still_old

say "▶ 空间不够"
for size in 60 250 $(($(du -sm "$root$place" | cut -f1) + 120)); do
    mount -t tmpfs -o "size=${size}m,mode=777" tmpfs "$root/mnt/other"
    if [ "$size" -gt 300 ]; then cp -a "$root/home/clerk/kept" "$root/mnt/other/程序"; fi
    said 空间 sh_run --to /mnt/other/程序
    if [ "$size" -gt 300 ]; then
        whole /mnt/other/程序
        [ "$starts" = $OLD ] || stop "启动的是 $starts"
    else
        [ ! -e "$root/mnt/other/程序/current" ] || stop "半个版本"
    fi
    umount "$root/mnt/other"
done

say "▶ 不能写的文件夹"
chmod -R a-w "$root$place"
said 权限 sh_run
still_old
chmod -R u+w "$root$place"

say "▶ 两份同时装"
back_to_old
clerk sh -c "sh '/given/${run##*/}' >/tmp/1 2>&1 & sh '/given/${run##*/}' >/tmp/2 2>&1; wait" || true
whole "$place"
[ "$starts" = "$version" ] || stop "启动的是 $starts"
say "$(cat "$root/tmp/1" "$root/tmp/2" | grep -e 已装好 -e 正在安装或更新 | sed 's/^/  /')"

say "▶ 资料库开着时装新版本；再从新版本打开同一个资料库"
back_to_old
screen_on
shown_after "$place/dangjian-desktop" $library
[ -n "$after" ] || stop "窗口没有出来"
first=$window
sleep 3
sh_run >"$proof/said" 2>&1 || stop "没有装好：$(cat "$proof/said")"
whole "$place"
[ "$starts" = "$version" ] || stop "启动的是 $starts"
[ -n "$(below $first)" ] || stop "开着的窗口没有了"
clerk timeout 20 "$place/dangjian-desktop" $library >"$proof/two.log" 2>&1 &
second=$!
sleep 14
import -display $display -window root "$proof/two-versions.png"
[ -d "$root$place/versions/$OLD" ] || stop "删去了还在用的版本"
wait $second || true
window=$first
ended
shown_after "$place/dangjian-desktop" $library
sleep 12
ended
[ ! -d "$root$place/versions/$OLD" ] || stop "原来的版本没有删去"
say "  两个版本都开着：$proof/two-versions.png；关上以后，原来的删去了"

say "▶ 两次双击同一个资料库"
shown_after "$place/dangjian-desktop" $library
first=$window
clerk timeout 12 "$place/dangjian-desktop" $library >"$proof/two.log" 2>&1 &
second=$!
sleep 8
import -display $display -window root "$proof/two-clicks.png"
wait $second || true
window=$first
ended
say "  $proof/two-clicks.png"

say "▶ 别人开着资料库时被强行结束，锁文件留下"
clerk "$place/dangjian" --library /mnt/stick/别人的.dangjian new --name 示例党支部 >/dev/null
chmod 666 "$root"/mnt/stick/别人的.*
inside other HOME=/home/other "DISPLAY=$display" "$place/dangjian-desktop" /mnt/stick/别人的.dangjian \
    >"$proof/other.log" 2>&1 &
window=$!
sleep 6
for each in $(below $window); do kill -KILL "$each" 2>/dev/null || true; done
wait $window || true
find "$root/mnt/stick" -name '*.lock' -printf '  留下 %f，%M，%u\n'
clerk "$place/dangjian" --library /mnt/stick/别人的.dangjian info >"$proof/said" 2>&1 ||
    stop "打不开：$(cat "$proof/said")"
shown_after "$place/dangjian-desktop" /mnt/stick/别人的.dangjian
sleep 20
import -display $display -window root "$proof/stale-lock.png"
ended
say "  $proof/stale-lock.png"

say "▶ 没有 HOME、没有 PATH、不能写的 HOME"
for words in "-u HOME" "PATH=" "-u HOME -u PATH" "HOME=/proc/没有" "HOME=/usr"; do
    # shellcheck disable=SC2086
    shown_after env $words "$place/dangjian-desktop" $library
    [ -n "$after" ] || stop "$words：窗口没有出来，见 $proof/window.log"
    sleep 2
    ended
    say "  $words：窗口出来了"
done

say "▶ 很长的位置，有空格和汉字"
part() { printf "$1%.0s" $(seq "$2"); }
long=/mnt/stick/$(part '党 支部 a' 14)/$(part '资料 2026 ' 9)
[ "$(printf '%s' "$long/程序 夹" | wc -m)" -ge 170 ] || stop "不够长"
sh_run --to "$long/程序 夹" >"$proof/said" 2>&1 || stop "没有装好：$(cat "$proof/said")"
whole "$long/程序 夹"
clerk "$long/程序 夹/dangjian" --library "$long/资 料.dangjian" new --name 示例党支部 >/dev/null
shown_after "$long/程序 夹/dangjian-desktop" "$long/资 料.dangjian"
[ -n "$after" ] || stop "窗口没有出来"
ended
sh_run >/dev/null 2>&1
say "  $(printf '%s' "$long/程序 夹" | wc -m) 个字，窗口出来了"
rm -rf "${root:?}/mnt/stick/党"*

say "▶ 少一个系统库"
back_to_old
hidden=$(find "$root/usr/lib" -name 'libEGL.so.1')
mv "$hidden" "$hidden.gone"
said "缺少系统库 .*libEGL.so.1" sh_run
still_old
mkdir -p "$root/home/clerk/桌面"
chroot "$root" chown clerk /home/clerk/桌面
said 没有启动起来 clerk "$place/dangjian-desktop"
[ -s "$root/home/clerk/桌面/党支部工作台没有启动.txt" ] || stop "桌面上没有说明"
mv "$hidden.gone" "$hidden"

say "▶ .deb 的新版本没有通过自检：有一个系统库坏了"
inside root HOME=/root dpkg -i "/given/${deb##*/}" >/dev/null 2>&1
inside root sh -c "cp -a /home/clerk/kept/versions/$OLD /tmp/older &&
    sh /opt/dangjian-desktop/versions/*/lay.sh put /opt/dangjian-desktop /tmp/older --older --no-test"
rm -rf "$root/tmp/older"
mv "$hidden" "$hidden.gone"
: >"$hidden"
said 没有通过自检 inside root HOME=/root dpkg -i "/given/${deb##*/}"
grep '代码\|日志\|没有动' "$proof/said" | sed 's/^/  /'
mv "$hidden.gone" "$hidden"
whole /opt/dangjian-desktop
[ "$starts" = $OLD ] || stop "启动的是 $starts"
inside root HOME=/root dpkg --configure dangjian-desktop >/dev/null 2>&1
whole /opt/dangjian-desktop
[ "$starts" = "$version" ] || stop "启动的是 $starts"
inside root HOME=/root dpkg -r dangjian-desktop >/dev/null 2>&1
[ ! -e "$root/opt/dangjian-desktop" ] || stop "卸载后还有：$(ls -a "$root/opt/dangjian-desktop")"

say "▶ 启动后被强行结束"
rm -f "$root/home/clerk/桌面/"*
shown_after "$place/dangjian-desktop" $library
for each in $(below $window); do
    case $(cat "/proc/$each/comm" 2>/dev/null) in dangjian-deskto) kill -KILL "$each" ;; esac
done
wait $window || true
grep -q '代码 137' "$root/home/clerk/桌面/党支部工作台没有启动.txt" || stop "没有说明"
say "  $(head -n 1 "$root/home/clerk/桌面/党支部工作台没有启动.txt")"
screen_off

say "▶ 自检的每一项都能不通过"
broken() { # 代码 要弄坏的（在 _internal 里，可用 *）；长度不变；硬链接的先拿掉，不改到原来的
    rm -rf "$root/mnt/other/坏"
    cp -al "$root$place/versions/$OLD" "$root/mnt/other/坏"
    for file in "$root/mnt/other/坏/_internal"/$2; do
        [ -f "$file" ] || continue
        length=$(wc -c <"$file")
        rm "$file"
        head -c "$length" /dev/zero >"$file"
    done
    if clerk /mnt/other/坏/dangjian self-test --out /mnt/other/坏报告 >"$proof/said" 2>&1; then
        stop "弄坏 $2 以后自检还是通过"
    fi
    # 程序库坏了，自检自己也载入不了，那时只有这一个代码
    grep -q "代码 .*\($1\|ST-MODULES\)" "$proof/said" || stop "弄坏 $2 以后没有 $1：$(tail -n 3 "$proof/said")"
    say "  弄坏 $2：$(grep -o '代码 [^）]*' "$proof/said" | head -n 1)"
    rm -rf "$root/mnt/other/坏报告"
}
broken ST-FILES 'dangjian_desktop/resources/style/*'
broken ST-MODULES 'python_calamine/*.so'
broken ST-FONTS 'dangjian_desktop/resources/fonts/*.ttf'
broken ST-MIGRATION 'dangjian_desktop/storage/migrations/versions/*.py'
broken ST-INDEX 'sqlcipher3/*.so'
broken ST-PAPERS 'pypdfium2_raw/*.so'
broken ST-TABLES 'python_calamine/*.so'
broken ST-TEMPLATES 'dangjian_desktop/resources/templates/*.docx'
broken ST-WINDOW 'PySide6/Qt/plugins/platforms/libqoffscreen.so'
rm -rf "$root/mnt/other/坏"

say "▶ .run 在二十四处被强行结束（全程 $took 秒）"
olds=0
news=0
for step in $(seq 1 24); do
    back_to_old
    at=$(awk "BEGIN { printf \"%.2f\", $took * $step / 23 }")
    clerk timeout -s KILL "$at" sh "/given/${run##*/}" >/dev/null 2>&1 || true
    whole "$place"
    right
    case $starts in
        "$OLD") olds=$((olds + 1)) ;;
        "$version") news=$((news + 1)) ;;
        *) stop "启动的是 $starts" ;;
    esac
    if [ $((step % 6)) -eq 0 ]; then
        sh_run >"$proof/said" 2>&1 || stop "再装一次没有装好：$(cat "$proof/said")"
        whole "$place"
        [ "$starts" = "$version" ] || stop "启动的是 $starts"
    fi
    clerk "$place/uninstall" >/dev/null
    [ ! -e "$root$place" ] && [ ! -e "$menu" ] || stop "卸载后还有：$(ls -a "$root$place")"
done
say "  启动原来的 $olds 次，新的 $news 次，每次都是一个完整的版本，菜单和卸载都对"
[ "$olds" -gt 0 ] || stop "没有一次停在换上以前"
rm -rf "$root/home/clerk/kept" "$root/home/clerk/kept.share"
say "都对（$version）"
