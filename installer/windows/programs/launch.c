/* In a version folder: writes down where it is started, starts the program, watches it. A program
   that ends within ten seconds is told, so that no double click is without an answer. */
#include "record.h"

enum { WATCHED = 10000 };

typedef struct {
    wchar_t *folder, *root, *name;
    Record record;
} Launch;

static const wchar_t *code_shown(DWORD code) {
    return code >= 0x80000000 ? text(L"0x%08lX", code) : text(L"%lu", code);
}

/* Ctrl+C, or the session ends. */
static bool was_asked_to_end(DWORD code) { return code == 0xC000013A || code == 0x40010004; }

static const wchar_t *lay_command(const Launch *launch, const wchar_t *verb) {
    return text(L"\"%ls\\lay.exe\" %ls \"%ls\"", shown(launch->folder), verb, shown(launch->root));
}

/* A program that ran and ended has codes of its own: 3 is what Qt ends with where it shows nothing. */
static const wchar_t *meaning(const Launch *launch, DWORD code, bool ran) {
    const wchar_t *long_place = too_long(launch->root, launch->folder, launch->folder);
    if (long_place != NULL) {
        return long_place;
    }
    if (code == 0xC0000135) {
        return L"缺少程序要用的 .dll 文件，可能被杀毒软件隔离了；请重新安装。";
    }
    bool missing = code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND;
    return missing && !ran ? L"程序的文件不全，可能被移走或被杀毒软件隔离了；请重新安装。" : L"";
}

static void go_back(const Launch *launch) {
    int code = run_hidden(lay_command(launch, L"back"), NULL, INFINITE);
    write_record(&launch->record, text(L"换回上一个版本（代码 %d）", code));
    if (code == 0) {
        tell(L"已换回上一个版本，请重新打开。", MB_ICONINFORMATION, NULL);
    } else {
        tell(text(L"没有能换回上一个版本（代码 %d），请重新安装。资料没有受到影响。", code),
             MB_ICONERROR, NULL);
    }
}

static void report(const Launch *launch, DWORD code, bool ran) {
    const wchar_t *before = named(launch->root, L"previous");
    wchar_t *words = text(L"党支部工作台没有启动起来（代码 %ls）。\n资料没有受到影响。%ls\n\n"
                          L"日志：%ls\n请把日志交给维护人员。",
                          code_shown(code), meaning(launch, code, ran), launch->record.path);
    UINT kind = MB_ICONERROR;
    if (before != NULL) {
        kind |= MB_YESNO;
        wchar_t *version = version_in(version_folder(launch->root, before));
        words = text(L"%ls\n\n刚更新过的，可以换回上一个版本 %ls。现在换回吗？", words, version);
    }
    int answer;
    if (!tell(words, kind, &answer)) {
        leave_on_desk(before == NULL ? words
                                     : text(L"%ls\n换回：%ls", words, lay_command(launch, L"back")));
    } else if (answer == IDYES) {
        go_back(launch);
    }
}

/* After the first good start what was there before is no longer needed; one that was updated while
   it ran has not seen the new version start. */
static void sweep(const Launch *launch) {
    const wchar_t *now = named(launch->root, L"current");
    if (now == NULL || _wcsicmp(now, launch->name) != 0) {
        return;
    }
    run_hidden(lay_command(launch, L"sweep"), NULL, INFINITE);
}

static DWORD watch(const Launch *launch, HANDLE process) {
    DWORD code = 0;
    bool stayed = WaitForSingleObject(process, WATCHED) == WAIT_TIMEOUT;
    if (!stayed) {
        GetExitCodeProcess(process, &code);
    }
    if (stayed || code == 0) {
        sweep(launch);
        WaitForSingleObject(process, INFINITE);
        GetExitCodeProcess(process, &code);
        write_record(&launch->record, text(L"结束（代码 %ls）", code_shown(code)));
        return code;
    }
    write_record(&launch->record, text(L"十秒内结束（代码 %ls）", code_shown(code)));
    if (!was_asked_to_end(code)) {
        report(launch, code, true);
    }
    return code;
}

static DWORD run(Launch *launch) {
    PROCESS_INFORMATION started;
    wchar_t *command = text(L"\"%ls\\python\\pythonw.exe\" " PYTHON_OPTIONS L" -m dangjian_desktop %ls",
                            shown(launch->folder), words_after_program());
    /* A missing library is told by us, with code and log, not by a box that stops everything. */
    SetEnvironmentVariableW(L"QT_FORCE_STDERR_LOGGING", L"1"); /* into the log: why Qt shows nothing */
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    if (!start(command, launch->record.file, false, &started)) {
        DWORD code = GetLastError();
        write_record(&launch->record, text(L"没有启动（代码 %ls）", code_shown(code)));
        report(launch, code, false);
        return code;
    }
    AllowSetForegroundWindow(started.dwProcessId);
    return watch(launch, started.hProcess);
}

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR words, int how) {
    (void)self;
    (void)before;
    (void)words;
    (void)how;
    Launch launch;
    launch.folder = own_folder();
    launch.root = folder_of(folder_of(launch.folder));
    launch.name = text(L"%ls", name_of(launch.folder));
    pass_surroundings(launch.root);
    launch.record = open_record();
    write_surroundings(&launch.record, launch.folder);
    HANDLE use = hold_use(launch.root, launch.name);
    DWORD code = run(&launch);
    CloseHandle(use);
    return (int)code;
}
