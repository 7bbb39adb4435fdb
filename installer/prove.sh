#!/bin/sh
# 在一个最小的 Debian 里、断开网络，把做好的 .deb 和 .run 装一遍、用一遍、卸载，量出时间。
# 需要管理员权限、debootstrap、Xvfb、x11-utils、imagemagick；第一次要网络（做那个最小系统）。
#     sh installer/prove.sh [放着 .deb 和 .run 的文件夹] [bookworm|bullseye]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
given=${1:-}
suite=${2:-bookworm}
if [ -z "$given" ]; then
    for folder in "$here"/dist/*/; do given=$folder; done
fi
. "$here/installer/bare_system.sh"
wanted debootstrap Xvfb import xev unshare dpkg-deb
deb=$(packed .deb)
run=$(packed .run)
version=$(dpkg-deb -f "$deb" Version)
floor=$(dpkg-deb -f "$deb" Depends | sed 's/.*libc6 (>= \([0-9.]*\)).*/\1/')
bare_system
has=$(chroot "$root" getconf GNU_LIBC_VERSION | cut -d' ' -f2)
[ "$(printf '%s\n%s\n' "$floor" "$has" | sort -V | head -n 1)" = "$floor" ] ||
    stop "这份 .deb 要 glibc $floor，$suite 是 $has：须在同样旧的系统上制作。"
rm -f "$proof"/*.png
emptied

. "$here/installer/first_window.sh"

pictured() { # 图片名称 命令……：开窗口，拍下，关掉
    picture=$1
    shift
    shown_after "$@"
    [ -n "$after" ] || stop "窗口没有出来，见 $proof/window.log"
    sleep 4
    import -display $display -window root "$proof/$picture.png"
    colours=$(identify -format %k "$proof/$picture.png")
    [ "$colours" -gt 50 ] || stop "窗口没有画出来（$colours 种颜色）"
    ended
    say "  窗口已画出：$proof/$picture.png"
}

tested() { # 自检报告里要有这些，做出的文件也要在
    report=$root/home/clerk/自检
    for code in FILES MODULES FONTS MIGRATION INDEX PAPERS TABLES TEMPLATES WINDOW; do
        grep -A 2 "\"code\": \"ST-$code\"" "$report/自检报告.json" | grep -q '"ok": true' ||
            stop "自检报告里没有 ST-$code，或没有通过"
    done
    for made in 窗口.png 打印到文件.pdf 花名册.xlsx 会议记录/*.docx 会议记录/*.pdf 自检报告.txt; do
        # shellcheck disable=SC2086
        [ -s "$report"/$made ] || stop "自检没有做出 $made"
    done
    colours=$(identify -format %k "$report/窗口.png")
    [ "$colours" -gt 50 ] || stop "自检的窗口图片是空白的"
    sed 's/^/  /' "$report/自检报告.txt"
}

say "▶ .deb（$(du -m "$deb" | cut -f1) MB，$suite，glibc $has，要 $floor）"
strange=$(dpkg-deb -c "$deb" | awk '{print $6}' | grep -v '^\./\(opt\|usr\)/' | grep -v '^\./\(opt/\|usr/\)\{0,1\}$' || true)
[ -z "$strange" ] || stop ".deb 里有不该有的：$strange"
held=$(dpkg-deb -c "$deb" | awk '{print $6}' |
    grep '\.\(dangjian\|keys\|copies\|log\|minutes\)$' | grep -v '/resources/self_test/' || true)
[ -z "$held" ] || stop ".deb 里有资料：$held"
timed 安装 inside root HOME=/root dpkg -i "/given/${deb##*/}"
say "  装好后 $(du -sm "$root/opt/dangjian-desktop" | cut -f1) MB"
screen_on
cold
pictured deb-first dangjian-desktop
say "  装好后第一次启动，到窗口出来：$after 秒（$chilled，负载 $load）"
clerk dangjian self-test --out /home/clerk/自检 >/dev/null || stop "自检没有通过"
tested
clerk dangjian demo --out /home/clerk/示例年 | sed 's/^/  /'
made=$(find "$root/home/clerk/示例年" -name '*.docx' -o -name '*.pdf' -o -name '*.xlsx' | wc -l)
[ "$made" -gt 600 ] || stop "示例年只做出 $made 份"
cp -a "$root/home/clerk/示例年" "$root/mnt/stick/"
pictured deb dangjian-desktop /home/clerk/示例年/示例党支部.dangjian
clerk dangjian --library /home/clerk/生僻字.dangjian new --name 㕔䶮𠮷𡋤党支部 >/dev/null
pictured deb-rare dangjian-desktop /home/clerk/生僻字.dangjian
cat "$root/home/clerk/.cache/dangjian-desktop/log/start.log" >"$proof/start.log"
against_bare_qt
screen_off
inside root HOME=/root dpkg -r dangjian-desktop >/dev/null
[ ! -e "$root/opt/dangjian-desktop" ] || stop "卸载后还有：$(ls -a "$root/opt/dangjian-desktop")"
[ -f "$root/home/clerk/示例年/示例党支部.dangjian" ] || stop "资料库不见了"
say "  已卸载，资料库还在"

