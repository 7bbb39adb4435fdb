/* A version is laid: beside the others, under a temporary name, held against its list, tried there;
   then one pointer is switched. Wherever this is broken off, one whole version starts. */
#include "put.h"

#include <stdlib.h>
#include <string.h>

static const wchar_t UNINSTALL[] = L"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\" PRODUCT;

static wchar_t *versions_of(const wchar_t *root) { return joined(root, L"versions"); }

static bool is_temporary(const wchar_t *name) { return wcsncmp(name, L".new.", 5) == 0; }

/* A set-up puts its files there before it asks for the lock; its number is in the name. */
static bool is_being_laid(const wchar_t *name) {
    return wcsncmp(name, L".new.s", 6) == 0 && is_running(wcstoul(name + 6, NULL, 10));
}

static void clear_temporary(const wchar_t *root, const wchar_t *kept) {
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW(text(L"%ls\\versions\\.new.*", root), &found);
    if (search == INVALID_HANDLE_VALUE) {
        return;
    }
    do {
        wchar_t *path = version_folder(root, found.cFileName);
        bool is_kept = kept != NULL && _wcsicmp(path, kept) == 0;
        if (is_temporary(found.cFileName) && !is_kept && !is_being_laid(found.cFileName)) {
            remove_tree(path);
        }
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

/* What lies there already under a temporary name is taken over, anything else copied. */
static bool is_laid_there(const Asked *asked) {
    return _wcsicmp(folder_of(asked->source), versions_of(asked->root)) == 0 &&
           is_temporary(name_of(asked->source));
}

static wchar_t *own_place(const wchar_t *root) {
    return text(L"%ls\\versions\\.new.%lu", root, GetCurrentProcessId());
}

/* Asked before anything is changed: Python opens no longer ones, and what is laid cannot start. */
static void refuse_too_long(const Asked *asked) {
    const wchar_t *root = asked->root, *source = asked->source;
    const wchar_t *first = is_laid_there(asked) ? source : own_place(root);
    const wchar_t *why = too_long(root, first, source);
    if (why == NULL) {
        why = too_long(root, version_folder(root, version_in(source)), source);
    }
    if (why != NULL) {
        fail(TOO_LONG, why);
    }
}

static const wchar_t *fetched(const Asked *asked) {
    refuse_too_long(asked);
    if (!make_folders(versions_of(asked->root))) {
        fail(NO_RIGHTS, text(L"无法建立文件夹“%ls”，请检查权限。", shown(asked->root)));
    }
    lock(asked->root);
    bool there = is_laid_there(asked);
    clear_temporary(asked->root, there ? asked->source : NULL);
    if (there) {
        clean_up_on_failure(asked->source);
        return asked->source;
    }
    wchar_t *new = own_place(asked->root);
    clean_up_on_failure(new);
    if (!CreateDirectoryW(new, NULL)) {
        fail(NO_RIGHTS, text(L"无法在“%ls”中写入，请检查权限和剩余空间。", shown(asked->root)));
    }
    if (!copy_tree(asked->source, new)) {
        fail_by_error(L"文件没有全部放好", GetLastError());
    }
    return new;
}

static void must_be_whole(const wchar_t *folder) {
    wchar_t *why;
    State state = state_of(folder, &why);
    if (state == HELD) {
        fail(IN_USE, text(L"有文件正被别的程序占用：%ls。请关闭占用它的程序（例如杀毒软件的扫描）再试。", why));
    }
    if (state == NOT_WHOLE) {
        bool missing = wcsncmp(why, L"缺少", 2) == 0;
        fail(TORN, text(L"安装文件不完整或被改动过，与清单不符（%ls）。%ls请重新拷贝安装文件。", why,
                        missing ? L"可能被杀毒软件隔离了：请在它的隔离区里恢复，再安装一次；没有被隔离的，" : L""));
    }
}

static bool is_same(const wchar_t *new, const wchar_t *old) {
    wchar_t *why;
    return same_content(joined(new, LIST), joined(old, LIST)) && state_of(old, &why) == WHOLE;
}

/* The lines of its output that say what does not work, else the last ones. */
static void say_what_failed(const wchar_t *output) {
    size_t length;
    char *content = content_of(output, 1 << 20, &length);
    if (content == NULL) {
        return;
    }
    bool said = false;
    for (char *line = strtok(content, "\r\n"); line != NULL; line = strtok(NULL, "\r\n")) {
        if (strncmp(line, "不通过", strlen("不通过")) == 0) {
            say(wide(line, strlen(line)));
            said = true;
        }
    }
    free(content);
    content = said ? NULL : content_of(output, 1 << 20, &length);
    if (content != NULL && length > 0) {
        size_t from = length > 400 ? length - 400 : 0;
        say(wide(content + from, length - from));
    }
}

static void self_test(const wchar_t *folder, const wchar_t *report, DWORD patience) {
    wchar_t *output = joined(report, L"output.txt");
    remove_tree(report);
    make_folders(report);
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    HANDLE file = CreateFileW(output, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                              &inherited, CREATE_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        fail_by_error(L"无法写下自检的报告", GetLastError());
    }
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    int code = run_hidden(text(L"\"%ls\\python\\python.exe\" " PYTHON_OPTIONS
                               L" -m dangjian_desktop.cli self-test --out \"%ls\"",
                               shown(folder), shown(report)),
                          file, patience);
    CloseHandle(file);
    if (code == 0) {
        return;
    }
    say(text(L"新版本在这台电脑上没有通过自检（代码 %d）。", code));
    say(text(L"日志和报告：%ls", shown(report)));
    say_what_failed(output);
    fail(UNFIT, L"没有换成新版本。");
}

/* Its output may be open for a moment longer than the program that wrote it. */
static void remove_report(const wchar_t *report) {
    for (int tried = 0; is_folder(report) && !remove_tree(report) && tried < 50; tried++) {
        Sleep(100);
    }
}

static wchar_t *free_name(const wchar_t *root, const wchar_t *version) {
    wchar_t *name = text(L"%ls", version);
    for (int number = 2; is_folder(version_folder(root, name)); number++) {
        name = text(L"%ls-%d", version, number);
    }
    return name;
}

/* An entry that runs cannot be replaced; it starts the new version just as well. */
static void entries(const wchar_t *root, const wchar_t *version) {
    static const wchar_t *const NAMES[] = {L"dangjian-desktop.exe", L"dangjian.exe"};
    for (size_t n = 0; n < sizeof NAMES / sizeof *NAMES; n++) {
        wchar_t *from = text(L"%ls\\entry\\%ls", version, NAMES[n]);
        wchar_t *to = joined(root, NAMES[n]), *beside = text(L"%ls\\.%ls.new", root, NAMES[n]);
        DeleteFileW(beside);
        if (same_content(from, to)) {
            continue;
        }
        bool done = CopyFileW(from, beside, FALSE) && move_over(beside, to);
        DWORD error = GetLastError();
        if (!done) {
            DeleteFileW(beside);
        }
        if (!done && !is_file(to)) {
            fail_by_error(L"无法放好入口", error);
        }
    }
}

/* The list of programs in the settings of Windows names the version that starts. */
static void register_version(const wchar_t *root, const wchar_t *version) {
    HKEY key;
    wchar_t place[MAX_PATH + 1] = L"";
    DWORD size = sizeof place - sizeof *place;
    if (RegOpenKeyExW(HKEY_CURRENT_USER, UNINSTALL, 0, KEY_READ | KEY_WRITE, &key) != 0) {
        return;
    }
    if (RegQueryValueExW(key, L"InstallLocation", NULL, NULL, (BYTE *)place, &size) == 0 &&
        _wcsicmp(place, shown(root)) == 0) {
        DWORD length = (DWORD)((wcslen(version) + 1) * sizeof *version);
        RegSetValueExW(key, L"DisplayVersion", 0, REG_SZ, (const BYTE *)version, length);
    }
    RegCloseKey(key);
}

static void switch_to(const wchar_t *root, const wchar_t *name, const wchar_t *before) {
    if ((before != NULL && !point(root, L"previous", before)) || !point(root, L"current", name)) {
        fail_by_error(L"无法换成新版本", GetLastError());
    }
    register_version(root, version_in(version_folder(root, name)));
}

static void refuse_older(const Asked *asked, const wchar_t *new, const wchar_t *old) {
    if (old == NULL || asked->older) {
        return;
    }
    wchar_t *version = version_in(new), *there = version_in(version_folder(asked->root, old));
    if (is_older(version, there)) {
        fail(OLDER, text(L"这是较早的版本 %ls，已经装有 %ls。确实要换回的，加上 --older。", version, there));
    }
}

/* Whoever has gone back and goes forward again has it there already: its name, or NULL. */
static wchar_t *the_same(const wchar_t *root, const wchar_t *new, const wchar_t *old) {
    if (old != NULL && is_same(new, version_folder(root, old))) {
        return text(L"%ls", old);
    }
    WIN32_FIND_DATAW found;
    wchar_t *name = NULL;
    HANDLE search = FindFirstFileW(text(L"%ls\\versions\\*", root), &found);
    if (search == INVALID_HANDLE_VALUE) {
        return NULL;
    }
    do {
        bool folder = found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY;
        if (folder && found.cFileName[0] != L'.' &&
            is_same(new, version_folder(root, found.cFileName))) {
            name = text(L"%ls", found.cFileName);
        }
    } while (name == NULL && FindNextFileW(search, &found));
    FindClose(search);
    return name;
}

static wchar_t *moved(const wchar_t *root, const wchar_t *new, const wchar_t *version) {
    if (!flush_tree(new)) {
        fail_by_error(L"文件没有全部写到磁盘", GetLastError());
    }
    wchar_t *name = free_name(root, version), *place = version_folder(root, name);
    if (!move_folder(new, place)) {
        fail_by_error(L"无法放好新版本", GetLastError());
    }
    clean_up_on_failure(place);
    return name;
}

int put(const Asked *asked) {
    const wchar_t *root = asked->root, *new = fetched(asked);
    must_be_whole(new);
    wchar_t *version = version_in(new), *old = named(root, L"current");
    if (!is_legal(version) || wcschr(version, L'\\') != NULL || version[0] == L'.') {
        fail(TORN, L"安装文件里的版本号不对。请重新拷贝安装文件。");
    }
    wchar_t *report = joined(root, L"self-test");
    refuse_older(asked, new, old);
    wchar_t *name = the_same(root, new, old);
    if (name != NULL && old != NULL && _wcsicmp(name, old) == 0) {
        entries(root, new);
        register_version(root, version);
        remove_report(report);
        remove_tree(new);
        say(text(L"已经装有同样的版本 %ls，文件完整。", version));
        return DONE;
    }
    if (!asked->untested) {
        const wchar_t *tried = name == NULL ? new : version_folder(root, name);
        self_test(tried, report, asked->patience);
        must_be_whole(tried);
    }
    if (name == NULL) {
        name = moved(root, new, version);
    }
    entries(root, version_folder(root, name));
    switch_to(root, name, old);
    remove_report(report);
    remove_tree(new);
    say(text(L"已装好 %ls。", version));
    return DONE;
}

int back(const Asked *asked) {
    const wchar_t *root = asked->root;
    wchar_t *why;
    lock(root);
    wchar_t *before = named(root, L"previous"), *now = named(root, L"current");
    if (before == NULL) {
        fail(NONE_BEFORE, L"没有可以换回的版本。");
    }
    if (state_of(version_folder(root, before), &why) != WHOLE) {
        fail(TORN, text(L"上一个版本的文件不完整，没有换回（%ls）。", why));
    }
    if (!point(root, L"current", before) || (now != NULL && !point(root, L"previous", now))) {
        fail_by_error(L"没有换回", GetLastError());
    }
    wchar_t *version = version_in(version_folder(root, before));
    register_version(root, version);
    say(text(L"已换回 %ls。", version));
    return DONE;
}

/* Renamed first: what is half removed is never taken for a version, and what is open stays. */
static void discard(const wchar_t *root, const wchar_t *name) {
    wchar_t *gone = text(L"%ls\\versions\\.new.gone.%lu", root, GetCurrentProcessId());
    wchar_t *folder = version_folder(root, name);
    if (held_in(folder) != NULL || !MoveFileExW(folder, gone, 0)) {
        return;
    }
    if (remove_tree(gone)) {
        DeleteFileW(text(L"%ls\\versions\\.use.%ls", root, name));
    }
}

int sweep(const Asked *asked) {
    const wchar_t *root = asked->root;
    lock(root);
    wchar_t *now = named(root, L"current");
    if (now == NULL) {
        return DONE;
    }
    DeleteFileW(joined(root, L"previous"));
    clear_temporary(root, NULL);
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW(text(L"%ls\\versions\\*", root), &found);
    if (search == INVALID_HANDLE_VALUE) {
        return DONE;
    }
    do {
        const wchar_t *name = found.cFileName;
        bool folder = found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY;
        if (folder && name[0] != L'.' && _wcsicmp(name, now) != 0 && !is_used(root, name)) {
            discard(root, name);
        }
    } while (FindNextFileW(search, &found));
    FindClose(search);
    return DONE;
}

/* What was killed has left it; an update asks for it before it measures the room. */
int clear(const Asked *asked) {
    lock(asked->root);
    clear_temporary(asked->root, NULL);
    return DONE;
}

int verify(const Asked *asked) {
    wchar_t *why;
    State state = state_of(asked->root, &why);
    if (state == WHOLE) {
        say(L"文件完整。");
        return DONE;
    }
    say(state == HELD ? text(L"有文件正被别的程序占用：%ls。", why)
                      : text(L"与清单不符（%ls）。", why));
    return state == HELD ? IN_USE : TORN;
}

/* Only what was laid; what the user put there stays, and all data. */
int take_off(const Asked *asked) {
    static const wchar_t *const FILES[] = {
        L"current", L"previous", L".current.new", L".previous.new", L"dangjian-desktop.exe",
        L"dangjian.exe", L".dangjian-desktop.exe.new", L".dangjian.exe.new"};
    const wchar_t *root = asked->root, *versions = versions_of(root);
    if (is_file(joined(root, L"portable"))) {
        say(L"这是便携版，不用卸载：不再用时，先把“资料”文件夹留好，再删去整个文件夹。");
        return 1;
    }
    lock(root);
    wchar_t *gone = joined(root, L".gone");
    remove_tree(gone);
    const wchar_t *held = held_in(versions);
    /* Windows does not rename a folder in which anything runs: nothing is half taken off. */
    if (held != NULL || (is_folder(versions) && !MoveFileExW(versions, gone, 0))) {
        say(L"程序还开着，没有卸载。请先关闭它。");
        if (held != NULL && wcsncmp(held, L".use.", 5) != 0) {
            say(text(L"正被占用的文件：%ls", held));
        }
        return BUSY;
    }
    for (size_t n = 0; n < sizeof FILES / sizeof *FILES; n++) {
        DeleteFileW(joined(root, FILES[n]));
    }
    remove_tree(joined(root, L"self-test"));
    if (!remove_tree(gone)) {
        say(text(L"有文件没有能删去，可以以后自己删去：%ls", shown(gone)));
    }
    say(L"已卸载。资料库、备份和设置没有动。");
    return DONE;
}
