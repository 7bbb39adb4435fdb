#!/bin/sh
# 在旧系统（Debian 11）里面执行：从 Debian 的源码包编译 CPython，只要 glibc 2.28。
# 由 installer/old_root.py 调用，只在第一次。
set -eu
package=python3.11/bookworm
target=/opt/python
work=/build
mkdir -p "$work"
cd "$work"
cat >old_glibc.h <<'EOF'
/* glibc 2.29 gave these another version, which changes errno alone. */
#if defined(__x86_64__) && !defined(__ASSEMBLER__)
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
#endif
EOF
apt-get source -qq "$package"
cd python3.11-*/
# 有发布日期的，二进制里也是同一个日期
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -S Timestamp)
export SOURCE_DATE_EPOCH
# Debian 把 pyexpat 编进解释器；这里是单独的模块，那边补丁引用的头文件要这样声明
sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c
# OpenSSL、SQLite、readline 不用：前两样程序自带别的，后一样的许可不能随程序分发。
# sem_clockwait 是 glibc 2.30 才有的。
./configure -q --prefix="$target" --enable-shared --without-ensurepip --disable-test-modules \
    ac_cv_func_sem_clockwait=no \
    CFLAGS="-g0 -include $work/old_glibc.h" LDFLAGS="-Wl,-rpath,$target/lib"
make -s -j2
make -s install
dpkg-parsechangelog -S Version >"$target/debian-version"
for module in _ctypes zlib _bz2 _lzma pyexpat _elementtree _decimal ensurepip _hashlib _ssl; do
    case $module in
        _hashlib | _ssl) ! "$target/bin/python3.11" -c "import $module" 2>/dev/null ;;
        *) "$target/bin/python3.11" -c "import $module" ;;
    esac || { echo "$module 不该是这样" >&2; exit 1; }
done
cd /
rm -rf "$work"
