/* The entry in the root: starts whatever version `current` names. It is thin and does not stay, so
   that an update need hardly ever replace it; dangjian.exe (CONSOLE) waits for the command. */
#include "parts.h"

static const wchar_t *remedy(const wchar_t *root, const wchar_t *folder) {
    if (!is_folder(joined(root, L"versions"))) {
        return L"在压缩包里双击的，请先把整个压缩包解开（右键，全部解压缩），再打开解开的文件夹里的；"
               L"不是的，请重新安装。";
    }
    const wchar_t *long_place = folder == NULL ? NULL : too_long(root, folder, folder);
    return long_place == NULL ? L"请重新安装。" : long_place;
}

static int lost(const wchar_t *root, const wchar_t *folder, DWORD code) {
    wchar_t *words = text(L"党支部工作台没有装好，或被移走了一部分（代码 %lu）：%ls。\n%ls资料没有受到影响。",
                          code, shown(root), remedy(root, folder));
    say(words);
#ifndef CONSOLE
    if (!tell(words, MB_ICONERROR, NULL)) {
        leave_on_desk(words);
    }
#endif
    return 1;
}

#ifdef CONSOLE

static BOOL WINAPI leave_it_to_the_program(DWORD event) {
    (void)event;
    return TRUE;
}

static int follow(const wchar_t *root, const wchar_t *name, const wchar_t *folder) {
    PROCESS_INFORMATION started;
    wchar_t *command = text(L"\"%ls\\python\\python.exe\" " PYTHON_OPTIONS L" -m dangjian_desktop.cli %ls",
                            shown(folder), words_after_program());
    pass_surroundings(root);
    hold_use(root, name);
    SetConsoleCtrlHandler(leave_it_to_the_program, TRUE);
    if (!start(command, NULL, false, &started)) {
        return lost(root, folder, GetLastError());
    }
    WaitForSingleObject(started.hProcess, INFINITE);
    DWORD code = 1;
    GetExitCodeProcess(started.hProcess, &code);
    return (int)code;
}

#else

static int follow(const wchar_t *root, const wchar_t *name, const wchar_t *folder) {
    (void)name;
    PROCESS_INFORMATION started;
    wchar_t *command = text(L"\"%ls\\launch.exe\" %ls", shown(folder), words_after_program());
    if (!start(command, NULL, false, &started)) {
        return lost(root, folder, GetLastError());
    }
    AllowSetForegroundWindow(started.dwProcessId);
    return 0;
}

#endif

static int run(void) {
    wchar_t *root = own_folder();
    wchar_t *name = named(root, L"current");
    if (name == NULL) {
        return lost(root, NULL, ERROR_FILE_NOT_FOUND);
    }
    return follow(root, name, version_folder(root, name));
}

#ifdef CONSOLE
int wmain(void) { return run(); }
#else
int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR words, int how) {
    (void)self;
    (void)before;
    (void)words;
    (void)how;
    return run();
}
#endif
