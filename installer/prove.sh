#!/bin/sh
# 在一个最小的 Debian 12 里、断开网络，把做好的 .deb 和 .run 装一遍、用一遍、卸载。
# 需要管理员权限、debootstrap、Xvfb、imagemagick；第一次要网络（做那个最小系统）。
#     sh installer/prove.sh [放着 .deb 和 .run 的文件夹]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
given=${1:-}
if [ -z "$given" ]; then
    for folder in "$here"/dist/*/; do given=$folder; done
fi
deb=$(ls "$given"/*.deb)
run=$(ls "$given"/*.run)
bare=$here/build/bare
proof=$here/build/proof
display=:91
for tool in debootstrap Xvfb import unshare dpkg-deb; do
    command -v $tool >/dev/null || { echo "缺少 $tool" >&2; exit 1; }
done
rm -rf "$proof"
mkdir -p "$proof"

say() { printf '%s\n' "$*"; }

if [ ! -f "$bare/ready" ]; then
    say "▶ 做最小系统（只在第一次）"
    rm -rf "$bare"
    mkdir -p "$bare"
    debootstrap --variant=minbase bookworm "$bare" >"$proof/debootstrap.log" 2>&1
    for file in /etc/apt/apt.conf.d/*; do cp -n "$file" "$bare/etc/apt/apt.conf.d/"; done
    cp /etc/resolv.conf "$bare/etc/"
    needed=$(dpkg-deb -f "$deb" Depends | tr ',' '\n' | sed 's/|.*//; s/(.*//')
    chroot "$bare" apt-get update -qq
    # shellcheck disable=SC2086
    chroot "$bare" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends $needed xz-utils >"$proof/apt.log" 2>&1
    : >"$bare/ready"
fi

inside() { # 在没有网络的最小系统里，用这个人的身份
    who=$1
    shift
    unshare --net --mount --pid --fork sh -c '
        mount -t proc proc "$1/proc"
        mkdir -p "$1/tmp/.X11-unix" "$1/given"
        mount --bind /tmp/.X11-unix "$1/tmp/.X11-unix"
        mount --bind "$2" "$1/given"
        shift 2
        user=$1
        shift
        exec chroot --userspec="$user" "$0" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
    ' "$bare" "$bare" "$(CDPATH='' cd -- "$given" && pwd -P)" "$who" "$@"
}

clerk() { inside clerk HOME=/home/clerk "DISPLAY=$display" "$@"; }

seen() { # 窗口在十五秒内画出来的，留下图片
    left=60
    while [ $left -gt 0 ]; do
        sleep 0.25
        left=$((left - 1))
        xwininfo -display $display -root -tree 2>/dev/null | grep -q '"党支部工作台\|党支部工作台"' && break
    done
    sleep 4
    import -display $display -window root "$proof/$1.png"
    colours=$(identify -format %k "$proof/$1.png")
    [ "$colours" -gt 50 ] || { say "窗口没有画出来（$colours 种颜色）"; exit 1; }
    say "  窗口已画出：$proof/$1.png"
}

started() { # 图片名称 命令……：开窗口，拍下，关掉
    picture=$1
    shift
    Xvfb $display -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
    screen=$!
    sleep 1
    clerk timeout 25 "$@" >"$proof/$picture.log" 2>&1 &
    window=$!
    seen "$picture"
    wait $window || [ $? -eq 124 ] || { say "没有好好结束，见 $proof/$picture.log"; exit 1; }
    kill $screen
    wait $screen 2>/dev/null || true
}

timed() { # 标题 命令……
    title=$1
    shift
    begun=$(date +%s.%N)
    "$@"
    say "  $title：$(echo "$(date +%s.%N) - $begun" | awk '{print $1 - $3}') 秒"
}

chroot "$bare" useradd -m clerk 2>/dev/null || true
rm -rf "$bare"/tmp/* "$bare"/home/clerk/* "$bare"/home/clerk/.[!.]* "$bare"/opt/dangjian-desktop "$bare"/mnt/*
mkdir -m 777 "$bare/mnt/stick" "$bare/mnt/other"

say "▶ .deb（$(du -m "$deb" | cut -f1) MB）"
timed 安装 inside root HOME=/root dpkg -i "/given/${deb##*/}"
say "  装好后 $(du -sm "$bare/opt/dangjian-desktop" | cut -f1) MB"
clerk dangjian self-test --out /home/clerk/自检 | sed 's/^/  /'
clerk dangjian demo --out /home/clerk/示例年 | sed 's/^/  /'
cp -a "$bare/home/clerk/示例年" "$bare/mnt/stick/"
started deb dangjian-desktop /home/clerk/示例年/示例党支部.dangjian
cat "$bare/home/clerk/.cache/dangjian-desktop/log/start.log" >"$proof/start.log"
inside root HOME=/root dpkg -r dangjian-desktop >/dev/null
[ ! -e "$bare/opt/dangjian-desktop" ] || { say "卸载后还有：$(ls -a "$bare/opt/dangjian-desktop")"; exit 1; }
[ -f "$bare/home/clerk/示例年/示例党支部.dangjian" ] || { say "资料库不见了"; exit 1; }
say "  已卸载，资料库还在"

say "▶ .run（$(du -m "$run" | cut -f1) MB）"
timed 安装 clerk sh "/given/${run##*/}"
started run /home/clerk/.local/opt/dangjian-desktop/dangjian-desktop /home/clerk/示例年/示例党支部.dangjian
clerk sh "/given/${run##*/}" 2>&1 | sed 's/^/  /'
clerk /home/clerk/.local/opt/dangjian-desktop/uninstall | sed 's/^/  /'
[ ! -e "$bare/home/clerk/.local/opt/dangjian-desktop" ] || { say "卸载后还有程序"; exit 1; }
[ -f "$bare/home/clerk/示例年/示例党支部.dangjian" ] || { say "资料库不见了"; exit 1; }

say "▶ 便携"
rm -rf "$bare"/home/clerk/.[!.]*
clerk sh "/given/${run##*/}" --portable /mnt/stick/党建 | sed 's/^/  /'
mv "$bare/mnt/stick/示例年" "$bare/mnt/stick/党建/资料/"
started portable /mnt/stick/党建/dangjian-desktop /mnt/stick/党建/资料/示例年/示例党支部.dangjian
mv "$bare/mnt/stick/党建" "$bare/mnt/other/换了 位置"
started portable-moved "/mnt/other/换了 位置/dangjian-desktop"
left=$(find "$bare/home/clerk" "$bare/tmp" -newer "$bare/mnt/stick" -type f ! -path '*/示例年/*' ! -path '*/自检/*')
say "  这台电脑上留下的：${left:-没有}"
say "做完了，图片和日志在 $proof"
