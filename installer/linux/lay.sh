#!/bin/sh
# 把一个版本放到电脑上；.run、.deb、便携版和更新用的都是这一份。
#
#     lay.sh put  根文件夹 来源 [--older] [--no-test] [--portable] [--needs=千字节]
#                                                       来源是文件夹，或 -（标准输入的 tar）；
#                                                       已经在 versions 里的 .new. 直接接过来
#     lay.sh back 根文件夹                              换回上一个版本
#     lay.sh sweep 根文件夹                             删去不再用的版本
#     lay.sh clear 根文件夹                             删去被强行结束的留下的
#     lay.sh lacking 版本文件夹                         说出这台电脑缺少的系统库，不缺的不说
#     lay.sh whole 版本文件夹                           文件是否齐全，与清单相同
#
# 根文件夹：versions/名称/ 每个版本各占一个；current 一行，写着正在用的名称；previous 是上一个；
# dangjian-desktop 和 dangjian 是入口。新版本先放在临时名称下，逐个文件核对，在那里自检，
# 然后只换 current 这一行。在任何一步中断，启动的总是一个完整的版本。
# 代码：3 不能写 4 正在装 5 没有放好 6 与清单不符 7 较早的版本 8 自检没有通过 9 没有上一版 11 缺少系统库 12 路径太长
set -eu
PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LIST=files.sha256
LONGEST=400 # 字节；资料库引擎的上限是 512，还要留给其中的文件

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$1"
    if [ -n "$(named current)" ]; then
        say "原来的版本没有动，可以照常使用。"
    else
        say "没有装上，这台电脑上别的东西没有动。"
    fi
    exit "${2:-1}"
}

named() { # 指针文件里的名称；没有或不像名称的，什么也没有
    [ -f "$root/$1" ] || return 0
    read -r line <"$root/$1" || true
    case "${line:-}" in '' | .* | */*) return 0 ;; esac
    [ -d "$root/versions/$line" ] && printf '%s' "$line"
    return 0
}

point() { # 指针 名称：写在旁边，写到磁盘，再换上
    (printf '%s\n' "$2" >"$root/.$1.new") 2>/dev/null ||
        fail "无法在“$root”中写入，请检查权限和剩余空间。" 3
    sync "$root/.$1.new" 2>/dev/null || sync
    mv -f "$root/.$1.new" "$root/$1"
    sync "$root" 2>/dev/null || sync
}

lock() {
    # exec 打不开文件时，有的 sh 就此结束，什么也不说
    (: >>"$root/.lock") 2>/dev/null || fail "无法在“$root”中写入，请检查权限。" 3
    exec 9>>"$root/.lock"
    command -v flock >/dev/null 2>&1 || return 0
    flock -n 9 || fail "这里正在安装或更新，请等它结束再试。" 4
}

whole() { # 文件夹里的文件与清单一个不多、一个不少、逐个相同
    (
        cd "$1" || exit 1
        [ -s $LIST ] || exit 1
        sha256sum --check --quiet --strict $LIST >/dev/null 2>&1 || exit 1
        [ "$(find . ! -type d ! -name $LIST | wc -l)" -eq "$(wc -l <$LIST)" ]
    )
}

fetch() { # 来源 到哪里
    if [ "$1" = - ]; then
        (cd "$2" && tar -x -f - --no-same-owner 2>/dev/null)
    elif cp -al "$1/." "$2/" 2>/dev/null; then
        :
    else
        rm -rf "$2"
        mkdir -m 755 "$2"
        cp -a "$1/." "$2/" 2>/dev/null
    fi
}

fits() { # 路径不太长，地方够大；说不准有多大的，放的时候才知道
    length=$(printf '%s' "$root" | wc -c)
    [ "$length" -le $LONGEST ] ||
        fail "这个位置的路径太长（$((length)) 个字节，最多 $LONGEST 个；一个汉字占 3 个），请换一个短一些的位置。" 12
    mkdir -p "$root/versions" 2>/dev/null || fail "无法建立文件夹“$root”，请检查权限和剩余空间。" 3
}

roomy() { # 要的千字节
    left=$(df -Pk "$root" 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9]*% .*/\1/p')
    [ -z "$1" ] || [ -z "$left" ] || [ "$left" -ge "$1" ] ||
        fail "磁盘空间不足：这里还要约 $(($1 / 1024 + 1)) MB，只剩 $((left / 1024)) MB。请腾出空间，或换一个位置。" 5
}

