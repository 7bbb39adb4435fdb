/* Stands in for python.exe and pythonw.exe where no Python for Windows can be had: answers as the
   program would, in the way that the file `stand-in` beside it says. It proves what lies around
   Python, nothing of Python itself.

       test CODE      what a self-test ends with
       wait           a self-test waits as the window does
       start CODE     what the window ends with, at once
       stay           the window stays until the file `let-go` lies in the folder TOLD
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#ifdef WITH_LIBRARY
__declspec(dllimport) int library_answer(void);
#endif

static wchar_t here[1024];

static int said(const char *word, int otherwise) {
    wchar_t path[1100];
    char line[100];
    int found = otherwise;
    swprintf(path, 1100, L"%ls\\stand-in", here);
    FILE *file = _wfopen(path, L"r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, word, strlen(word)) == 0) {
            found = atoi(line + strlen(word));
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return found;
}

static void write_down(void) {
    wchar_t path[1100];
    const wchar_t *told = _wgetenv(L"TOLD"), *root = _wgetenv(L"DANGJIAN_ROOT"),
                  *data = _wgetenv(L"DANGJIAN_DATA");
    if (told == NULL) {
        return;
    }
    swprintf(path, 1100, L"%ls\\told", told);
    FILE *file = _wfopen(path, L"a, ccs=UTF-8");
    if (file != NULL) {
        fwprintf(file, L"%ls|%ls|%ls\n", GetCommandLineW(), root ? root : L"", data ? data : L"");
        fclose(file);
    }
}

static void stay(void) {
    wchar_t path[1100];
    const wchar_t *told = _wgetenv(L"TOLD");
    swprintf(path, 1100, L"%ls\\let-go", told ? told : here);
    while (GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES) {
        Sleep(100);
    }
}

static int self_test(void) {
    if (said("hang", 0)) {
        Sleep(INFINITE);
    }
    if (said("wait", 0)) {
        stay();
    }
    int code = said("test", 0);
    printf("%s\n", code ? "不通过　窗口：缺少 Qt6Gui.dll" : "通过");
    return code;
}

static int answer(void) {
    GetModuleFileNameW(NULL, here, 1024);
    *wcsrchr(here, L'\\') = L'\0';
#ifdef WITH_LIBRARY
    library_answer();
#endif
    if (wcsstr(GetCommandLineW(), L" self-test ") != NULL) {
        return self_test();
    }
    write_down();
    fprintf(stderr, "stand-in\n");
    if (wcsstr(GetCommandLineW(), L"-m dangjian_desktop.cli") != NULL) {
        return said("command", 0);
    }
    if (said("stay", 0)) {
        stay();
    }
    return said("start", 0);
}

int wmain(void) { return answer(); }