say "▶ .run（$(du -m "$run" | cut -f1) MB）"
screen_on
timed 安装 clerk sh "/given/${run##*/}"
pictured run /home/clerk/.local/opt/dangjian-desktop/dangjian-desktop /home/clerk/示例年/示例党支部.dangjian
clerk sh "/given/${run##*/}" 2>&1 | sed 's/^/  /'
clerk /home/clerk/.local/opt/dangjian-desktop/uninstall | sed 's/^/  /'
[ ! -e "$root/home/clerk/.local/opt/dangjian-desktop" ] || stop "卸载后还有程序"
[ -f "$root/home/clerk/示例年/示例党支部.dangjian" ] || stop "资料库不见了"

say "▶ 便携"
rm -rf "$root"/home/clerk/.[!.]*
: >"$root/mnt/before"
sleep 1
clerk sh "/given/${run##*/}" --portable /mnt/stick/党建 | sed 's/^/  /'
mv "$root/mnt/stick/示例年" "$root/mnt/stick/党建/资料/"
pictured portable /mnt/stick/党建/dangjian-desktop /mnt/stick/党建/资料/示例年/示例党支部.dangjian
mv "$root/mnt/stick/党建" "$root/mnt/other/换了 位置"
pictured portable-moved "/mnt/other/换了 位置/dangjian-desktop"
screen_off
left=$(find "$root/home" "$root/tmp" "$root/var" "$root/etc" "$root/root" -newer "$root/mnt/before" \
    ! -type d ! -path '*/.X11-unix/*' ! -path '*/示例年/*' ! -path '*/自检/*')
[ -z "$left" ] || stop "便携版在这台电脑上留下：$left"
say "  这台电脑上留下的：没有"
named=$(grep -rlF -e /mnt/stick "$root/mnt/other/换了 位置/资料" --include='*.json' --include='*.ini' \
    --include='*.toml' --include='*.conf' || true)
say "  设置里写着原来位置的：${named:-没有}"

desk_system
emptied
say "▶ 桌面：菜单、图标、文件类型"
inside root HOME=/root dpkg -i "/given/${deb##*/}" >"$proof/dpkg.log" 2>&1 || stop "见 $proof/dpkg.log"
inside root desktop-file-validate /usr/share/applications/dangjian-desktop.desktop
clerk dangjian --library "/home/clerk/某 支部.dangjian" new --name 示例党支部 >/dev/null
asked_type=$(clerk XDG_CURRENT_DESKTOP=GNOME xdg-mime query filetype "/home/clerk/某 支部.dangjian")
opened_by=$(clerk xdg-mime query default application/x-dangjian)
say "  “.dangjian”认作 $asked_type，由 $opened_by 打开"
[ "$asked_type $opened_by" = "application/x-dangjian dangjian-desktop.desktop" ] || stop "文件类型没有认出来"
icon=$root/usr/share/icons/hicolor/scalable/apps/$(sed -n 's/^Icon=//p' \
    "$root/usr/share/applications/dangjian-desktop.desktop").svg
grep -q '<svg' "$icon" || stop "没有图标"
on_wayland

say "▶ 双击 .run：没有终端，开始和结束都在窗口里说"
mkdir -p "$root/home/clerk/.fonts"
cp "$here"/resources/fonts/*.ttf "$root/home/clerk/.fonts/"
screen_on
clerk sh -c 'sh "$1"; sleep 8' sh "/given/${run##*/}" </dev/null >"$proof/clicked.log" 2>&1 &
clicked=$!
for picture in click-begins click-ends; do
    [ $picture = click-begins ] || until grep -q 卸载 "$proof/clicked.log" || ! kill -0 $clicked; do sleep 0.5; done
    sleep 4
    import -display $display -window root "$proof/$picture.png"
    colours=$(identify -format %k "$proof/$picture.png")
    [ "$colours" -gt 50 ] || stop "没有窗口（$colours 种颜色）：$proof/$picture.png"
    say "  $proof/$picture.png"
done
wait $clicked
screen_off
say "做完了（$version），图片和日志在 $proof"
