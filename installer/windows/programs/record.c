/* Version, place, system and environment of a start; nothing personal. */
#include "record.h"

#include <shlobj.h>

enum { LARGEST = 200000 };

static wchar_t *logs_folder(void) {
    wchar_t *data = variable(L"DANGJIAN_DATA");
    if (data != NULL) {
        return joined(inner(data), L"logs");
    }
    wchar_t *local = known_folder(&FOLDERID_LocalAppData);
    return local == NULL ? NULL : joined(inner(local), PRODUCT L"\\Logs");
}

static HANDLE opened(const wchar_t *path) {
    DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    DWORD rights = FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE;
    return CreateFileW(path, rights, share, NULL, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
}

Record open_record(void) {
    Record record = {INVALID_HANDLE_VALUE, L"（没有能写日志的位置）"};
    wchar_t *folder = logs_folder();
    if (folder == NULL || !make_folders(folder)) {
        return record;
    }
    wchar_t *path = joined(folder, L"start.log");
    LARGE_INTEGER size = {.QuadPart = 0};
    record.file = opened(path);
    if (record.file == INVALID_HANDLE_VALUE) {
        return record;
    }
    if (GetFileSizeEx(record.file, &size) && size.QuadPart > LARGEST) {
        CloseHandle(record.file);
        MoveFileExW(path, text(L"%ls.1", path), MOVEFILE_REPLACE_EXISTING);
        record.file = opened(path);
    }
    record.path = shown(path);
    return record;
}

void write_record(const Record *record, const wchar_t *words) {
    SYSTEMTIME now;
    GetLocalTime(&now);
    wchar_t *line = text(L"%04d-%02d-%02d %02d:%02d:%02d %ls\n", now.wYear, now.wMonth, now.wDay,
                         now.wHour, now.wMinute, now.wSecond, words);
    if (record->file != INVALID_HANDLE_VALUE) {
        write_utf8(record->file, line);
    }
}

static bool holds(const wchar_t *part, size_t length, const wchar_t *name) {
    size_t wanted = wcslen(name);
    for (size_t at = 0; wanted > 1 && at + wanted <= length; at++) {
        if (_wcsnicmp(part + at, name, wanted) == 0) {
            return true;
        }
    }
    return false;
}

/* A folder on a stick or another drive is often named like its user, too. */
static const wchar_t *without_name(const wchar_t *path) {
    enum { MOST = 257 };
    wchar_t name[MOST];
    DWORD count = MOST;
    if (!GetUserNameW(name, &count)) {
        return path;
    }
    wchar_t *made = text(L"");
    for (const wchar_t *at = path;;) {
        size_t length = wcscspn(at, L"\\");
        bool hide = holds(at, length, name);
        made = hide ? text(L"%ls〈用户〉", made) : text(L"%ls%.*ls", made, (int)length, at);
        if (at[length] == L'\0') {
            return made;
        }
        made = text(L"%ls\\", made);
        at += length + 1;
    }
}

/* The user's name is part of where the user's folder lies. */
static const wchar_t *hidden(const wchar_t *path) {
    const wchar_t *home = known_folder(&FOLDERID_Profile);
    size_t length = home == NULL ? 0 : wcslen(home);
    if (length > 3 && _wcsnicmp(path, home, length) == 0) {
        return text(L"~%ls", without_name(path + length));
    }
    return without_name(path);
}

static const wchar_t *processor(void) {
    SYSTEM_INFO info;
    GetNativeSystemInfo(&info);
    switch (info.wProcessorArchitecture) {
    case PROCESSOR_ARCHITECTURE_AMD64:
        return L"x86_64";
    case 12: /* PROCESSOR_ARCHITECTURE_ARM64 */
        return L"arm64";
    default:
        return text(L"%u", info.wProcessorArchitecture);
    }
}

typedef LONG WINAPI TellVersion(OSVERSIONINFOW *);

/* The documented call tells of the version that a manifest names, this one the real one. */
static wchar_t *system_version(void) {
    OSVERSIONINFOW info = {.dwOSVersionInfoSize = sizeof info};
    HMODULE library = GetModuleHandleW(L"ntdll.dll");
    TellVersion *ask = (TellVersion *)(void *)GetProcAddress(library, "RtlGetVersion");
    if (ask == NULL || ask(&info) != 0) {
        return text(L"Windows");
    }
    return text(L"Windows %lu.%lu.%lu", info.dwMajorVersion, info.dwMinorVersion,
                info.dwBuildNumber);
}

static wchar_t *keyboard(void) {
    wchar_t name[KL_NAMELENGTH] = L"";
    GetKeyboardLayoutNameW(name);
    return text(L"%ls", name);
}

void write_surroundings(const Record *record, const wchar_t *folder) {
    static const wchar_t *const NAMES[] = {
        L"QT_QPA_PLATFORM", L"QT_SCALE_FACTOR",       L"QT_ENABLE_HIGHDPI_SCALING",
        L"QT_OPENGL",       L"QT_FONT_DPI",           L"LANG",
        L"SESSIONNAME",     L"PROCESSOR_ARCHITECTURE"};
    if (record->file == INVALID_HANDLE_VALUE) {
        return;
    }
    write_record(record, text(L"启动 %ls", version_in(folder)));
    write_utf8(record->file, text(L"  文件夹 %ls\n", hidden(shown(folder))));
    wchar_t language[LOCALE_NAME_MAX_LENGTH] = L"";
    GetUserDefaultLocaleName(language, LOCALE_NAME_MAX_LENGTH);
    write_utf8(record->file,
               text(L"  系统 %ls %ls；语言 %ls；代码页 %u；键盘 %ls；远程桌面 %ls\n",
                    system_version(), processor(), language, GetACP(), keyboard(),
                    GetSystemMetrics(SM_REMOTESESSION) ? L"是" : L"否"));
    for (size_t n = 0; n < sizeof NAMES / sizeof *NAMES; n++) {
        wchar_t *value = variable(NAMES[n]);
        if (value != NULL) {
            write_utf8(record->file, text(L"  %ls=%ls\n", NAMES[n], value));
        }
    }
}
