#!/bin/sh
# 在一个最小的 Debian 里、断开网络，装上做好的 .deb，用真的中文输入法打字，再用它自己的命令读回。
# 需要管理员权限、debootstrap、Xvfb；第一次要网络（做那个系统）。约六分钟。
#     sh installer/prove_input.sh [放着 .deb 和 .run 的文件夹] [bookworm|bullseye]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
given=${1:-}
suite=${2:-bookworm}
if [ -z "$given" ]; then
    for folder in "$here"/dist/*/; do given=$folder; done
fi
. "$here/installer/bare_system.sh"
wanted debootstrap Xvfb import unshare dpkg-deb
deb=$(packed .deb)
desk_system

tried() { # 输入法 桌面写着的 QT_IM_MODULE
    home=/home/clerk/$1-$2
    rm -rf "${root:?}$home"
    for folder in "$home" "$home/config" "$home/run"; do
        mkdir -m 700 "$root$folder"
        chroot "$root" chown clerk "$folder"
    done
    clerk "HOME=$home" "XDG_CONFIG_HOME=$home/config" "XDG_RUNTIME_DIR=$home/run" \
        LC_ALL=C.UTF-8 QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 PYTHONDONTWRITEBYTECODE=1 \
        timeout 400 dbus-run-session -- sh -c \
        "cd /checkout && exec python3 -m tests.input_methods.installed $1 $2" \
        2>"$proof/$1-$2.log" || {
        bad=1
        say "  见 $proof/$1-$2.log 和 $1-$2.png"
        import -display $display -window root "$proof/$1-$2.png"
    }
    # 程序自己说了什么
    grep -ho '输入法：.*' -r "$root$home/.cache" 2>/dev/null | sort -u | sed 's/^/  日志：/' || true
}

emptied
say "▶ 安装 ${deb##*/}（$suite）"
inside root HOME=/root dpkg -i "/given/${deb##*/}" >"$proof/dpkg.log" 2>&1 || stop "没有装好，见 $proof/dpkg.log"
screen_on
bad=
for pair in "ibus ibus" "fcitx5 fcitx" "fcitx5 fcitx5" "fcitx5 ibus"; do
    # shellcheck disable=SC2086
    tried $pair
done
screen_off
[ -z "$bad" ] || stop "有没有保住的，见上"
say "都在"
