# 从外面看窗口多久出来；prove*.sh 用 . 读入，在 bare_system.sh 以后。
# shellcheck shell=sh disable=SC2154
load=
chilled=

now() { date +%s.%N; }

since() { awk "BEGIN { printf \"%.2f\", $(now) - $1 }"; }

timed() { # 标题 命令……
    title=$1
    shift
    begun=$(now)
    spent=$(
        "$@" >"$proof/timed.log" 2>&1 || exit 1
        # 第二行是它启动的进程用的处理器时间；管道里的 times 是管道自己的
        times >"$proof/times"
        sed -n 2p "$proof/times"
    ) || stop "没有做成，见 $proof/timed.log"
    say "  $title：$(since "$begun") 秒（处理器 $spent；负载 $(cut -d' ' -f1 /proc/loadavg)）"
}

cold() { # 尽量像刚开机：已经读进内存的都放掉
    sync
    chilled=没有放掉缓存
    if (echo 3 >/proc/sys/vm/drop_caches) 2>/dev/null; then chilled=缓存已放掉; fi
}

shown_after() { # 命令……：启动，第一个窗口出来时 after 是秒数；没有出来的是空的
    load=$(cut -d' ' -f1 /proc/loadavg)
    rm -f "$proof/mapped" "$proof/events"
    mkfifo "$proof/events"
    timeout 40 xev -display "$display" -root -event substructure >"$proof/events" &
    watching=$!
    { ! grep -q '^MapNotify' || now >"$proof/mapped"; } <"$proof/events" &
    watched=$!
    sleep 0.5
    begun=$(now)
    clerk "$@" >"$proof/window.log" 2>&1 &
    window=$!
    wait $watched || true
    kill $watching 2>/dev/null || true
    wait $watching 2>/dev/null || true
    after=
    [ ! -s "$proof/mapped" ] || after=$(awk "BEGIN { printf \"%.2f\", $(cat "$proof/mapped") - $begun }")
}

below() { # 进程：由它启动的，一层一层
    for child in $(pgrep -P "$1"); do
        printf '%s\n' "$child"
        below "$child"
    done
}

ended() { # 请它结束，像关机时那样
    for each in $(below $window); do
        case $(cat "/proc/$each/comm" 2>/dev/null) in
            dangjian-deskto) kill -TERM "$each" ;;
            # 是它那个空间里的第一个进程，又没有自己的处理：别的信号到不了
            bare) kill -KILL "$each" ;;
        esac
    done
    wait $window || true
}

middle() { # 标题 命令……：七次，取中间的
    title=$1
    shift
    times=
    for _ in 1 2 3 4 5 6 7; do
        shown_after "$@"
        times="$times $after"
        sleep 0.3
        ended
    done
    # shellcheck disable=SC2086
    median=$(printf '%s\n' $times | sort -n | sed -n 4p)
    say "  $title：$median 秒（七次：$times；负载 $load）"
}

bare_window() { # 冻结一个空窗口，用做发布的那个环境：在旧系统里做的，到那里面去；没有环境的是 1
    if [ -x "$here/build/release/env/bin/python" ]; then
        (cd "$proof" && "$here/build/release/env/bin/python" -m PyInstaller --noconfirm \
            --log-level ERROR --distpath "$proof/bare" --workpath "$proof/bare.work" \
            "$here/installer/bare_window.spec") >"$proof/bare.log" 2>&1 ||
            stop "没有做成空窗口，见 $proof/bare.log"
        return 0
    fi
    # 里面的 python 是指向旧系统里面的链接，在这里看不到它指的
    [ -L "$old_root/release/source/build/release/env/bin/python" ] || return 1
    (cd "$here/installer" && "$system_python" -B - /release/source/build/release/env/bin/python \
        -m PyInstaller --noconfirm --log-level ERROR --distpath /release/bare \
        --workpath /release/bare.work /release/source/installer/bare_window.spec <<'END'
import subprocess
import sys

from old_root import OldRoot

sys.exit(subprocess.run(OldRoot().inside(sys.argv[1:])).returncode)
END
    ) >"$proof/bare.log" 2>&1 || stop "没有做成空窗口，见 $proof/bare.log"
    rm -rf "$proof/bare"
    cp -a "$old_root/release/bare" "$proof/bare"
}

against_bare_qt() { # 同一份 Qt、同样冻结的一个空窗口，和程序的窗口
    system_python=$(command -v python3.11 || command -v python3)
    old_root=$(cd "$here/installer" &&
        "$system_python" -B -c 'from old_root import OldRoot; print(OldRoot().tree)')
    if ! bare_window; then
        say "  没有做过发布（build 里没有做它的环境），不与空窗口比"
        return 0
    fi
    laid=$root/opt/dangjian-desktop/versions/$(cat "$root/opt/dangjian-desktop/current")
    cp -a "$laid" "$root/mnt/other/bare"
    cp "$proof/bare/bare/bare" "$root/mnt/other/bare/"
    middle "空窗口" /mnt/other/bare/bare
    empty=$median
    middle "程序的窗口" "${laid#"$root"}/dangjian-desktop"
    say "  是空窗口的 $(awk "BEGIN { printf \"%.2f\", $median / $empty }") 倍"
    middle "从入口双击" dangjian-desktop
    rm -rf "$root/mnt/other/bare"
}

on_wayland() { # 在 X 的屏幕上开一个 Wayland 桌面，窗口在那里面
    if [ ! -x "$root/usr/bin/weston" ]; then
        say "  没有 weston，没有试 Wayland"
        return 0
    fi
    screen_on
    mkdir -p -m 700 "$root/home/clerk/run"
    chroot "$root" chown clerk /home/clerk/run
    clerk XDG_RUNTIME_DIR=/home/clerk/run sh -c '
        weston --backend=x11-backend.so --width=1300 --height=720 --use-pixman --socket=wl \
            >/home/clerk/weston.log 2>&1 &
        sleep 4
        unset DISPLAY
        WAYLAND_DISPLAY=wl XDG_SESSION_TYPE=wayland timeout -k 5 22 dangjian-desktop 2>&1 &
        wait $!' >"$proof/wayland.log" 2>&1 &
    window=$!
    sleep 20
    import -display $display -window root "$proof/wayland.png"
    wait $window || true
    screen_off
    if grep -q 没有启动起来 "$proof/wayland.log"; then
        [ "$suite" = bullseye ] || stop "在 Wayland 上没有启动，见 $proof/wayland.log"
        say "  在这个系统的 Wayland 上不能启动（见 SUPPORT.md），窗口里有话说"
    fi
    say "  Wayland：$proof/wayland.png"
}