startable() { # 有的U盘（例如 FAT 格式）不许启动其中的程序
    printf '#!/bin/sh\n' >"$1/.start" 2>/dev/null && chmod 755 "$1/.start" ||
        fail "无法在“$root”中写入，请检查权限和剩余空间。" 3
    "$1/.start" 2>/dev/null ||
        fail "这个位置不许启动程序（例如 FAT 格式的U盘）。请换用 NTFS、exFAT 等格式的U盘，或装在本机。" 3
    rm -f "$1/.start"
}

free_name() { # 版本号，被占了就加序号
    name=$1
    number=1
    while [ -e "$root/versions/$name" ]; do
        number=$((number + 1))
        name=$1-$number
    done
    printf '%s' "$name"
}

older() { # 第一个版本号比第二个早
    [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]
}

version_in() { cat "$1/version" 2>/dev/null || true; }

known_to_loader() { # 库的文件名：装载程序的表或者常用的文件夹里有
    for found in $(ldconfig -p 2>/dev/null | sed -n "s|^[[:space:]]*$1 (.*=> ||p"); do
        [ ! -e "$found" ] || return 0
    done
    for found in "$2"/_internal /lib /usr/lib /lib64 /usr/lib64 /usr/local/lib /usr/local/lib64 \
        /lib/*-linux-gnu /usr/lib/*-linux-gnu /usr/local/lib/*-linux-gnu \
        $(printf '%s' "${LD_LIBRARY_PATH:-}" | tr : ' '); do
        [ ! -e "$found/$1" ] || return 0
    done
    return 1
}

lacking() { # 版本文件夹；表里每行：库的文件名、有它的软件包（可以不止一个）
    [ -s "$1/system-libraries" ] || return 0
    files=
    wanted=
    while read -r file package others; do
        known_to_loader "$file" "$1" && continue
        files="$files${files:+、}$file（软件包 $package${others:+ 或 $others}）"
        case " $wanted " in *" $package "*) ;; *) wanted="$wanted $package" ;; esac
    done <"$1/system-libraries"
    [ -z "$files" ] || printf '%s' "这台电脑缺少系统库 $files。请管理员安装后再试：apt install$wanted"
}

self_test() { # 文件夹 记到哪里
    rm -rf "$2"
    mkdir -p "$2"
    env -u PYTHONPATH -u PYTHONHOME "$1/dangjian" self-test --out "$2" >"$2/output.txt" 2>&1 && return 0
    code=$?
    say "新版本在这台电脑上没有通过自检（代码 $code）。"
    say "日志和报告：$2"
    grep '^不通过' "$2/output.txt" >&2 || tail -n 3 "$2/output.txt" >&2 || true
    return 1
}

entries() { # 入口每次只在不同时换，写好再换上
    for entry in dangjian-desktop dangjian uninstall; do
        cmp -s "$1/entry/$entry" "$root/$entry" && continue
        cp "$1/entry/$entry" "$root/.$entry.new"
        chmod 755 "$root/.$entry.new"
        mv -f "$root/.$entry.new" "$root/$entry"
    done
}

fetched() {
    roomy "$needed"
    mkdir -m 755 "$new" 2>/dev/null || fail "无法在“$root”中写入，请检查权限和剩余空间。" 3
    startable "$new"
    fetch "$source" "$new" || unfetched
}

unfetched() { # 多半是满了：先腾出来再量
    rm -rf "$new"
    [ -n "$needed" ] || [ "$source" = - ] || needed=$(du -sk "$source" 2>/dev/null | cut -f1)
    roomy "$needed"
    fail "文件没有全部放好：磁盘空间不足，或安装文件没有拷全。" 5
}

cleared() { # 被强行结束的留下的；正在放的（名称里是它的进程）和要放的这个不动
    for left in "$root"/versions/.new.*; do
        [ -e "$left" ] && [ "$left" != "$1" ] || continue
        writer=${left#"$root"/versions/.new.s}
        [ "$writer" = "$left" ] || ! kill -0 "${writer%%.*}" 2>/dev/null || continue
        rm -rf "$left"
    done
}

own_place() { # 更新文件已经解在旁边的，接过来，不另拷一份
    new=$root/versions/.new.$$
    [ "${source%/*}" != "$root/versions" ] || case ${source##*/} in .new.*) new=$source ;; esac
}

