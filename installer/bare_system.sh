# 最小的 Debian 和其中的一个人；prove*.sh 用 . 读入。要先有 here、given、deb、suite。
# shellcheck shell=sh disable=SC2154
root=$here/build/roots/$suite
proof=$here/build/proof/$suite
ON_A_DESK="ibus ibus-libpinyin fcitx5 fcitx5-chinese-addons fcitx5-modules dbus dbus-x11
    dconf-gsettings-backend dconf-cli libglib2.0-bin openbox xdotool at-spi2-core
    python3-gi gir1.2-atspi-2.0 desktop-file-utils shared-mime-info xdg-utils zenity weston"
display=:91

say() { printf '%s\n' "$*"; }

stop() {
    say "$*" >&2
    exit 1
}

wanted() { # 命令……
    for tool; do
        command -v "$tool" >/dev/null || stop "缺少 $tool"
    done
}

packed() { # 后缀：这个文件夹里唯一的一个
    set -- "$given"/*"$1"
    [ $# -eq 1 ] && [ -f "$1" ] || stop "“$given”里要有、只有一个 ${1##*\*}"
    printf '%s' "$1"
}

fetched() { # 文件夹 软件包……：装进去，要网络
    made=$1
    shift
    for file in /etc/apt/apt.conf.d/99*; do
        [ ! -f "$file" ] || cp "$file" "$made/etc/apt/apt.conf.d/"
    done
    cp /etc/resolv.conf "$made/etc/"
    chroot "$made" apt-get update -qq
    chroot "$made" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends "$@" >"$proof/apt.log" 2>&1 || stop "没有装好，见 $proof/apt.log"
}

bare_system() { # 只有 .deb 要的那些；第一次要网络
    mkdir -p "$proof"
    needed=$(dpkg-deb -f "$deb" Depends | sed 's/|[^,]*//g; s/([^)]*)//g; s/,/ /g; s/  */ /g')
    [ "$(cat "$root/ready" 2>/dev/null)" != "$needed" ] || return 0
    say "▶ 做最小的 Debian（$suite，只在第一次，或要的软件包变了）"
    if [ ! -f "$root/laid" ]; then
        rm -rf "$root"
        mkdir -p "$root"
        debootstrap --variant=minbase "$suite" "$root" >"$proof/debootstrap.log" 2>&1 ||
            stop "没有做成，见 $proof/debootstrap.log"
        : >"$root/laid"
    fi
    # shellcheck disable=SC2086
    fetched "$root" $needed xz-utils
    for who in clerk other; do
        [ -d "$root/home/$who" ] || chroot "$root" useradd -m $who
    done
    printf '%s\n' "$needed" >"$root/ready"
}

desk_system() { # 同一个系统，加上办公桌面上有的：输入法、窗口管理、无障碍接口
    bare_system
    desk=$root-desk
    if [ "$(cat "$desk/ready" 2>/dev/null)" != "$needed" ]; then
        say "▶ 加上桌面和输入法（只在第一次，或要的软件包变了）"
        [ -d "$desk" ] || cp -a "$root" "$desk"
        rm -f "$desk/ready"
        # shellcheck disable=SC2086
        fetched "$desk" $needed $ON_A_DESK
        printf '%s\n' "$needed" >"$desk/ready"
    fi
    root=$desk
}

emptied() { # 上一次留下的；停在半路的，拿开的系统库还没有放回
    find "$root/usr/lib" -name '*.gone' | while read -r file; do mv "$file" "${file%.gone}"; done
    rm -rf "$root"/tmp/* "$root"/tmp/.[!.]* "$root"/home/*/* "$root"/home/*/.[!.]* "$root"/mnt/*
    inside root HOME=/root dpkg -P dangjian-desktop >/dev/null 2>&1 || true
    rm -rf "$root/opt/dangjian-desktop"
    mkdir -m 777 "$root/mnt/stick" "$root/mnt/other"
}

inside() { # 谁 命令……：在没有网络的系统里，用这个人的身份，别的环境都没有
    who=$1
    shift
    unshare --net --mount --pid --fork sh -c '
        mount -t proc proc "$1/proc"
        mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm" 2>/dev/null
        mkdir -p "$1/tmp/.X11-unix" "$1/given" "$1/checkout"
        mount --bind /tmp/.X11-unix "$1/tmp/.X11-unix"
        mount --bind "$2" "$1/given"
        mount --bind "$3" "$1/checkout"
        ip link set lo up 2>/dev/null
        root=$1
        user=$4
        shift 4
        exec chroot --userspec="$user" "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
    ' sh "$root" "$(CDPATH='' cd -- "$given" && pwd -P)" "$here" "$who" "$@"
}

clerk() { inside clerk HOME=/home/clerk "DISPLAY=$display" "$@"; }

said() { # 话 命令……：不成，而且说了这句话
    words=$1
    shift
    if "$@" >"$proof/said" 2>&1; then stop "应当不成：$words"; fi
    grep -q "$words" "$proof/said" || stop "没有说“$words”，说的是：$(cat "$proof/said")"
    say "  $(grep "$words" "$proof/said" | head -n 1)"
}

whole() { # 根文件夹里正在用的那个：逐个文件核对，真的启动一次
    now_used=$root$1/versions/$(cat "$root$1/current")
    (cd "$now_used" && sha256sum --check --quiet --strict files.sha256 >/dev/null) || stop "$1 不完整"
    clerk "$1/dangjian" --help >/dev/null || stop "$1 启动不了"
    starts=$(cat "$now_used/version")
}

screen_on() {
    Xvfb $display -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
    screen=$!
    trap 'kill $screen 2>/dev/null' EXIT
    sleep 1
}

screen_off() {
    kill "$screen"
    wait "$screen" 2>/dev/null || true
    trap - EXIT
}
