# 由 run.sh 和 test.sh 引入：找到 3.11 至 3.13 的 Python，放进变量 python。
# 找不到而又是管理员时用 apt 安装；不是管理员时先说明再用 sudo。

usable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.maxsize < 2**32 or not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
        >/dev/null 2>&1
}

find_python() {
    for name in python3.11 python3.12 python3.13 python3 /usr/bin/python3; do
        if usable "$name"; then
            python=$name
            return 0
        fi
    done
    return 1
}

install_python() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 || return 1
        as='sudo -n'
        [ -t 0 ] && as=sudo
        echo "需要管理员权限，将执行：sudo apt-get install -y python3 python3-venv" >&2
    fi
    echo "正在安装 Python ……" >&2
    $as apt-get update -qq >/dev/null || true
    $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        python3 python3-venv >/dev/null
}

if ! find_python; then
    install_python || true
    if ! find_python; then
        echo "没有找到 3.11 至 3.13 的 Python（连同 venv）。请以管理员身份执行下面这一行，再重新运行：" >&2
        echo "    apt-get update && apt-get install -y python3 python3-venv" >&2
        exit 1
    fi
fi
PYTHONUTF8=1
export PYTHONUTF8