the_same() { # 清单相同、文件完整的已经在那里：是哪一个（正在用的在先）
    for there in "$root/versions/$(named current)" "$root"/versions/*; do
        cmp -s "$1/$LIST" "$there/$LIST" && whole "$there" || continue
        printf '%s' "${there##*/}"
        return 0
    done
}

carried() { # 便携版：在能启动以前就说明资料在旁边，不写到电脑的别处
    [ -n "$portable" ] && [ ! -f "$root/portable" ] || return 0
    trap 'rm -rf "$new" "$root/portable"; rmdir "$root/资料" 2>/dev/null' EXIT
    mkdir -p "$root/资料" && : >"$root/portable" || fail "无法在“$root”中写入，请检查剩余空间。" 3
}

put() {
    source=$1
    fits
    lock
    own_place
    cleared "$new"
    trap 'rm -rf "$new"' EXIT
    trap 'exit 130' INT TERM HUP
    [ "$new" = "$source" ] || fetched
    whole "$new" || fail "安装文件不完整或被改动过，与清单不符。请重新拷贝安装文件。" 6
    version=$(version_in "$new")
    old=$(named current)
    if [ -n "$old" ] && [ -z "$older_allowed" ] && older "$version" "$(version_in "$root/versions/$old")"; then
        fail "这是较早的版本 $version，已经装有 $(version_in "$root/versions/$old")。确实要换回的，加上 --older。" 7
    fi
    name=$(the_same "$new")
    if [ -n "$name" ] && [ "$name" = "$old" ]; then
        carried
        entries "$new"
        trap 'rm -rf "$new"' EXIT
        rm -rf "$root/self-test"
        say "已经装有同样的版本 $version，文件完整。"
        return 0
    fi
    report=$root/self-test
    tried=$new
    [ -z "$name" ] || tried=$root/versions/$name # 换回过的：还在，不另放一份
    missed=
    [ -n "$untested" ] || missed=$(lacking "$tried")
    [ -z "$missed" ] || fail "$missed" 11
    [ -n "$untested" ] || self_test "$tried" "$report" || fail "没有换成新版本。" 8
    if [ -z "$name" ]; then
        name=$(free_name "$version")
        mv "$new" "$root/versions/$name"
        sync -f "$root/versions/$name" 2>/dev/null || sync
    fi
    carried
    entries "$root/versions/$name"
    [ -z "$old" ] || point previous "$old"
    point current "$name"
    trap 'rm -rf "$new"' EXIT
    rm -rf "$report"
    say "已装好 $version。"
}

back() {
    lock
    before=$(named previous)
    [ -n "$before" ] || fail "没有可以换回的版本。" 9
    whole "$root/versions/$before" || fail "上一个版本的文件不完整，没有换回。" 6
    now=$(named current)
    point current "$before"
    [ -z "$now" ] || point previous "$now"
    say "已换回 $(version_in "$root/versions/$before")。"
}

sweep() { # 第一次正常启动以后，其余的版本不再需要；还有人在用的留着
    lock
    now=$(named current)
    [ -n "$now" ] || return 0
    rm -f "$root/previous"
    cleared ''
    for folder in "$root"/versions/*; do
        [ -d "$folder" ] && [ "${folder##*/}" != "$now" ] || continue
        use=$root/versions/.use.${folder##*/}
        if command -v flock >/dev/null 2>&1 && [ -e "$use" ]; then
            flock -n "$use" true || continue
        fi
        # 先改名：删到一半的不会被当成一个版本
        gone=$root/versions/.new.gone.$$
        mv "$folder" "$gone" && rm -rf "$gone" "$use"
    done
}

[ $# -ge 2 ] || { say "用法见本文件开头"; exit 2; }
verb=$1
root=$2
shift 2
older_allowed=
untested=
portable=
needed=
from=
for argument; do
    case $argument in
        --older) older_allowed=1 ;;
        --no-test) untested=1 ;;
        --portable) portable=1 ;;
        --needs=*) needed=${argument#*=} ;;
        *) from=$argument ;;
    esac
done
case $verb in
    put) [ -n "$from" ] || { say "没有说明来源"; exit 2; }; put "$from" ;;
    back) back ;;
    sweep) sweep ;;
    clear) lock && cleared '' ;;
    lacking) lacking "$root" ;;
    whole) whole "$root" ;;
    *) say "用法见本文件开头"; exit 2 ;;
esac
