/* 把一个版本放到电脑上；安装程序、便携版和更新用的都是这一个。
 *
 *     lay.exe put    根文件夹 来源文件夹 [--older] [--no-test] [--patience 秒] [--words 文件]
 *     lay.exe back   根文件夹                换回上一个版本
 *     lay.exe sweep  根文件夹                删去不再用的版本
 *     lay.exe clear  根文件夹                删去被强行结束的留下的
 *     lay.exe verify 版本文件夹              与清单核对
 *     lay.exe remove 根文件夹                卸载；资料不动
 *
 * The twin of installer/linux/lay.sh: same files, same order, same codes, same words.
 */
#include "put.h"

#include <stdlib.h>

enum { PATIENCE = 600 };

static Asked asked = {.patience = PATIENCE * 1000};
static const wchar_t *unfinished;
static HANDLE locked = INVALID_HANDLE_VALUE;
static wchar_t *lock_file;

static void unlock(void) {
    if (locked != INVALID_HANDLE_VALUE) {
        CloseHandle(locked);
    }
}

void clean_up_on_failure(const wchar_t *folder) { unfinished = folder; }

void fail(int code, const wchar_t *words) {
    say(words);
    if (named(asked.root, L"current") != NULL) {
        say(L"原来的版本没有动，可以照常使用。");
    } else if (asked.source != NULL) {
        say(L"没有装上，这台电脑上别的东西没有动。");
    }
    if (unfinished != NULL) {
        remove_tree(unfinished);
    }
    unlock();
    ExitProcess((UINT)code);
}

static bool is_unreadable(DWORD error) {
    return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND ||
           error == ERROR_NOT_READY || error == ERROR_CRC || error == ERROR_IO_DEVICE ||
           error == ERROR_BAD_NETPATH || error == ERROR_DEV_NOT_EXIST;
}

void fail_by_error(const wchar_t *what, DWORD error) {
    if (error == ERROR_SHARING_VIOLATION || error == ERROR_LOCK_VIOLATION ||
        error == ERROR_USER_MAPPED_FILE) {
        fail(IN_USE, text(L"%ls：有文件正被别的程序占用（代码 %lu）。请关闭占用它的程序再试。", what, error));
    }
    if (error == ERROR_ACCESS_DENIED) {
        fail(IN_USE, text(L"%ls：文件不让改动，或正被别的程序占用（代码 %lu）。"
                          L"请检查权限，关闭占用它的程序再试。", what, error));
    }
    if (error == ERROR_DISK_FULL || error == ERROR_HANDLE_DISK_FULL) {
        fail(NO_ROOM, text(L"%ls：磁盘空间不足。请腾出空间再试。", what));
    }
    if (error == ERROR_WRITE_PROTECT) {
        fail(NO_RIGHTS, text(L"%ls：这个磁盘写保护着。请先关掉写保护再试。", what));
    }
    if (is_unreadable(error)) {
        fail(TORN, text(L"%ls：有文件读不到（代码 %lu）。U 盘可能松了或坏了，或文件被杀毒软件移走了。"
                        L"请重新拷贝安装文件再试。", what, error));
    }
    fail(NO_ROOM, text(L"%ls：磁盘空间不足，或磁盘有毛病（代码 %lu）。", what, error));
}

void lock(const wchar_t *root) {
    lock_file = joined(root, L".lock");
    locked = CreateFileW(lock_file, GENERIC_WRITE, 0, NULL, OPEN_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE,
                         NULL);
    if (locked != INVALID_HANDLE_VALUE) {
        return;
    }
    if (GetLastError() == ERROR_SHARING_VIOLATION) {
        fail(BUSY, L"这里正在安装或更新，请等它结束再试。");
    }
    fail(NO_RIGHTS, text(L"无法在“%ls”中写入，请检查权限。", shown(root)));
}

static int misused(void) {
    say(L"用法：lay.exe put 根文件夹 来源 [--older] [--no-test] | back 根文件夹 | sweep 根文件夹 | "
        L"clear 根文件夹 | verify 版本文件夹 | remove 根文件夹");
    return USAGE;
}

static bool read_words(int count, wchar_t **words) {
    for (int n = 3; n < count; n++) {
        bool more = n + 1 < count;
        if (wcscmp(words[n], L"--older") == 0) {
            asked.older = true;
        } else if (wcscmp(words[n], L"--no-test") == 0) {
            asked.untested = true;
        } else if (wcscmp(words[n], L"--patience") == 0 && more) {
            asked.patience = wcstoul(words[++n], NULL, 10) * 1000;
        } else if (wcscmp(words[n], L"--words") == 0 && more) {
            say_also_into(words[++n]);
        } else if (words[n][0] != L'-' && asked.source == NULL) {
            asked.source = inner(words[n]);
        } else {
            return false;
        }
    }
    return true;
}

int wmain(int count, wchar_t **words) {
    static const struct {
        const wchar_t *name;
        int (*call)(const Asked *);
    } VERBS[] = {
        {L"put", put}, {L"back", back}, {L"sweep", sweep},
        {L"clear", clear}, {L"verify", verify}, {L"remove", take_off}};
    if (count < 3 || !read_words(count, words)) {
        return misused();
    }
    asked.root = inner(words[2]);
    for (size_t n = 0; n < sizeof VERBS / sizeof *VERBS; n++) {
        bool wanted = wcscmp(words[1], VERBS[n].name) == 0;
        if (wanted && (VERBS[n].call == put) == (asked.source != NULL)) {
            int code = VERBS[n].call(&asked);
            unlock();
            return code;
        }
    }
    return misused();
}
